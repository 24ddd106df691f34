"""Hindcast: what happened from September 2015 on, beside what the model projects. Territory above, towns below, one time axis."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.model.state.calendar import month_name
from sim.model.state.dimensions import FIGHTING_CAMPS, Array, Camp, key
from sim.report.drawing import palette, theme
from sim.report.drawing.canvas import Canvas, Mark, legend
from sim.report.text.figure_headlines import HINDSIGHT
from sim.text.names import display_name
from sim.text.number_format import month, percent
from sim.validation.hindcast import territory_error, town_timing
from sim.validation.hindcast.hindcast_comparison import HIGH, LOW, HindcastComparison
from sim.validation.hindcast.observed_facts import area_facts

COLOURS = {
    Camp.GOVERNMENT: palette.SPHERES["government"],
    Camp.OPPOSITION: palette.SPHERES["local"],
    Camp.SDF: palette.SPHERES["united_states"],
    Camp.ISLAMIC_STATE: palette.SPHERES["islamic_state"],
}
_PANEL, _GAP, _HIGH, _TOP = 194.0, 28.0, 150.0, 46.0  # panels of territory
_LEFT, _RIGHT, _ROW = 172.0, 690.0, 19.0  # towns: the axis of time, and a row each
_MOST = 0.9
_TOWNS = _TOP + _HIGH + 118.0


def figure(c: HindcastComparison) -> dict[str, Any]:
    """The figure as a Vega-Lite spec."""
    towns = town_timing.timings(c)
    canvas = Canvas(_TOWNS + _ROW * len(towns) + 74)
    _headline(canvas, 0, "Share of the country's area")
    for i, camp in enumerate(FIGHTING_CAMPS):
        _Panel(c, camp, i * (_PANEL + _GAP)).draw(canvas)
    _territory_key(canvas)
    _headline(canvas, _TOWNS - 46, "When towns changed hands")
    _towns(canvas, c, towns)
    return canvas.spec(*_heading(c))


def _headline(canvas: Canvas, y: float, text: str) -> None:
    canvas.texts([{"x": 0, "y": y + 6, "text": text, "color": palette.INK}], size=theme.SUBTITLE_SIZE, bold=True)


class _Panel:
    """One camp's share of the area through time."""

    def __init__(self, c: HindcastComparison, camp: Camp, left: float) -> None:
        self.c, self.camp, self.left, self.colour = c, camp, left, COLOURS[camp]
        self.months = np.arange(c.scenario.months)
        self.x = left + self.months / self.months[-1] * _PANEL

    def draw(self, canvas: Canvas) -> None:
        """Grid, band, lines, reference lines and facts."""
        levels = (0.0, 0.2, 0.4, 0.6, 0.8)
        canvas.rules([{"x": self.left, "x2": self.left + _PANEL, "y": _y(v), "y2": _y(v), "color": palette.LINE} for v in levels])
        if self.camp == Camp.GOVERNMENT:
            marks = [{"x": self.left - 5, "y": _y(v), "text": f"{100 * v:.0f}", "color": palette.SOFT} for v in levels]
            canvas.texts(marks, size=theme.SMALL_SIZE, align="right")
        _years(canvas, self.c.scenario.start, self.c.scenario.months, self.left, _PANEL, _TOP + _HIGH + 10)
        self._projection(canvas)
        self._facts(canvas)
        name = display_name(key(self.camp))
        canvas.texts([{"x": self.left, "y": _TOP - 14, "text": name[:1].upper() + name[1:], "color": palette.INK}], bold=True)

    def _projection(self, canvas: Canvas) -> None:
        drawn, central = self.c.drawn.area[self.camp], self.c.central.area[self.camp]
        low, middle, high = np.quantile(drawn, (LOW, 0.5, HIGH), axis=-1)
        pale, part = palette.mixed(self.colour, 0.28), {"part": display_name(key(self.camp))}
        canvas.areas([part | {"x": x, "y": _y(b), "y2": _y(a), "color": pale} for x, a, b in zip(self.x, low, high, strict=True)])
        nothing = np.full(self.months.shape, territory_error.start_area(self.c, self.camp))
        steady = territory_error.trend(self.c, self.camp, self.months)
        canvas.lines(self._line(nothing, palette.FAINT), thick=1.2, dash=(2, 3))
        if not np.allclose(steady, nothing):
            canvas.lines(self._line(steady, palette.FAINT), thick=1.2, dash=(7, 4))
        canvas.lines(self._line(middle, self.colour), thick=2.6)
        canvas.lines(self._line(np.median(central, axis=-1), self.colour), thick=1.3, dash=(5, 2))

    def _line(self, values: Array, colour: str) -> list[Mark]:
        part = {"color": colour, "part": f"{self.camp} {colour} {float(values[0]):.6f}"}
        return [part | {"x": float(x), "y": _y(v)} for x, v in zip(self.x, values, strict=True)]

    def _facts(self, canvas: Canvas) -> None:
        facts = area_facts(self.c.facts, self.camp, self.c.scenario.start)
        at = [self.left + self.c.at(one) / self.months[-1] * _PANEL for one in facts]
        spans = [one.interval() for one in facts]
        ticks = [{"x": x, "x2": x, "y": _y(a), "y2": _y(b), "color": palette.INK} for x, (a, b) in zip(at, spans, strict=True) if b > a]
        canvas.rules(ticks, thick=1.4)
        canvas.dots([{"x": x, "y": _y(one.number()), "color": palette.PAPER} for x, one in zip(at, facts, strict=True)], size=26)


def _y(share: float) -> float:
    """Height of a share of the area; the axis ends at 90 %, and what lies beyond stays on its edge."""
    return round(_TOP + _HIGH * (1.0 - min(float(share), _MOST) / _MOST), 2)


