"""A sweep in sentences: for each outcome how far it goes, where it bends, and where nothing follows."""

from collections.abc import Sequence

import numpy as np

from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE, too_few
from sim.exploration.outcome import Outcome
from sim.exploration.sweep.curve_shape import CurveShape, curve_shapes
from sim.exploration.sweep.responses import Responses
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text.number_format import capital, joined, number, percent, signed_points


def sentences(found: Responses) -> list[str]:
    """What the sweep shows, one sentence or two for each outcome; those that nothing follows for come last, together."""
    if found.n_lucks < LEAST_PAIRS:
        return [f"{capital(too_few(found.n_lucks))}; run more lucks (--worlds)."]
    if len(found.design.factors) == 1:
        return _curves(found)
    moved = [i for i in range(len(found.outcomes)) if FINDING in found.status[:, i]]
    inputs = [found.outcomes[i].label for i in range(len(found.outcomes)) if INPUT in found.status[:, i]]
    still = [found.outcomes[i].label for i in range(len(found.outcomes)) if i not in moved and found.outcomes[i].label not in inputs]
    nothing = [f"Nothing that matters follows anywhere on the grid for {joined(still)}."] if still else []
    return [*(_surface(found, i) for i in moved), *nothing, *_only_restate(inputs)]


def _curves(found: Responses) -> list[str]:
    path = found.design.factors[0].path
    shapes = curve_shapes(found)
    moved = [(one, shape) for one, shape in zip(found.outcomes, shapes, strict=True) if shape.moves]
    still = [(one, shape) for one, shape in zip(found.outcomes, shapes, strict=True) if not shape.moves and INPUT not in shape.status]
    lines = [_curve(path, outcome, shape, found) for outcome, shape in moved]
    if still:
        ends = [np.abs(np.stack([shape.low, shape.high])).max() for outcome, shape in still if outcome.is_share]
        within = f" (shares of worlds: within {signed_points(float(max(ends))).lstrip('+')} points either way)" if ends else ""
        small = [outcome.label for outcome, shape in still if NEGLIGIBLE in shape.status]
        lines.append(f"Nothing that matters follows for {joined([outcome.label for outcome, _ in still])}{within}.")
        if small:
            lines.append(f"Of these, {joined(small)} {'moves' if len(small) == 1 else 'move'} for sure, but too little to matter.")
    inputs = [outcome.label for outcome, shape in zip(found.outcomes, shapes, strict=True) if INPUT in shape.status]
    return [*lines, *_only_restate(inputs)]


def _only_restate(labels: Sequence[str]) -> list[str]:
    """That some outcomes are what the sweep sets, and no result of it."""
    return [f"Set by the sweep itself, not found by it: {joined(labels)}."] if labels else []


def _curve(path: str, outcome: Outcome, shape: CurveShape, found: Responses) -> str:
    """`Iranian primacy: 14 % today (PATH = 3); 9 % at 1 (−5 points, ...) and 27 % at 8 (...). The curve bends most at 4.`"""
    here = shape.reference
    start = "today" if found.has_today else "at the level nearest to today's"
    parts = [_at(outcome, shape, end) for end in (0, len(shape.levels) - 1) if end != here]
    level = f"{start} ({path} = {shape.levels[here]:g})"
    text = f"{capital(outcome.label)}{_unit(outcome)}: {_mean(outcome, shape.means[here])} {level}; {joined(parts)}."
    if shape.bends:
        text += f" The curve bends most at {joined([f'{level:g}' for level in shape.bends])}."
    elif len(shape.levels) > 2:
        text += " It cannot be distinguished from a straight line."
    flat = []
    if shape.flat_below is not None:
        flat.append(f"below {shape.flat_below:g}")
    if shape.flat_above is not None:
        flat.append(f"above {shape.flat_above:g}")
    return f"{text} {capital(joined(flat))}, nothing more follows." if flat else text


def _at(outcome: Outcome, shape: CurveShape, at: int) -> str:
    return (
        f"{_mean(outcome, shape.means[at])} at {shape.levels[at]:g} ({_change(outcome, shape.differences[at])}, "
        f"95 % interval {_change(outcome, shape.low[at], bare=True)} to {_change(outcome, shape.high[at], bare=True)})"
    )


def _surface(found: Responses, i: int) -> str:
    """The lowest and the highest point of an outcome over two factors."""
    outcome, factors, points = found.outcomes[i], found.design.factors, found.design.points
    means = found.values[i].mean(axis=-1)

    def place(point: int) -> str:
        return " and ".join(f"{factor.path} = {points[point, j]:g}" for j, factor in enumerate(factors))

    low, high = int(np.argmin(means)), int(np.argmax(means))
    reference = f"{_mean(outcome, means[found.reference])} {'today' if found.has_today else 'at the point nearest to today'}"
    return (
        f"{capital(outcome.label)}{_unit(outcome)}: {reference}; lowest, {_mean(outcome, means[low])}, at "
        f"{place(low)}; highest, {_mean(outcome, means[high])}, at {place(high)}."
    )


def _unit(outcome: Outcome) -> str:
    return "" if outcome.is_share or outcome.unit in ("share", "index", "") else f" ({outcome.unit})"


def _mean(outcome: Outcome, value: float) -> str:
    return percent(float(value)) if outcome.is_share else number(float(value))


def _change(outcome: Outcome, value: float, bare: bool = False) -> str:
    if outcome.is_share:
        return signed_points(float(value)) + ("" if bare else " points")
    return number(float(value), signed=True)
