"""The panels of the figure of interests: an axis for an outcome, and the marks of what is taken away and of what is doubled."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from sim.compare.findings import POINT
from sim.interests.outcomes import SHIFT, powers_of
from sim.interests.variations import AWAY, CHANGES, DOUBLED
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, px
from sim.text.names import display_name, interest_name
from sim.text.number_format import capital, number, signed_points

LEFT, HEAD = 188.0, 52.0  # where panels begin, and where their rows do
_GAP = 20.0  # between panels
_APART, _MARK, _THICK, _SEEN = 5.0, 7.0, 3.2, 2.0  # a change from the middle of its row; a mark; the line of an interval, at least so wide
_ROOM, _OVER = 1.06, 4.0  # of an axis, for what it must reach; pixels by which panels stand out above and below their rows


@dataclass(frozen=True)
class Panel:
    """An outcome: its heading and unit, by what its numbers are multiplied for the axis, and what that reaches at least."""

    measure: str
    heading: str
    unit: str
    scale: float
    least: float
    signed: bool = True


PANELS = (
    Panel(SHIFT, "Influence", "mean shift, points", 1 / POINT, 1.0, signed=False),
    Panel("contracts_russia", "Russia's contracts", "share, points", 1 / POINT, 1.0),
    Panel("contracts_iran", "Iran's contracts", "share, points", 1 / POINT, 1.0),
    Panel("incidents", "Incidents", "number in the run", 1.0, 0.1),
    Panel("delimitation", "Delimitation", "index, 0 to 1", 1.0, 0.01),
)
_WIDTH = (theme.WIDTH - LEFT - _GAP * (len(PANELS) - 1)) / len(PANELS)


def draw_panels(canvas: Canvas, table: pd.DataFrame, rows: Mapping[tuple[str, str], float], foot: float) -> None:
    """Draw every panel; `rows` are the middles of the rows by actor and interest, which end at `foot`."""
    for i, panel in enumerate(PANELS):
        shown = table[table["measure"] == panel.measure]
        _Axis(panel, LEFT + i * (_WIDTH + _GAP), _span(panel, shown)).draw(canvas, shown, rows, foot)


def colour_of(actor: str) -> str:
    """The colour of the actor's power; ink for one without influence of its own."""
    powers = powers_of(actor)
    return palette.SPHERES[powers[0]] if len(powers) == 1 else palette.INK


def _span(panel: Panel, shown: pd.DataFrame) -> tuple[float, float]:
    """The ends of an axis in its unit: as far as any difference and half of any interval; shifts go one way, but for an interval."""
    ends = pd.concat([shown["difference"], (shown["difference"] + shown["low"]) / 2, (shown["difference"] + shown["high"]) / 2])
    known = [panel.scale * abs(end) for end in ends if math.isfinite(end)]
    reach = max([panel.least, *known])
    return (-_ROOM * reach if panel.signed else (1.0 - _ROOM) * reach), _ROOM * reach


