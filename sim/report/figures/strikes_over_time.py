"""Israeli and US strikes on Iran-backed presence: how many a month, and where."""

from typing import Any

import pandas as pd

from sim.compare.comparison import SURVIVED, Comparison
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, legend, px
from sim.report.drawing.time_panel import End, Panel, axis_top, dashed_key
from sim.report.figures.data import comparison_text
from sim.report.text.labels import scenario as title
from sim.text import number_format

_LEFT, _RIGHT, _TOP, _HIGH = 36.0, 396.0, 36.0, 300.0
_ALL, _US = "#8a5a44", palette.SPHERES["united_states"]  # no power's colour, since they are two powers' strikes together
_ENDS = 552.0  # where the labels of the left panel end
_BARS = (662.0, 786.0)  # of the provinces, from x to x
_YEAR = 12
_LEAST = 1.0  # strikes per month that the axis reaches at least, so that few look few
_SEEN = 0.05  # strikes a year that can be written with one digit after the point


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where nobody counted strikes."""
    here = comparison_text.course(comparison, scenario, "strikes")
    if here.empty:
        raise ValueError(f"'{scenario}' has no course of strikes")
    other = comparison_text.reference(comparison, scenario)
    there = comparison_text.course(comparison, other, "strikes") if other else here.iloc[:0]
    canvas = Canvas(_TOP + _HIGH + 56)
    _over_time(canvas, comparison, scenario, here, there)
    provinces = _by_province(comparison, scenario)
    _bars(canvas, comparison, provinces, _by_province(comparison, other) if other else {})
    what = "Strikes by Israel and by the United States on Iran-backed presence, mean over worlds."
    lines = [comparison_text.asked(comparison, scenario), what, comparison_text.basis_standing(comparison, scenario)]
    return canvas.spec(_finding(comparison, scenario, here, there, provinces), lines)


def _over_time(canvas: Canvas, c: Comparison, scenario: str, here: pd.DataFrame, there: pd.DataFrame) -> None:
    """Strikes a month: mean of each quarter, and the middle 90 % of worlds in a month of it."""
    us = comparison_text.course(c, scenario, "strikes_us")
    months = sorted({*here.index, *there.index})
    shown = comparison_text.quarters(here)
    mean, low, high = (shown[column].to_dict() for column in ("mean", "p05", "p95"))
    base = comparison_text.quarters(there)["mean"].to_dict()
    top = max([*high.values(), *mean.values(), *base.values(), _LEAST])
    panel = Panel(_LEFT, _RIGHT, _TOP, _TOP + _HIGH, months[0], months[-1], 0.0, axis_top(top))
    panel.frame(canvas, "Over time", f"strikes per month, {comparison_text.quarterly_means(len(here))}")
    canvas.areas(panel.band(low, high, palette.mixed(_ALL, 0.2), "all"))
    canvas.lines(panel.line(base, palette.INK, "other"), thick=1.5, dash=(4, 3))
    canvas.lines(panel.line(mean, _ALL, "all"), thick=2.8)
    ends = [End(_last(mean), _ALL, "all strikes", number_format.number(_last(mean), _last(base)), bold=True)]
    if base:
        ends.append(End(_last(base), palette.FAINT, title(c.against), number_format.number(_last(base), _last(mean))))
    if len(us):
        line = comparison_text.quarters(us)["mean"].to_dict()
        canvas.lines(panel.line(line, _US, "us"), thick=2.2)
        ends.append(End(_last(line), _US, "of which US", number_format.number(_last(line))))
    panel.ends(canvas, ends, limit=_ENDS)
    legend(canvas, [(palette.mixed(_ALL, 0.2), "middle 90 % of worlds")], _LEFT, _TOP + _HIGH + 32, 200)
    if base:
        dashed_key(canvas, _LEFT + 172, _TOP + _HIGH + 37.5, text_metrics.cut(title(c.against), 250, theme.SMALL_SIZE))
    tips = {
        m: f"mean {number_format.number(v)} a month, middle 90 % {number_format.number(low[m])} to {number_format.number(high[m])}"
        for m, v in mean.items()
    }
    canvas.hovers(panel.hovers({m: tips[m] for m in comparison_text.quarterly(list(tips), 2)}))


def _last(values: dict[str, float]) -> float:
    return list(values.values())[-1] if values else 0.0


def _by_province(c: Comparison, scenario: str) -> dict[str, float]:
    """Strikes a year by province over the whole run, the most struck first."""
    found = comparison_text.rows(c.series, measure="strikes", scenario=scenario)
    means = found.groupby(found["province"].astype(str))["mean"].mean().astype(float) * _YEAR
    some = {iso: float(v) for iso, v in means.items() if iso in c.names}
    return dict(sorted(some.items(), key=lambda item: (-round(item[1], 9), c.names[item[0]])))


def _bars(canvas: Canvas, c: Comparison, provinces: dict[str, float], other: dict[str, float]) -> None:
    """A bar for each province, with a tick where the other scenario's ends."""
    left, right = _BARS
    canvas.texts([{"x": left, "y": _TOP - 18, "text": "By province", "color": palette.INK}], bold=True)
    wide = text_metrics.width("By province", theme.LABEL_SIZE, bold=True) + 8
    canvas.texts([{"x": px(left + wide), "y": _TOP - 17.5, "text": "strikes per year", "color": palette.SOFT}], size=theme.SMALL_SIZE)
    most = max([*provinces.values(), *other.values(), 1e-9])
    step = _HIGH / max(len(provinces), 1)
    boxes: list[Mark] = []
    names: list[Mark] = []
    numbers: list[Mark] = []
    ticks: list[Mark] = []
    for i, (iso, value) in enumerate(provinces.items()):
        y = _TOP + (i + 0.5) * step
        tip = f"{c.names[iso]}: {_rate(value)} strikes a year"
        if iso in other:
            tip += f"; {title(c.against)} {_rate(other[iso])}"
            x = px(left + other[iso] / most * (right - left))
            ticks.append({"x": x, "x2": x, "y": px(y - 8), "y2": px(y + 8), "color": palette.INK})
        end = left + value / most * (right - left)
        boxes.append({"x": left, "x2": px(max(end, left + 0.8)), "y": px(y - 5.5), "y2": px(y + 5.5), "color": _ALL, "tip": tip})
        ink = palette.INK if value >= _SEEN else palette.FAINT
        names.append({"x": left - 10, "y": px(y), "text": c.names[iso], "color": ink})
        beside = f" ({_rate(other[iso])})" if iso in other else ""
        numbers.append({"x": theme.WIDTH, "y": px(y), "text": f"{_rate(value)}{beside}", "color": ink})
    canvas.boxes(boxes)
    canvas.rules([tick | {"color": palette.PAPER} for tick in ticks], thick=5)
    canvas.rules(ticks, thick=2)
    canvas.texts(names, align="right")
    canvas.texts(numbers, size=theme.SMALL_SIZE, align="right")
    if ticks:
        y = _TOP + _HIGH + 37.5
        canvas.rules([{"x": left, "x2": left, "y": y - 7, "y2": y + 7, "color": palette.INK}], thick=2)
        text = text_metrics.cut(f"{title(c.against)}, in brackets", theme.WIDTH - left - 8, theme.SMALL_SIZE)
        canvas.texts([{"x": left + 8, "y": y, "text": text, "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _rate(value: float) -> str:
    """A number of strikes a year with one digit after the point."""
    return f"{value:.1f}" if value >= _SEEN else "<0.1" if value > 0 else "0"


def _finding(c: Comparison, scenario: str, here: pd.DataFrame, there: pd.DataFrame, provinces: dict[str, float]) -> str:
    """How many a year, against the other scenario, and where most."""
    a_year = float(here["mean"].mean()) * _YEAR
    where = ""
    if provinces and a_year > 0 and max(provinces.values()) > 0:
        iso, most = next(iter(provinces.items()))
        where = f"; most in {c.names[iso]} ({_rate(most)})"
    if not len(there):
        return f"Strikes average {number_format.number(a_year)} a year{where}"
    base = float(there["mean"].mean()) * _YEAR
    found = comparison_text.rows(c.differences, scenario=scenario, kind="index", quantity="strikes", province=COUNTRY, given=SURVIVED)
    if found.empty or not bool(found["significant"].iloc[0]):
        none = comparison_text.undetected("" if found.empty else str(found["status"].iloc[0]), comparison_text.against(c))
        return f"Strikes average {number_format.number(a_year)} a year, {none}{where}"
    before, after = number_format.pair(base, a_year)
    return f"Strikes average {after} a year, {'up' if a_year > base else 'down'} from {before} in {comparison_text.against(c)}{where}"
