"""How the outcomes of random worlds go with each parameter: straight lines, enough to say which found points owe least to luck."""

from typing import NamedTuple

import numpy as np

from sim.exploration.reach.points import CENTRE, Points
from sim.model.state.dimensions import Array, Row

_CERTAIN = 3.0  # standard errors, below which a slope is taken for none: there are hundreds of parameters
_VARIANCE = 1.0 / 12.0  # of a quantile over random worlds


class Trend(NamedTuple):
    """The mean (outcomes,) of random worlds, and slopes (outcomes, parameters) along quantiles; those within their error are 0."""

    mean: Row
    slopes: Array

    def of(self, quantiles: Array) -> Array:
        """The outcomes that points (parameters, points) are expected to have, whatever their luck: (outcomes, points)."""
        away = quantiles - CENTRE
        return np.stack([mean + (slope[:, None] * away).sum(axis=0) for mean, slope in zip(self.mean, self.slopes, strict=True)])


def trend_of(points: Points) -> Trend:
    """The trend of random worlds, whose quantiles are independent of each other: a slope is a covariance over a known variance."""
    away = points.quantiles - CENTRE
    n = max(len(points), 2)
    slopes = []
    for row in points.values:
        slope = (away * (row - row.mean())).sum(axis=1) / (n * _VARIANCE)
        error = row.std() / np.sqrt(n * _VARIANCE)
        slopes.append(np.where(np.abs(slope) > _CERTAIN * error, slope, 0.0))
    return Trend(points.values.mean(axis=1), np.stack(slopes))