class _Axis:
    """A panel with its axis from `left`."""

    def __init__(self, panel: Panel, left: float, span: tuple[float, float]) -> None:
        self.panel, self.left, (self.low, self.high) = panel, left, span

    def x(self, value: float) -> float:
        """Where a value in the unit of the axis stands; one beyond it stands at its end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return px(self.left + share * _WIDTH)

    def draw(self, canvas: Canvas, shown: pd.DataFrame, rows: Mapping[tuple[str, str], float], foot: float) -> None:
        """Heading, grid, and the marks of all rows."""
        self._grid(canvas, foot)
        bars: dict[bool, list[Mark]] = {False: [], True: []}
        marks: dict[str, list[Mark]] = {change: [] for change in CHANGES}
        hovers = []
        for row in shown.to_dict("records"):
            up = row["change"] == AWAY
            y = rows[row["actor"], row["interest"]] + (-_APART if up else _APART)
            hovers.append({"x": self.left, "x2": self.left + _WIDTH, "y": y - _APART, "y2": y + _APART, "tip": self._tip(row)})
            if not math.isfinite(row["difference"]):
                continue
            colour, matters = colour_of(row["actor"]), bool(row["matters"])
            x = self.x(self.panel.scale * row["difference"])
            if math.isfinite(row["low"]):
                ends = sorted(self.x(self.panel.scale * row[end]) for end in ("low", "high"))
                wider = max(_SEEN - (ends[1] - ends[0]), 0.0) / 2
                line = palette.mixed(colour, 0.6) if matters else palette.LINE
                bars[matters].append({"x": px(ends[0] - wider), "x2": px(ends[1] + wider), "y": y, "y2": y, "color": line})
            marks[row["change"]].append({"x": x, "y": y, "color": colour if matters else palette.PAPER, "rim": matters})
        canvas.rules(bars[False], thick=_THICK)
        canvas.rules(bars[True], thick=_THICK)
        squares(canvas, marks[AWAY])
        dots(canvas, marks[DOUBLED])
        canvas.hovers(hovers)

    def _grid(self, canvas: Canvas, foot: float) -> None:
        top, numbers = HEAD - _OVER, self._ticks()
        at = list(numbers)
        lines = [{"x": self.x(t), "x2": self.x(t), "y": top, "y2": foot + _OVER, "color": palette.LINE if t else palette.SOFT} for t in at]
        canvas.rules(lines)
        for y in (top - 8, foot + _OVER + 8):
            texts = [{"x": self.x(t), "y": y, "text": text, "color": palette.SOFT} for t, text in numbers.items()]
            canvas.texts(texts, size=theme.SMALL_SIZE - 1, align="center")
        canvas.texts([{"x": self.left, "y": 6, "text": self.panel.heading, "color": palette.INK}], bold=True)
        canvas.texts([{"x": self.left, "y": 22, "text": self.panel.unit, "color": palette.SOFT}], size=theme.SMALL_SIZE)

    def _ticks(self) -> dict[float, str]:
        """Round numbers with their labels, so few that no label touches the next."""
        for most in (5, 4, 3):
            at = [tick for tick in label_placement.ticks(self.low, self.high, most) if self.panel.signed or tick >= 0]
            labels = {t: f"{t:+g}".replace("-", "−") if t and self.panel.signed else f"{t:g}" for t in at}
            wide = max(text_metrics.width(label, theme.SMALL_SIZE) for label in labels.values())
            if all(self.x(b) - self.x(a) > wide + 4 for a, b in pairwise(at)):
                break
        return labels

    def _tip(self, row: Mapping[str, Any]) -> str:
        """What a mark says in words."""
        low, size, high = (_said(self.panel, row[name]) for name in ("low", "difference", "high"))
        what = f"{capital(display_name(row['actor']))}, '{interest_name(row['interest'])}' {row['change']}"
        small = "" if row["matters"] else "; too small to matter, or not significant"
        return f"{what}: {self.panel.heading} {size} ({low} to {high}){small}"


def squares(canvas: Canvas, marks: Sequence[Mark]) -> None:
    """Squares with a rim: of what is taken away."""
    for size, inner in ((_MARK / 2 + 1, False), (_MARK / 2, True)):
        boxes = [
            {"x": m["x"] - size, "x2": m["x"] + size, "y": m["y"] - size, "y2": m["y"] + size, "color": m["color"] if inner else _rim(m)}
            for m in marks
        ]
        canvas.boxes(boxes)


def dots(canvas: Canvas, marks: Sequence[Mark]) -> None:
    """Dots with a rim: of what is doubled."""
    for full in (False, True):
        some = [{"x": m["x"], "y": m["y"], "color": m["color"]} for m in marks if m["rim"] == full]
        canvas.dots(some, size=(_MARK + 1) ** 2, rim=palette.INK if full else palette.FAINT)


def _rim(mark: Mark) -> str:
    return palette.INK if mark["rim"] else palette.FAINT


def _said(panel: Panel, value: float) -> str:
    if not math.isfinite(value):
        return "?"
    return f"{signed_points(value)} points" if panel.scale != 1.0 else number(value, signed=True)
