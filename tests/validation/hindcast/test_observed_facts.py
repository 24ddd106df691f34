"""The facts that history is judged by: each with a page, a month, a place; and the two starts agree with them."""

import re

import pytest

from sim.model.state.calendar import month_index
from sim.model.state.csv_files import read_csv
from sim.model.state.dimensions import Bidder, Camp, Sector, keys
from sim.model.state.geography import load_provinces, load_towns
from sim.scenario import load_scenario
from sim.validation.hindcast import observed_facts

from .conftest import HISTORY

FACTS = observed_facts.in_order((*observed_facts.load_facts(), *observed_facts.load_held_out_facts()))
ROWS = read_csv("observed_2015_2021.csv")
PROVINCES = load_provinces()
TOWNS = load_towns(PROVINCES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_every_fact_can_be_followed_to_a_page_and_placed_on_the_map(row: dict[str, str]) -> None:
    assert row["kind"] in ("territory", "town", "decision", "incident", "channel", "contract")
    assert row["place"] in (*PROVINCES.iso, "SY") and month_index("2010-01", row["month"]) > 0
    assert row["compared"] in ("yes", "no") and row["statement"].endswith(".")
    if row["grade"] == "stated":
        assert re.fullmatch(r"R\d\d( R\d\d)*", row["source"])
    else:
        assert row["grade"] == "sourced" and all(one.startswith("http") for one in row["source"].split("; "))
    if row["town"] and row["town"] in TOWNS.key:
        assert PROVINCES.iso[TOWNS.province[TOWNS.key.index(row["town"])]] == row["place"]


def test_keys_are_unique_and_values_are_of_their_kind() -> None:
    assert len({row["key"] for row in ROWS}) == len(ROWS)
    for one in FACTS:
        low, high = one.interval() if one.kind in ("territory", "incident") else (0.0, 1.0)
        assert 0.0 <= low <= high
        if one.kind == "town":
            assert one.town in TOWNS.key and one.value in keys(Camp)
        if one.kind == "contract":
            assert one.value in keys(Bidder) and one.unit in keys(Sector)


def test_facts_are_told_in_the_order_of_time_and_percentages_are_shares() -> None:
    found = FACTS
    assert [one.month for one in found] == sorted(one.month for one in found)
    before = observed_facts.area_facts(found, Camp.GOVERNMENT, "2015-09", before=True)
    after = observed_facts.area_facts(found, Camp.GOVERNMENT, "2015-09")
    assert max(one.month for one in before) < "2015-09" <= min(one.month for one in after)
    assert before[0].number() == pytest.approx(0.196)


def test_holders_follow_the_dated_changes() -> None:
    at_start = dict.fromkeys(TOWNS.key, Camp.GOVERNMENT) | {"palmyra": Camp.ISLAMIC_STATE}
    held = observed_facts.holders(FACTS, at_start, "2015-09", 70)["palmyra"]
    turns = [(m, held[m].name) for m in range(1, 70) if held[m] != held[m - 1]]
    assert turns == [(6, "GOVERNMENT"), (15, "ISLAMIC_STATE"), (18, "GOVERNMENT")]


def test_towns_of_the_later_start_are_where_history_left_them() -> None:
    """Two sources of the same thing: the changes of hands in observed_2015_2021.csv, and the towns of the start of June 2021."""
    first, later = load_scenario(HISTORY).start_state["towns"], load_scenario(HISTORY.parents[1] / "baseline.yaml").start_state["towns"]

    def at(table: dict[str, list[str]], town: str) -> Camp:
        return next((camp for camp in Camp if town in (table.get(camp.name.lower()) or ())), Camp.GOVERNMENT)

    held = observed_facts.holders(FACTS, {town: at(first, town) for town in TOWNS.key}, "2015-09", 70)
    assert {town: months[-1] for town, months in held.items()} == {town: at(later, town) for town in held}


@pytest.mark.parametrize("month", ["2015-09", "2021-06"])
def test_shares_of_a_start_add_up(month: str) -> None:
    """Deployments sum to 1, camps share a province's ground and people without a remainder below zero."""
    state = load_scenario(HISTORY if month == "2015-09" else HISTORY.parents[1] / "baseline.yaml").start_state
    for name, group in state["groups"].items():
        assert sum(group["deployment"].values()) == pytest.approx(1.0), name
    for table in (state["control"], state["people"]):
        for code in PROVINCES.iso:
            assert sum(table[camp].get(code, 0.0) for camp in ("opposition", "sdf", "islamic_state")) <= 1.0 + 1e-9, code


def test_people_of_the_later_start_add_up_to_what_was_published() -> None:
    """The shares are by province, the counts that they rest on are by area: the two agree within a tenth of a count."""
    people, millions = load_scenario(HISTORY.parents[1] / "baseline.yaml").start_state["people"], 20.319
    pop = dict(zip(PROVINCES.iso, millions * PROVINCES.population.ravel(), strict=True))

    def living(camp: str, codes: tuple[str, ...]) -> float:
        return sum(people[camp].get(code, 0.0) * pop[code] for code in codes)

    northeast = ("SY-HA", "SY-RA", "SY-DY")
    assert living("opposition", ("SY-ID", "SY-HL", "SY-HM", "SY-LA")) == pytest.approx(4.3, rel=0.1)
    assert living("sdf", northeast) == pytest.approx(2.2, rel=0.1)
    outside = sum(living(camp, PROVINCES.iso) for camp in ("opposition", "sdf", "islamic_state"))
    assert outside / millions == pytest.approx(1 / 3, rel=0.1)  # close to a third, of which the source gives no more
