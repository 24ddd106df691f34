"""The numbers behind the figures of influence, series and contracts, as tables for people."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.compare.comparison import HAS_FALLEN, SURVIVED, Comparison
from sim.compare.fallen_holdings import HOLDINGS
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.drawing import palette
from sim.report.figures import holdings_after_fall
from sim.report.figures.data import comparison_text, thinning
from sim.report.figures.data.figure_data import POWERS
from sim.report.page.text_table import TextTable, from_frame
from sim.report.text import labels
from sim.text import number_format
from sim.text.names import display_name

Series = Mapping[tuple[str, str], Sequence[Any]]  # rows by month, by scenario and measure
_LEAST = 0.005  # a power that never has more influence is left out
_QUANTILES = {"p05": "5 % of worlds below", "p25": "25 % below", "p50": "median", "p75": "75 % below", "p95": "95 % below"}


def spheres(c: Comparison, scenario: str, month: str, given: str = SURVIVED) -> TextTable:
    """Share of the worlds that stand (or have fallen) at a month by province and sphere; spheres that no world shows are left out."""
    rows = comparison_text.rows(c.spheres, scenario=scenario, month=month, given=given)
    shares = rows.astype({"province": str, "sphere": str}).pivot(index="province", columns="sphere", values="share").fillna(0.0)
    shown = [name for name in palette.SPHERES if name in shares and shares[name].max() > 0]
    shares = _by_province(c, shares[shown])
    texts = [
        [province, display_name(shown[values.index(max(values))]), *map(number_format.percent, values)]
        for province, values in zip(shares.index, shares.to_numpy().tolist(), strict=True)
    ]
    return TextTable(["province", "most likely sphere", *map(display_name, shown)], texts)


def spheres_of_fallen(c: Comparison, scenario: str) -> TextTable:
    """The same at the horizon where the government has fallen."""
    return spheres(c, scenario, str(c.spheres["month"].max()), HAS_FALLEN)


def holdings(c: Comparison, scenario: str) -> TextTable:
    """What each partner held in the month before the fall and keeps, means over the worlds in which the government has fallen."""
    rows = comparison_text.rows(c.holdings, scenario=scenario)
    texts = [
        [
            f"{display_name(row.partner)}, {holdings_after_fall.WORDS[row.holding]}",
            *map(_number, (row.before, row.kept, row.passed)),
            "" if math.isnan(row.kept_share) else number_format.percent(row.kept_share),
            f"{row.worlds:,}",
        ]
        for row in rows.itertuples()
        if row.holding in HOLDINGS
    ]
    return TextTable(["holding", "before the fall", "kept", "passed to others", "share kept", "fallen worlds"], texts)


def influence(c: Comparison, scenario: str) -> TextTable:
    """Mean influence by province and power, at the start and at the horizon."""
    rows = comparison_text.rows(c.influence, scenario=scenario)
    months = rows["month"].astype(str)
    ends = {str(months.min()): "start", str(months.max()): "end"}
    rows = rows[months.isin(list(ends))].astype({"province": str, "month": str, "power": str})
    wide = rows.pivot(index=["province", "month"], columns="power", values="mean")
    powers = _powers(wide)
    texts = [
        [province, number_format.month(month), *map(number_format.percent, wide.loc[(iso, month), powers])]
        for province, iso in sorted((c.names.get(str(iso), str(iso)), str(iso)) for iso in wide.index.unique("province"))
        for month in ends
    ]
    return TextTable(["province", "month", *map(display_name, powers)], texts)


def province_influence(c: Comparison, scenario: str, province: str) -> TextTable:
    """Mean influence in a province by power: at the start, every twelve months and at the horizon."""
    rows = comparison_text.rows(c.influence, scenario=scenario, province=province).astype({"month": str, "power": str})
    wide = rows[rows["month"].isin(yearly(rows["month"]))].pivot(index="month", columns="power", values="mean")
    return from_frame("month", wide[_powers(wide)], number_format.percent, number_format.month, display_name)


def transitions(c: Comparison, scenario: str, kind: str = "outcome") -> TextTable:
    """Of all pairs of worlds, the share that goes from one class to another."""
    rows = comparison_text.rows(c.transitions, scenario=scenario, kind=kind)
    wide = rows.astype({"before": str, "after": str}).pivot(index="before", columns="after", values="share").fillna(0.0)
    order = list(OUTCOME_WORDS if kind == "outcome" else palette.TERRITORIES)
    wide = wide.reindex(index=[x for x in order if x in wide.index], columns=[x for x in order if x in wide.columns])
    words = {name: OUTCOME_WORDS.get(name, name) for name in order}
    return from_frame("in the reference scenario", wide, number_format.percent, words.__getitem__, lambda name: f"here: {words[name]}")


def index_series(yearly: Series, scenario: str, against: str, measure: str) -> TextTable:
    """A measure of the whole country every twelve months: its mean, that of the reference scenario, and the spread over worlds."""
    reference = {row.month: row.mean for row in yearly.get((against, measure), ()) if scenario != against}
    rows = []
    for row in yearly[scenario, measure]:
        means = [row.mean, *([reference.get(row.month, math.nan)] if reference else [])]
        rows.append([number_format.month(row.month), *map(_number, (*means, *(getattr(row, column) for column in _QUANTILES)))])
    heads = ["month", "mean", *(["mean in the reference scenario"] if reference else [])]
    return TextTable([*heads, *_QUANTILES.values()], rows)


def series(yearly: Series, scenario: str, measures: Mapping[str, str]) -> TextTable:
    """Means of measures of the whole country (name -> words), every twelve months."""
    present = [name for name in measures if (scenario, name) in yearly]
    columns = [{row.month: row.mean for row in yearly[scenario, name]} for name in present]
    months = sorted({month for column in columns for month in column})
    rows = [[number_format.month(month), *(_number(column.get(month, math.nan)) for column in columns)] for month in months]
    return TextTable(["month", *(measures[name] for name in present)], rows)


def contracts(c: Comparison, scenario: str) -> TextTable:
    """Who holds which share of each sector's assets, at the start and at the horizon."""
    rows = comparison_text.rows(c.contracts, scenario=scenario, given=SURVIVED).astype({"month": str, "sector": str, "holder": str})
    rows = rows[rows["month"].isin([rows["month"].min(), rows["month"].max()])]
    wide = rows.pivot(index=["sector", "assets", "month"], columns="holder", values="share")
    wide = wide[[name for name in palette.HOLDERS if name in wide]]
    texts = [
        [labels.sector(sector), str(assets), number_format.month(month), *map(number_format.percent, values)]
        for (sector, assets, month), values in zip(wide.index, wide.to_numpy().tolist(), strict=True)
    ]
    return TextTable(["sector", "assets", "month", *map(display_name, wide.columns)], texts)


def yearly(months: pd.Series) -> list[str]:
    """Of the months of a run those that a table shows: the first, every twelfth after it (of a very long run fewer), and the last."""
    found = sorted(months.astype(str).unique())
    return thinning.spaced(found, 12 * thinning.stretch(len(found)))


def _number(value: float) -> str:
    return "" if math.isnan(value) else number_format.number(value)


def _powers(wide: pd.DataFrame) -> list[str]:
    return [power for power in POWERS if power in wide and wide[power].max() >= _LEAST]


def _by_province(c: Comparison, table: pd.DataFrame) -> pd.DataFrame:
    return table.rename(index=lambda iso: c.names.get(str(iso), str(iso))).sort_index(kind="stable")
