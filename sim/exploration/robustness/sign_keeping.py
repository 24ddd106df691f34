"""Over which share of the space of parameters a difference keeps its sign.

The difference of one world is blurred by luck, so its sign says little. Here worlds are sorted by the difference that their parameters
alone let expect, and judged in groups. What to expect is learnt from the other half of the worlds (least squares on the few parameters
that go with the difference most), so no world has a part in its own place; each half is sorted by the other, and the mean of each tenth
is taken over worlds that had no part in forming it (sorted group effects: Chernozhukov, Demirer, Duflo and Fernandez-Val 2018; halves as
in their cross-fitting). A tenth keeps the sign if the interval of its mean lies on the side of the mean of all, reverses it if it lies
on the other, and is open otherwise; intervals hold for all tenths of a difference together (Bonferroni).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtri

from sim.exploration.discovery.factor_screening import correlated
from sim.model.state.dimensions import Array, Row
from sim.statistics.confidence_intervals import Z_95
from sim.statistics.exact_sums import fixed_point
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.pair_sums import PairSums
from sim.statistics.significance import LEVEL
from sim.statistics.small_samples import LEAST_PAIRS

LEAST_WORLDS = 5 * LEAST_PAIRS  # to sort worlds into groups at all: five of as many as any mean needs
_TENTHS, _FIFTHS = 10, 5
_FOR_TENTHS = 2 * _TENTHS * LEAST_PAIRS  # worlds from which on there are tenths; fifths of fewer


@dataclass(frozen=True)
class SignKeeping:
    """Groups of worlds by what their parameters let expect, from most with the sign of the mean of all to least, (groups,).

    `sign` is that of the mean of all; `mean`, `low`, `high`: mean difference of each group with its joint 95 % interval; `n` worlds each;
    `p`: of a test that all groups have the same mean (chi-square with their standard errors), so that parameters would not matter.
    """

    sign: int
    n: Row
    mean: Row
    low: Row
    high: Row
    p: float

    @property
    def varies(self) -> bool:
        """Whether groups differ significantly: parameters change the difference."""
        return self.p < LEVEL

    @property
    def kept(self) -> float:
        """The share of groups that surely have the sign."""
        return float(np.mean(self._ends[0] > 0.0))

    @property
    def reversed(self) -> float:
        """The share of groups that surely have the other sign."""
        return float(np.mean(self._ends[1] < 0.0))

    @property
    def open(self) -> float:
        """The share of groups of which neither is sure."""
        return float(np.mean((self._ends[0] <= 0.0) & (self._ends[1] >= 0.0)))

    @property
    def _ends(self) -> tuple[Row, Row]:
        """The intervals as if the sign were positive."""
        return (self.low, self.high) if self.sign > 0 else (-self.high, -self.low)


def sign_keeping(u: Array, mine: Row, other: Row, scale: float, seed: int) -> SignKeeping:
    """The groups of a paired difference `mine - other` (n,), given draws (factors, n); `scale` as in MeanDifferences.margins.

    Raises ValueError for fewer than LEAST_WORLDS worlds.
    """
    if len(mine) < LEAST_WORLDS:
        raise ValueError(f"{len(mine)} worlds are too few to be sorted into groups")
    difference = mine - other
    n_groups = _TENTHS if len(mine) >= _FOR_TENTHS else _FIFTHS
    group = expected_groups(u, difference, n_groups, seed)
    sign = 1 if difference.mean() >= 0.0 else -1
    order = range(n_groups - 1, -1, -1) if sign > 0 else range(n_groups)
    sums = [paired(mine[group == i], other[group == i]) for i in order]
    wider = float(-ndtri(LEVEL / 2.0 / n_groups)) / Z_95
    ends = [one.margins(np.array([scale])) for one in sums]
    mean = np.array([one.difference[0] for one in sums])
    below, above = (wider * np.array([pair[side][0] for pair in ends]) for side in (0, 1))
    error = np.array([one.standard_error[0] for one in sums])
    return SignKeeping(sign, np.array([one.n for one in sums]), mean, mean - below, mean + above, _same_means(mean, error))


def _same_means(mean: Row, standard_error: Row) -> float:
    """The p value of means that are all the same; a group without spread counts with the smallest error of the others."""
    known = standard_error > 0.0
    if not known.any():
        return 1.0
    weight = 1.0 / np.where(known, standard_error, standard_error[known].min()) ** 2
    centre = (weight * mean).sum() / weight.sum()
    return float(chdtrc(len(mean) - 1, (weight * (mean - centre) ** 2).sum()))


def expected_groups(u: Array, difference: Row, n_groups: int, seed: int) -> Array:
    """The group of each world, (n,), 0 where the least difference is expected: the worlds of each half, sorted by the other."""
    order = np.random.default_rng(seed).permutation(len(difference))
    halves = np.sort(order[::2]), np.sort(order[1::2])
    group = np.empty(len(difference), dtype=np.int64)
    for learnt, placed in (halves, halves[::-1]):
        rows = correlated(u[:, learnt], difference[learnt])
        design = np.vstack([np.ones(len(learnt)), u[rows][:, learnt]]).T
        weights = np.linalg.lstsq(design, difference[learnt], rcond=None)[0]
        expected = (weights[1:, None] * u[rows][:, placed]).sum(axis=0)
        place = np.empty(len(placed), dtype=np.int64)
        place[np.argsort(expected, kind="stable")] = np.arange(len(placed))
        group[placed] = place * n_groups // len(placed)
    return group


def paired(mine: Row, other: Row) -> MeanDifferences:
    """The paired difference of one quantity."""
    sums = PairSums(1)
    sums.add(fixed_point(mine[np.newaxis]), fixed_point(other[np.newaxis]))
    return sums.differences()