def _years(canvas: Canvas, start: str, months: int, left: float, wide: float, y: float) -> None:
    """The Januaries of a run below an axis."""
    years = [m for m in range(months) if month_name(start, m).endswith("-01")]
    rows = [{"x": left + m / (months - 1) * wide, "y": y, "text": "’" + month_name(start, m)[2:4], "color": palette.SOFT} for m in years]
    canvas.texts(rows, size=theme.SMALL_SIZE, align="center")


def _territory_key(canvas: Canvas) -> None:
    """What the marks of the upper panels mean."""
    y = _TOP + _HIGH + 34
    legend(canvas, [(palette.mixed(palette.INK, 0.25), "middle 80 % of worlds")], 0, y - 5, 200)
    lines = [(168, (1, 0), 2.6, palette.SOFT, "median world"), (282, (5, 2), 1.3, palette.SOFT, "central values only")]
    lines += [(432, (2, 3), 1.2, palette.FAINT, "no change"), (572, (7, 4), 1.2, palette.FAINT, "earlier trend, continued")]
    for x, dash, thick, colour, text in lines:
        canvas.rules([{"x": x, "x2": x + 24, "y": y, "y2": y, "color": colour}], thick=thick, dash=dash)
        canvas.texts([{"x": x + 30, "y": y, "text": text, "color": palette.SOFT}], size=theme.SMALL_SIZE)
    canvas.dots([{"x": 738, "y": y, "color": palette.PAPER}], size=26)
    canvas.texts([{"x": 746, "y": y, "text": "sources (range)", "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _towns(canvas: Canvas, c: HindcastComparison, towns: Sequence[town_timing.TownTiming]) -> None:
    """A row for each change of control: when it happened, and when it happens in the worlds in which it does."""
    last = c.scenario.months - 1

    def x(month: float) -> float:
        return _LEFT + month / last * (_RIGHT - _LEFT)

    def y(row: int) -> float:
        return _TOWNS + (row + 0.5) * _ROW

    bottom = y(len(towns))
    januaries = [m for m in range(last) if month_name(c.scenario.start, m).endswith("-01")]
    canvas.rules([{"x": x(m), "x2": x(m), "y": _TOWNS, "y2": bottom - 6, "color": palette.LINE} for m in januaries])
    _years(canvas, c.scenario.start, c.scenario.months, _LEFT, _RIGHT - _LEFT, bottom + 4)
    heads = [(0, "left", "town, and taken by"), (_RIGHT + 78, "right", "of worlds"), (_RIGHT + 150, "right", "central")]
    for at, align, text in heads:
        canvas.texts([{"x": at, "y": _TOWNS - 12, "text": text, "color": palette.SOFT}], size=theme.SMALL_SIZE, align=align)  # type: ignore[arg-type]
    names = [{"x": 0, "y": y(i), "text": one.name, "color": palette.INK} for i, one in enumerate(towns)]
    canvas.texts(names)
    camps = [{"x": _LEFT - 12, "y": y(i), "text": _SHORT_NAMES[one.camp], "color": palette.SOFT} for i, one in enumerate(towns)]
    canvas.texts(camps, size=theme.SMALL_SIZE, align="right")
    shown = [(i, one, one.months) for i, one in enumerate(towns) if one.months is not None]
    canvas.rules(
        [{"x": x(q[0]), "x2": x(q[2]), "y": y(i), "y2": y(i), "color": palette.mixed(COLOURS[one.camp], 0.6)} for i, one, q in shown],
        thick=4,
    )
    canvas.dots([{"x": x(q[1]), "y": y(i), "color": COLOURS[one.camp]} for i, one, q in shown], size=60)
    facts = [{"x": x(one.at), "x2": x(one.at), "y": y(i) - 8, "y2": y(i) + 8, "color": palette.INK} for i, one in enumerate(towns)]
    canvas.rules(facts, thick=2.6)
    shares = [{"x": _RIGHT + 78, "y": y(i), "text": percent(one.share), "color": palette.INK} for i, one in enumerate(towns)]
    canvas.texts(shares, align="right", bold=True)
    central = [{"x": _RIGHT + 150, "y": y(i), "text": percent(one.central_share), "color": palette.SOFT} for i, one in enumerate(towns)]
    canvas.texts(central, align="right")
    note = "Vertical mark: the month in which it happened. Dot and bar: median and middle 80 % of the worlds in which it happens."
    more = "Right: the share of worlds in which it happens, with parameters drawn from their ranges and with central values."
    lines = [{"x": 0, "y": bottom + 26 + 15 * i, "text": text, "color": palette.FAINT} for i, text in enumerate((note, more))]
    canvas.texts(lines, size=theme.SMALL_SIZE)


_SHORT_NAMES = {Camp.GOVERNMENT: "gov.", Camp.OPPOSITION: "opp.", Camp.SDF: "SDF", Camp.ISLAMIC_STATE: "IS"}


def _heading(c: HindcastComparison) -> tuple[str, list[str]]:
    facts = area_facts(c.facts, Camp.GOVERNMENT, c.scenario.start)
    end = float(np.median(c.drawn.area[Camp.GOVERNMENT, -1]))
    start, fact = territory_error.start_area(c, Camp.GOVERNMENT), facts[-1].number()
    title = (
        f"Starting from {percent(start)} of the area in {month(c.scenario.start)}, the government reaches {percent(end)} "
        f"by June 2021 in the model; it actually held {percent(fact)}"
    )
    how = (
        f"{c.drawn.worlds:,} worlds with drawn parameters, and {c.central.worlds:,} with central values. Only outside decisions are "
        "scripted. Some parameters were fitted by hand so that fronts move at this pace: the curves show what the rules can reproduce "
        "and are no independent test."
    )
    return title, [how, HINDSIGHT]
