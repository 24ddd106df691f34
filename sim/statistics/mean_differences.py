"""Differences between the means of two sets of worlds: the one place in which standard errors, intervals and p values are made.

They are made from the sums of pair_sums.py, by the methods for many worlds, or by those of small_samples.py where there are few, or few
that differ.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from scipy.special import stdtrit

from sim.model.state.dimensions import Array, Row
from sim.statistics.confidence_intervals import Z_95
from sim.statistics.significance import t_test
from sim.statistics.small_samples import (
    FEW_DIFFERING,
    LEAST_P,
    LEAST_PAIRS,
    fisher,
    least_p,
    least_p_of_samples,
    mcnemar,
    paired_share_interval,
    share_difference_interval,
    unseen_share,
)


@dataclass(frozen=True)
class MeanDifferences:
    """Some quantities in one set of worlds and in another: every array runs along the quantities.

    `n`: pairs of worlds, or worlds of the smaller set; `std`, `other_std`: standard deviations over worlds. What cannot be known from
    so few worlds is NaN. `counts`: the pairs of each quantity, where they are not `n`. `more`, `fewer`: pairs in which it is larger,
    smaller by more than numbers resolve; `is_share`: whether it is 0 or 1 in every world of both; `samples`: the worlds of either set.
    """

    paired: bool
    n: int
    mean: Row
    other_mean: Row
    std: Row
    other_std: Row
    difference: Row
    standard_error: Row
    degrees_of_freedom: Row
    counts: Row | None = None
    more: Row | None = None
    fewer: Row | None = None
    is_share: Row | None = None
    samples: tuple[int, int] | None = None

    @cached_property
    def p(self) -> Row:
        """P values for a difference of zero: Student's t test, paired or Welch's, but exact tests for shares of which few worlds differ
        (McNemar's, or Fisher's), and never less than an exact test of so many worlds could give. NaN where nothing is known.
        """
        p = t_test(self.difference, self.standard_error, self.degrees_of_freedom)
        if self.more is not None and self.fewer is not None:
            p = np.where(self._is_rare, mcnemar(self.more, self.fewer), p)
            p = np.maximum(p, least_p(self.more + self.fewer))
        elif self.samples is not None:
            p = np.maximum(np.where(self._is_rare, self._fisher(), p), least_p_of_samples(*self.samples))
        return np.where(np.isnan(self.standard_error), np.nan, np.maximum(p, LEAST_P))

    @property
    def pairs(self) -> Row:
        """The pairs (or worlds of the smaller set) of each quantity."""
        return np.broadcast_to(self.n if self.counts is None else self.counts, self.mean.shape)

    @property
    def suffices(self) -> Row:
        """Whether there are so many worlds that a difference may be called significant, boolean."""
        return np.asarray(self.pairs >= LEAST_PAIRS)

    @property
    def same(self) -> Row:
        """The share of pairs that do not differ by more than numbers resolve; NaN without pairs."""
        if self.more is None or self.fewer is None:
            return np.full(len(self.mean), np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((self.pairs - self.more - self.fewer) / self.pairs)

    @property
    def pooled_std(self) -> Row:
        """The standard deviation over worlds, of both sets together (the root of their mean variance)."""
        return np.sqrt((self.std**2 + self.other_std**2) / 2.0)

    @property
    def half_width(self) -> Row:
        """Half the width of the 95 % interval: normal, or Student's t for few worlds."""
        quantile = np.where(self.suffices, Z_95, stdtrit(np.maximum(self.degrees_of_freedom, 1.0), 0.975))
        return np.asarray(quantile * self.standard_error)

    def margins(self, scales: Row) -> tuple[Row, Row]:
        """How far the 95 % interval reaches below and above each difference; `scales`: the length of each quantity's scale, NaN for none.

        Where no two worlds differ otherwise, it allows for as many unlike ones as may have gone unseen; without a scale that cannot be
        known from few worlds. Shares of which few worlds differ have the interval of Bonett and Price, or of Newcombe.
        """
        difference, half, unseen = self.difference, self.half_width, unseen_share(self.pairs)
        down, up = scales + difference, scales - difference  # as far as the ends of the scale let it go
        below, above = (np.where(~self.suffices & (half > room), room, half) for room in (down, up))
        flat = (self.standard_error == 0.0) & ~(np.isnan(scales) & self.suffices)
        below, above = np.where(flat, unseen * down, below), np.where(flat, unseen * up, above)
        low, high = self._share_interval()
        exact = self._is_rare & (scales == 1.0)
        return np.where(exact, difference - low, below), np.where(exact, high - difference, above)

    @cached_property
    def uses_exact(self) -> Row:
        """Where margins are not those of the normal distribution, boolean: few worlds, few that differ, none that differs otherwise."""
        return np.asarray(self._is_rare | ~self.suffices | (self.standard_error == 0.0))

    @property
    def narrowing(self) -> Row:
        """The standard error as a part of what it would be if the worlds were not paired; NaN where they are not."""
        if not self.paired or not self.n:
            return np.full(len(self.mean), np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.standard_error / np.sqrt((self.std**2 + self.other_std**2) / self.pairs))

    @cached_property
    def _is_rare(self) -> Row:
        """Shares of which few worlds differ; of two samples, those that few worlds of both have, or few lack."""
        if self.is_share is None:
            return np.zeros(len(self.mean), dtype=bool)
        if self.more is not None and self.fewer is not None:
            return np.asarray(self.is_share & (self.more + self.fewer < FEW_DIFFERING))
        count, total = self._counts_of_samples().sum(axis=0), sum(self.samples or (0, 0))
        return np.asarray(self.is_share & (np.minimum(count, total - count) < FEW_DIFFERING))

    def _counts_of_samples(self) -> Array:
        """How many worlds of either set have each share, (2, quantities)."""
        n, other_n = self.samples or (0, 0)
        return np.nan_to_num(np.rint(np.stack([self.mean * n, self.other_mean * other_n]))).astype(np.int64)

    def _fisher(self) -> Row:
        n, other_n = self.samples or (0, 0)
        rows = zip(self._is_rare, *self._counts_of_samples().tolist(), strict=True)
        return np.array([fisher(count, n, other, other_n) if rare else np.nan for rare, count, other in rows])

    def _share_interval(self) -> tuple[Row, Row]:
        if self.more is not None and self.fewer is not None:
            return paired_share_interval(self.more, self.fewer, self.pairs)
        if self.samples is None or not all(self.samples):
            return self.difference, self.difference
        mine, other = (np.clip(mean, 0.0, 1.0) for mean in (self.mean, self.other_mean))
        return share_difference_interval(mine, self.samples[0], other, self.samples[1])


def chosen(takes_first: Row, first: MeanDifferences, second: MeanDifferences) -> MeanDifferences:
    """Some quantities as they differ over one set of pairs, the others as over a second set; `n` is that of the first."""
    rows = {
        field.name: np.where(takes_first, getattr(first, field.name), getattr(second, field.name))
        for field in fields(MeanDifferences)
        if field.name not in ("paired", "n", "counts", "samples")
    }
    return MeanDifferences(first.paired, first.n, **rows, counts=np.where(takes_first, first.n, second.n))
