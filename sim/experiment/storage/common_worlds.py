"""The worlds that two scenarios both have, by their numbers, however the worlds are divided into chunks.

World k is world k: results with other numbers of worlds, or with chunks of another size, have it in other chunks. Their common worlds are
gone through range by range, in order, each range within one chunk of either side, so no more than one chunk of each need be in memory.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sim.experiment.storage.results import Span


class CommonRange(NamedTuple):
    """The worlds `first` to `first + n - 1`, and the chunks (first world, number of worlds) of either side in which they stand."""

    first: int
    n: int
    mine: Span
    other: Span

    @property
    def span(self) -> Span:
        """The first world and how many there are."""
        return self.first, self.n

    @property
    def in_mine(self) -> slice:
        """Where they stand among the worlds of the chunk of the first side."""
        return slice(self.first - self.mine[0], self.first - self.mine[0] + self.n)

    @property
    def in_other(self) -> slice:
        """Where they stand among the worlds of the chunk of the second side."""
        return slice(self.first - self.other[0], self.first - self.other[0] + self.n)


def common_ranges(mine: Iterable[Span], other: Iterable[Span]) -> Iterator[CommonRange]:
    """The ranges of worlds that both have, in order; a world that two chunks of one side have is taken once."""
    own, others = sorted(mine), sorted(other)
    i = j = done = 0
    while i < len(own) and j < len(others):
        first, end = max(own[i][0], others[j][0], done), min(sum(own[i]), sum(others[j]))
        if first < end:
            yield CommonRange(first, end - first, own[i], others[j])
            done = end
        if sum(own[i]) <= sum(others[j]):
            i += 1
        else:
            j += 1


def count_common(mine: Iterable[Span], other: Iterable[Span]) -> int:
    """How many worlds both have."""
    return sum(found.n for found in common_ranges(mine, other))
