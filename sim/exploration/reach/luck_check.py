"""Found points run again under other lucks: in which share of them a point lies where it was found."""

from dataclasses import dataclass

import numpy as np

from sim.exploration.reach.linear_trend import Trend
from sim.exploration.reach.pattern_grid import PatternGrid
from sim.exploration.reach.points import Points, Space
from sim.model.state.dimensions import Array, Row

HELD = 0.5  # share of lucks from which on a point is said to hold
_BESIDE = 1  # cells to either side that count as the same


@dataclass(frozen=True)
class CheckedPoints:
    """Found points, one for each of `cells` (n,), run again: `again` has the two measures under every luck, (2, n, lucks).

    `share` (n,) is that of the lucks in which a point lies in its cell or one beside it.
    """

    points: Points
    cells: Row
    again: Array
    share: Row

    @property
    def n_lucks(self) -> int:
        """Under how many lucks each was run again."""
        return int(self.again.shape[2])

    @property
    def means(self) -> Array:
        """The two measures of each point, mean over lucks: (2, n)."""
        return np.asarray(self.again.mean(axis=2))

    @property
    def holds(self) -> Row:
        """Whether a point holds in at least half of the lucks, (n,)."""
        return np.asarray(self.share >= HELD)


def representatives(points: Points, cells: Row, wanted: Row, grid: PatternGrid, trend: Trend) -> Row:
    """The index of a point for each of the wanted cells: the one that the trend expects nearest to it, so owing least to luck."""
    expected, chosen = grid.in_cells(trend.of(points.quantiles)[:2]), []
    for cell in wanted:
        among = np.flatnonzero(cells == cell)
        middle = np.array(grid.place(cell)) + 0.5
        away = np.sqrt(((expected[:, among] - middle[:, None]) ** 2).sum(axis=0))
        chosen.append(int(among[np.argmin(away)]))
    return np.array(chosen, dtype=np.int64)


def check(points: Points, cells: Row, grid: PatternGrid, space: Space, lucks: Row) -> CheckedPoints:
    """Run points, each found in one of `cells`, again under other lucks, the same for all."""
    again = space.under(points.quantiles, lucks)[:2] if len(points) else np.empty((2, 0, len(lucks)))
    places = grid.places(again.reshape(2, -1)).reshape(again.shape)
    found = np.array([grid.place(cell) for cell in cells], dtype=np.int64).reshape(-1, 2).T[:, :, None]
    beside = (np.abs(places - found) <= _BESIDE).all(axis=0)
    return CheckedPoints(points, cells, again, np.asarray(beside.mean(axis=1)))
