"""Which cells of the plane of two measures are reached: by random worlds, by a search only, and what of that holds under other lucks."""

from typing import Any

import numpy as np

from sim.exploration.outcome import Outcome
from sim.exploration.reach.corner_study import TELLING as CORNER_LUCKS
from sim.exploration.reach.luck_check import HELD
from sim.exploration.reach.reach_question import ReachQuestion
from sim.exploration.reach.reach_study import ReachAnswer
from sim.exploration.reach.reach_tables import SEARCH_ONLY, cell_table
from sim.exploration.reach.reach_text import headline
from sim.model.state.dimensions import Row
from sim.report.drawing import label_placement, palette, theme
from sim.report.drawing.canvas import NOTE, Canvas, Mark, legend, px
from sim.text.number_format import capital

_LEFT, _TOP, _SIDE = 64.0, 48.0, 520.0  # of the plane, in pixels
_FOOT = 46.0
_GREYS = (0.25, 0.45, 0.7)  # strength of the grey of cells with one random world, with up to nine, with more
_FOUND, _OUTCOME = "#d9892b", "#7a1f5c"  # found by the search only; cells with the wanted outcome: neither is a power's colour


def figure(question: ReachQuestion, answer: ReachAnswer) -> dict[str, Any]:
    """The figure as a Vega-Lite spec."""
    lines = _notes(question, answer)
    canvas = Canvas(_TOP + _SIDE + _FOOT + NOTE * len(lines))
    _axes(canvas, question.measures, answer)
    _cells(canvas, question, answer)
    legend(canvas, _entries(question), _LEFT, 4.0, theme.WIDTH - _LEFT)
    canvas.notes(lines, canvas.height - NOTE * len(lines) + NOTE / 2, palette.FAINT)
    months = f"{question.scenario.months} months from {question.scenario.start}"
    return canvas.spec(headline(question, answer), [f"State at the horizon after {months}. No result is a prediction."])


def _cells(canvas: Canvas, question: ReachQuestion, answer: ReachAnswer) -> None:
    step = _SIDE / answer.grid.n
    boxes: list[Mark] = []
    dots: list[Mark] = []
    hovers: list[Mark] = []
    for row in cell_table(question, answer).to_dict("records"):
        x, y = _LEFT + step * row["column"], _TOP + _SIDE - step * (row["row"] + 1)
        box = {"x": px(x + 0.5), "x2": px(x + step - 0.5), "y": px(y + 0.5), "y2": px(y + step - 0.5)}
        boxes.append(box | {"color": _colour(row)})
        hovers.append(box | {"tip": _tip(row)})
        if row["held"] >= HELD or row.get("random_with_outcome", 0) + row.get("searched_with_outcome", 0) > 0:
            dots.append({"x": px(x + step / 2), "y": px(y + step / 2), "color": palette.INK if question.wanted is None else _OUTCOME})
    canvas.boxes(boxes, corner=1)
    canvas.dots(dots, size=30.0, rim=palette.PAPER)
    canvas.hovers(hovers)
    rings = []
    for corner in answer.cells.corners if answer.cells is not None else []:
        column, up = answer.grid.in_cells(corner.found.mean[:, None])[:, 0]
        if corner.is_deeper:
            rings.append({"x": px(_LEFT + step * column), "y": px(_TOP + _SIDE - step * up), "color": palette.PAPER})
    canvas.dots(rings, size=64.0)


def _colour(row: Mark) -> str:
    if row["reached_by"] == SEARCH_ONLY:
        return _FOUND
    return palette.mixed(palette.SPHERES["government"], _GREYS[0 if row["random_worlds"] < 2 else 1 if row["random_worlds"] < 10 else 2])


def _tip(row: Mark) -> str:
    held = f"; its point holds in {100 * row['held']:.0f} % of other lucks" if np.isfinite(row["held"]) else ""
    wanted = row.get("random_with_outcome", 0) + row.get("searched_with_outcome", 0)
    return f"{row['random_worlds']:,} random worlds, {row['searched']:,} searched{held}" + (
        f"; {wanted:,} with the outcome" if wanted else ""
    )


def _axes(canvas: Canvas, measures: tuple[Outcome, Outcome], answer: ReachAnswer) -> None:
    """The frame, numbers at its edges, and the names of the measures."""
    grid, right, foot = answer.grid, _LEFT + _SIDE, _TOP + _SIDE
    frame = [(_LEFT, right, foot, foot), (_LEFT, _LEFT, _TOP, foot)]
    canvas.rules([{"x": x, "x2": x2, "y": y, "y2": y2, "color": palette.SOFT} for x, x2, y, y2 in frame])
    across = [(t, _LEFT + _SIDE * (t - grid.low[0]) / (grid.high[0] - grid.low[0])) for t in _ticks(grid.low[0], grid.high[0])]
    up = [(t, foot - _SIDE * (t - grid.low[1]) / (grid.high[1] - grid.low[1])) for t in _ticks(grid.low[1], grid.high[1])]
    lines = [{"x": px(x), "x2": px(x), "y": _TOP, "y2": foot, "color": palette.LINE} for _, x in across]
    lines += [{"x": _LEFT, "x2": right, "y": px(y), "y2": px(y), "color": palette.LINE} for _, y in up]
    canvas.rules(lines, thick=0.6)
    at_foot = [{"x": px(x), "y": foot + 12, "text": f"{t:g}", "color": palette.SOFT} for t, x in across]
    canvas.texts(at_foot, size=theme.SMALL_SIZE, align="center")
    at_left = [{"x": _LEFT - 6, "y": px(y), "text": f"{t:g}", "color": palette.SOFT} for t, y in up]
    canvas.texts(at_left, size=theme.SMALL_SIZE, align="right")
    one, other = (capital(outcome.label) for outcome in measures)
    canvas.texts([{"x": _LEFT + _SIDE, "y": foot + 28, "text": f"{one} →", "color": palette.INK}], align="right", bold=True)
    canvas.texts([{"x": _LEFT - 58, "y": _TOP - 14, "text": f"↑ {other}", "color": palette.INK}], bold=True)


def _ticks(low: float, high: float) -> Row:
    return np.asarray([tick for tick in label_placement.ticks(low, high, 6) if low <= tick <= high])


def _entries(question: ReachQuestion) -> list[tuple[str, str]]:
    grey = palette.SPHERES["government"]
    shades = zip(_GREYS, ("one random world", "2 to 9", "10 and more"), strict=True)
    marked = (_OUTCOME, f"dot: {question.wanted.label} occurs") if question.wanted else (palette.INK, "dot: holds in half of lucks")
    deep = [] if question.wanted else [(palette.PAPER, "○ mean of a corner")]
    return [*((palette.mixed(grey, strength), text) for strength, text in shades), (_FOUND, "by the search only"), marked, *deep]


def _notes(question: ReachQuestion, answer: ReachAnswer) -> list[str]:
    end = "Cells at the edge hold what lies beyond."
    if answer.cells is None:
        return [f"Random worlds and searched points, {question.budget:,} of each, each under a luck of its own. {end}"]
    return [
        f"{question.budget:,} random worlds and as many searched points, each under a luck of its own. A point of each cell by the search",
        f"only was run again under {question.n_lucks} other lucks: without a dot, it lies elsewhere in most of them. Rings: the parameters",
        f"found to lead deepest into a corner, mean over {CORNER_LUCKS} lucks, where deeper than random ones. {end}",
    ]
