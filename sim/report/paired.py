"""Indices of two scenarios compared in pairs: world by world, under the same luck."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.report.tables import INDICES, Results

SURE = 1.96  # standard errors to either side of a 95 % interval
_NONE = 1e-12


@dataclass(frozen=True)
class Moved:
    """An index in a scenario against its baseline, over the worlds that both have.

    `difference`, `error` (standard error) and `p05`, `p95` (of the worlds' differences) are in the index's own unit; `spread` is
    what they are divided by on the axis: the root mean square of the standard deviations over worlds in baseline and scenario.
    """

    name: str
    before: float
    after: float
    difference: float
    error: float
    p05: float
    p95: float
    spread: float

    def in_spreads(self, value: float) -> float:
        """A number of the index's unit in spreads; without any spread all but zero is beyond all bounds."""
        if self.spread > _NONE:
            return value / self.spread
        return math.copysign(math.inf, value) if abs(value) > _NONE else 0.0

    @property
    def size(self) -> float:
        """The difference in spreads."""
        return self.in_spreads(self.difference)

    @property
    def told(self) -> bool:
        """Whether the difference can be told from noise."""
        return abs(self.difference) > 2 * self.error


def moved(results: Results, scenario: str, root: str) -> list[Moved]:
    """Every index, the one that moves most first; one that has the same value in all worlds of both is left out."""
    here, there = results.worlds[scenario], results.worlds[root]
    worlds = here.index.intersection(there.index)
    found = [_moved(name, there.loc[worlds, name], here.loc[worlds, name]) for name in INDICES if name in here.columns]
    return sorted((m for m in found if m is not None), key=lambda m: (-abs(m.size), m.name))


def _moved(name: str, before: pd.Series, after: pd.Series) -> Moved | None:
    pairs = pd.concat([before, after], axis=1).astype(np.float64).dropna()
    if len(pairs) < 2:
        return None
    old, new = pairs.iloc[:, 0].to_numpy(), pairs.iloc[:, 1].to_numpy()
    spread = float(np.sqrt((old.var(ddof=1) + new.var(ddof=1)) / 2))
    difference = new - old
    if spread <= _NONE and np.abs(difference).max() <= _NONE:
        return None
    p05, p95 = np.percentile(difference, (5, 95))
    error = float(difference.std(ddof=1)) / np.sqrt(len(difference))
    return Moved(name, float(old.mean()), float(new.mean()), float(difference.mean()), error, float(p05), float(p95), spread)
