"""The plane of two measures in cells, which a search tries to fill."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from sim.exploration.outcome import Outcome
from sim.model.state.dimensions import Array, Row

CELLS = 40  # in each direction
_BOUNDED = {"share", "index", "effort"}  # units of measures whose possible range is known; others have the range that random worlds show
_NEAR = 2  # cells to either side that crowd a cell
_WIDER = 0.5  # of the range seen, by which it is widened at either end


@dataclass(frozen=True)
class PatternGrid:
    """Cells of two measures between `low` and `high`, (2,) each; values beyond lie in the cells at the edge."""

    low: tuple[float, float]
    high: tuple[float, float]
    n: int = CELLS

    def places(self, values: Array) -> Array:
        """Column and row of the cell of each point, (2, points), from its two measures, (2, points)."""
        low, high = (np.array(end)[:, None] for end in (self.low, self.high))
        return np.clip(np.floor((values - low) / (high - low) * self.n), 0, self.n - 1).astype(np.int64)

    def cells(self, values: Array) -> Row:
        """The number of the cell of each point, (points,)."""
        column, row = self.places(values)
        return np.asarray(column * self.n + row)

    def crowding(self, values: Array) -> Row:
        """How many points lie in the cell of each point or near it (two cells to either side), (points,)."""
        column, row = self.places(values)
        counts = np.zeros((self.n + 2 * _NEAR, self.n + 2 * _NEAR), dtype=np.int64)
        np.add.at(counts, (column + _NEAR, row + _NEAR), 1)
        near = sliding_window_view(counts, (2 * _NEAR + 1, 2 * _NEAR + 1)).sum(axis=(2, 3))
        return np.asarray(near[column, row])

    def place(self, cell: int) -> tuple[int, int]:
        """Column and row of a cell."""
        return divmod(int(cell), self.n)

    def bounds(self, cell: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """From where to where a cell reaches in either measure."""
        ends = []
        for at, low, high in zip(self.place(cell), self.low, self.high, strict=True):
            step = (high - low) / self.n
            ends.append((low + at * step, low + (at + 1) * step))
        return ends[0], ends[1]

    def in_cells(self, values: Array) -> Array:
        """Values, (2, points), in units of cells: the first cell reaches from 0 to 1."""
        low, high = (np.array(end)[:, None] for end in (self.low, self.high))
        return np.asarray((values - low) / (high - low) * self.n)


def grid_of(measures: Sequence[Outcome], seen: Array, n: int = CELLS) -> PatternGrid:
    """The grid of two measures: over their possible range where it is known, else over what was seen (2, points), widened by half."""
    ends = [_range(outcome, row) for outcome, row in zip(measures, seen, strict=True)]
    return PatternGrid((ends[0][0], ends[1][0]), (ends[0][1], ends[1][1]), n)


def _range(outcome: Outcome, seen: Row) -> tuple[float, float]:
    measure = outcome.quantity.measure
    if measure is not None and measure.unit in _BOUNDED and not measure.cumulative and measure.high == 1:
        return float(measure.low), float(measure.high)
    low, high = float(seen.min()), float(seen.max())
    wider = _WIDER * (high - low) or 1.0
    return low - wider if low < 0.0 else max(low - wider, 0.0), high + wider
