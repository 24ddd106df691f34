"""The first state, and what actors see of a world."""

from copy import deepcopy

import numpy as np
import pytest

from sim.model.state.csv_files import DATA, read_csv
from sim.model.state.deescalation_zones import load_zones, zone_keys
from sim.model.state.dimensions import Bidder, Camp, Partner, keys
from sim.model.state.initial_state import by_province
from sim.model.state.sensing import camp_strength, holdings, memoranda, opposition_share
from sim.scenario.initial_state_files import read_initial_state
from sim.simulation import Spheres


@pytest.fixture(scope="module")
def first(model: Spheres) -> Spheres:
    """The first state, no month run."""
    return Spheres(model.assumptions, worlds=6)


def test_the_first_state_is_that_of_the_tables(first: Spheres) -> None:
    state, tables = first.ensemble.state, first.assumptions.start_state
    for name, held in (("control", state.control), ("people", state.people)):
        np.testing.assert_allclose(held.sum(axis=0), 1.0)
        for camp in ("opposition", "sdf"):
            for code, share in tables[name][camp].items():
                assert (held[Camp[camp.upper()], first.provinces.index(code)] == share).all()
    np.testing.assert_allclose(state.force.sum(axis=1), first.ensemble.manpower)
    for bidder in Bidder:
        name = bidder.name.lower()
        in_force, promised = (len(tables[table].get(name, ())) for table in ("contracts", "memoranda"))
        assert ((state.holder == bidder) & state.in_force).sum(axis=0).tolist() == [in_force] * 6
        assert ((state.holder == bidder) & ~state.in_force).sum(axis=0).tolist() == [promised] * 6
    assert state.in_force.any() and not (state.in_force & (state.holder < 0)).any() and not state.tenders_agreed.any()


def test_every_groups_deployment_sums_to_one_and_its_home_is_a_province(first: Spheres) -> None:
    for key, row in first.assumptions.start_state["groups"].items():
        assert sum(row["deployment"].values()) == pytest.approx(1.0), key
        assert row["home"] in first.provinces.iso, key


def test_an_unknown_province_in_a_table_is_an_error(first: Spheres) -> None:
    with pytest.raises(KeyError, match="SY-XX"):
        by_province({"SY-XX": 0.5}, first.provinces)


def test_the_start_is_at_rest_in_worlds_with_central_values(first: Spheres) -> None:
    """Deployments tilt the observed ones, so with nothing changed groups intend to be where they are."""
    central = Spheres(first.assumptions, worlds=2, draws=False)
    intended = central.ensemble.intent.target + 0.0
    home = ~central.ensemble.groups.foreign
    newcomers = central.p.armed_groups.newcomers[0]
    assert np.abs(intended - central.ensemble.reference.deployment)[home].max() <= newcomers + 1e-6


def test_mesa_agents_are_all_actors_and_all_groups_at_home(first: Spheres) -> None:
    names = {agent.name for agent in first.agents}
    assert set(first.groups) <= names
    assert {
        "russia",
        "iran",
        "government",
        "israel",
        "united_states",
        "turkey",
        "iraq",
        "jordan",
        "sdf",
        "opposition",
        "islamic_state",
    } <= names
    homes = {agent.name: agent.cell.coordinate for agent in first.agents if hasattr(agent, "cell")}
    assert homes == {key: row["home"] for key, row in first.assumptions.start_state["groups"].items()}


def test_strength_is_force_times_quality_by_camp() -> None:
    force = np.array([[[2.0, 2.0]], [[3.0, 3.0]], [[5.0, 5.0]]])
    quality = np.array([[1.0, 0.5], [2.0, 2.0], [1.0, 1.0]])
    strength = camp_strength(force, quality, (Camp.SDF, Camp.SDF, Camp.GOVERNMENT))
    assert strength[:, 0].tolist() == [[5.0, 5.0], [0.0, 0.0], [8.0, 7.0], [0.0, 0.0], [0.0, 0.0]]


def test_ground_is_endangered_by_hostile_strength_here_and_next_door() -> None:
    """Two neighbours, reach a half: in the first 4 own against 2 and half of 6; in the second 1 held of half, none own but half of 4."""
    strength = np.zeros((4, 2, 1))
    strength[Camp.GOVERNMENT], strength[Camp.OPPOSITION, 0], strength[Camp.SDF, 1] = [[4.0], [0.0]], 2.0, 6.0
    control = np.zeros((4, 2, 1))
    control[Camp.GOVERNMENT] = [[1.0], [0.5]]
    danger = opposition_share(strength, control, np.array([[1], [0]]), np.array([0.5]))
    np.testing.assert_allclose(danger[:, 0], [5.0 / 9.0, 0.5 * 7.0 / 9.0])


def test_assets_are_open_or_held_and_counted_once_on_the_governments_ground(first: Spheres) -> None:
    open_value, held = holdings(first.ensemble)
    ours = (first.ensemble.state.ground == Camp.GOVERNMENT).sum(axis=0)
    promised = memoranda(first.ensemble.state)
    assert np.array_equal(open_value.sum(axis=0) + held.sum(axis=(0, 1)) + promised, ours)
    assert promised.min() > 0.0


def test_a_memorandum_keeps_an_asset_from_tender_but_is_no_holding(first: Spheres) -> None:
    ensemble, asset = deepcopy(first.ensemble), first.ensemble.assets.name.index("Tartus commercial port")
    place = ensemble.assets.province[asset]
    before_open, before_held = holdings(ensemble)
    ensemble.state.in_force = ensemble.state.in_force.copy()
    ensemble.state.in_force[asset] = False
    open_value, held = holdings(ensemble)
    assert np.array_equal(open_value, before_open)
    assert np.array_equal(before_held[Bidder.RUSSIA, place] - held[Bidder.RUSSIA, place], np.ones(6))


@pytest.mark.parametrize("start", ["2021-06", "2015-09"])
def test_the_start_tables_agree_with_the_table_of_assets(start: str) -> None:
    """Contracts in force and memoranda of 2021 are those of assets.csv; in 2015 nothing was in force yet."""
    tables = read_initial_state(DATA / "starts", start).state
    written = {t: {b: set(tables[t].get(b) or ()) for b in keys(Bidder)} for t in ("contracts", "memoranda")}
    if start == "2015-09":
        assert not any(written["contracts"].values())
        return
    rows = [row for row in read_csv("assets.csv") if "(contract)" not in row["sector"]]
    for table, word in (("contracts", "in force"), ("memoranda", "not carried out")):
        for bidder in Bidder:
            named = {row["name"] for row in rows if row["agreement_2021"].lower() == f"{word}: {bidder.name.lower()}"}
            assert written[table][bidder.name.lower()] == named, (table, bidder)


def test_what_is_felt_of_a_partner_is_half_at_the_stated_force(first: Spheres) -> None:
    seen = first.ensemble.perceived
    np.testing.assert_allclose(seen.felt, seen.force / (seen.force + seen.visible_force))
    assert seen.worth.max() == 1.0 and (seen.worth >= 0.0).all()
    assert seen.force[Partner.IRAN].sum() > 0


def test_zones_name_provinces_camps_and_guarantors_that_there_are(first: Spheres) -> None:
    zones = load_zones(first.provinces)
    assert tuple(zone.key for zone in zones) == zone_keys() == tuple(first.p.zones)
    for zone in zones:
        assert len(zone.camps) == 2 and zone.inside.sum() >= 1.0
        assert set(zone.guarantors) <= set(first.ensemble.intent.guarantee)
