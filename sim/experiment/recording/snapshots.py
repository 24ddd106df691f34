"""Spheres and contracts at the start, after every twelve months and at the horizon, counted over the worlds of a chunk."""

from typing import Any

import numpy as np

from sim.experiment.recording.annual_values import MONTHS, year_count
from sim.model.observation.measure_catalogue import SPHERES
from sim.model.state.dimensions import Array, Bidder, Sector


def snapshot_months(months: int) -> tuple[int, ...]:
    """How many months have passed at each snapshot of a run."""
    return tuple(min(MONTHS * year, months) for year in range(year_count(months) + 1))


class Snapshots:
    """Whole numbers, of worlds in which the government stands in that month and of those in which it has fallen (a second axis of two).

    `worlds` (snapshots, 2), how many there are; `spheres` (snapshots, 2, provinces, SPHERES), worlds that have each; `contracts`
    (snapshots, 2, sectors, bidders + open), assets that each holds, added up over worlds.
    """

    def __init__(self, months: int, provinces: int) -> None:
        self._months = snapshot_months(months)
        self.spheres: Array = np.zeros((len(self._months), 2, provinces, len(SPHERES)), dtype=np.int32)
        self.worlds: Array = np.zeros((len(self._months), 2), dtype=np.int32)
        self.contracts: Array = np.zeros((len(self._months), 2, len(Sector), len(Bidder) + 1), dtype=np.int64)

    def look(self, passed: int, model: Any) -> None:
        """Take a snapshot of a model after so many months, if it is time for one."""
        if passed not in self._months:
            return
        place, seen = self._months.index(passed), model.snapshot()
        shape = self.spheres.shape[2:]
        sphere = np.arange(shape[0])[:, np.newaxis] * len(SPHERES) + seen.sphere  # one number for a sphere in a province
        for which, those in enumerate((~seen.fallen, seen.fallen)):
            self.worlds[place, which] = those.sum()
            self.spheres[place, which] = np.bincount(sphere[:, those].ravel(), minlength=shape[0] * shape[1]).reshape(shape)
            self.contracts[place, which] = (seen.holders * those).sum(axis=-1)
