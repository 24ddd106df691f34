"""The numbers behind the figures, as tables for people: words for names, rounded numbers as texts, a row per thing."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from sim.compare.comparison import ALL, STANDING, Comparison
from sim.compare.paired_differences import BY_THEN, COLLAPSE
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.drawing import palette
from sim.report.figures.data import comparison_text
from sim.report.figures.data.figure_data import POWERS
from sim.report.text import labels
from sim.text import number_format
from sim.text.names import display_name

_BELOW = {"p05": "5 % of worlds below", "p25": "25 % below", "p50": "median", "p75": "75 % below", "p95": "95 % below"}
_CLASSED = ("outcome", "territory", "fallen")
_CLASSES = OUTCOME_WORDS | {COLLAPSE: "fallen by the horizon", BY_THEN: "fallen by December 2024"}


def spheres(c: Comparison, scenario: str, month: str) -> pd.DataFrame:
    """Share of worlds by province and sphere at a month; spheres that no world shows are left out."""
    rows = c.spheres[(c.spheres["scenario"] == scenario) & (c.spheres["month"] == month)]
    shares = rows.astype({"province": str, "sphere": str}).pivot(index="province", columns="sphere", values="share").fillna(0.0)
    shown = [name for name in palette.SPHERES if name in shares and shares[name].max() > 0]
    table = pd.DataFrame({display_name(name): shares[name].map(number_format.percent) for name in shown})
    table.insert(0, "likeliest sphere", shares[shown].idxmax(axis=1).map(display_name))
    return _by_province(c, table)


def influence(c: Comparison, scenario: str, province: str | None = None) -> pd.DataFrame:
    """Mean influence by power: of a province at the start, every twelve months and the horizon, or of all provinces at both ends."""
    rows = c.influence[c.influence["scenario"] == scenario].astype({"province": str, "month": str, "power": str})
    months = sorted(rows["month"].unique())
    if province is None:
        return _influence_of_all(c, rows, months)
    wanted = [*months[:-1:12], months[-1]]
    wide = rows[(rows["province"] == province) & rows["month"].isin(wanted)].pivot(index="month", columns="power", values="mean")
    return _months(wide[_powers(wide)].rename(columns=display_name), number_format.percent)


def _influence_of_all(c: Comparison, rows: pd.DataFrame, months: list[str]) -> pd.DataFrame:
    both = rows[rows["month"].isin([months[0], months[-1]])].pivot(index=["province", "month"], columns="power", values="mean")
    table = both[_powers(both)].rename(columns=display_name).map(number_format.percent)
    table.insert(0, "month", [number_format.month(month) for _, month in table.index])
    return _by_province(c, table.droplevel("month"))


def differences(c: Comparison, scenario: str, kinds: Iterable[str], given: str = ALL) -> pd.DataFrame:
    """The differences of some kinds (index, place ...) from the scenario compared with, largest in spreads first."""
    rows = c.differences
    rows = rows[(rows["scenario"] == scenario) & rows["kind"].isin(list(kinds)) & (rows["given"] == given)]
    rows = comparison_text.ranked(rows)
    share = [kind in ("outcome", "territory", "fallen", "influence", "sphere") for kind in rows["kind"]]
    table = pd.DataFrame(
        {
            "what": [_what(c, str(row.quantity), str(row.province)) for row in rows.itertuples()],
            "compared with": _numbers(rows["against_mean"], share),
            "scenario": _numbers(rows["mean"], share),
            "difference": _numbers(rows["difference"], share, signed=True),
            "95 % interval": [
                f"{low} to {high}"
                for low, high in zip(_numbers(rows["low"], share, True), _numbers(rows["high"], share, True), strict=True)
            ],
            "worlds in which it is higher": [_share(x) for x in rows["more"]],
            "p (Holm)": [_p(x) for x in rows["p_holm"]],
            "width by pairing": [_share(x) for x in rows["narrowing"]],
            "where the government stands": _standing(c, scenario, rows, share),
        }
    )
    return table.set_index("what")


def _standing(c: Comparison, scenario: str, rows: pd.DataFrame, share: list[bool]) -> list[str]:
    """The same differences over the worlds alone in which the government stands at the horizon in both scenarios."""
    keys = ["kind", "quantity", "province"]
    given = c.differences[(c.differences["scenario"] == scenario) & (c.differences["given"] == STANDING)]
    there = given.astype(dict.fromkeys(keys, str)).set_index(keys)["difference"]
    found = there.reindex(pd.MultiIndex.from_frame(rows[keys].astype(str)))
    return ["" if math.isnan(value) else text for value, text in zip(found, _numbers(found, share, True), strict=True)]


def _share(value: float) -> str:
    return "" if math.isnan(value) else number_format.percent(value)


def transitions(c: Comparison, scenario: str, kind: str = "outcome") -> pd.DataFrame:
    """Of all pairs of worlds, the share that goes from one class to another."""
    rows = c.transitions[(c.transitions["scenario"] == scenario) & (c.transitions["kind"] == kind)]
    wide = rows.astype({"before": str, "after": str}).pivot(index="before", columns="after", values="share").fillna(0.0)
    order = list(OUTCOME_WORDS if kind == "outcome" else palette.TERRITORIES)
    wide = wide.reindex(index=[x for x in order if x in wide.index], columns=[x for x in order if x in wide.columns])
    said = {name: OUTCOME_WORDS.get(name, name) for name in order}
    return wide.rename(index=said, columns=lambda name: f"becomes {said[name]}").map(number_format.percent).rename_axis("was")


def course(c: Comparison, scenario: str, measure: str) -> pd.DataFrame:
    """A measure of the whole country every twelve months: its mean, the middle worlds, and the mean in the scenario compared with."""
    wide = _yearly(c, scenario, [measure]).set_index("month").sort_index()
    table = wide[["mean", *_BELOW]].rename(columns=_BELOW)
    if scenario != c.against:
        other = _yearly(c, c.against, [measure]).set_index("month")["mean"]
        table.insert(1, "mean in the one compared with", other.reindex(table.index))
    return _months(table, number_format.number)


def series(c: Comparison, scenario: str, measures: Mapping[str, str]) -> pd.DataFrame:
    """Means of measures of the whole country (name -> words), every twelve months."""
    wide = _yearly(c, scenario, list(measures)).pivot(index="month", columns="measure", values="mean")
    return _months(wide[[m for m in measures if m in wide]].rename(columns=dict(measures)), number_format.number)


def _yearly(c: Comparison, scenario: str, measures: list[str]) -> pd.DataFrame:
    rows = c.series[(c.series["scenario"] == scenario) & (c.series["province"] == COUNTRY) & c.series["measure"].isin(measures)]
    rows = rows.astype({"month": str, "measure": str})
    months = sorted(rows["month"].unique())
    return rows[rows["month"].isin([*months[:-1:12], *months[-1:]])]


def contracts(c: Comparison, scenario: str) -> pd.DataFrame:
    """Who holds which share of each sector's assets, at the start and at the horizon."""
    rows = c.contracts[c.contracts["scenario"] == scenario].astype({"month": str, "sector": str, "holder": str})
    ends = sorted(rows["month"].unique())
    rows = rows[rows["month"].isin([ends[0], ends[-1]])]
    wide = rows.pivot(index=["sector", "assets", "month"], columns="holder", values="share")
    wide = (
        wide[[name for name in palette.HOLDERS if name in wide]]
        .rename(columns=display_name)
        .map(number_format.percent)
        .reset_index()
    )
    wide["sector"] = [labels.sector(name) for name in wide["sector"]]
    return wide.assign(month=[number_format.month(m) for m in wide["month"]]).set_index("sector")


