"""Ground that is left goes to who is there: who claims it, what passes with it, and how much."""

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import Phase, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from sim.model.processes.abandoned_ground import claims, hand_over, masses, refuge_of
from sim.model.processes.ground_loss import LeftGround
from sim.model.state.dimensions import NOBODY, Camp
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import neighbour_sum

from .ground import GOVERNMENT, OPPOSITION, divided, draws_of, first_group, whole

ALL = np.arange(6)


def leaving(ensemble: Ensemble, share: float | np.ndarray, place: str = "SY-HM", **how: bool) -> LeftGround:
    """The government leaves a share of what it has in a province."""
    shares = np.zeros((14, 6))
    shares[ensemble.provinces.index(place)] = share
    return LeftGround(GOVERNMENT, ALL, shares, "government_rout", 6, **how)


def to(ensemble: Ensemble, **camps: float) -> np.ndarray:
    """Claims of camps, alike everywhere."""
    claim = np.zeros((len(Camp), 14, 6))
    for name, strength in camps.items():
        claim[Camp[name.upper()]] = strength
    return claim


def claimed(ensemble: Ensemble, loss, battle, camp: Camp = GOVERNMENT) -> np.ndarray:
    """What each camp claims of the ground of one."""
    return claims(ensemble, loss, masses(ensemble, battle, ALL), camp, ALL)


def test_nobody_claims_ground_that_he_is_not_near_or_does_not_want(ensemble: Ensemble, p) -> None:
    """In every province of the baseline; the Islamic State where its cells are, local powers where there are any."""
    state, provinces = ensemble.state, ensemble.provinces
    ensemble.intent.value[Camp.SDF, GOVERNMENT, ::2] = 0.0
    state.presence[:7] = 0.0
    claim = claimed(ensemble, p.ground_loss, p.battle)
    near = state.control + neighbour_sum(state.control, provinces.neighbours) > 1e-9
    for camp in (OPPOSITION, Camp.SDF):
        may = near[camp] & (ensemble.intent.value[camp, GOVERNMENT] > 1e-9)
        assert not claim[camp][~may].any() and claim[camp][may].all() and may.any() and not may.all()
    assert not claim[Camp.ISLAMIC_STATE, :7].any()
    there = provinces.traits["local_power"][:, 0] > 0.0
    assert claim[Camp.LOCAL, there].all() and not claim[Camp.LOCAL, ~there].any() and there.any()
    assert not claim[GOVERNMENT].any()
    assert (claim >= 0.0).all()


@pytest.mark.parametrize("camp", [OPPOSITION, Camp.SDF, Camp.ISLAMIC_STATE])
def test_a_camp_without_force_claims_nothing(ensemble: Ensemble, p, camp: Camp) -> None:
    assert claimed(ensemble, p.ground_loss, p.battle)[camp].any()
    ensemble.state.force[ensemble.groups.of_camp(camp)] = 0.0
    assert not claimed(ensemble, p.ground_loss, p.battle)[camp].any()


def test_ground_and_people_are_divided_by_what_is_claimed(ensemble: Ensemble, p) -> None:
    state, j = divided(ensemble).state, ensemble.provinces.index("SY-HM")
    state.people[GOVERNMENT, j], state.people[Camp.SDF, j] = 0.8, 0.2
    left = hand_over(
        ensemble, p.ground_loss, p.battle, leaving(ensemble, 0.5), draws_of(ensemble), to(ensemble, opposition=3.0, sdf=1.0, local=1.0)
    )
    np.testing.assert_allclose(left[j], 0.5)
    np.testing.assert_allclose(state.control[:, j, 0], [0.5, 0.3, 0.1, 0.0, 0.1])
    np.testing.assert_allclose(state.people[:, j, 0], [0.4, 0.24, 0.28, 0.0, 0.08])
    np.testing.assert_allclose(state.recent_loss[GOVERNMENT, j], 0.5)
    np.testing.assert_allclose(state.recent_loss[:, j, 0], [0.5, 0.0, 0.0, 0.0, 0.0])  # who gains ground has lost none
    assert whole(ensemble)


def test_where_nobody_claims_ground_it_is_not_left(ensemble: Ensemble, p) -> None:
    before = deepcopy(divided(ensemble).state)
    left = hand_over(ensemble, p.ground_loss, p.battle, leaving(ensemble, 1.0), draws_of(ensemble), to(ensemble))
    assert not left.any()
    for name in ("control", "people", "force", "morale", "towns", "recent_loss"):
        assert np.array_equal(getattr(ensemble.state, name), getattr(before, name)), name


def test_the_loss_of_what_is_valued_costs_morale_everywhere_and_of_nothing_costs_none(ensemble: Ensemble, p, given) -> None:
    divided(ensemble)
    j, battle = ensemble.provinces.index("SY-HM"), given(p.battle, morale_loss=1.5)
    hand_over(ensemble, p.ground_loss, battle, leaving(ensemble, 0.4), draws_of(ensemble), to(ensemble, opposition=1.0))
    np.testing.assert_allclose(ensemble.state.morale[GOVERNMENT], np.exp(-1.5 * 0.4 * ensemble.perceived.worth[j]))
    assert (np.delete(ensemble.state.morale, GOVERNMENT, axis=0) == 1.0).all()


