"""One index over time, and below it the difference from the reference scenario, year by year."""

from typing import Any

import pandas as pd

from sim.compare.comparison import SURVIVED, Comparison
from sim.compare.findings import AXIS_FLOOR
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import Measure
from sim.report.drawing import palette, theme
from sim.report.drawing.canvas import Canvas, legend
from sim.report.drawing.time_panel import End, Panel, axis_top, month_number
from sim.report.figures.data import comparison_text, thinning
from sim.report.figures.data.figure_data import INDICES
from sim.report.text.labels import scenario as title
from sim.text import number_format
from sim.text.measure_labels import label

_LEFT, _RIGHT, _TOP, _HIGH = 52.0, 690.0, 30.0, 240.0
_BELOW, _LOW = 76.0, 96.0  # from panel to panel, and the height of the lower one


def figure(comparison: Comparison, scenario: str, index: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises KeyError for what is no index, ValueError where nobody measured it."""
    measure = INDICES[index]
    here = comparison_text.course(comparison, scenario, measure.name)
    if here.empty:
        raise ValueError(f"'{scenario}' has no course of '{index}'")
    other = comparison_text.reference(comparison, scenario)
    there = comparison_text.course(comparison, other, measure.name) if other else here.iloc[:0]
    years = _years(comparison, scenario, index, measure)
    bottom = _TOP + _HIGH
    canvas = Canvas(bottom + (_BELOW + _LOW if len(years) else 0) + 46)
    panel = _panel(here, there, measure)
    panel.frame(canvas, number_format.capital(label(index)), _unit(measure, len(here)))
    shown, base = (
        (comparison_text.quarters(t) if measure.cumulative else t.loc[comparison_text.quarterly(list(t.index))]) for t in (here, there)
    )
    _lines(canvas, panel, shown, base, index)
    panel.ends(canvas, _ends(comparison, scenario, shown, base))
    key = [(palette.mixed(_colour(index), 0.42), "middle half of worlds"), (palette.mixed(_colour(index), 0.18), "middle 90 %")]
    legend(canvas, key, _LEFT, bottom + 26, 500)
    canvas.hovers(panel.hovers(_tips(comparison, shown, base)))
    if len(years):
        _differences(canvas, comparison, panel, years, measure)
    return canvas.spec(*_heading(comparison, scenario, index, measure, here))


def _panel(here: pd.DataFrame, there: pd.DataFrame, measure: Measure) -> Panel:
    """The upper panel: from zero (or below) to a little above all that is drawn, and no shorter than a part of the index's scale."""
    months = sorted({*here.index, *there.index})
    high = max(float(here["p95"].max()), float(here["mean"].max()), float(there["mean"].max()) if len(there) else 0.0)
    if not measure.cumulative:
        high = max(high, AXIS_FLOOR * measure.high)
    low = min(float(here["p05"].min()), float(there["mean"].min()) if len(there) else 0.0, 0.0)
    return Panel(_LEFT, _RIGHT, _TOP, _TOP + _HIGH, months[0], months[-1], -axis_top(-low) if low < 0 else 0.0, axis_top(high))


def _colour(index: str) -> str:
    return palette.measure_colour(index)


def _unit(measure: Measure, n_months: int) -> str:
    if not measure.cumulative:
        return measure.unit
    return f"{'' if measure.unit == 'count' else f'{measure.unit} '}per month, {comparison_text.quarterly_means(n_months)}"


def _lines(canvas: Canvas, panel: Panel, here: pd.DataFrame, there: pd.DataFrame, index: str) -> None:
    colour = _colour(index)
    for low, high, strength in (("p05", "p95", 0.18), ("p25", "p75", 0.42)):
        canvas.areas(panel.band(here[low].to_dict(), here[high].to_dict(), palette.mixed(colour, strength), low))
    if len(there):
        base = there["mean"].to_dict()
        canvas.lines(panel.line(base, palette.PAPER, "other"), thick=3.2)
        canvas.lines(panel.line(base, palette.INK, "other"), thick=1.4, dash=(4, 3))
    canvas.lines(panel.line(here["mean"].to_dict(), colour, "mean"), thick=2.6)


def _ends(c: Comparison, scenario: str, here: pd.DataFrame, there: pd.DataFrame) -> list[End]:
    last = float(here["mean"].iloc[-1])
    beside = float(there["mean"].iloc[-1]) if len(there) else last
    ends = [End(last, palette.INK, title(scenario), number_format.number(last, beside), bold=True)]
    return ends + ([End(beside, palette.FAINT, title(c.against), number_format.number(beside, last))] if len(there) else [])


def _tips(c: Comparison, here: pd.DataFrame, there: pd.DataFrame) -> dict[str, str]:
    tips = {}
    for month in comparison_text.quarterly(list(here.index), 2):  # two a year
        mean, low, high = (float(here.at[month, column]) for column in ("mean", "p05", "p95"))
        more = f"; {title(c.against)} {number_format.number(float(there.at[month, 'mean']), mean)}" if month in there.index else ""
        span = f"{number_format.number(low, high)} to {number_format.number(high, low)}"
        tips[month] = f"mean {number_format.number(mean)}, middle 90 % of worlds {span}{more}"
    return tips


def _years(c: Comparison, scenario: str, index: str, measure: Measure) -> pd.DataFrame:
    """The differences by year, in order; counts have no start."""
    if comparison_text.reference(c, scenario) is None:
        return c.years.iloc[:0]
    found = comparison_text.rows(c.years, scenario=scenario, quantity=index, given=SURVIVED)
    same = (found["year"] == 0) & ((found["difference"] == 0) | measure.cumulative)  # most scenarios begin alike, with every count at zero
    found = found[found[["difference", "low", "high"]].notna().all(axis=1) & ~same].sort_values("year")
    return found.iloc[thinning.spaced(range(len(found)), thinning.stretch(12 * (len(found) - 1)))]


def _differences(canvas: Canvas, c: Comparison, above: Panel, years: pd.DataFrame, measure: Measure) -> None:
    """Mean difference and 95 % interval of every year, around a line at zero."""
    top = above.bottom + _BELOW
    low, high = min(float(years["low"].min()), 0.0), max(float(years["high"].max()), 0.0)
    floor = AXIS_FLOOR * (above.high - above.low)  # so that a small difference looks small
    low, high = -axis_top(max(-low, floor)), axis_top(max(high, floor))
    panel = Panel(_LEFT, _RIGHT, top, top + _LOW, above.first, above.last, low, high)
    unit = "mean and 95 % interval, yearly totals" if measure.cumulative else "mean and 95 % interval, by year"
    panel.frame(canvas, f"Difference from {comparison_text.against(c)}", unit, most=4)
    first, last = month_number(above.first), month_number(above.last)
    at = [panel.x(min(first + 12 * (int(y) - 1) + 6, last) if y else first) for y in years["year"]]
    rows = years.to_dict("records")
    whiskers = [
        {"x": x, "x2": x, "y": panel.y(row["low"]), "y2": panel.y(row["high"]), "color": palette.INK}
        for x, row in zip(at, rows, strict=True)
    ]
    canvas.rules(whiskers, thick=2.4)
    clear = [row["low"] > 0 or row["high"] < 0 for row in rows]
    dots = [
        {"x": x, "y": panel.y(row["difference"]), "color": palette.INK if is_clear else palette.PAPER, "tip": _tip(row)}
        for x, row, is_clear in zip(at, rows, clear, strict=True)
    ]
    canvas.dots(dots, size=50)
    note = ["Hollow: the interval includes zero."] if not all(clear) else []
    lines = [{"x": panel.right + 20, "y": panel.y(0.0), "text": "no difference", "color": palette.SOFT}]
    canvas.texts(lines, size=theme.SMALL_SIZE)
    canvas.texts([{"x": _LEFT, "y": panel.bottom + 36, "text": text, "color": palette.FAINT} for text in note], size=theme.SMALL_SIZE)


def _tip(row: dict[str, Any]) -> str:
    when = f"year {int(row['year'])}" if row["year"] else "start"
    change, low, high = (number_format.number(float(row[key]), signed=True) for key in ("difference", "low", "high"))
    return f"{number_format.capital(when)}: difference {change}, 95 % interval {low} to {high}"


def _heading(c: Comparison, scenario: str, index: str, measure: Measure, here: pd.DataFrame) -> tuple[str, list[str]]:
    lines = [
        comparison_text.asked(c, scenario),
        f"{measure.meaning[:1].upper()}{measure.meaning[1:]}.",
        comparison_text.basis_standing(c, scenario),
    ]
    return _finding(c, scenario, index, measure, here), lines


def _finding(c: Comparison, scenario: str, index: str, measure: Measure, here: pd.DataFrame) -> str:
    name = number_format.capital(label(index))
    if comparison_text.reference(c, scenario) is not None:
        found = comparison_text.rows(c.differences, scenario=scenario, kind="index", quantity=index, province=COUNTRY, given=SURVIVED)
        if len(found) and found["difference"].notna().all():
            return f"{name}: {_change(c, measure, found.iloc[0])}"
    start, end = number_format.month(here.index[0]), number_format.month(here.index[-1])
    if measure.cumulative:
        return f"{name}: {number_format.number(float(here['mean'].sum()))} from {start} to {end}, mean over worlds"
    first, last = number_format.pair(float(here["mean"].iloc[0]), float(here["mean"].iloc[-1]))
    if first == last:
        return f"{name}: {last} in both {start} and {end}"
    way = "up" if float(here["mean"].iloc[-1]) > float(here["mean"].iloc[0]) else "down"
    return f"{name}: {last} in {end}, {way} from {first} in {start}"


def _change(c: Comparison, measure: Measure, row: pd.Series) -> str:
    """The change at the horizon, its interval, and whether it is statistically significant."""
    before, after = number_format.pair(float(row["against_mean"]), float(row["mean"]))
    when = "over the run" if measure.cumulative else "at the horizon"
    change, low, high = (
        number_format.number(float(row[key]), float(row["difference"]), signed=True) for key in ("difference", "low", "high")
    )
    interval = f"{change}, 95 % interval {low} to {high}"
    if not bool(row["significant"]):
        return f"{after} {when}, {comparison_text.undetected(str(row['status']), comparison_text.against(c))} ({interval})"
    way = "up" if float(row["difference"]) > 0 else "down"
    return f"{after} {when}, {way} from {before} in {comparison_text.against(c)} ({interval})"
