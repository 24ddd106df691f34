"""What a scenario changes, and how certain that is: differences from the reference scenario, ranked, with intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.compare.comparison import Comparison
from sim.compare.findings import AXIS_FLOOR, FINDING, NEGLIGIBLE, TOO_FEW
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Canvas, Mark, px
from sim.report.figures.data import comparison_text
from sim.report.figures.data.difference_rows import DifferenceRow, indices, indices_of_run, influences, inputs
from sim.report.figures.data.figure_data import Results
from sim.report.text.labels import scenario as title
from sim.report.text.standing_sentences import BOTH, where_both_stand
from sim.statistics.small_samples import LEAST_PAIRS

_SHOWN, _SAID, _SHIFTS = 16, 2, 3  # rows of the figure, indices in its title, shifts of influence in brief
_LEFT, _RIGHT, _ROW, _HEAD = 262.0, 624.0, 26.0, 56.0  # the axis from x to x; a row; where rows begin
_WORD, _FROM, _TO = 664.0, 786.0, 816.0  # the columns at the right: lower or higher, the value before, the value after
_REACH = (1.0, 4.0)  # standard deviations that the axis of indices reaches at least and at most
_LEAST_POINTS = 100.0 * AXIS_FLOOR  # percentage points that the axis of influence reaches at least
_TALL, _NARROW = 14.0, 3.0  # the bar of an interval: its height, and the least width that can be seen
_SEEN = 0.05  # standard deviations: an error of a line's end that needs no note
_STDS, _POINTS = "in standard deviations across worlds", "in percentage points of influence"


@dataclass(frozen=True)
class Headline:
    """What a figure says: the largest findings, and how many differences are significant."""

    heading: str
    how_many: str


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """Indices of the country, as a Vega-Lite spec. Raises ValueError for the scenario compared with, which differs from nothing."""
    moved, against = indices(comparison, scenario), comparison.against
    lines = [comparison_text.asked(comparison, scenario), comparison_text.basis_standing(comparison, scenario)]
    return _drawn(against, moved, _STDS, _index_finding(against, moved, where_both_stand(comparison, scenario)), lines)


def figure_of_run(results: Results, scenario: str) -> dict[str, Any]:
    """The same from the tables of a run. Raises ValueError for a baseline, which has nothing to be compared with."""
    against = results.compared_with(scenario)
    if against is None:
        raise ValueError(f"'{scenario}' has no baseline to differ from")
    moved, about = indices_of_run(results, scenario), results.about[scenario]
    which = comparison_text.standing_words(results.worlds(scenario), results.fallen_worlds(scenario), results.standing_pairs(scenario))
    where = BOTH if results.fallen_worlds(scenario) + results.fallen_worlds(against) else ""
    how = comparison_text.how(results.pairs(scenario), against, about.paired, about.basis)
    lines = [results.question(scenario), f"{which}{how}"]
    return _drawn(against, moved, _STDS, _index_finding(against, moved, where), lines)


def figure_of_influence(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """Influence of powers in provinces at the horizon, in percentage points, as a Vega-Lite spec. Raises ValueError as `figure` does."""
    moved, against = influences(comparison, scenario), comparison.against
    lines = [comparison_text.asked(comparison, scenario), comparison_text.basis_standing(comparison, scenario)]
    return _drawn(against, moved, _POINTS, _influence_finding(against, moved, where_both_stand(comparison, scenario)), lines)


def summaries(comparison: Comparison, scenario: str) -> tuple[str, str]:
    """What the figures say, in short: of indices, and of influence in provinces. Raises ValueError as `figure` does."""
    against, where = comparison.against, where_both_stand(comparison, scenario)
    shifts = _influence_finding(against, influences(comparison, scenario), where, _SHIFTS)
    found = _index_finding(against, indices(comparison, scenario), where), shifts
    first, second = (f"{finding.heading}. {finding.how_many}" for finding in found)
    return first, second


def influence_summary(comparison: Comparison, scenario: str, most: int) -> str:
    """Where influence shifts most, in a sentence with so many shifts. Raises ValueError as `figure` does."""
    where = where_both_stand(comparison, scenario)
    return f"{_influence_finding(comparison.against, influences(comparison, scenario), where, most).heading}."


def _index_finding(against: str, rows: Sequence[DifferenceRow], where: str) -> Headline:
    found = [row for row in rows if row.is_finding]
    beside = " beyond what the scenario sets" if inputs(rows) else ""
    heading = _nothing(rows, f"No detectable difference from {comparison_text.named(against)} in any index{beside}", against)
    if found:
        heading = f"Largest changes from {comparison_text.named(against)}{where}: {'; '.join(row.text for row in found[:_SAID])}"
    return Headline(heading, _how_many(rows, "indices"))


def _influence_finding(against: str, rows: Sequence[DifferenceRow], where: str, most: int = 1) -> Headline:
    found = [row for row in rows if row.is_finding]
    heading = _nothing(rows, f"No detectable difference from {comparison_text.named(against)} in any power's influence", against)
    if not rows:
        heading = f"No power's influence in any province differs from {comparison_text.named(against)} on average"
    if found:
        shifts = [row.text for row in found[:most]]
        heading = f"Largest shift{'s' * (len(shifts) > 1)} of influence from {comparison_text.named(against)}{where}: {'; '.join(shifts)}"
    return Headline(heading, _how_many(rows, "shares of influence"))


def _nothing(rows: Sequence[DifferenceRow], undetected: str, against: str) -> str:
    """What is said where there is no finding."""
    if any(row.status == TOO_FEW for row in rows):
        return f"Too few worlds to call any difference from {comparison_text.named(against)} significant"
    if any(row.status == NEGLIGIBLE for row in rows):
        return f"Practically no effect: all significant differences from {comparison_text.named(against)} are too small to matter"
    return undetected


def _how_many(rows: Sequence[DifferenceRow], what: str) -> str:
    compared = [row for row in rows if row not in inputs(rows)]
    if not rows:
        return f"None of the {what} changes."
    if any(row.status == TOO_FEW for row in compared):
        return f"That takes at least {LEAST_PAIRS} worlds; {len(compared)} {what} are compared."
    found, small = (sum(row.status == status for row in compared) for status in (FINDING, NEGLIGIBLE))
    beside = f", {small if found else 'all'} of them by too little to matter" if small else ""
    return f"{found + small} of {len(compared)} {what} differ significantly{beside} (Holm's correction for multiple comparisons)."


def _drawn(against: str, moved: Sequence[DifferenceRow], unit: str, finding: Headline, lines: Sequence[str]) -> dict[str, Any]:
    shown = [m for m in moved if m not in inputs(moved)][:_SHOWN]
    ends = [abs(m.on_axis(v)) for m in shown for v in (m.low, m.high, m.difference, *(m.line or ()))]
    reach = max([_REACH[0] if unit == _STDS else _LEAST_POINTS, *[end for end in ends if math.isfinite(end)]])
    reach = min(reach, _REACH[1]) if unit == _STDS else reach
    notes = _notes(moved, shown, unit, reach)
    canvas = Canvas(_HEAD + _ROW * max(len(shown), 1) + 30 + NOTE * len(notes))
    _axis(canvas, against, reach, len(shown), unit)
    _marks(canvas, shown, reach)
    _texts(canvas, shown)
    canvas.notes(notes, canvas.height - NOTE * len(notes), palette.FAINT)
    asked, basis = lines
    return canvas.spec(finding.heading, [asked, finding.how_many, basis])


def _x(value: float, reach: float) -> float:
    return px((_LEFT + _RIGHT) / 2 + min(max(value / reach, -1.0), 1.0) * (_RIGHT - _LEFT) / 2)


def _y(row: float) -> float:
    return _HEAD + (row + 0.5) * _ROW


def _axis(canvas: Canvas, against: str, reach: float, rows: int, unit: str) -> None:
    at = label_placement.ticks(-reach, reach, 9)
    foot = _y(max(rows, 1) - 0.5)
    lines = [{"x": _x(t, reach), "x2": _x(t, reach), "y": _HEAD - 6, "y2": foot, "color": palette.LINE if t else palette.SOFT} for t in at]
    canvas.rules(lines)
    numbers = [{"x": _x(t, reach), "y": _HEAD - 16, "text": f"{t:+g}".replace("-", "−") if t else "0", "color": palette.SOFT} for t in at]
    canvas.texts(numbers, size=theme.SMALL_SIZE, align="center")
    head = text_metrics.cut(f"Difference from {comparison_text.named(against)}, {unit}", theme.WIDTH - _LEFT, theme.LABEL_SIZE, bold=True)
    canvas.texts([{"x": _LEFT, "y": 14, "text": head, "color": palette.INK}], bold=True)
    before = text_metrics.cut(title(against), _FROM - _WORD, theme.SMALL_SIZE)
    heads = [{"x": _FROM, "y": _HEAD - 16, "text": before, "color": palette.SOFT}]
    canvas.texts(heads, size=theme.SMALL_SIZE, align="right")
    canvas.texts([{"x": _TO, "y": _HEAD - 16, "text": "scenario", "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _marks(canvas: Canvas, shown: Sequence[DifferenceRow], reach: float) -> None:
    """Interval and dot of every row; a chevron where the dot lies beyond the axis."""
    lines: list[Mark] = []
    bars: list[Mark] = []
    dots: list[Mark] = []
    arrows: list[Mark] = []
    sizes: dict[bool, list[Mark]] = {False: [], True: []}
    for row, m in enumerate(shown):
        y, colour = _y(row), m.colour if m.is_finding else palette.FAINT
        low, high, at = (_x(m.on_axis(v), reach) for v in (m.low, m.high, m.difference))
        if m.line:
            ends = [_x(m.on_axis(v), reach) for v in m.line]
            lines.append({"x": ends[0], "x2": ends[1], "y": y, "y2": y, "color": palette.mixed(colour, 0.55)})
        if abs(m.size) > reach:
            side = 1 if m.size > 0 else -1
            arrows += [{"x": px(at - 6 * side), "x2": at, "y": y + k, "y2": y, "color": colour} for k in (-6, 6)]
            if math.isfinite(m.size):
                text = f"{m.size:+.1f}".replace("-", "−")
                sizes[side > 0].append({"x": px(at - 11 * side), "y": y, "text": text, "color": palette.SOFT})
        else:
            wider = max(_NARROW - (high - low), 0.0) / 2
            pale = palette.mixed(colour, 0.4)
            bars.append({"x": px(low - wider), "x2": px(high + wider), "y": y - _TALL / 2, "y2": y + _TALL / 2, "color": pale})
            dots.append({"x": at, "y": y, "color": colour if m.is_finding else palette.PAPER})
    canvas.rules(lines, thick=1.4)
    canvas.boxes(bars, corner=1)
    canvas.dots(dots, size=36)
    canvas.rules(arrows, thick=2.6)
    canvas.texts(sizes[False], size=theme.SMALL_SIZE)
    canvas.texts(sizes[True], size=theme.SMALL_SIZE, align="right")
    tips = [{"x": 0, "x2": theme.WIDTH, "y": _y(i) - _ROW / 2, "y2": _y(i) + _ROW / 2, "tip": m.tip} for i, m in enumerate(shown)]
    canvas.hovers(tips)


def _texts(canvas: Canvas, shown: Sequence[DifferenceRow]) -> None:
    left: list[Mark] = []
    units: list[Mark] = []
    right: list[Mark] = []
    bold: list[Mark] = []
    for row, m in enumerate(shown):
        y, ink = _y(row), palette.INK if m.is_finding else palette.FAINT
        beside = px(text_metrics.width(m.words, theme.LABEL_SIZE) + 7)
        left.append({"x": 0, "y": y, "text": m.words, "color": ink})
        unit = text_metrics.cut(m.unit, _LEFT - beside - 12, theme.SMALL_SIZE - 1)
        units.append({"x": beside, "y": y, "text": unit, "color": palette.FAINT})
        left.append({"x": _WORD, "y": y, "text": m.direction, "color": ink})
        right.append({"x": _FROM, "y": y, "text": m.before, "color": ink})
        left.append({"x": _FROM + 9, "y": y, "text": "→", "color": ink})
        bold.append({"x": _TO, "y": y, "text": m.after, "color": ink})
    canvas.texts(left)
    canvas.texts([row for row in units if row["text"]], size=theme.SMALL_SIZE - 1)
    canvas.texts(right, align="right")
    canvas.texts(bold, bold=True)


def _notes(moved: Sequence[DifferenceRow], shown: Sequence[DifferenceRow], unit: str, reach: float) -> list[str]:
    """How to read the marks, and what is not shown."""
    n_inputs = len(inputs(moved))
    rest = len(moved) - n_inputs - len(shown)
    lines = any(m.line for m in shown)
    marks = [
        "Dot: mean difference; bar: its 95 % interval.",
        "Line: the middle 90 % of worlds." if lines else "",
        "Filled: significant and large enough to matter; hollow and grey: not.",
        "Arrow: beyond the axis." if any(abs(m.size) > reach for m in shown) else "",
    ]
    off = max((width for m in shown if m.line and math.isfinite(width := m.on_axis(m.inexact))), default=0.0)
    more = [
        "Standard deviation: across worlds, pooled over both scenarios. Colour: an index of one power." * (unit == _STDS),
        f"Not shown: {rest} smaller changes." if rest > 0 else "",
        f"Left out: {n_inputs} that the scenario itself sets." if n_inputs else "",
    ]
    coarse = f"Line ends are read from bins, accurate to within {off:.2f} standard deviations." if off >= _SEEN else ""
    said = [" ".join(filter(None, marks)), " ".join(filter(None, more)), coarse]
    return [line for line in said if line]
