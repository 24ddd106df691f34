"""A share of variance with its 95 % interval by bootstrap: points, or rows of a design, are drawn again and again with replacement."""

from typing import NamedTuple

import numpy as np

from sim.model.state.dimensions import Array, Row
from sim.statistics.poisson_bootstrap import ENDS, N_RESAMPLES

_BLOCK = 100  # resamples at a time, which bounds memory


class VarianceShare(NamedTuple):
    """A share of the variance of an outcome, its 95 % interval and its standard error; NaN where it cannot be known.

    Estimates are unbiased as far as they can be, so that one near 0 may lie a little below it by chance.
    """

    share: float
    low: float
    high: float
    error: float


UNKNOWN = VarianceShare(float("nan"), float("nan"), float("nan"), float("nan"))


def resampled_sums(terms: Array, rng: np.random.Generator) -> Array:
    """Means of terms (terms, n) over n drawn with replacement, (N_RESAMPLES, terms)."""
    n, means = terms.shape[1], []
    for first in range(0, N_RESAMPLES, _BLOCK):
        drawn = rng.integers(0, n, (min(_BLOCK, N_RESAMPLES - first), n))
        counts = np.stack([np.bincount(row, minlength=n) for row in drawn])
        means.append(counts @ terms.T / n)
    return np.concatenate(means)


def with_interval(share: float, resamples: Row) -> VarianceShare:
    """An estimate with the interval that its resamples give."""
    known = resamples[np.isfinite(resamples)]
    if not np.isfinite(share) or len(known) < N_RESAMPLES // 2:
        return UNKNOWN
    low, high = np.quantile(known, ENDS)
    return VarianceShare(float(share), float(min(low, share)), float(max(high, share)), float(known.std()))
