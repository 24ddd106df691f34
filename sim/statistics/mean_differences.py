"""Differences between the means of two sets of worlds: the one place in which standard errors, intervals and p values are made.

World k has the same random numbers in two scenarios of one run, so differences are taken world by world; their standard error is far
below that of two separate samples. Worlds are added chunk by chunk and summed in whole numbers, so memory does not grow with the number
of worlds, and neither chunks nor their order change a bit.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from sim.model.state.dimensions import Array, Row
from sim.statistics.confidence_intervals import Z_95
from sim.statistics.exact_sums import Moments
from sim.statistics.significance import t_test, welch


@dataclass(frozen=True)
class MeanDifferences:
    """Some quantities in one set of worlds and in another: every array runs along the quantities.

    `n`: pairs of worlds, or worlds of the smaller set; `std`, `other_std`: standard deviations over worlds. What cannot be known from
    so few worlds is NaN. `counts`: the pairs of each quantity, where they are not `n`.
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

    @cached_property
    def p(self) -> Row:
        """P values of Student's t test for a difference of zero: paired, or Welch's."""
        return t_test(self.difference, self.standard_error, self.degrees_of_freedom)

    @property
    def pooled_std(self) -> Row:
        """The standard deviation over worlds, of both sets together (the root of their mean variance)."""
        return np.sqrt((self.std**2 + self.other_std**2) / 2.0)

    @property
    def half_width(self) -> Row:
        """Half the width of the 95 % interval (normal)."""
        return Z_95 * self.standard_error

    @property
    def narrowing(self) -> Row:
        """The standard error as a part of what it would be if the worlds were not paired; NaN where they are not."""
        if not self.paired or not self.n:
            return np.full(len(self.mean), np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(
                self.standard_error / np.sqrt((self.std**2 + self.other_std**2) / (self.n if self.counts is None else self.counts))
            )


def chosen(takes_first: Row, first: MeanDifferences, second: MeanDifferences) -> MeanDifferences:
    """Some quantities as they differ over one set of pairs, the others as over a second set; `n` is that of the first."""
    rows = {
        field.name: np.where(takes_first, getattr(first, field.name), getattr(second, field.name))
        for field in fields(MeanDifferences)
        if field.name not in ("paired", "n", "counts")
    }
    return MeanDifferences(first.paired, first.n, **rows, counts=np.where(takes_first, first.n, second.n))


class PairSums:
    """Sums over pairs of worlds, and in how many of them one exceeds the other."""

    def __init__(self, n_quantities: int) -> None:
        self._mine, self._other, self._difference = (Moments(n_quantities) for _ in range(3))
        self.n_more, self.n_fewer = (np.zeros(n_quantities, dtype=np.int64) for _ in range(2))

    @property
    def n(self) -> int:
        """How many pairs there are."""
        return self._difference.n

    def add(self, mine: Array, other: Array) -> None:
        """Further pairs: the same worlds of both, in fixed point, (quantities, worlds)."""
        difference = mine - other
        self._mine.add(mine)
        self._other.add(other)
        self._difference.add(difference)
        self.n_more += (difference > 0).sum(axis=1)
        self.n_fewer += (difference < 0).sum(axis=1)

    def differences(self) -> MeanDifferences:
        """Differences of the pairs."""
        freedom = np.full(len(self.n_more), float(max(self.n - 1, 1)))
        mean, standard_error = self._difference.mean(), self._difference.standard_error()
        return MeanDifferences(
            True, self.n, self._mine.mean(), self._other.mean(), self._mine.std(), self._other.std(), mean, standard_error, freedom
        )


def unpaired_differences(mine: Moments, other: Moments) -> MeanDifferences:
    """Differences of two sets of worlds that have nothing in common (Welch)."""
    standard_error, freedom = welch(mine.standard_error(), mine.n, other.standard_error(), other.n)
    means = mine.mean(), other.mean()
    return MeanDifferences(False, min(mine.n, other.n), *means, mine.std(), other.std(), means[0] - means[1], standard_error, freedom)
