"""The comparison: a run that knows the answer is right everywhere, and rivals are what they say."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.state.calendar import month_index
from sim.model.state.dimensions import FIGHTING_CAMPS, Bidder, Camp, Field, Partner
from sim.report.figures.hindcast_territory import figure
from sim.validation.hindcast import incident_check, map_2021_error, partnership_check, territory_error, town_timing
from sim.validation.hindcast.hindcast_comparison import ComparedItem, HindcastComparison
from sim.validation.hindcast.hindcast_run import run_hindcast
from sim.validation.hindcast.observed_facts import area_facts


def knowing(c: HindcastComparison) -> HindcastComparison:
    """The same comparison with a run in which everything goes as it went in fact."""
    months, worlds = c.scenario.months, c.drawn.worlds
    area = np.zeros((len(Camp), months, worlds))
    for camp in FIGHTING_CAMPS:
        known = area_facts(c.facts, camp, c.scenario.start)
        area[camp] = np.interp(np.arange(months), [c.at(one) for one in known], [one.number() for one in known])[:, np.newaxis]
    towns = c.drawn.towns.copy()
    for town, held in territory_error.truth(c).items():
        towns[c.towns.key.index(town)] = np.array([int(camp) for camp in held])[:, np.newaxis]
    control = np.repeat(map_2021_error.control(c)[..., np.newaxis], worlds, axis=-1)
    force = np.stack([np.repeat(map_2021_error.deployed(c, k)[:, np.newaxis], worlds, axis=-1) for k in Partner])
    last = replace(c.drawn.last, control=control, force=force)
    awards = np.zeros_like(c.drawn.awards)
    for b in Bidder:
        awards[b, 0] = sum(one.kind == "contract" and one.value == b.name.lower() for one in c.facts)
    run = replace(c.drawn, area=area, towns=towns, last=last, awards=awards, broken=0 * c.drawn.broken)
    return replace(c, drawn=run, central=run)


def by_name(items: list[ComparedItem]) -> dict[str, ComparedItem]:
    return {one.what: one for one in items}


def test_a_run_that_knows_the_answer_is_at_no_distance(comparison: HindcastComparison) -> None:
    c = knowing(comparison)
    for camp in FIGHTING_CAMPS:
        assert (
            territory_error.area(c, camp).gaps == pytest.approx((0.0, 0.0), abs=1e-9) and territory_error.area(c, camp).verdict == "closer"
        )
    assert territory_error.towns(c).gaps == (0.0, 0.0) and map_2021_error.territory(c).gaps == pytest.approx((0.0, 0.0))
    assert all(map_2021_error.force(c, k).gaps == pytest.approx((0.0, 0.0), abs=1e-9) for k in Partner)
    assert (
        partnership_check.broken(c).gaps == (0.0, 0.0) and partnership_check.broken(c).verdict == "no closer"
    )  # the rival is as good: a tie is no win
    assert all(partnership_check.contracts(c, b).gaps == (0.0, 0.0) for b in Bidder)
    for t in town_timing.timings(c):
        assert t.share == 1.0 and t.months == (t.at, t.at, t.at) and t.central_month == t.at


def test_if_nothing_changed_is_the_start_gone_on(comparison: HindcastComparison) -> None:
    c, worlds = comparison, comparison.drawn.worlds
    months = c.scenario.months
    area = np.stack([np.full((months, worlds), territory_error.start_area(c, camp)) for camp in Camp])
    still = replace(c.drawn, area=area, last=c.drawn.first)
    frozen = replace(c, drawn=still, central=still)
    for camp in FIGHTING_CAMPS:
        item = territory_error.area(frozen, camp)
        assert item.gaps[0] == pytest.approx(item.nothing)
    for item in map_2021_error.items(frozen):
        assert item.gaps[0] == pytest.approx(item.nothing), item.what


def test_the_issue_s_items_are_all_compared(comparison: HindcastComparison) -> None:
    items = by_name([*territory_error.items(comparison), *partnership_check.items(comparison), *map_2021_error.items(comparison)])
    assert {f"{f.name.lower()} channel in June 2021" for f in Field} <= items.keys()
    assert sum(name.startswith("area held by") for name in items) == len(FIGHTING_CAMPS)
    assert sum(name.startswith("contracts won by") for name in items) == len(Bidder)
    assert all(np.isfinite(one.gaps).all() for one in items.values())
    named = {t.fact.town for t in town_timing.timings(comparison)}
    assert {"eastern_aleppo", "palmyra", "deir_ez_zor", "abu_kamal", "daraa"} <= named


def test_a_replayed_world_is_the_same_in_any_batch(comparison: HindcastComparison) -> None:
    again = run_hindcast(comparison.scenario, 7)
    for name in ("area", "towns", "incidents", "friction", "awards"):
        assert np.array_equal(getattr(again, name), getattr(comparison.drawn, name)[..., :7]), name
    assert np.array_equal(again.last.force, comparison.drawn.last.force[..., :7])


def test_only_outside_decisions_are_scripted(comparison: HindcastComparison) -> None:
    """No scripted event touches what the model should bring forth: fronts, roots, incidents, channels, contracts."""
    outside = (
        "turkey.",
        "united_states.",
        "israel.",
        "iraq.",
        "zones.",
        "russia.means.budget",
        "iran.golan_agreement",
        "shocks.contact_rate",
    )
    outside += ("islamic_state.strength", "opposition.strength")
    for event in comparison.scenario.events:
        assert all(path.startswith(outside) for path, _ in event.changes), event.because
    assert not comparison.scenario.sets


def test_the_picture_has_every_town_and_every_dated_share(comparison: HindcastComparison) -> None:
    spec = figure(comparison)
    rows = [row for rows in spec["datasets"].values() for row in rows]
    texts = {row["text"] for row in rows if "text" in row}
    assert {t.name for t in town_timing.timings(comparison)} <= texts and "63 %" in spec["description"]
    shares = sum(
        month_index(comparison.scenario.start, one.month) >= 0
        for camp in FIGHTING_CAMPS
        for one in area_facts(comparison.facts, camp, "2015-09")
    )
    dots = [len(spec["datasets"][layer["data"]["name"]]) for layer in spec["layer"] if layer["mark"].get("shape") == "circle"]
    assert sum(dots[: len(FIGHTING_CAMPS)]) == shares


def test_reported_incidents_are_looked_for_where_and_when_they_were(comparison: HindcastComparison) -> None:
    """With an incident planted in Aleppo in May 2016, in every world, Khan Touman is found and its friction timed; elsewhere nothing is."""
    run = comparison.drawn
    at, month = np.zeros_like(run.incidents_at), 8
    at[comparison.provinces.index("SY-HL"), month] = 1.0
    friction = np.full_like(run.friction, 1.0)
    friction[month : month + 3] = 2.0
    planted = replace(run, incidents_at=at, incidents=0 * run.incidents, friction=friction)
    found = {one.fact.key: one for one in incident_check.incidents(replace(comparison, drawn=planted))}
    assert found["incident_khan_touman"].share == 1.0 and found["incident_khan_touman"].months == 3.0
    assert found["incident_shahid_nojeh"].share == 0.0 and found["incident_shahid_nojeh"].months is None
    assert found["incident_abu_kamal_dec_2020"].share == 0.0
