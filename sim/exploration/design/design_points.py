"""The points of each kind of design, (points, factors)."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from scipy.stats import qmc

from sim.model.state.dimensions import Array
from sim.model.state.random_streams import RandomStreams

Ends = tuple[float, float]


def grid(levels: Sequence[Sequence[float]]) -> Array:
    """Every combination of levels, the last factor fastest."""
    return np.array(list(product(*levels)), dtype=np.float64).reshape(-1, len(levels))


def latin_hypercube(n: int, ends: Sequence[Ends], seed: int) -> Array:
    """`n` points of a Latin hypercube between the ends of each factor."""
    return _between(qmc.LatinHypercube(len(ends), rng=np.random.default_rng(seed)).random(n), ends)


def sobol(n: int, ends: Sequence[Ends], seed: int) -> Array:
    """`n` points (a power of two) of a scrambled Sobol' sequence between the ends of each factor."""
    return _between(qmc.Sobol(len(ends), rng=np.random.default_rng(seed)).random(n), ends)


def _between(u: Array, ends: Sequence[Ends]) -> Array:
    low, high = np.array(ends, dtype=np.float64).T
    return np.asarray(low + (high - low) * u)


def exchanged_groups(n: int, groups: Sequence[Sequence[str]], seed: int) -> tuple[Array, Array]:
    """Quantiles (points, parameters of all groups in order) and lucks (points,) of a pick-freeze design of `n` base points.

    For each base point i the sets of `sim/exploration/global_sensitivity/pick_freeze.py`, in this order: a, the draws of world i under its
    luck; b, the draws of world n + i under the same luck; c, those of a under the luck of world n + i; and for each group x, c with the
    group's parameters from b. So luck is a group like the others.
    """
    paths = [path for group in groups for path in group]
    streams = RandomStreams(seed, 0, 2 * n)
    a, b = np.split(np.stack([streams.draw(path) for path in paths], axis=1), 2)
    sets, start = [a, b, a], 0
    for group in groups:
        exchanged = a.copy()
        exchanged[:, start : start + len(group)] = b[:, start : start + len(group)]
        sets.append(exchanged)
        start += len(group)
    own, other = np.arange(n), n + np.arange(n)
    lucks = np.stack([own, own, *([other] * (len(sets) - 2))], axis=1)
    return np.stack(sets, axis=1).reshape(-1, len(paths)), lucks.ravel()
