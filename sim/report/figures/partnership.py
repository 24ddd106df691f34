"""Relations between Russia and Iran: friction, channels and incidents over time, by field of the partnership."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.compare.comparison import SURVIVED, Comparison
from sim.compare.findings import TOO_FEW
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.state.dimensions import Field, keys
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, legend
from sim.report.drawing.time_panel import End, Panel, axis_top, dashed_key
from sim.report.figures.data import comparison_text, thinning
from sim.report.text.labels import scenario as title
from sim.text import number_format

_LEFT, _RIGHT, _TOP, _HIGH, _DOWN = 52.0, 676.0, 66.0, 136.0, 214.0
_FIELDS = keys(Field)
_TOTAL = "all fields"
_COLOURS = palette.FIELDS | {_TOTAL: palette.INK}
_DASH = (4, 3)
_STEMS = {  # heading, unit
    "friction": ("Friction", "index"),
    "channel": ("Channels", "strength, from 0 to 1"),
    "incidents": ("Incidents", "in the past twelve months"),
}
Courses = Mapping[str, pd.Series]  # a mean by month, by field or `all fields`


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where nobody measured friction."""
    band = comparison_text.course(comparison, scenario, "friction")
    if band.empty:
        raise ValueError(f"'{scenario}' has no course of friction")
    other = comparison_text.reference(comparison, scenario)
    canvas = Canvas(_TOP + 2 * _DOWN + _HIGH + 28)
    _key(canvas, comparison, bool(other))
    months = sorted({*band.index, *comparison_text.course(comparison, comparison.against, "friction").index})
    for i, stem in enumerate(_STEMS):
        here = _courses(comparison, scenario, stem)
        there = _courses(comparison, other, stem) if other else {}
        top = _TOP + i * _DOWN
        panel = Panel(_LEFT, _RIGHT, top, top + _HIGH, months[0], months[-1], 0.0, _top(stem, here, there, band))
        _draw(canvas, panel, stem, here, there, band if stem == "friction" else band.iloc[:0])
    what = "Means over worlds, by field of the partnership."
    lines = [comparison_text.asked(comparison, scenario), what, comparison_text.basis_standing(comparison, scenario)]
    return canvas.spec(_finding(comparison, scenario, band), lines)


def _courses(c: Comparison, scenario: str, stem: str) -> dict[str, pd.Series]:
    """The means of a panel: the total first, where there is one."""
    names = {_TOTAL: stem} if stem != "channel" else {}
    found = {}
    for field, measure in (names | {field: f"{stem}_{field}" for field in _FIELDS}).items():
        mean = comparison_text.course(c, scenario, measure)["mean"].astype(float)
        if len(mean):
            found[field] = _a_year(mean) if stem == "incidents" else mean.loc[comparison_text.quarterly(list(mean.index))]
    return found


def _a_year(mean: pd.Series) -> pd.Series:
    """What happens in the twelve months up to each quarter (or rarer, in a very long run); in a shorter run, at the pace of a year."""
    rolled = (mean.rolling(12).mean() * 12).dropna() if len(mean) >= 12 else pd.Series({mean.index[-1]: float(mean.mean()) * 12})
    return rolled.iloc[:: -3 * thinning.stretch(len(mean))].iloc[::-1]


def _key(canvas: Canvas, c: Comparison, compares: bool) -> None:
    """What the band and the dashes mean."""
    legend(canvas, [(palette.mixed(palette.INK, 0.16), "middle half of worlds (friction, all fields)")], _LEFT, 4, 400)
    if compares:
        dashed_key(canvas, 360, 9.5, text_metrics.cut(f"{title(c.against)} (its last value in brackets)", 470, theme.SMALL_SIZE))


def _top(stem: str, here: Courses, there: Courses, band: pd.DataFrame) -> float:
    """Where a panel's axis ends."""
    if stem == "channel":
        return 1.0
    band_top = float(band["p75"].max()) if stem == "friction" else 0.0
    return axis_top(max([band_top, *[float(s.max()) for s in (*here.values(), *there.values())]]))


