"""A toy in place of the model: two measures and an outcome from quantiles and luck, with known corners."""

import numpy as np

from sim.exploration.reach.points import Space
from sim.model.state.dimensions import Array, Row

PARAMETERS = 20


def draws_of(numbers: Row) -> Array:
    """Independent quantiles, the same for a number whatever is asked beside it."""
    return np.stack([np.random.default_rng([9, int(number)]).random(PARAMETERS) for number in numbers], axis=1)


def noise(luck: Row) -> Row:
    """A standard normal number for each luck."""
    return np.array([np.random.default_rng([7, int(one)]).standard_normal() for one in luck])


def smooth(quantiles: Array, luck: Row) -> Array:
    """Two measures between 0 and 1 without luck: means of five quantiles each; the outcome is their corner, of probability near 1e-4."""
    one, other = quantiles[:5].mean(axis=0), quantiles[5:10].mean(axis=0)
    return np.stack([one, other, (one > 0.8) & (other > 0.8)]).astype(np.float64)


def luck_alone(quantiles: Array, luck: Row) -> Array:
    """Two measures that no parameter moves."""
    shaken = noise(luck)
    return np.stack([0.5 + 0.1 * shaken, 0.5 - 0.05 * shaken, shaken > 2.0])


def shaken(quantiles: Array, luck: Row) -> Array:
    """Parameters 0 and 1 high, whatever luck there is: the outcome of a weighted sum that passes a level in one of about 80 worlds."""
    score = 3.0 * (quantiles[0] - 0.5) + 3.0 * (quantiles[1] - 0.5) + 0.3 * noise(luck)
    return np.stack([0.5 + score / 8.0, quantiles[2], score > 2.6])


def space(run: object) -> Space:
    return Space(tuple(f"p{i}" for i in range(PARAMETERS)), draws_of, run)  # type: ignore[arg-type]
