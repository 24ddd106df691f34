"""Every measure of the whole country by year and world: the mean of a stock, the sum of a flow; year 0 is the start.

Year y holds months 12 (y - 1) to 12 y - 1; the last one may be shorter. Sums are made world by world in the order of months, so no
choice of chunks can change them.
"""

from collections.abc import Mapping

import numpy as np

from sim.model.observation.measure_catalogue import WHOLE
from sim.model.state.dimensions import Array

MONTHS = 12


def year_count(months: int) -> int:
    """How many years a run of so many months has, the start not counted."""
    return -(-months // MONTHS)


class AnnualValues:
    """Adds up the months of one chunk of worlds."""

    def __init__(self, start: Mapping[str, Array], months: int, worlds: int) -> None:
        self._rows = np.empty((year_count(months) + 1, len(WHOLE), worlds), dtype=np.float32)
        self._rows[0] = [start[m.name] for m in WHOLE]
        self._flow = np.array([[m.cumulative] for m in WHOLE])
        self._sums = np.zeros((len(WHOLE), worlds))
        self._months, self._in_year = 0, 0

    def add(self, whole: Mapping[str, Array]) -> None:
        """The next month, by measure (worlds,)."""
        self._sums += [whole[measure.name] for measure in WHOLE]
        self._months += 1
        self._in_year += 1
        if self._in_year == MONTHS:
            self._close()

    def rows(self) -> Array:
        """All years so far, (years + 1, measures, worlds), float32."""
        if self._in_year:
            self._close()
        return self._rows

    def _close(self) -> None:
        """The year is complete."""
        self._rows[year_count(self._months)] = np.where(self._flow, self._sums, self._sums / self._in_year)
        self._sums[:] = 0.0
        self._in_year = 0
