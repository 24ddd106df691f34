"""The comparison on the screen, and as tables in a folder."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Camp, key
from sim.validation.hindcast.hindcast_comparison import HIGH, LOW, Comparison, Item
from sim.validation.hindcast.incident_check import Incident
from sim.validation.hindcast.town_timing import Timing

COMPARISON, TOWNS, INCIDENTS, AREA = "comparison.csv", "towns.csv", "incidents.csv", "area.csv"
_GAPS = ("distance", "distance_central", "distance_nothing", "distance_trend")
COLUMNS = ("part", "compared", "in_fact", "projected", "unit", *_GAPS, "verdict")
TOWN_COLUMNS = ("town", "name", "to", "month", "share", "p10", "median", "p90", "share_central", "median_central", "source")
INCIDENT_COLUMNS = ("incident", "place", "month", "share", "share_central", "months_in_fact", "months", "statement", "source")
AREA_COLUMNS = ("month", "camp", "p10", "median", "p90", "central")


def show(items: Sequence[Item], timings: Sequence[Timing], named: Sequence[Incident], c: Comparison, out: Console) -> None:
    """Print every comparison, when towns changed hands, and reported incidents one by one."""
    table = Table(
        box=None, pad_edge=False, title_justify="left", title="\nWhat happened, and what the rules make of it", title_style="bold"
    )
    table.add_column("compared", overflow="fold", max_width=44)
    table.add_column("in fact", overflow="fold", max_width=34)
    table.add_column("projected (middle 80 %)", overflow="fold", max_width=34)
    for head in ("distance", "central", "nothing\nchanges", "steady\ntrend"):
        table.add_column(head, justify="right")
    table.add_column("unit")
    table.add_column("against the rivals")
    for one in items:
        numbers = [_number(x) for x in (*one.gaps, one.nothing, one.trend)]
        table.add_row(one.what, one.fact, one.model, *numbers, one.unit, one.verdict)
    out.print(table)
    towns = Table(box=None, pad_edge=False, title_justify="left", title="\nWhen towns changed hands", title_style="bold")
    for head in ("town", "to", "in fact", "median month", "in % of worlds", "central: % of worlds"):
        towns.add_column(head, justify="right" if head.endswith("worlds") else "left")
    for t in timings:
        to, share = key(t.camp).replace("_", " "), f"{100 * t.share:.0f}"
        towns.add_row(t.name, to, t.fact.month, t.median(c.scenario.start), share, f"{100 * t.central_share:.0f}")
    out.print(towns)
    _show_incidents(named, out)


def _show_incidents(named: Sequence[Incident], out: Console) -> None:
    title = "\nReported incidents between the partners, one by one"
    table = Table(box=None, pad_edge=False, title_justify="left", title=title, title_style="bold")
    for head in ("incident", "where", "month"):
        table.add_column(head)
    for head in ("one there within half\na year: % of worlds", "central", "absorbed: months\nin fact", "in the worlds"):
        table.add_column(head, justify="right")
    for one in named:
        what = one.fact.key.removeprefix("incident_").replace("_", " ")
        shares = (f"{100 * share:.0f}" for share in (one.share, one.central))
        table.add_row(what, one.fact.place, one.fact.month, *shares, _number(one.told), _number(one.months))
    out.print(table)


def _number(x: float | None) -> str:
    if x is None:
        return ""
    return "never" if math.isinf(x) else f"{x:.0f}" if abs(x) >= 10 else f"{x:.2g}"


def write(folder: Path, items: Sequence[Item], timings: Sequence[Timing], named: Sequence[Incident], c: Comparison) -> None:
    """Write the comparisons, the towns, the incidents and the series of ground as tables."""
    _table(folder / COMPARISON, COLUMNS, [_item(one) for one in items])
    _table(folder / TOWNS, TOWN_COLUMNS, [_town(t, c.scenario.start) for t in timings])
    _table(folder / INCIDENTS, INCIDENT_COLUMNS, [_incident(one) for one in named])
    _table(folder / AREA, AREA_COLUMNS, [row for camp in Camp for row in _area(c, camp)])


def _item(i: Item) -> tuple[str, ...]:
    return (i.part, i.what, i.fact, i.model, i.unit, *map(_exact, (*i.gaps, i.nothing, i.trend)), i.verdict)


def _incident(one: Incident) -> tuple[str, ...]:
    fact, numbers = one.fact, map(_exact, (one.share, one.central, one.told, one.months))
    return (fact.key, fact.place, fact.month, *numbers, fact.statement, fact.source)


def _area(c: Comparison, camp: Camp) -> list[tuple[str, ...]]:
    low, middle, high = np.quantile(c.drawn.area[camp], (LOW, 0.5, HIGH), axis=-1)
    central, start = np.median(c.central.area[camp], axis=-1), c.scenario.start
    return [(month_name(start, m), key(camp), *map(_exact, (low[m], middle[m], high[m], central[m]))) for m in range(c.scenario.months)]


def _town(t: Timing, start: str) -> tuple[str, ...]:
    months = ("", "", "") if t.months is None else tuple(month_name(start, round(m)) for m in t.months)
    central = "" if t.central_month is None else month_name(start, round(t.central_month))
    shares = _exact(t.share), _exact(t.central_share)
    return (t.fact.town, t.name, key(t.camp), t.fact.month, shares[0], *months, shares[1], central, t.fact.source)


def _exact(x: float | None) -> str:
    return "" if x is None else f"{x:.6g}"


def _table(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
