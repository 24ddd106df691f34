"""One province: every power's influence over time, and below it how far the partners' and the government's differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.compare.comparison import SURVIVED, Comparison
from sim.compare.findings import AXIS_FLOOR, TOO_FEW
from sim.compare.world_values import MONTH_STEP
from sim.report.drawing import palette
from sim.report.drawing.canvas import Canvas
from sim.report.drawing.time_panel import End, Panel, axis_top, dashed_key
from sim.report.figures.data import comparison_text, thinning
from sim.report.figures.data.figure_data import POWERS
from sim.report.text.labels import scenario as title
from sim.text import number_format
from sim.text.names import display_name, possessive

_LEFT, _RIGHT, _TOP, _HIGH = 52.0, 656.0, 30.0, 260.0
_BELOW, _LOW = 84.0, 110.0  # from panel to panel, and the height of the lower one
_SEEN = 0.02  # a power that never has more than this is not drawn
_COMPARED = ("government", "russia", "iran")


def figure(comparison: Comparison, scenario: str, iso: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises KeyError for no province, ValueError where the scenario has no influence there."""
    name = comparison.names[iso]
    here = _influence(comparison, scenario, iso)
    if here.empty:
        raise ValueError(f"'{scenario}' has no influence in {name}")
    other = comparison_text.reference(comparison, scenario)
    there = _influence(comparison, other, iso) if other else here.iloc[:0]
    powers = [p for p in here.columns if max(here[p].max(), there[p].max() if p in there and len(there) else 0.0) > _SEEN]
    gaps = _differences(comparison, scenario, iso)
    bottom = _TOP + _HIGH
    canvas = Canvas(bottom + (_BELOW + _LOW if len(gaps) else 0) + 30)
    months = sorted({*here.index, *there.index})
    high = max(float(here[powers].max().max()), float(there[powers].max().max()) if len(there) else 0.0)
    panel = Panel(_LEFT, _RIGHT, _TOP, bottom, months[0], months[-1], 0.0, axis_top(high))
    panel.frame(canvas, f"Influence in {name}", "mean share over worlds", percent=True)
    _lines(canvas, panel, here, there, powers)
    panel.ends(canvas, _ends(here, there, powers))
    if len(there):
        dashed_key(canvas, _LEFT, bottom + 30, f"{title(comparison.against)} (shares at the horizon in brackets)")
    canvas.hovers(panel.hovers(_tips(here, powers)))
    if len(gaps):
        _gaps(canvas, comparison, panel, gaps)
    asked, basis = comparison_text.asked(comparison, scenario), comparison_text.basis_standing(comparison, scenario)
    return canvas.spec(_finding(comparison, scenario, iso, here), [asked, basis])


def _influence(c: Comparison, scenario: str, iso: str) -> pd.DataFrame:
    """Influence in the province: a row per month in order, a column per power."""
    found = comparison_text.rows(c.influence, scenario=scenario, province=iso)
    wide = found.astype({"month": str, "power": str}).pivot(index="month", columns="power", values="mean").sort_index()
    return wide.reindex(columns=[p for p in POWERS if p in wide.columns])


def _differences(c: Comparison, scenario: str, iso: str) -> pd.DataFrame:
    if comparison_text.reference(c, scenario) is None:
        return c.months.iloc[:0]
    found = comparison_text.rows(c.months, scenario=scenario, province=iso, given=SURVIVED)
    months = sorted(c.months["month"].astype(str).unique())
    shown = thinning.spaced(months, thinning.stretch(MONTH_STEP * (len(months) - 1)))
    known = found["power"].isin(_COMPARED) & found["month"].isin(shown) & found[["difference", "low", "high"]].notna().all(axis=1)
    return found[known].sort_values("month")


def _lines(canvas: Canvas, panel: Panel, here: pd.DataFrame, there: pd.DataFrame, powers: Sequence[str]) -> None:
    for table, thick, dash in ((there, 1.3, (4, 3)), (here, 2.6, None)):
        shown = table.loc[comparison_text.quarterly(list(table.index))]
        canvas.lines(
            [row for p in powers if p in shown for row in panel.line(shown[p].to_dict(), palette.SPHERES[p], p)], thick=thick, dash=dash
        )


