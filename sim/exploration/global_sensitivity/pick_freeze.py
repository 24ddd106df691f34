"""Shares of variance by group of parameters, luck among them, from worlds of which one group at a time is exchanged (pick-freeze).

Four kinds of worlds, from two independent draws A and B of all parameters and two of luck: a = A with the first luck, b = B with the
first, c = A with the second, and x = A with one group of B, with the second. From these follow, each as a share of the variance:

- total: half the mean square of c - x (Jansen 1999). What the group explains alone and together with all else, luck among it: a small
  change of a parameter may turn what the same luck brings, and that counts here.
- lost: the mean of a (c - x). How much less all parameters together explain if this group is not known. It is the total effect on the
  mean over luck, never more than the ceiling, and the number that says what knowing the group is worth.
- first: the mean of b (x - c) (Saltelli et al. 2010). What the group explains alone.

The total effect of luck is half the mean square of a - c, and one minus it is the ceiling; what luck explains alone is the mean of a b.

Whether a group does anything beyond turning luck is tested on the mean of (a - b)(c - x), which holds lost and first together: if it does
not, c and x could change places in any pair, so the mean is compared with those after random changes of place. Few extreme worlds, which
make standard errors of small samples too small, do not mislead this test.
"""

from typing import NamedTuple

import numpy as np

from sim.exploration.global_sensitivity.resampled import UNKNOWN, VarianceShare, resampled_sums, with_interval
from sim.model.state.dimensions import Array, Row

N_FLIPS, _BLOCK = 4_000, 200  # changes of sign, and how many at a time


class GroupEffect(NamedTuple):
    """The effects of a group on an outcome, as shares of its variance; `p` is that of no effect beyond turning luck.

    `lost` and `p` are not known of luck itself.
    """

    total: VarianceShare
    lost: VarianceShare
    first: VarianceShare
    p: float = float("nan")


def group_effects(a: Row, b: Row, c: Row, exchanged: Array, rng: np.random.Generator) -> list[GroupEffect]:
    """The effects of each group and, last, of luck: an outcome in worlds a, b and c, (n,), and in worlds x by group, (groups, n).

    Intervals resample the n rows. Unknown where the outcome is the same in all worlds.
    """
    groups = len(exchanged)
    every = np.stack([a, b, c])
    if len(a) < 2 or not np.ptp(every):
        return [GroupEffect(UNKNOWN, UNKNOWN, UNKNOWN)] * (groups + 1)
    middle = float(((a + c) / 2 + b).mean() / 2)
    a, b, c, x = a - middle, b - middle, c - middle, exchanged - middle
    moments = [((a + c) / 2 + b) / 2, ((a * a + c * c) / 2 + b * b) / 2]
    luck = [(a - c) ** 2 / 2, a * b]
    terms = np.concatenate([moments, luck, (c - x) ** 2 / 2, a * (c - x), b * (x - c)])
    shares, resamples = _shares(terms.mean(axis=1)[np.newaxis])[0], _shares(resampled_sums(terms, rng))
    found = [with_interval(float(share), resamples[:, i]) for i, share in enumerate(shares)]
    of_luck, (total, lost, first) = found[:2], (found[2 + k * groups : 2 + (k + 1) * groups] for k in range(3))
    p = _p_values((a - b) * (c - x), rng)
    return [*map(GroupEffect, total, lost, first, p.tolist()), GroupEffect(of_luck[0], UNKNOWN, of_luck[1])]


def _p_values(products: Array, rng: np.random.Generator) -> Row:
    """P values, one-sided, for each row of products (groups, n) having a mean of zero, by random changes of sign."""
    n = products.shape[1]
    reached, observed = np.zeros(len(products)), products.sum(axis=1)
    for _ in range(N_FLIPS // _BLOCK):
        signs = rng.integers(0, 2, (_BLOCK, n)) * 2.0 - 1.0
        reached += (signs @ products.T >= observed).sum(axis=0)
    return np.asarray((reached + 1.0) / (N_FLIPS + 1.0))


def _shares(means: Array) -> Array:
    """All terms but the first two, which are moments, as shares of the variance, (resamples, terms - 2)."""
    variance = means[:, 1] - means[:, 0] ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(means[:, 2:] / variance[:, np.newaxis])
