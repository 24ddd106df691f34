"""Sums over pairs of worlds, or over two separate sets of worlds, from which differences of means follow.

World k has the same random numbers in two scenarios of one run, so differences are taken world by world; their standard error is far
below that of two separate samples. Worlds are added chunk by chunk and summed in whole numbers, so memory does not grow with the number
of worlds, and neither chunks nor their order change a bit.
"""

import numpy as np

from sim.model.state.dimensions import Array
from sim.statistics.exact_sums import Moments, differs
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.significance import welch


class PairSums:
    """Sums over pairs of worlds, and in how many of them one exceeds the other by more than numbers resolve."""

    def __init__(self, n_quantities: int) -> None:
        self._mine, self._other, self._difference = (Moments(n_quantities) for _ in range(3))
        self.n_more, self.n_fewer = (np.zeros(n_quantities, dtype=np.int64) for _ in range(2))

    @property
    def n(self) -> int:
        """How many pairs there are."""
        return self._difference.n

    def add(self, mine: Array, other: Array) -> None:
        """Further pairs: the same worlds of both, in fixed point, (quantities, worlds)."""
        self._mine.add(mine)
        self._other.add(other)
        self._difference.add(mine - other)
        direction = differs(mine, other)
        self.n_more += (direction > 0).sum(axis=1)
        self.n_fewer += (direction < 0).sum(axis=1)

    def differences(self) -> MeanDifferences:
        """Differences of the pairs."""
        mine, other, difference = self._mine, self._other, self._difference
        return MeanDifferences(
            paired=True,
            n=self.n,
            mean=mine.mean(),
            other_mean=other.mean(),
            std=mine.std(),
            other_std=other.std(),
            difference=difference.mean(),
            standard_error=difference.standard_error(),
            degrees_of_freedom=np.full(len(self.n_more), float(max(self.n - 1, 1))),
            more=self.n_more.copy(),
            fewer=self.n_fewer.copy(),
            is_share=mine.is_share() & other.is_share(),
        )


def unpaired_differences(mine: Moments, other: Moments) -> MeanDifferences:
    """Differences of two sets of worlds that have nothing in common (Welch)."""
    standard_error, freedom = welch(mine.standard_error(), mine.n, other.standard_error(), other.n)
    means = mine.mean(), other.mean()
    return MeanDifferences(
        paired=False,
        n=min(mine.n, other.n),
        mean=means[0],
        other_mean=means[1],
        std=mine.std(),
        other_std=other.std(),
        difference=means[0] - means[1],
        standard_error=standard_error,
        degrees_of_freedom=freedom,
        is_share=mine.is_share() & other.is_share(),
        samples=(mine.n, other.n),
    )
