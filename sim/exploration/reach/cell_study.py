"""Which cells of two measures random worlds reach, which a search reaches besides, and what of that holds under other lucks."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.exploration.reach.linear_trend import trend_of
from sim.exploration.reach.luck_check import CheckedPoints, check, representatives
from sim.exploration.reach.pattern_grid import PatternGrid
from sim.exploration.reach.pattern_search import Places, explore
from sim.exploration.reach.points import Points, Space
from sim.model.state.dimensions import Array, Row

STARTING = 400  # random worlds that a search begins with; they count as searched
SEARCHED, CHECKED = 1_000_000_000, 2_000_000_000  # the first luck of searched points, and of those that check them: no world has them
PART = 500  # random worlds run at once
SIGNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))  # of the corners


class Corner(NamedTuple):
    """A corner of the plane: +1 or -1 for high or low in either measure.

    `random` is the index of an outermost random world, `found` that of the checked point that holds and whose mean over lucks lies further
    out than the mean of that world's parameters; None where there is none.
    """

    signs: tuple[int, int]
    random: int
    found: int | None


@dataclass(frozen=True)
class CellStudy:
    """Random worlds and searched points, as many of each; what the search alone reached, and the outermost random worlds, run again."""

    grid: PatternGrid
    random: Points
    searched: Points
    checked: CheckedPoints
    outermost: CheckedPoints

    @property
    def by_random(self) -> Row:
        """The cells that random worlds reach."""
        return np.unique(self.grid.cells(self.random.values[:2]))

    @property
    def by_search(self) -> Row:
        """The cells that searched points reach."""
        return np.unique(self.grid.cells(self.searched.values[:2]))

    @property
    def corners(self) -> list[Corner]:
        """The four corners."""
        corners = []
        for i, signs in enumerate(SIGNS):
            direction = _outward(signs, self.random)
            found = (direction * self.checked.means).sum(axis=0)
            random = (direction * self.outermost.means[:, [i]]).sum()
            further = np.flatnonzero(self.checked.holds & (found > random))
            corners.append(Corner(signs, i, int(further[np.argmax(found[further])]) if len(further) else None))
        return corners


def _outward(signs: tuple[int, int], random: Points) -> Array:
    """The direction of a corner, (2, 1), in standard deviations over random worlds."""
    spread = random.values[:2].std(axis=1)
    return (np.array(signs) / np.where(spread > 0.0, spread, 1.0))[:, None]


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
    begin = random.first(min(STARTING, budget))
    searched = explore(begin, budget, lambda values: Places(grid.cells(values[:2]), grid.crowding(values[:2])), space.run, seed, SEARCHED)
    cells = grid.cells(searched.values[:2])
    only = np.setdiff1d(np.unique(cells), grid.cells(random.values[:2]))
    chosen = representatives(searched, cells, only, grid, trend_of(random))
    lucks = CHECKED + np.arange(n_lucks)
    outermost = random.some(np.array([np.argmax((_outward(signs, random) * random.values[:2]).sum(axis=0)) for signs in SIGNS]))
    checks = [(searched.some(chosen), only), (outermost, grid.cells(outermost.values[:2]))]
    return CellStudy(grid, random, searched, *(check(points, of, grid, space, lucks) for points, of in checks))
