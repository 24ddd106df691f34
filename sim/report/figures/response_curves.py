"""What follows as one parameter is turned: a panel for each outcome, with today's value marked; for two parameters, a map of the points."""

import math
from typing import Any

import numpy as np

from sim.compare.findings import FINDING, floors
from sim.exploration.outcome import Outcome
from sim.exploration.sweep.responses import Responses
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Canvas, Mark, px
from sim.report.text import labels
from sim.text.number_format import capital, joined, number, percent, signed_points, worlds

_COLUMNS, _PANEL, _GAP, _HEAD, _FOOT = 3, 150.0, 62.0, 34.0, 34.0
_LEFT = 40.0  # of a panel, for the numbers of its axis
_FEW_LEVELS = 7  # each of which has its number below the axis
_RANGE = "#f1efe9"  # the plausible range, behind the curve


def figure(found: Responses) -> dict[str, Any]:
    """The curves of a design of one factor as a Vega-Lite spec."""
    count = len(found.outcomes)
    rows = math.ceil(count / _COLUMNS)
    notes = _notes(found)
    canvas = Canvas(rows * (_HEAD + _PANEL + _FOOT) + NOTE * len(notes) + 8)
    wide = (theme.WIDTH - (_COLUMNS - 1) * (_GAP - _LEFT)) / _COLUMNS
    for i in range(count):
        left = (i % _COLUMNS) * (wide + _GAP - _LEFT) + _LEFT
        top = (i // _COLUMNS) * (_HEAD + _PANEL + _FOOT) + _HEAD
        _panel(canvas, found, i, (left, left + wide - _LEFT, top, top + _PANEL))
    canvas.notes(notes, canvas.height - NOTE * len(notes) + NOTE / 2, palette.FAINT)
    return canvas.spec(_title(found), _subtitle(found))


def _panel(canvas: Canvas, found: Responses, i: int, box: tuple[float, float, float, float]) -> None:
    left, right, top, bottom = box
    outcome = found.outcomes[i]
    order = np.argsort(found.design.points[:, 0], kind="stable")
    levels, means = found.design.points[order, 0], found.values[i].mean(axis=-1)[order]
    ends = [found.interval(int(point)) for point in order]
    today = found.values[i, found.reference].mean()
    low, high = (np.array([end[side][i] for end in ends]) + today for side in (0, 1))
    lowest, highest = _axis(outcome, np.concatenate([means, low, high]))

    def x(level: float) -> float:
        return px(left + (level - levels[0]) / ((levels[-1] - levels[0]) or 1.0) * (right - left))

    def y(value: float) -> float:
        return px(bottom - (min(max(value, lowest), highest) - lowest) / ((highest - lowest) or 1.0) * (bottom - top))

    colour = _colour(outcome)
    span = found.design.scenario.settings[found.design.factors[0].path].range
    if span is not None and not found.design.factors[0].as_quantiles:
        ends_of_range = [min(max(end, levels[0]), levels[-1]) for end in span]
        canvas.boxes([{"x": x(ends_of_range[0]), "x2": x(ends_of_range[1]), "y": top, "y2": bottom, "color": _RANGE}])
    at = label_placement.ticks(lowest, highest, 4)
    canvas.rules([{"x": left, "x2": right, "y": y(v), "y2": y(v), "color": palette.LINE} for v in at])
    texts = [{"x": left - 6, "y": y(v), "text": _tick(outcome, v), "color": palette.SOFT} for v in at]
    canvas.texts(texts, size=theme.SMALL_SIZE, align="right")
    here = x(levels[int(np.flatnonzero(order == found.reference)[0])])
    canvas.rules([{"x": here, "x2": here, "y": top - 4, "y2": bottom + 4, "color": palette.SOFT}], thick=1.2, dash=(3, 3))
    part = outcome.text
    canvas.areas(
        [{"x": x(v), "y": y(b), "y2": y(a), "color": colour, "part": part} for v, a, b in zip(levels, low, high, strict=True)], 0.18
    )
    canvas.lines([{"x": x(v), "y": y(m), "color": colour, "part": part} for v, m in zip(levels, means, strict=True)], thick=2.0)
    dots = []
    for v, m, a, b, point in zip(levels, means, low, high, order, strict=True):
        sure = found.status[point, i] == FINDING
        dots.append(
            {
                "x": x(v),
                "y": y(m),
                "color": colour if sure else palette.PAPER,
                "tip": _tip(found, outcome, float(v), m, a - today, b - today),
            }
        )
    canvas.dots(dots, size=34.0, rim=colour)
    heading = text_metrics.cut(capital(outcome.label), right - left + 20, theme.LABEL_SIZE, True)
    canvas.texts([{"x": left - _LEFT + 10, "y": top - 20, "text": heading, "color": palette.INK}], bold=True)
    ticks = levels if len(levels) <= _FEW_LEVELS else label_placement.ticks(float(levels[0]), float(levels[-1]), 5)
    canvas.texts(
        [{"x": x(v), "y": bottom + 13, "text": f"{v:g}", "color": palette.SOFT} for v in ticks], size=theme.SMALL_SIZE, align="center"
    )


def _axis(outcome: Outcome, values: Any) -> tuple[float, float]:
    """The ends of an axis: shares from zero, other measures around what is there, never so narrow that it zooms in on nothing."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if outcome.is_share:
        return 0.0, min(1.0, max(high * 1.05, 0.05))
    measure = outcome.quantity.measure
    least = 0.05 * (measure.high - measure.low) if measure is not None and measure.high <= 1.0 else 0.05 * max(abs(high), abs(low), 1e-9)
    middle, half = (low + high) / 2, max(high - low, least) / 2 * 1.1
    return middle - half, middle + half


def _tick(outcome: Outcome, value: float) -> str:
    return f"{100 * value:g} %" if outcome.is_share else f"{value:,.6g}".replace("-", "−")


def _tip(found: Responses, outcome: Outcome, level: float, mean: float, low: float, high: float) -> str:
    path = found.design.factors[0].path
    if outcome.is_share:
        ends = f"{signed_points(low)} to {signed_points(high)} points"
        return f"{path} = {level:g}: {outcome.label} {percent(mean)}, beside today's value {ends}"
    ends = f"{number(low, signed=True)} to {number(high, signed=True)}"
    return f"{path} = {level:g}: {outcome.label} {number(mean)}, beside today's value {ends}"


def _colour(outcome: Outcome) -> str:
    if outcome.quantity.kind == "outcome":
        return palette.OUTCOMES.get(outcome.quantity.class_name, palette.INK)
    if outcome.quantity.kind == "sphere":
        return palette.SPHERES.get(outcome.quantity.class_name, palette.INK)
    return palette.measure_colour(outcome.quantity.name)


def _title(found: Responses) -> str:
    paths = [factor.path for factor in found.design.factors]
    return f"What follows as {joined(paths)} {'is' if len(paths) == 1 else 'are'} turned"


def _subtitle(found: Responses) -> list[str]:
    design = found.design
    units = [
        f"{factor.path} ({'quantile of its range' if factor.as_quantiles else design.scenario.settings[factor.path].unit})"
        for factor in design.factors
    ]
    how = "the same" if design.lucks.paired else "for each point other"
    return [
        f"Along the axis: {joined(units)}.",
        f"{capital(labels.scenario(design.scenario.name))}, {how} {worlds(found.n_lucks)} at every point, at the horizon.",
        "No result is a prediction.",
    ]


def _notes(found: Responses) -> list[str]:
    marked = "today's value" if found.has_today else "the level nearest to today's value"
    shaded = "" if found.design.factors[0].as_quantiles else " Shaded ground: the plausible range."
    return [
        f"Dashed: {marked}. Band: 95 % interval of the difference from it, in the same worlds.{shaded}",
        "Filled dots: the difference is significant and large enough to matter; hollow ones: not.",
    ]


def map_figure(found: Responses) -> dict[str, Any]:
    """The points of a grid of two factors as a Vega-Lite spec: a map for each outcome, each cell with its mean and difference."""
    rows = math.ceil(len(found.outcomes) / _COLUMNS)
    framed = "today" if found.has_today else "the point nearest to today"
    notes = [f"Framed: {framed}. Bold: the difference from it is significant and large enough to matter. Orange: more; blue: less."]
    canvas = Canvas(rows * (_HEAD + _PANEL + _FOOT + 16) + NOTE * len(notes) + 8)
    wide = (theme.WIDTH - (_COLUMNS - 1) * 24.0) / _COLUMNS
    for i in range(len(found.outcomes)):
        left, top = (i % _COLUMNS) * (wide + 24.0) + _LEFT, (i // _COLUMNS) * (_HEAD + _PANEL + _FOOT + 16) + _HEAD
        _map(canvas, found, i, (left, left + wide - _LEFT, top, top + _PANEL))
    canvas.notes(notes, canvas.height - NOTE / 2, palette.FAINT)
    return canvas.spec(_title(found), _subtitle(found))


def _map(canvas: Canvas, found: Responses, i: int, box: tuple[float, float, float, float]) -> None:
    left, right, top, bottom = box
    outcome, points = found.outcomes[i], found.design.points
    across, up = (np.unique(points[:, j]) for j in (0, 1))
    w, h = (right - left) / len(across), (bottom - top) / len(up)
    change = np.array([one.differences.difference[i] for one in found.beside_reference])
    least = float(max(floors(one.quantities, one.differences)[i] for one in found.beside_reference))
    largest = max(float(np.abs(change).max()), _FULL * least) or 1.0
    size = min(theme.SMALL_SIZE, max(6.0, w / 4.2))
    boxes: list[Mark] = []
    texts: dict[bool, list[Mark]] = {False: [], True: []}
    frame: list[Mark] = []
    for point, (a, b) in enumerate(points[:, :2]):
        column, row = int(np.searchsorted(across, a)), int(np.searchsorted(up, b))
        x, y = left + column * w, bottom - (row + 1) * h
        hue = _MORE if change[point] > 0 else _LESS
        ground = palette.mixed(hue, 0.75 * abs(float(change[point])) / largest)
        mean = float(found.values[i, point].mean())
        text = f"{100 * mean:.0f} %" if outcome.is_share else number(mean)
        tip = f"{found.design.factors[0].path} = {a:g}, {found.design.factors[1].path} = {b:g}: {outcome.label} {text}"
        boxes.append({"x": px(x), "x2": px(x + w - 1), "y": px(y), "y2": px(y + h - 1), "color": ground, "tip": tip})
        sure = found.status[point, i] == FINDING
        if w > 26 and h > 9:
            texts[sure].append({"x": px(x + w / 2), "y": px(y + h / 2), "text": text, "color": palette.ink_on(ground)})
        if point == found.reference:
            edges = ((x, x + w - 1, y, y), (x, x + w - 1, y + h - 1, y + h - 1), (x, x, y, y + h - 1), (x + w - 1, x + w - 1, y, y + h - 1))
            frame = [{"x": px(p), "x2": px(q), "y": px(r), "y2": px(s), "color": palette.INK} for p, q, r, s in edges]
    canvas.boxes(boxes)
    canvas.texts(texts[False], size=size, align="center")
    canvas.texts(texts[True], size=size, align="center", bold=True)
    canvas.rules(frame, thick=2.0)
    canvas.texts(
        [
            {
                "x": left,
                "y": top - 20,
                "text": text_metrics.cut(capital(outcome.label), right - left, theme.LABEL_SIZE, True),
                "color": palette.INK,
            }
        ],
        bold=True,
    )
    step = max(1, math.ceil(34 / w))
    below = [
        {"x": px(left + (j + 0.5) * w), "y": bottom + 11, "text": f"{v:.4g}", "color": palette.SOFT}
        for j, v in enumerate(across)
        if j % step == 0
    ]
    beside = [
        {"x": left - 5, "y": px(bottom - (j + 0.5) * h), "text": f"{v:.4g}", "color": palette.SOFT}
        for j, v in enumerate(up)
        if h > 9 or j % 2 == 0
    ]
    canvas.texts(below, size=theme.SMALL_SIZE, align="center")
    canvas.texts(beside, size=theme.SMALL_SIZE, align="right")
    name = text_metrics.cut(f"across {found.design.factors[0].path}, up {found.design.factors[1].path}", right - left, theme.SMALL_SIZE)
    canvas.texts([{"x": left, "y": bottom + 26, "text": name, "color": palette.FAINT}], size=theme.SMALL_SIZE)


_FULL = 5.0  # times the least difference that matters: no smaller one has the full colour
_MORE, _LESS = "#b35806", "#2d6a9f"  # more and less than today: orange and blue, apart for the colour-blind
