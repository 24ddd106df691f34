"""Numbers given from Python: those of NumPy are numbers as well, and limits are the same, in the same words, as on the command line."""

from numbers import Integral, Real
from typing import Any

import numpy as np

from sim.scenario.validation_errors import Problem, ScenarioError
from sim.scenario.value_parsers import MAX_MONTHS
from sim.text.suggestions import printable
from sim.text.whole_numbers import MOST_SEED, not_whole, out_of_range

MOST_FIRST_WORLD = 2**40  # far beyond any run; the counters of the random numbers reach much further
_LONGEST_SHOWN = 60  # characters of a value in a message


def shown(value: Any) -> str:
    """A value as messages show it."""
    text = printable(repr(value))
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def real(value: Any) -> float | None:
    """A finite number of Python or NumPy (also an array without dimensions that holds one); None for anything else."""
    value = _plain(value)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if np.isfinite(number) else None


def whole(value: Any, name: str, low: int, high: int) -> int:
    """A whole number of Python or NumPy within limits. Raises ValueError."""
    plain = _plain(value)
    if isinstance(plain, (bool, np.bool_)) or not isinstance(plain, Integral):
        raise ValueError(not_whole(name, shown(value), low, high))
    fault = out_of_range(name, int(plain), low, high)
    if fault is not None:
        raise ValueError(fault)
    return int(plain)


def whole_months(value: Any) -> int:
    """A number of months to run. Raises ScenarioError."""
    try:
        return whole(value, "months", 1, MAX_MONTHS)
    except ValueError as error:
        raise ScenarioError([Problem("months", 0, str(error).removeprefix("months: "))]) from None


def whole_seed(seed: Any, rng: Any, usual: int) -> int:
    """The seed of a model that is given `seed`, or `rng` as Mesa calls it, or neither. Raises ValueError."""
    if seed is not None and rng is not None:
        raise ValueError("seed and rng are two names of one number; give one of them.")
    name, value = ("rng", rng) if rng is not None else ("seed", seed)
    return usual if value is None else whole(value, name, 0, MOST_SEED)


def _plain(value: Any) -> Any:
    """A NumPy number, or the one in an array without dimensions, as a Python number."""
    return value.item() if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0) else value
