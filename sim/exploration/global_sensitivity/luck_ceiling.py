"""The ceiling: which share of the variance of an outcome over worlds parameters can explain at all; the rest is luck.

Every point of the space of parameters is run several times, each time with luck of its own. Worlds of a point differ by luck alone, so a
one-way analysis of variance by point separates the two, without bias (Searle, Casella and McCulloch 1992, chapter 3).
"""

import numpy as np

from sim.exploration.global_sensitivity.resampled import UNKNOWN, VarianceShare, resampled_sums, with_interval
from sim.model.state.dimensions import Array, Row


def ceiling(values: Array, rng: np.random.Generator) -> VarianceShare:
    """The ceiling from an outcome by point and luck, (points, lucks), at least two of both; its interval resamples points.

    Unknown where the outcome is the same in all worlds.
    """
    n_points, n_lucks = values.shape
    if n_points < 2 or n_lucks < 2 or not np.ptp(values):
        return UNKNOWN
    centred = values - values.mean()
    mean, within = centred.mean(axis=1), centred.var(axis=1, ddof=1)
    terms = np.stack([mean, mean * mean, within])
    return with_interval(float(_share(terms.mean(axis=1), n_points, n_lucks)), _share(resampled_sums(terms, rng).T, n_points, n_lucks))


def _share(means: Array, n_points: int, n_lucks: int) -> Row:
    """The share between points from the means over points of their mean, its square, and the variance within them."""
    mean, square, within = means
    between = (square - mean * mean) * n_points / (n_points - 1) - within / n_lucks
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(between / (between + within))
