"""How sure a mean is: worlds drawn again and again, with replacement, and the mean taken each time.

Each world counts a Poisson(1) number of times in a resample, which is a bootstrap that can be added up chunk by chunk. The counts follow
from the number of the world alone, so scenarios compared in pairs are resampled in pairs, and no choice of chunks changes a number.
"""

import numpy as np

from sim.model.state.dimensions import Array, Row
from sim.statistics.exact_sums import FIXED_POINT, Moments

RESAMPLES = 1000
ENDS = (0.025, 0.975)  # of a 95 % interval, as shares of the resamples below (percentile interval)
_BLOCK = 250  # worlds whose counts come from one stream


def counts(first_world: int, worlds: int, stream: int = 0) -> Array:
    """How often each world counts in each resample, (RESAMPLES, worlds) float64; another `stream` is another luck."""
    first, last = first_world // _BLOCK, (first_world + worlds - 1) // _BLOCK
    blocks = [np.random.Generator(np.random.Philox(key=[stream, i])).poisson(1.0, (_BLOCK, RESAMPLES)) for i in range(first, last + 1)]
    start = first_world - first * _BLOCK
    return np.concatenate(blocks)[start : start + worlds].T.astype(np.float64)


def interval(means: Array) -> tuple[Row, Row]:
    """The 95 % interval of each quantity from its resampled means, (RESAMPLES, quantities); resamples without worlds are left out."""
    known = np.isfinite(means).all(axis=1)
    if not known.any():
        return np.full(means.shape[1], np.nan), np.full(means.shape[1], np.nan)
    low, high = np.quantile(means[known], ENDS, axis=0)
    return low, high


class Sampled:
    """Some quantities over worlds: sums as they are and resampled, of all worlds and of those in which the government stands."""

    def __init__(self, quantities: int) -> None:
        self._every, self._standing = Moments(quantities), Moments(quantities)
        self._sums = np.zeros((RESAMPLES, quantities))
        self._fallen_sums = np.zeros((RESAMPLES, quantities))
        self._counts, self._fallen_counts = np.zeros((RESAMPLES, 1)), np.zeros((RESAMPLES, 1))

    def add(self, numbers: Array, standing: Row, times: Array) -> None:
        """Further worlds: numbers in fixed point (quantities, worlds), where the government stands, and `counts` of these worlds."""
        self._every.add(numbers)
        self._standing.add(numbers[:, standing])
        values, fallen = numbers.T.astype(np.float64), ~standing
        self._sums += times @ values  # whole numbers far below 2**53: exact, so adding them in any order gives the same
        self._counts += times.sum(axis=1, keepdims=True)
        if fallen.any():
            self._fallen_sums += times[:, fallen] @ values[fallen]
            self._fallen_counts += times[:, fallen].sum(axis=1, keepdims=True)

    def of(self, standing: bool) -> Moments:
        """Number of worlds, means and deviations, of those alone in which the government stands or of all."""
        return self._standing if standing else self._every

    def resampled(self, standing: bool) -> Array:
        """Means in every resample, (RESAMPLES, quantities); NaN where it drew no world."""
        sums, drawn = (self._sums - self._fallen_sums, self._counts - self._fallen_counts) if standing else (self._sums, self._counts)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(sums / (FIXED_POINT * drawn))
