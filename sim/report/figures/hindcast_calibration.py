"""Calibration: where facts lie among the worlds. A panel for each kind of fact, a row for each half; even bars would be calibrated."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas
from sim.report.text.figure_headlines import HINDSIGHT
from sim.text.number_format import capital, percent
from sim.validation.hindcast.fact_halves import HELD_OUT, SETTING
from sim.validation.hindcast.score_table import MIDDLE, ranks_by_kind
from sim.validation.hindcast.score_text import KINDS
from sim.validation.hindcast.scored_facts import ScoredFacts
from sim.validation.scores.coverage import Ranks, covered_evenly, histogram

SHOWN = ("area", "town_month", "incidents_by_month")
COLOURS = {SETTING: palette.SPHERES["government"], HELD_OUT: palette.SPHERES["russia"]}
TITLES = {"area": "the shares of the area", "town_month": "the months in which towns changed hands"}
ROWS = {SETTING: "setting half", HELD_OUT: "held-out half"}
_PANEL, _GAP, _HIGH, _STEP, _TOP, _MOST = 256.0, 46.0, 120.0, 222.0, 44.0, 0.6
_BINS = 10


def figure(points: Mapping[str, Sequence[ScoredFacts]], worlds: int) -> dict[str, Any]:
    """The figure as a Vega-Lite spec."""
    found = {half: ranks_by_kind(parts) for half, parts in points.items()}
    canvas = Canvas(_TOP + _STEP * len(found) + 12)
    for i, (half, by_kind) in enumerate(found.items()):
        for j, kind in enumerate(kind for kind in SHOWN if kind in by_kind):
            _panel(canvas, by_kind[kind], kind, half, j * (_PANEL + _GAP), _TOP + i * _STEP)
    notes = [
        "Each bar: the share of facts (in per cent) that lie in that tenth of the worlds, from the lowest worlds to the highest.",
        "Dashed: as it would be if facts were like another world. Tall outer bars: worlds are too alike, or off to one side.",
        "Worlds in which a town never changes hands count as the latest.",
    ]
    canvas.notes(notes, _TOP + _STEP * len(found) - 32)
    return canvas.spec(*_heading(found, worlds))


def _panel(canvas: Canvas, r: Ranks, kind: str, half: str, left: float, top: float) -> None:
    """The histogram of one kind of fact in one half."""

    def y(share: float) -> float:
        return top + _HIGH * (1.0 - min(share, _MOST) / _MOST)

    wide = _PANEL / _BINS
    bars = enumerate(histogram(r, _BINS))
    head = f"{capital(KINDS[kind])}"
    canvas.texts([{"x": left, "y": top - 32, "text": head, "color": palette.INK}], bold=True)
    held = f"{ROWS[half]}, n = {len(r.below):,}: middle 80 % holds {percent(covered_evenly(r, MIDDLE))}"
    canvas.texts([{"x": left, "y": top - 15, "text": held, "color": palette.SOFT}], size=theme.SMALL_SIZE)
    levels = (0.0, 0.2, 0.4, 0.6)
    canvas.rules([{"x": left, "x2": left + _PANEL, "y": y(v), "y2": y(v), "color": palette.LINE} for v in levels])
    boxes = [
        {"x": left + i * wide + 2, "x2": left + (i + 1) * wide - 2, "y": y(float(v)), "y2": y(0.0), "color": COLOURS[half]} for i, v in bars
    ]
    canvas.boxes(boxes)
    canvas.rules([{"x": left, "x2": left + _PANEL, "y": y(0.1), "y2": y(0.1), "color": palette.INK}], thick=1.4, dash=(5, 3))
    if left == 0.0:
        marks = [{"x": left - 5, "y": y(v), "text": f"{100 * v:.0f}", "color": palette.SOFT} for v in levels]
        canvas.texts(marks, size=theme.SMALL_SIZE, align="right")
    ends = [(left, "lowest worlds"), (left + _PANEL - text_metrics.width("highest worlds", theme.SMALL_SIZE), "highest worlds")]
    canvas.texts([{"x": x, "y": y(0.0) + 14, "text": text, "color": palette.SOFT} for x, text in ends], size=theme.SMALL_SIZE)


def _heading(found: Mapping[str, Mapping[str, Ranks]], worlds: int) -> tuple[str, list[str]]:
    parts = []
    for half, by_kind in found.items():
        shares = [f"{percent(covered_evenly(by_kind[kind], MIDDLE))} of {words}" for kind, words in TITLES.items() if kind in by_kind]
        parts += [f"{' and '.join(shares)} in the {ROWS[half]}"] if shares else []
    how = (
        f"{worlds:,} worlds with drawn parameters. Counts and intervals are spread evenly over the worlds that they tie with. Facts of one "
        "campaign, and of months that follow each other, are not independent: a handful of campaigns decide the shape."
    )
    return f"The middle 80 % of worlds holds {'; '.join(parts) or 'no fact that is shown'}", [how, HINDSIGHT]