def shares_of(c: Comparison, scenario: str) -> pd.DataFrame:
    """Share of worlds by class with its 95 % interval, in a scenario and in the one compared with, and the difference: a row per class."""
    tables = {"scenario": scenario} | ({} if scenario == c.against else {"compared with": c.against})
    columns = {}
    for head, name in tables.items():
        rows = c.shares[(c.shares["scenario"] == name) & (c.shares["given"] == ALL)]
        columns[head] = pd.Series([_interval(row) for row in rows.itertuples()], index=rows["quantity"].astype(str))
    table = pd.DataFrame(columns).reindex(columns["scenario"].index)
    rows = c.differences[(c.differences["scenario"] == scenario) & c.differences["kind"].isin(_CLASSED) & (c.differences["given"] == ALL)]
    rows = rows.assign(name=[str(q).rpartition(":")[2] for q in rows["quantity"]]).set_index("name")
    if len(rows):
        signed = [_points(row) for row in rows.itertuples()]
        table["difference"] = pd.Series(signed, index=rows.index)
        table["p (Holm)"] = pd.Series([_p(x) for x in rows["p_holm"]], index=rows.index)
    said = [_CLASSES.get(name, name.replace("_", " ")) for name in table.index]
    return table.set_axis(said).fillna("").rename_axis("outcome")


