"""Which cells of two measures random worlds reach, which a search reaches besides, and what of that holds under other lucks."""

from dataclasses import dataclass

import numpy as np

from sim.exploration.reach.corner_study import Corner, study_corners
from sim.exploration.reach.linear_trend import trend_of
from sim.exploration.reach.luck_check import CheckedPoints, check, representatives
from sim.exploration.reach.pattern_grid import PatternGrid
from sim.exploration.reach.pattern_search import Places, explore
from sim.exploration.reach.points import Points, Space
from sim.model.state.dimensions import Row

_STARTING = 400  # random worlds that a search begins with, or a quarter of them all; they count as searched
SEARCHED, CHECKED, CORNERS = 1_000_000_000, 2_000_000_000, 3_000_000_000  # the first lucks of what is run: no random world has them
PART = 500  # random worlds run at once


@dataclass(frozen=True)
class CellStudy:
    """Random worlds and searched points, as many of each; what the search alone reached, run again; and the corners."""

    grid: PatternGrid
    random: Points
    searched: Points
    checked: CheckedPoints
    corners: list[Corner]

    @property
    def by_random(self) -> Row:
        """The cells that random worlds reach."""
        return np.unique(self.grid.cells(self.random.values[:2]))

    @property
    def by_search(self) -> Row:
        """The cells that searched points reach."""
        return np.unique(self.grid.cells(self.searched.values[:2]))


def starting(budget: int) -> int:
    """With how many random worlds a search begins."""
    return min(_STARTING, budget // 4)


def random_worlds(space: Space, n: int, known: Points | None = None) -> Points:
    """Worlds 0 to n - 1 as they draw their parameters; the first of them may be known already."""
    points = known.first(min(n, len(known))) if known is not None and len(known) else None
    for first in range(0 if points is None else len(points), n, PART):
        numbers = np.arange(first, min(first + PART, n))
        quantiles = space.draws_of(numbers)
        more = Points(quantiles, numbers, space.run(quantiles, numbers))
        points = more if points is None else points.and_more(more)
    assert points is not None
    return points


def study_cells(space: Space, grid: PatternGrid, random: Points, budget: int, seed: int, n_lucks: int) -> CellStudy:
    """Search as many points as there are random worlds at most (`budget`), and check every cell that the search alone reached."""
    begin = random.first(starting(budget))
    searched = explore(begin, budget, lambda values: Places(grid.cells(values[:2]), grid.crowding(values[:2])), space.run, seed, SEARCHED)
    cells = grid.cells(searched.values[:2])
    only = np.setdiff1d(np.unique(cells), grid.cells(random.values[:2]))
    chosen = representatives(searched, cells, only, grid, trend_of(random))
    lucks = CHECKED + np.arange(n_lucks)
    checked = check(searched.some(chosen), only, grid, space, lucks)
    return CellStudy(grid, random, searched, checked, study_corners(random, searched, space, CORNERS))
