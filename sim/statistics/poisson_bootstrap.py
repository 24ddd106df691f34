"""Bootstrap intervals of means: worlds are drawn again and again, with replacement, and the mean is taken each time.

Each world counts a Poisson(1) number of times in a resample (Hanley and MacGibbon 2006), so resamples can be summed chunk by chunk. The
counts follow from the number of the world alone: scenarios compared in pairs are resampled in pairs, and chunks do not change a number.
"""

import numpy as np

from sim.model.state.dimensions import Array, Row
from sim.statistics.exact_sums import FIXED_POINT

N_RESAMPLES = 1000
ENDS = (0.025, 0.975)  # of a 95 % interval, as shares of the resamples below (percentile interval)
_BLOCK = 250  # worlds whose counts come from one stream of random numbers


def resample_counts(first_world: int, n_worlds: int, stream: int = 0) -> Array:
    """How often each world counts in each resample, (N_RESAMPLES, worlds) float64; another `stream` gives independent counts."""
    first, last = first_world // _BLOCK, (first_world + n_worlds - 1) // _BLOCK
    blocks = [np.random.Generator(np.random.Philox(key=[stream, i])).poisson(1.0, (_BLOCK, N_RESAMPLES)) for i in range(first, last + 1)]
    start = first_world - first * _BLOCK
    return np.concatenate(blocks)[start : start + n_worlds].T.astype(np.float64)


def percentile_interval(means: Array) -> tuple[Row, Row]:
    """The 95 % interval of each quantity from its resampled means, (N_RESAMPLES, quantities); resamples without worlds are left out."""
    known = np.isfinite(means).all(axis=1)
    if not known.any():
        return np.full(means.shape[1], np.nan), np.full(means.shape[1], np.nan)
    low, high = np.quantile(means[known], ENDS, axis=0)
    return low, high


class ResampledSums:
    """Sums of some quantities over resampled worlds."""

    def __init__(self, n_quantities: int) -> None:
        self._sums, self._counts = np.zeros((N_RESAMPLES, n_quantities)), np.zeros((N_RESAMPLES, 1))

    def add(self, numbers: Array, counts: Array) -> None:
        """Further worlds: numbers in fixed point, (quantities, worlds), and the `resample_counts` of these worlds."""
        self._sums += counts @ numbers.T.astype(np.float64)  # whole numbers far below 2**53: exact, in any order of adding
        self._counts += counts.sum(axis=1, keepdims=True)

    def without(self, part: "ResampledSums") -> "ResampledSums":
        """The sums over all worlds but those of a part of them."""
        rest = ResampledSums(self._sums.shape[1])
        rest._sums, rest._counts = self._sums - part._sums, self._counts - part._counts
        return rest

    def means(self) -> Array:
        """Means in every resample, (N_RESAMPLES, quantities); NaN where it drew no world."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self._sums / (FIXED_POINT * self._counts))