def _draw(canvas: Canvas, panel: Panel, stem: str, here: Courses, there: Courses, band: pd.DataFrame) -> None:
    heading, unit = _STEMS[stem]
    panel.frame(canvas, heading, unit)
    if len(band):
        shown = band.loc[comparison_text.quarterly(list(band.index))]
        canvas.areas(panel.band(shown["p25"].to_dict(), shown["p75"].to_dict(), palette.mixed(palette.INK, 0.16), stem))
    for courses, dash in ((there, _DASH), (here, None)):
        thin = [row for f, s in courses.items() if f != _TOTAL for row in panel.line(s.to_dict(), _COLOURS[f], f)]
        total = [row for f, s in courses.items() if f == _TOTAL for row in panel.line(s.to_dict(), _COLOURS[f], f)]
        canvas.lines(thin, thick=1.1 if dash else 1.8, dash=dash)
        canvas.lines(total, thick=1.4 if dash else 2.8, dash=dash)
    panel.ends(canvas, [_end(field, course, there.get(field)) for field, course in here.items()])
    canvas.hovers(panel.hovers(_tips(here)))


def _end(field: str, course: pd.Series, other: pd.Series | None) -> End:
    last = float(course.iloc[-1])
    before = float(other.iloc[-1]) if other is not None else last
    beside = number_format.number(last, before) + (f" ({number_format.number(before, last)})" if other is not None else "")
    return End(last, _COLOURS[field], field, beside, bold=field == _TOTAL)


def _tips(here: Courses) -> dict[str, str]:
    """All fields' values at some months."""
    months = list(next(iter(here.values())).index) if here else []
    return {m: ", ".join(f"{f} {number_format.number(float(s[m]))}" for f, s in here.items() if m in s.index) for m in months[::2]}


def _finding(c: Comparison, scenario: str, band: pd.DataFrame) -> str:
    """Friction and broken partnerships at the horizon, against the scenario compared with or the start."""
    broken = comparison_text.course(c, scenario, "broken")
    end = f"the partnership is broken in {number_format.percent(float(broken['mean'].iloc[-1]))} of worlds" if len(broken) else ""
    if comparison_text.reference(c, scenario) is None:
        peak = str(band["mean"].idxmax())
        first, last = float(band["mean"].max()), float(band["mean"].iloc[-1])
        highest = f"Friction is highest in {number_format.month(peak)} ({number_format.number(first, last)})"
        return f"{highest} and ends at {number_format.number(last, first)}" + (f"; {end}" if end else "")
    parts = [_said(c, scenario, "friction", "friction ends at {}"), _said(c, scenario, "incidents", "incidents total {} over the run")]
    said = [part for part in parts if part]
    if said:
        return number_format.capital("; ".join([f"{said[0]} in {comparison_text.against(c)}", *said[1:]]))
    known = comparison_text.rows(c.differences, scenario=scenario, kind="index", quantity="friction", province=COUNTRY, given=SURVIVED)
    if (known["status"] == TOO_FEW).any():
        none = number_format.capital(comparison_text.undetected(TOO_FEW, comparison_text.against(c)))
    else:
        none = f"Neither friction nor incidents differ significantly from {comparison_text.against(c)}"
    return none + (f"; {end}" if end else "")


def _said(c: Comparison, scenario: str, index: str, clause: str) -> str:
    """An index at the horizon in a clause, where it differs significantly."""
    found = comparison_text.rows(c.differences, scenario=scenario, kind="index", quantity=index, province=COUNTRY, given=SURVIVED)
    if found.empty or not bool(found["significant"].iloc[0]):
        return ""
    before, after = number_format.pair(float(found["against_mean"].iloc[0]), float(found["mean"].iloc[0]))
    way = "up" if float(found["difference"].iloc[0]) > 0 else "down"
    return f"{clause.format(after)}, {way} from {before}"
