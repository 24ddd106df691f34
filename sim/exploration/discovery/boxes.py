"""Boxes: worlds that draw some parameters from parts of their ranges; the conditions of a rule are the ends of these parts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.model.state.dimensions import Array, BoolRow


class Side(NamedTuple):
    """One end of a factor (by its row): `upper` cuts off what lies above, else what lies below."""

    factor: int
    upper: bool


@dataclass(frozen=True)
class Box:
    """Bounds in quantiles of the ranges, (factors,): a world lies in it where `low <= u <= high` for every factor."""

    low: Array
    high: Array

    @property
    def sides(self) -> tuple[Side, ...]:
        """The ends at which it restricts a factor, in the order of the factors."""
        lower = [Side(i, False) for i in np.flatnonzero(self.low > 0.0).tolist()]
        return tuple(sorted(lower + [Side(i, True) for i in np.flatnonzero(self.high < 1.0).tolist()]))

    @property
    def factors(self) -> frozenset[int]:
        """The factors that it restricts."""
        return frozenset(np.flatnonzero((self.low > 0.0) | (self.high < 1.0)).tolist())

    def restricts(self, side: Side) -> bool:
        """Whether it has a condition at this end."""
        return bool(self.high[side.factor] < 1.0 if side.upper else self.low[side.factor] > 0.0)

    def bound(self, side: Side) -> float:
        """Where it cuts at an end."""
        return float((self.high if side.upper else self.low)[side.factor])

    def cut(self, side: Side, at: float) -> "Box":
        """The same box, cut elsewhere at one end."""
        low, high = self.low.copy(), self.high.copy()
        (high if side.upper else low)[side.factor] = at
        return Box(low, high)

    def without(self, side: Side) -> "Box":
        """The same box without the condition at an end."""
        return self.cut(side, 1.0 if side.upper else 0.0)

    def holds(self, u: Array) -> BoolRow:
        """Which worlds lie in it, (n,), for draws (factors, n)."""
        rows = sorted(self.factors)
        return np.asarray(((u[rows] >= self.low[rows, None]) & (u[rows] <= self.high[rows, None])).all(axis=0))


def everything(n_factors: int) -> Box:
    """The box without a condition."""
    return Box(np.zeros(n_factors), np.ones(n_factors))


def only(box: Box, sides: Sequence[Side]) -> Box:
    """The box with none but these of its conditions."""
    kept = everything(len(box.low))
    for side in sides:
        kept = kept.cut(side, box.bound(side))
    return kept


def clearness(holds: BoolRow, within: BoolRow) -> float:
    """By how many standard errors the share within a box is above that of all worlds; minus infinity for an empty one."""
    return clearness_of(int(np.count_nonzero(within)), int(np.count_nonzero(holds & within)), float(np.count_nonzero(holds) / len(holds)))


def clearness_of(n: int, held: int, base: float) -> float:
    """The same from counts: worlds within, those of them that hold, and the share among all worlds."""
    return (held / n - base) * math.sqrt(n / (base * (1.0 - base))) if n and 0.0 < base < 1.0 else -math.inf


def step(holds: BoolRow, within: BoolRow, beyond: BoolRow) -> float:
    """By how many standard errors the share within a box is above that among worlds just beyond one of its ends (pooled variance)."""
    n, m = int(np.count_nonzero(within)), int(np.count_nonzero(beyond))
    if not n or not m:
        return -np.inf
    mine, other = np.count_nonzero(holds & within), np.count_nonzero(holds & beyond)
    pooled = (mine + other) / (n + m)
    spread = np.sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m))
    return float((mine / n - other / m) / spread) if spread > 0.0 else 0.0
