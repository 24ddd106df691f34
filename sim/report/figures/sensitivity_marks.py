"""Rows, axes and marks of the figure of what matters: a parameter's mark shows its grade by shape and colour, and its word beside it."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, px

LEFT, RIGHT = 330.0, 150.0  # where axes begin; the room for words behind them
MOST = 15  # parameters
_ROW = 22.0
ASSUMED = "#c8641b"  # the mark of an assumption: hollow besides


class Axis:
    """Numbers from `low` to `high` on the pixels from `left` to `right`; what lies beyond stands at the end."""

    def __init__(self, low: float, high: float, left: float, right: float) -> None:
        self.low, self.high, self.left, self.right = low, high, left, right

    def x(self, value: float) -> float:
        """Where a number stands."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return px(self.left + share * (self.right - self.left))

    def grid(self, canvas: Canvas, top: float, foot: float, words: Callable[[float], str]) -> None:
        """Faint lines at round numbers, with the numbers above them."""
        ticks = label_placement.ticks(self.low, self.high, 6)
        canvas.rules([{"x": self.x(t), "x2": self.x(t), "y": top, "y2": foot, "color": palette.LINE if t else palette.SOFT} for t in ticks])
        texts = [{"x": self.x(t), "y": top - 8, "text": words(t), "color": palette.SOFT} for t in ticks]
        canvas.texts(texts, size=theme.SMALL_SIZE, align="center")


def heading(canvas: Canvas, y: float, name: str, about: str) -> None:
    """The name of a part of the figure, and what it shows."""
    canvas.texts([{"x": 0, "y": y + 6, "text": name, "color": palette.INK}], bold=True)
    at = text_metrics.width(name, theme.LABEL_SIZE, bold=True) + 10
    canvas.texts([{"x": px(at), "y": y + 6, "text": about, "color": palette.SOFT}], size=theme.SMALL_SIZE)


def row_names(canvas: Canvas, rows: Sequence[tuple[str, float]], faint: Collection[str] = ()) -> None:
    """The names of rows, (name, y) each, at the left."""
    canvas.texts(
        [
            {
                "x": 0,
                "y": px(y),
                "text": text_metrics.cut(name, LEFT - 14, theme.LABEL_SIZE),
                "color": palette.FAINT if name in faint else palette.INK,
            }
            for name, y in rows
        ]
    )


def draw_parameters(canvas: Canvas, found: OutcomeFindings, top: float) -> float:
    """A row for each of the strongest parameters; returns the foot."""
    rows: list[dict[str, Any]] = found.parameters.head(MOST).to_dict("records")
    heading(
        canvas, top, "Single parameters", f"rank correlation over {found.n_worlds:,} stored worlds; at the right, what each explains alone"
    )
    y0 = top + 44
    foot = y0 + _ROW * len(rows)
    reach = max(0.1, *(abs(row[end]) for row in rows for end in ("low", "high")))
    axis = Axis(-reach, reach, LEFT, theme.WIDTH - RIGHT)
    axis.grid(canvas, y0 - 4, foot, lambda tick: f"{tick:+g}".replace("-", "−") if tick else "0")
    middles = [y0 + _ROW * i + _ROW / 2 for i in range(len(rows))]
    names = [row["parameter"] for row in rows]
    row_names(canvas, list(zip(names, middles, strict=True)), {row["parameter"] for row in rows if not row["matters"]})
    lines = [
        {"x": axis.x(row["low"]), "x2": axis.x(row["high"]), "y": y, "y2": y, "color": palette.mixed(_colour(row), 0.5)}
        for row, y in zip(rows, middles, strict=True)
    ]
    canvas.rules(lines, thick=4)
    for row, y in zip(rows, middles, strict=True):
        _mark(canvas, row, axis.x(row["rank_correlation"]), y)
    words = [
        {"x": theme.WIDTH - RIGHT + 12, "y": y, "text": _words(row), "color": palette.SOFT if row["matters"] else palette.FAINT}
        for row, y in zip(rows, middles, strict=True)
    ]
    canvas.texts(words, size=theme.SMALL_SIZE)
    tips = [
        {"x": 0, "x2": theme.WIDTH, "y": y - _ROW / 2, "y2": y + _ROW / 2, "tip": _tip(row)} for row, y in zip(rows, middles, strict=True)
    ]
    canvas.hovers(tips)
    return foot


def _mark(canvas: Canvas, row: dict[str, Any], x: float, y: float) -> None:
    """Stated: a square; sourced: a filled dot; inferred: a grey dot with a dark rim; assumed: a hollow dot."""
    colour, grade, size = _colour(row), row["grade"], 4.0
    if grade == "stated":
        canvas.boxes([{"x": px(x - size), "x2": px(x + size), "y": px(y - size), "y2": px(y + size), "color": colour}])
        return
    fill = {"sourced": colour, "inferred": palette.mixed(colour, 0.45)}.get(grade, palette.PAPER)
    dot: Mark = {"x": x, "y": px(y), "color": fill}
    canvas.dots([dot], size=64, rim=colour)


def _colour(row: dict[str, Any]) -> str:
    if not row["matters"]:
        return palette.FAINT
    return ASSUMED if row["grade"] == "assumed" else palette.INK


def _words(row: dict[str, Any]) -> str:
    bends = ", bends" if row["shape"] == "bends" else ""
    return f"{100 * max(row['explained'], 0.0):.1f} %, {row['grade']}{bends}"


def _tip(row: dict[str, Any]) -> str:
    claims = f" ({row['claims']})" if row["claims"] else ""
    return f"{row['parameter']}, {row['grade']}{claims}: {row['meaning']}. {row['range_low']:g} to {row['range_high']:g} {row['unit']}."