def outcome_shares(c: Comparison, kind: str) -> pd.DataFrame:
    """Share of worlds by class with its 95 % interval: a row per scenario."""
    rows = c.shares[(c.shares["kind"] == kind) & (c.shares["given"] == ALL)].astype({"scenario": str, "quantity": str})
    said = [_interval(row) for row in rows.itertuples()]
    wide = rows.assign(said=said).pivot(index="scenario", columns="quantity", values="said").reindex(index=list(c.scenarios))
    order = [name for name in (*palette.OUTCOMES, *palette.TERRITORIES) if name in wide]
    rest = [name for name in wide.columns if name not in order]
    spelled = {name: _CLASSES.get(name, name.replace("_", " ")) for name in wide.columns}
    return wide[[*order, *rest]].rename(columns=spelled).fillna("")


def _points(row: Any) -> str:
    return f"{100 * row.difference:+.1f} points ({100 * row.low:+.1f} to {100 * row.high:+.1f})".replace("-", "−")


def _interval(row: Any) -> str:
    return f"{100 * row.share:.1f} % ({100 * row.low:.1f} to {100 * row.high:.1f})"


def _powers(wide: pd.DataFrame) -> list[str]:
    return [power for power in POWERS if power in wide and wide[power].max() >= 0.005]


def _by_province(c: Comparison, table: pd.DataFrame) -> pd.DataFrame:
    named = table.rename(index=lambda iso: c.names.get(str(iso), str(iso)))
    return named.sort_index(kind="stable").rename_axis("province", axis=0).rename_axis(None, axis=1)


def _months(wide: pd.DataFrame, said: Callable[[float], str]) -> pd.DataFrame:
    texts = wide.map(lambda value: said(value) if value == value else "")
    return texts.rename(index=lambda month: number_format.month(str(month))).rename_axis("month", axis=0).rename_axis(None, axis=1)


def _what(c: Comparison, quantity: str, province: str) -> str:
    stem, _, name = quantity.rpartition(":")
    text = OUTCOME_WORDS.get(name, display_name(name)) if stem else labels.label(quantity)
    text = f"{stem}: {text}" if stem else text
    if quantity.startswith("influence_"):
        return f"{display_name(quantity.removeprefix('influence_'))} in {c.names.get(province, province)}"
    return text if province == COUNTRY else f"{c.names.get(province, province)}, {text}"


def _numbers(values: Iterable[float], share: list[bool], signed: bool = False) -> list[str]:
    return [
        _signed_percent(x, signed) if is_share else number_format.number(x, signed=signed)
        for x, is_share in zip(values, share, strict=True)
    ]


def _signed_percent(value: float, signed: bool) -> str:
    return f"{100 * value:+.1f} points".replace("-", "−") if signed else number_format.percent(value)


def _p(value: float) -> str:
    return "under 0.001" if value < 0.001 else f"{min(value, 1.0):.3f}" if value == value else ""
