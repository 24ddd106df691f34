"""A panel of values over time: where a month and a value lie, its axes, and the labels at the ends of its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sim.model.state.calendar import month_index
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, px
from sim.text import number_format

Points = Mapping[str, float]  # a value by month
_LABEL = 15.0  # pixels from label to label
_OFF = 0.35  # pixels that a line may pass by a point
_YEAR = 40.0  # pixels that the number of a year needs


@dataclass(frozen=True)
class End:
    """A line's end: its last value, the colour of its leader, and the words beside it (those after the first are fainter)."""

    value: float
    colour: str
    text: str
    beside: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Panel:
    """Months from `first` to `last` between left and right, values from `low` to `high` between bottom and top; all in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    first: str
    last: str
    low: float
    high: float

    def x(self, month: str | float) -> float:
        """Where a month lies (a text, or a number of months since the year 0)."""
        at = month_number(month) if isinstance(month, str) else month
        first, last = month_number(self.first), month_number(self.last)
        return px(self.left + (at - first) / max(last - first, 1) * (self.right - self.left))

    def y(self, value: float) -> float:
        """Where a value lies, kept within the panel."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return px(self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top))

    def frame(self, canvas: Canvas, heading: str, unit: str = "", percent: bool = False, points: bool = False, most: int = 6) -> None:
        """Heading, light lines at round values with their numbers at the left (shares as percent or signed points), and years below."""
        at = label_placement.ticks(self.low, self.high, most)
        lines = [
            {"x": self.left, "x2": self.right, "y": self.y(v), "y2": self.y(v), "color": palette.LINE if v else palette.FAINT} for v in at
        ]
        canvas.rules(lines)
        numbers = [{"x": self.left - 7, "y": self.y(v), "text": _tick(v, percent, points, v == at[-1]), "color": palette.SOFT} for v in at]
        canvas.texts(numbers, size=theme.SMALL_SIZE, align="right")
        canvas.texts([{"x": self.left, "y": self.top - 18, "text": heading, "color": palette.INK}], bold=True)
        beside = self.left + text_metrics.width(heading, theme.LABEL_SIZE, bold=True) + 8
        if unit:
            canvas.texts([{"x": px(beside), "y": self.top - 17.5, "text": unit, "color": palette.SOFT}], size=theme.SMALL_SIZE)
        self._years(canvas)

    def _years(self, canvas: Canvas) -> None:
        """Years below the panel, each at its January, as many as there is room for."""
        first, last = month_number(self.first), month_number(self.last)
        januaries = [m for m in range(first, last + 1) if m % 12 == 0]
        each = 12 / max(last - first, 1) * (self.right - self.left)
        step = max(1, -int(-_YEAR // each)) if each else 1
        shown = [m for m in januaries if (m // 12) % step == 0]
        ticks = [{"x": self.x(m), "x2": self.x(m), "y": self.bottom, "y2": self.bottom + 4, "color": palette.FAINT} for m in januaries]
        canvas.rules(ticks)
        canvas.texts(
            [{"x": self.x(m), "y": self.bottom + 13, "text": f"{m // 12}", "color": palette.SOFT} for m in shown],
            size=theme.SMALL_SIZE,
            align="center",
        )

    def line(self, points: Points, colour: str, part: str) -> list[Mark]:
        """Rows of a line, without the points that it would pass through anyway."""
        at = [(self.x(m), self.y(v)) for m, v in points.items() if v == v]
        return [{"x": at[i][0], "y": at[i][1], "color": colour, "part": part} for i in bends(at)]

    def band(self, low: Points, high: Points, colour: str, part: str) -> list[Mark]:
        """Rows of a band, likewise."""
        months = [m for m, v in low.items() if v == v and high[m] == high[m]]
        lower, upper = ([(self.x(m), self.y(edge[m])) for m in months] for edge in (low, high))
        kept = sorted({*bends(lower), *bends(upper)})
        return [{"x": upper[i][0], "y": upper[i][1], "y2": lower[i][1], "color": colour, "part": part} for i in kept]

    def hovers(self, tips: Mapping[str, str]) -> list[Mark]:
        """Rows of boxes side by side, one around each month, with the words to show there."""
        at = [self.x(m) for m in tips]
        edges = [self.left, *[px((a + b) / 2) for a, b in pairwise(at)], self.right]
        return [
            {"x": edges[i], "x2": edges[i + 1], "y": self.top, "y2": self.bottom, "tip": f"{number_format.month(m)}: {tip}"}
            for i, (m, tip) in enumerate(tips.items())
        ]

    def ends(self, canvas: Canvas, ends: Sequence[End], limit: float = theme.WIDTH) -> None:
        """Labels right of the panel, each beside the end of its line and none on another; text beyond `limit` is cut."""
        places = label_placement.apart([self.y(end.value) for end in ends], _LABEL, self.top - 4, self.bottom + 4)
        leaders: list[Mark] = []
        texts: dict[bool, list[Mark]] = {False: [], True: []}
        besides: list[Mark] = []
        left = self.right + 20
        for end, place in zip(ends, places, strict=True):
            leaders.append({"x": self.right + 2, "x2": self.right + 15, "y": self.y(end.value), "y2": px(place), "color": end.colour})
            wide = text_metrics.width(end.beside, theme.SMALL_SIZE) + 6 if end.beside else 0.0
            text = text_metrics.cut(end.text, limit - left - wide, theme.LABEL_SIZE, end.bold)
            texts[end.bold].append({"x": left, "y": px(place), "text": text, "color": palette.INK})
            if end.beside:
                x = left + text_metrics.width(text, theme.LABEL_SIZE, end.bold) + 6
                besides.append({"x": px(x), "y": px(place + 0.5), "text": end.beside, "color": palette.SOFT})
        canvas.rules(leaders, thick=1.6)
        canvas.texts(texts[False])
        canvas.texts(texts[True], bold=True)
        canvas.texts(besides, size=theme.SMALL_SIZE)


def bends(at: Sequence[tuple[float, float]]) -> list[int]:
    """The points (x, y) of a line, by place, that it needs to stay within a third of a pixel of all of them (Douglas and Peucker)."""
    kept, spans = {0, len(at) - 1} if at else set(), [(0, len(at) - 1)]
    while spans:
        first, last = spans.pop()
        (x, y), (x2, y2) = at[first] if at else (0.0, 0.0), at[last] if at else (0.0, 0.0)
        off = {i: abs(at[i][1] - y - (y2 - y) * (at[i][0] - x) / ((x2 - x) or 1.0)) for i in range(first + 1, last)}
        far = max(off, key=lambda i: off[i], default=first)
        if off and off[far] > _OFF:
            kept.add(far)
            spans += [(first, far), (far, last)]
    return sorted(kept)


@cache
def month_number(month: str) -> int:
    """A month as a number of months since the year 0, so that months of runs of other lengths lie on one axis."""
    return month_index("0000-01", month)


def dashed_key(canvas: Canvas, x: float, y: float, text: str) -> None:
    """A key: a dashed stroke and what it means."""
    canvas.rules([{"x": x, "x2": x + 24, "y": y, "y2": y, "color": palette.SOFT}], thick=1.4, dash=(4, 3))
    canvas.texts([{"x": x + 30, "y": y, "text": text, "color": palette.SOFT}], size=theme.SMALL_SIZE)


def axis_top(highest: float) -> float:
    """A round value at or a little above the highest, for the top of an axis that begins at zero."""
    if highest <= 0:
        return 1.0
    steps = label_placement.ticks(0.0, highest * 1.02, 6)
    step = steps[1] if len(steps) > 1 else highest
    return steps[-1] if steps[-1] >= highest else round(steps[-1] + step, 12)


def _tick(value: float, percent: bool, points: bool, last: bool) -> str:
    if points:
        return f"{100 * value:+g}".replace("-", "−") if value else "0"
    if percent:
        return f"{100 * value:g}{' %' if last else ''}"
    return f"{value:,.10g}".replace("-", "−")
