"""Functions whose shares of variance are known, and samples of them in the sets of a pick-freeze design."""

from collections.abc import Callable

import numpy as np

from sim.model.state.dimensions import Array, Row

Function = Callable[[Array], Row]  # of inputs (inputs, n), uniform on (0, 1), to (n,)
ISHIGAMI_FIRST, ISHIGAMI_TOTAL = (0.314, 0.442, 0.0), (0.558, 0.442, 0.244)
SOBOL_G = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0)
SOBOL_G_FIRST = (0.717, 0.179, 0.024, 0.007, 0.0, 0.0, 0.0, 0.0)


def ishigami(u: Array) -> Row:
    """Ishigami and Homma (1990), with a = 7 and b = 0.1."""
    x = np.pi * (2.0 * u - 1.0)
    return np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def sobol_g(u: Array) -> Row:
    """Sobol's g (Saltelli and Sobol 1995)."""
    a = np.array(SOBOL_G)[:, np.newaxis]
    return np.prod((np.abs(4.0 * u - 2.0) + a) / (1.0 + a), axis=0)


def sampled(function: Function, inputs: int, n: int, luck: float = 0.0, seed: int = 3) -> tuple[Row, Row, Row, Array]:
    """The function in the worlds a, b, c and x of pick_freeze.py, plus luck of this standard deviation."""
    rng = np.random.default_rng(seed)
    one, other, first, second = rng.random((inputs, n)), rng.random((inputs, n)), rng.standard_normal(n), rng.standard_normal(n)
    exchanged = []
    for i in range(inputs):
        mixed = one.copy()
        mixed[i] = other[i]
        exchanged.append(function(mixed) + luck * second)
    return function(one) + luck * first, function(other) + luck * first, function(one) + luck * second, np.stack(exchanged)
