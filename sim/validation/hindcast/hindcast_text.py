"""The hindcast comparison on the screen, and as tables in a folder."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Camp, key
from sim.validation.hindcast.fact_halves import HELD_OUT, SETTING
from sim.validation.hindcast.hindcast_comparison import HIGH, LOW, ComparedItem, HindcastComparison
from sim.validation.hindcast.incident_check import IncidentCheck
from sim.validation.hindcast.town_timing import TownTiming
from sim.validation.table_output import exact, titled, write_table

COMPARISON, TOWNS, INCIDENTS, AREA = "comparison.csv", "towns.csv", "incidents.csv", "area.csv"
_GAPS = ("distance", "distance_central", "distance_nothing", "distance_trend")
COLUMNS = ("half", "part", "compared", "in_fact", "projected", "unit", *_GAPS, "verdict")
TOWN_COLUMNS = ("town", "name", "to", "month", "share", "p10", "median", "p90", "share_central", "median_central", "source")
INCIDENT_COLUMNS = ("incident", "place", "month", "share", "share_central", "months_in_fact", "months", "statement", "source")
HALF_TITLES = {SETTING: "the setting half, by which rules and numbers may be set", HELD_OUT: "the held-out half, which sets nothing"}
AREA_COLUMNS = ("month", "camp", "p10", "median", "p90", "central")


def show(
    by_half: Mapping[str, Sequence[ComparedItem]],
    timings: Sequence[TownTiming],
    incidents: Sequence[IncidentCheck],
    c: HindcastComparison,
    out: Console,
) -> None:
    """Print every comparison half by half, when towns changed hands, and reported incidents one by one."""
    tables = [_items(half, items) for half, items in by_half.items()]
    towns = titled(
        "When towns changed hands", left=("town", "to", "in fact", "median month"), right=("% of worlds", "central: % of worlds")
    )
    for t in timings:
        to, shares = key(t.camp).replace("_", " "), (f"{100 * share:.0f}" for share in (t.share, t.central_share))
        towns.add_row(t.name, to, t.fact.month, t.median(c.scenario.start), *shares)
    for part in (*tables, towns, _incident_table(incidents)):
        out.print(part)


def _items(half: str, items: Sequence[ComparedItem]) -> Table:
    """The comparisons of one half."""
    table = titled(f"Facts and projections: {HALF_TITLES[half]}")
    table.add_column("compared", overflow="fold", max_width=44)
    table.add_column("in fact", overflow="fold", max_width=34)
    table.add_column("projected (middle 80 %)", overflow="fold", max_width=34)
    for head in ("distance", "central", "nothing\nchanges", "steady\ntrend"):
        table.add_column(head, justify="right")
    table.add_column("unit")
    table.add_column("compared with\nnull models")
    for item in items:
        numbers = [short(x) for x in (*item.gaps, item.nothing, item.trend)]
        table.add_row(item.what, item.fact, item.model, *numbers, item.unit, item.verdict)
    return table


def _incident_table(incidents: Sequence[IncidentCheck]) -> Table:
    heads = ("such an incident within half\na year: % of worlds", "central", "absorbed: months\nin fact", "in the worlds")
    table = titled("Reported incidents between the partners, one by one", left=("incident", "where", "month"), right=heads)
    for incident in incidents:
        name = incident.fact.key.removeprefix("incident_").replace("_", " ")
        shares = (f"{100 * share:.0f}" for share in (incident.share, incident.central))
        table.add_row(name, incident.fact.place, incident.fact.month, *shares, short(incident.reported), short(incident.months))
    return table


def short(x: float | None) -> str:
    """A number with two digits, or with none after the point; nothing where there is none."""
    if x is None:
        return ""
    return "never" if math.isinf(x) else f"{x:.0f}" if abs(x) >= 10 else f"{x:.2g}"


def write(
    folder: Path,
    by_half: Mapping[str, Sequence[ComparedItem]],
    timings: Sequence[TownTiming],
    incidents: Sequence[IncidentCheck],
    c: HindcastComparison,
) -> None:
    """Write the comparisons, the towns, the incidents and the series of area as tables."""
    write_table(folder / COMPARISON, COLUMNS, [(half, *_item(item)) for half, items in by_half.items() for item in items])
    write_table(folder / TOWNS, TOWN_COLUMNS, [_town(timing, c.scenario.start) for timing in timings])
    write_table(folder / INCIDENTS, INCIDENT_COLUMNS, [_incident(incident) for incident in incidents])
    write_table(folder / AREA, AREA_COLUMNS, [row for camp in Camp for row in _area(c, camp)])


def _item(i: ComparedItem) -> tuple[str, ...]:
    return (i.part, i.what, i.fact, i.model, i.unit, *map(exact, (*i.gaps, i.nothing, i.trend)), i.verdict)


def _incident(incident: IncidentCheck) -> tuple[str, ...]:
    fact, numbers = incident.fact, map(exact, (incident.share, incident.central, incident.reported, incident.months))
    return (fact.key, fact.place, fact.month, *numbers, fact.statement, fact.source)


def _area(c: HindcastComparison, camp: Camp) -> list[tuple[str, ...]]:
    low, middle, high = np.quantile(c.drawn.area[camp], (LOW, 0.5, HIGH), axis=-1)
    central, start = np.median(c.central.area[camp], axis=-1), c.scenario.start
    return [(month_name(start, m), key(camp), *map(exact, (low[m], middle[m], high[m], central[m]))) for m in range(c.scenario.months)]


def _town(t: TownTiming, start: str) -> tuple[str, ...]:
    months = ("", "", "") if t.months is None else tuple(month_name(start, round(m)) for m in t.months)
    central = "" if t.central_month is None else month_name(start, round(t.central_month))
    shares = exact(t.share), exact(t.central_share)
    return (t.fact.town, t.name, key(t.camp), t.fact.month, shares[0], *months, shares[1], central, t.fact.source)