@pytest.mark.parametrize(("how", "moves", "melts"), [({}, True, True), ({"orderly": True}, True, False), ({"rises": True}, False, False)])
def test_what_becomes_of_the_garrison(ensemble: Ensemble, p, given, how: dict[str, bool], moves: bool, melts: bool) -> None:
    """In a rout part of it melts away, a withdrawal keeps it together, after a rising it stays in what is left."""
    divided(ensemble).state.morale[GOVERNMENT] = 0.4
    group, j = first_group(ensemble, GOVERNMENT), ensemble.provinces.index("SY-HM")
    before = ensemble.state.force.copy()
    battle = given(p.battle, rout=0.5, morale_loss=0)
    hand_over(ensemble, p.ground_loss, battle, leaving(ensemble, 0.5, **how), draws_of(ensemble), to(ensemble, local=1.0))
    after = ensemble.state.force
    np.testing.assert_allclose(after[group, j], 0.5 if moves else 1.0)
    gone = before.sum(axis=1) - after.sum(axis=1)
    np.testing.assert_allclose(gone[group], 0.5 * 0.5 * 0.6 if melts else 0.0, atol=1e-12)
    assert np.allclose(np.delete(gone, group, axis=0), 0.0)


def test_garrisons_go_next_door_where_most_is_held_or_else_anywhere(ensemble: Ensemble) -> None:
    provinces = ensemble.provinces
    home, far = provinces.index("SY-DR"), provinces.index("SY-LA")
    beside = provinces.neighbours[home]
    held = np.zeros((14, 6))
    held[far] = 1.0
    assert far not in beside and (refuge_of(held, home, provinces) == far).all()
    held[beside[0]], held[beside[1]] = 0.1, 0.2
    assert (refuge_of(held, home, provinces) == beside[1]).all()
    held[:] = 1.0  # all alike: the first by ISO code, which neighbours are in the order of
    assert (refuge_of(held, home, provinces) == beside[0]).all()


def test_places_pass_as_the_share_lost_in_the_month_reaches_their_draw(ensemble: Ensemble, p) -> None:
    """However a loss is divided into parts, a place passes in the part in which the whole reaches its draw, and to one who takes over."""
    j = ensemble.provinces.index("SY-HL")
    here, town = ensemble.assets.province == j, ensemble.towns.province == j
    assert here.any() and town.any()
    divided(ensemble)
    ensemble.state.holder[here], ensemble.state.in_force[here] = 0, True

    @settings(max_examples=30, deadline=None, derandomize=True, phases=[Phase.generate])
    @drawn(parts=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6), weights=st.tuples(*[st.floats(0.1, 5.0)] * 2))
    def passes(parts: list[float], weights: tuple[float, float]) -> None:
        worlds, kept = deepcopy(ensemble), 1.0
        state, draws = worlds.state, draws_of(worlds)
        claim = to(worlds, opposition=weights[0], local=weights[1])
        for part in parts:
            hand_over(worlds, p.ground_loss, p.battle, leaving(worlds, part, "SY-HL"), draws, claim)
            kept *= 1.0 - part
            for owner, uniform in ((state.ground[here], draws.assets[here]), (state.towns[town], draws.towns[town])):
                sure = np.abs(uniform - (1.0 - kept)) > 1e-12
                assert ((owner != GOVERNMENT) == (uniform < 1.0 - kept))[sure].all()
                assert np.isin(owner, (GOVERNMENT, OPPOSITION, Camp.LOCAL)).all()
        gone = state.ground[here] != GOVERNMENT
        assert ((state.holder[here] == NOBODY) == gone).all() and (state.in_force[here] == ~gone).all()
        np.testing.assert_allclose(state.control[GOVERNMENT, j], kept, atol=1e-12)
        assert np.array_equal(np.delete(state.ground, here, axis=0), np.delete(ensemble.state.ground, here, axis=0))
        assert whole(worlds)

    passes()


def test_places_go_to_each_taker_in_proportion(ensemble: Ensemble, p) -> None:
    """A place whose draw lies in the first three quarters of what is lost goes to the one with three quarters of the claims."""
    divided(ensemble)
    draws = draws_of(ensemble)
    here = ensemble.towns.province == ensemble.provinces.index("SY-HI")
    draws.towns = np.where(here[:, np.newaxis], np.array([0.0, 0.29, 0.31, 0.39, 0.41, 0.99]), 1.0)
    hand_over(ensemble, p.ground_loss, p.battle, leaving(ensemble, 0.4, "SY-HI"), draws, to(ensemble, opposition=3.0, local=1.0))
    assert here.any()
    expected = [OPPOSITION, OPPOSITION, Camp.LOCAL, Camp.LOCAL, GOVERNMENT, GOVERNMENT]
    assert (ensemble.state.towns[here] == expected).all()


def test_in_a_lone_world_each_town_that_passes_is_told_once(ensemble: Ensemble, p) -> None:
    """A lone world is listed twice, which must not show."""
    divided(ensemble)
    ensemble.log.record_events = True
    told = len(ensemble.log.records)
    twice = LeftGround(GOVERNMENT, np.array([3, 3]), np.ones((14, 2)), "government_rout", 6)
    hand_over(ensemble, p.ground_loss, p.battle, twice, draws_of(ensemble), to(ensemble, opposition=1.0)[..., :2])
    records = ensemble.log.records[told:]
    towns = [r.text for r in records if r.kind.name == "town_taken"]
    places = [r.province for r in records if r.kind.name == "government_rout"]
    assert len(towns) == len(set(towns)) == (ensemble.towns.province != ensemble.provinces.index("SY-ID")).sum()
    assert len(places) == len(set(places)) == 13
    assert {(r.world, r.day) for r in records} == {(3, 6)}