def _ends(here: pd.DataFrame, there: pd.DataFrame, powers: Sequence[str]) -> list[End]:
    ends = []
    for power in powers:
        last = float(here[power].iloc[-1])
        before = f" ({number_format.percent(float(there[power].iloc[-1]))})" if power in there and len(there) else ""
        ends.append(End(last, palette.SPHERES[power], display_name(power), f"{number_format.percent(last)}{before}"))
    return ends


def _tips(here: pd.DataFrame, powers: Sequence[str]) -> dict[str, str]:
    return {
        month: ", ".join(f"{display_name(p)} {number_format.percent(float(here.at[month, p]))}" for p in powers)
        for month in comparison_text.pointed(list(here.index))
    }


def _gaps(canvas: Canvas, c: Comparison, above: Panel, gaps: pd.DataFrame) -> None:
    """The differences with their intervals, around a line at zero."""
    low, high = min(float(gaps["low"].min()), -AXIS_FLOOR), max(float(gaps["high"].max()), AXIS_FLOOR)
    top = above.bottom + _BELOW
    panel = Panel(_LEFT, _RIGHT, top, top + _LOW, above.first, above.last, low * 1.05, high * 1.05)
    panel.frame(canvas, f"Difference from {comparison_text.against(c)}", "percentage points, with 95 % interval", points=True, most=4)
    ends = []
    for power in _COMPARED:
        mine = gaps[gaps["power"] == power].set_index("month")
        if len(mine):
            colour = palette.SPHERES[power]
            canvas.areas(panel.band(mine["low"].to_dict(), mine["high"].to_dict(), colour, power), opacity=0.25)
            canvas.lines(panel.line(mine["difference"].to_dict(), colour, power), thick=2)
            last = mine.iloc[-1]
            low_, high_ = (number_format.signed_points(float(last[key])) for key in ("low", "high"))
            beside = f"{number_format.signed_points(float(last['difference']))} ({low_} to {high_})"
            ends.append(End(float(last["difference"]), colour, display_name(power), beside))
    panel.ends(canvas, ends)
    canvas.hovers(panel.hovers(_gap_tips(gaps)))


def _gap_tips(gaps: pd.DataFrame) -> Mapping[str, str]:
    parts: dict[str, list[str]] = {}
    for row in gaps.to_dict("records"):
        low, high = (number_format.signed_points(row[key]) for key in ("low", "high"))
        said = f"{display_name(row['power'])} {number_format.signed_points(row['difference'])} points ({low} to {high})"
        parts.setdefault(str(row["month"]), []).append(said)
    return {month: ", ".join(parts[month]) for month in list(parts)[::2]}


def _finding(c: Comparison, scenario: str, iso: str, here: pd.DataFrame) -> str:
    """The largest significant difference at the horizon; where there is nothing to compare with, the largest change since the start."""
    name = c.names[iso]
    if comparison_text.reference(c, scenario) is not None:
        found = comparison_text.rows(c.differences, scenario=scenario, kind="influence", province=iso, given=SURVIVED)
        significant = found[found["significant"].astype(bool)]
        if (found["status"] == TOO_FEW).any():
            return f"{name}: {comparison_text.undetected(TOO_FEW, comparison_text.against(c))}"
        if significant.empty:
            return f"No power's influence in {name} differs significantly from {comparison_text.against(c)}"
        row = significant.loc[significant["difference"].abs().idxmax()]
        before, after = float(row["against_mean"]), float(row["mean"])
        who = possessive(str(row["quantity"]).removeprefix("influence_"))
        change = f"{number_format.signed_points(abs(after - before)).lstrip('+')} points {'more' if after > before else 'less'}"
        ends = f"{number_format.capital(who)} influence in {name} ends at {number_format.percent(after)}"
        return f"{ends}, {change} than in {comparison_text.against(c)}"
    power = str((here.iloc[-1] - here.iloc[0]).abs().idxmax())
    before, after = float(here[power].iloc[0]), float(here[power].iloc[-1])
    who, way = number_format.capital(possessive(power)), "rises" if after > before else "falls"
    return f"{who} influence in {name} {way} most, from {number_format.percent(before)} to {number_format.percent(after)}"
