"""The shape of a response curve: how far it goes, where it bends, and where nothing more follows."""

from dataclasses import dataclass

import numpy as np

from sim.compare.findings import FINDING, floors, statuses
from sim.exploration.sweep.responses import Responses
from sim.model.state.dimensions import Row
from sim.statistics.significance import LEVEL, holm

LEAST_FLAT = 2  # steps at an end of the range without any effect, before the curve is called flat there
FLAT_WITHIN = 3.0  # times the least difference that matters: so near to zero the interval must end, too, for a curve to be called flat


@dataclass(frozen=True)
class CurveShape:
    """One outcome over the levels of one factor, ascending: `means`, and differences from the reference with their ends, (levels,).

    `bends`: levels at which the curve is farthest from the straight line between its ends, significantly and far enough to matter.
    `flat_below`, `flat_above`: the level up to which, or from which on, no level differs from the end of the range; None for nowhere.
    """

    levels: Row
    means: Row
    differences: Row
    low: Row
    high: Row
    status: tuple[str, ...]
    reference: int
    bends: tuple[float, ...]
    flat_below: float | None
    flat_above: float | None

    @property
    def moves(self) -> bool:
        """Whether any level differs from the reference significantly and enough to matter."""
        return FINDING in self.status


def curve_shapes(found: Responses) -> list[CurveShape]:
    """The shape of every outcome's curve; the design has one factor, its points are levels."""
    order = np.argsort(found.design.points[:, 0], kind="stable")
    levels, values = found.design.points[order, 0], found.values[:, order]
    bends = _bends(found, levels, values)
    to_first = _same_as(found, values, 0)
    to_last = _same_as(found, values, len(levels) - 1)
    beside = [found.beside_reference[point] for point in order]
    ends = [found.interval(point) for point in order]
    shapes = []
    for i in range(len(found.outcomes)):
        below, above = _flat(to_first[:, i]), _flat(to_last[::-1, i])
        is_one = below + above > len(levels)  # the two ends are alike, or the slope is too gentle to tell where it ends
        shapes.append(
            CurveShape(
                levels=levels,
                means=values[i].mean(axis=-1),
                differences=np.array([one.differences.difference[i] for one in beside]),
                low=np.array([low[i] for low, _ in ends]),
                high=np.array([high[i] for _, high in ends]),
                status=tuple(found.status[point, i] for point in order),
                reference=int(np.flatnonzero(order == found.reference)[0]),
                bends=bends[i],
                flat_below=float(levels[below - 1]) if below > LEAST_FLAT and not is_one else None,
                flat_above=float(levels[len(levels) - above]) if above > LEAST_FLAT and not is_one else None,
            )
        )
    return shapes


def _bends(found: Responses, levels: Row, values: Row) -> list[tuple[float, ...]]:
    """For each outcome, the levels at which it is farthest above, and below, the straight line between both ends of the range.

    Only where that is significant (Holm, over the levels of an outcome) and far enough to matter.
    """
    inner = range(1, len(levels) - 1)
    share = [(levels[at] - levels[0]) / (levels[-1] - levels[0]) for at in inner]
    line = [found.assessed(values[:, at], (1.0 - w) * values[:, 0] + w * values[:, -1]) for at, w in zip(inner, share, strict=True)]
    if not line:
        return [()] * len(found.outcomes)
    significant = np.stack([holm(p) < LEVEL for p in np.stack([one.differences.p for one in line], axis=1)], axis=1)
    status = np.stack(
        [statuses(one.quantities, one.differences, sure, found.is_input) for one, sure in zip(line, significant, strict=True)]
    )
    away = np.where(status == FINDING, np.stack([one.differences.difference for one in line]), 0.0)
    above, below = away.argmax(axis=0), away.argmin(axis=0)
    found_at = [{*([above[i]] if row.max() > 0.0 else []), *([below[i]] if row.min() < 0.0 else [])} for i, row in enumerate(away.T)]
    return [tuple(float(levels[at + 1]) for at in sorted(some)) for some in found_at]


def _same_as(found: Responses, values: Row, end: int) -> Row:
    """At which levels each outcome is, for all that so many worlds show, as at one end of the range, boolean (levels, outcomes)."""
    same = np.ones((values.shape[1], len(found.outcomes)), dtype=bool)
    for at in range(values.shape[1]):
        if at != end:
            beside = found.assessed(values[:, at], values[:, end])
            floor, (low, high) = floors(beside.quantities, beside.differences), beside.interval
            near = (np.abs(beside.differences.difference) < floor) & (np.maximum(-low, high) < FLAT_WITHIN * floor)
            same[at] = near
    return same


def _flat(same: Row) -> int:
    """How many levels from the start on are the same."""
    return len(same) if same.all() else int(np.argmin(same))
