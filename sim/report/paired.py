"""Indices of two scenarios compared in pairs: world by world, under the same luck."""

import math
from dataclasses import dataclass

import pandas as pd

from sim.report.tables import INDICES, Results

SURE = 1.96  # standard errors to either side of a 95 % interval
_NONE = 1e-12


@dataclass(frozen=True)
class Moved:
    """An index in a scenario against its baseline, over the worlds that both have.

    `difference`, `error` (standard error) and `p05`, `p95` (of the worlds' differences, read from bins and so off by `half_width` at
    most) are in the index's own unit; `spread` is what they are divided by on the axis: the root mean square of the standard
    deviations over worlds in baseline and scenario.
    """

    name: str
    before: float
    after: float
    difference: float
    error: float
    p05: float
    p95: float
    half_width: float
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


def moved(results: Results, scenario: str) -> list[Moved]:
    """Every index, the one that moves most first; one that has the same value in all worlds of both is left out."""
    whole = results.whole[scenario]
    found = [_moved(name, whole.loc[name]) for name in INDICES if name in whole.index]
    return sorted((m for m in found if m is not None), key=lambda m: (-abs(m.size), m.name))


def _moved(name: str, row: pd.Series) -> Moved | None:
    difference, error, p05, p95, half_width = (float(row[key]) for key in ("difference", "error", "p05", "p95", "half_width"))
    spread, before = math.hypot(row["sd"], row["root_sd"]) / math.sqrt(2), float(row["root_mean"])
    if math.isnan(spread) or math.isnan(difference) or (spread <= _NONE and abs(difference) <= _NONE):
        return None
    return Moved(name, before, before + difference, difference, error, p05, p95, half_width, spread)
