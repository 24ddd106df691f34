"""Which indices a scenario moves, and how sure that is: ranked intervals of the paired difference from the baseline."""

import math
from collections.abc import Sequence
from typing import Any

from sim.report import findings, lettering, palette, theme, words
from sim.report.canvas import Canvas, Row
from sim.report.labels import label
from sim.report.paired import SURE, Moved, moved
from sim.report.tables import INDICES, Results

_SHOWN, _SAID = 18, 2  # rows of the figure, indices in its title
_LEFT, _RIGHT, _ROW, _HEAD = 268.0, 620.0, 26.0, 52.0  # the axis from x to x; a row; where rows begin
_NUMBERS = (698.0, 776.0, 858.0)  # right edges of the columns of numbers
_REACH = (1.0, 4.0)  # spreads that the axis reaches at least and at most
_SEEN = 0.05  # spreads: how far off an end of a line may be without a word
_TALL, _NARROW = 13.0, 3.0  # the bar of an interval: height, and the least width that can be seen


def figure(results: Results, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where a scenario has nothing to be compared with, as a root has not."""
    root = results.compared_with(scenario)
    if root is None:
        raise ValueError(f"'{scenario}' has no baseline to differ from")
    everything = moved(results, scenario)
    shown = everything[:_SHOWN]
    ends = [abs(m.in_spreads(value)) for m in shown for value in (m.p05, m.p95, m.difference)]
    reach = min(max([_REACH[0], *[end for end in ends if math.isfinite(end)]]), _REACH[1])
    canvas = Canvas(_HEAD + _ROW * max(len(shown), 1) + 74)
    _axis(canvas, reach, len(shown))
    _intervals(canvas, shown, reach)
    _texts(canvas, shown)
    _notes(canvas, everything, any(abs(m.size) > reach for m in shown), results.about[scenario].paired)
    return canvas.spec(*_heading(results, scenario, root, everything))


def _x(value: float, reach: float) -> float:
    """Where a number of spreads lies on the axis, kept on it."""
    middle = (_LEFT + _RIGHT) / 2
    return round(middle + min(max(value / reach, -1.0), 1.0) * (_RIGHT - _LEFT) / 2, 1)


def _y(row: float) -> float:
    return _HEAD + (row + 0.5) * _ROW


def _axis(canvas: Canvas, reach: float, rows: int) -> None:
    step = 0.5 if reach < 1.5 else 1.0
    ends = int(reach / step)
    lines, numbers = [], []
    for tick in (step * i for i in range(-ends, ends + 1)):
        x, text = _x(tick, reach), f"{tick:+g}".replace("-", "−") if tick else "0"
        lines.append({"x": x, "x2": x, "y": _HEAD - 6, "y2": _y(rows - 0.5), "color": palette.LINE if tick else palette.SOFT})
        numbers.append({"x": x, "y": _HEAD - 16, "text": text, "color": palette.SOFT})
    canvas.rules(lines)
    canvas.texts(numbers, size=theme.SMALL_SIZE, align="center")
    title = "Difference from the baseline, in spreads between worlds"
    canvas.texts([{"x": _LEFT, "y": 6, "text": title, "color": palette.INK}], bold=True)
    heads = zip(_NUMBERS, ("baseline", "scenario", "difference"), strict=True)
    rights = [{"x": x, "y": _HEAD - 16, "text": text, "color": palette.SOFT} for x, text in heads]
    canvas.texts(rights, size=theme.SMALL_SIZE, align="right")


def _intervals(canvas: Canvas, shown: Sequence[Moved], reach: float) -> None:
    thin: list[Row] = []
    tall: list[Row] = []
    for row, m in enumerate(shown):
        y, colour = _y(row), palette.of_measure(m.name) if m.told else palette.FAINT
        if not math.isnan(m.p05):
            low, high = _x(m.in_spreads(m.p05), reach), _x(m.in_spreads(m.p95), reach)
            thin.append({"x": low, "x2": high, "y": y, "y2": y, "color": palette.mixed(colour, 0.55)})
        low = _x(m.in_spreads(m.difference - SURE * m.error), reach)
        high = _x(m.in_spreads(m.difference + SURE * m.error), reach)
        wider = max(_NARROW - (high - low), 0) / 2
        tall.append({"x": low - wider, "x2": high + wider, "y": y - _TALL / 2, "y2": y + _TALL / 2, "color": colour})
    canvas.rules(thin, thick=1.4)
    canvas.boxes(tall, corner=1)


def _texts(canvas: Canvas, shown: Sequence[Moved]) -> None:
    names: list[Row] = []
    units: list[Row] = []
    plain: list[Row] = []
    bold: list[Row] = []
    for row, m in enumerate(shown):
        y, ink = _y(row), palette.INK if m.told else palette.FAINT
        unit, beside = INDICES[m.name].unit, lettering.width(label(m.name), theme.LABEL_SIZE) + 7
        unit = "" if unit == "index" or unit in label(m.name) else lettering.cut(unit, _LEFT - beside - 12, theme.SMALL_SIZE - 1)
        names.append({"x": 0, "y": y, "text": label(m.name), "color": ink})
        units.append({"x": beside, "y": y, "text": unit, "color": palette.FAINT})
        plain.append({"x": _NUMBERS[0], "y": y, "text": words.number(m.before, m.after), "color": ink})
        plain.append({"x": _NUMBERS[1], "y": y, "text": words.number(m.after, m.before), "color": ink})
        bold.append({"x": _NUMBERS[2], "y": y, "text": words.number(m.difference, signed=True), "color": ink})
    canvas.texts(names)
    canvas.texts(units, size=theme.SMALL_SIZE - 1)
    canvas.texts(plain, align="right")
    canvas.texts(bold, align="right", bold=True)


def _notes(canvas: Canvas, everything: Sequence[Moved], beyond: bool, paired: bool) -> None:
    line = " Line: the middle 90 % of worlds." if any(not math.isnan(m.p05) for m in everything) else ""
    lines = [
        f"Bar: 95 % interval of the mean difference{' in the same worlds' if paired else ''}.{line} Grey: not told from noise.",
        "A spread is the standard deviation over worlds (root mean square of baseline and scenario). Colour: an index of one power.",
    ]
    most = f"Shown are the {_SHOWN} of {len(everything)} indices that move most." if len(everything) > _SHOWN else ""
    off = [m.in_spreads(m.half_width) for m in everything[:_SHOWN]]
    coarse = max((width for width in off if math.isfinite(width)), default=0.0)
    ends = f" The ends of a line are read from bins: off by {coarse:.2f} spreads at most." if coarse >= _SEEN else ""
    lines.append(f"{most}{' A bar at the edge lies beyond the axis.' if beyond else ''}{ends}".strip())
    top = canvas.height - 16 * len(lines)
    rows = [{"x": 0, "y": top + 16 * i, "text": text, "color": palette.FAINT} for i, text in enumerate(lines)]
    canvas.texts(rows, size=theme.SMALL_SIZE)


def _heading(results: Results, scenario: str, root: str, everything: Sequence[Moved]) -> tuple[str, list[str]]:
    told, base = [m for m in everything if m.told], results.title(root)
    title = findings.indices([(label(m.name), m.before, m.after) for m in told[:_SAID]], base)
    beyond = f"{len(told)} of {len(everything)} indices differ from the {base} by more than two standard errors."
    how = "compared in pairs" if results.about[scenario].paired else "compared as two samples (unpaired)"
    paired = f"{words.worlds(results.pairs(scenario))}, {how} at the horizon. {beyond}"
    return title, [results.question(scenario), paired, findings.provenance(results.about[scenario].basis)]
