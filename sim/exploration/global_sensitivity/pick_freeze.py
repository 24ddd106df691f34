"""Shares of variance by group of parameters, luck among them, from worlds of which one group at a time is exchanged (pick-freeze).

World a has one draw of everything and world b another; a third world has all of a, but one group of b. The total effect of the group is
how much a and the third differ: what it explains alone and together with others (Jansen 1999). Its first-order effect is what it explains
alone (Saltelli et al. 2010). Total effects of several groups add up to more than 1 where groups act together.
"""

from typing import NamedTuple

import numpy as np

from sim.exploration.global_sensitivity.resampled import UNKNOWN, VarianceShare, resampled_sums, with_interval
from sim.model.state.dimensions import Array, Row


class GroupEffect(NamedTuple):
    """The total and the first-order effect of a group on an outcome, as shares of its variance."""

    total: VarianceShare
    first: VarianceShare


def group_effects(a: Row, b: Row, exchanged: Array, rng: np.random.Generator) -> list[GroupEffect]:
    """The effects of groups: an outcome in worlds a and b, (n,), and in those of a with each group of b, (groups, n).

    Intervals resample the n rows. Unknown where the outcome is the same in all worlds.
    """
    both = np.concatenate([a, b])
    if len(a) < 2 or not np.ptp(both):
        return [GroupEffect(UNKNOWN, UNKNOWN) for _ in exchanged]
    middle = both.mean()
    a, b, exchanged = a - middle, b - middle, exchanged - middle
    terms = np.concatenate([[(a + b) / 2, (a * a + b * b) / 2], (a - exchanged) ** 2 / 2, b * (exchanged - a)])
    shares, resamples = _shares(terms.mean(axis=1)[np.newaxis])[0], _shares(resampled_sums(terms, rng))
    found = [with_interval(float(share), resamples[:, i]) for i, share in enumerate(shares)]
    n = len(exchanged)
    return [GroupEffect(found[i], found[n + i]) for i in range(n)]


def _shares(means: Array) -> Array:
    """Total effects of all groups, then first-order ones, (resamples, 2 groups), from the means of the terms."""
    variance = means[:, 1] - means[:, 0] ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(means[:, 2:] / variance[:, np.newaxis])
