"""Leverage, the land route, money, and how the government falls."""

import numpy as np
import pytest

from sim.model.processes import government_survival
from sim.model.state.dimensions import Camp, Leader
from sim.model.state.ensemble import Ensemble


def standing(ensemble: Ensemble) -> Ensemble:
    """Worlds in which the government stands."""
    ensemble.state.fallen[:] = 0.0
    ensemble.records.collapse_month[:] = -1.0
    return ensemble


def test_leverage_is_people_under_control_and_none_after_the_fall(ensemble: Ensemble) -> None:
    standing(ensemble).state.people[Camp.GOVERNMENT] = 0.5
    np.testing.assert_allclose(government_survival.leverage(ensemble), 0.5)
    ensemble.state.fallen[:] = 1.0
    assert not government_survival.leverage(ensemble).any()


def test_the_land_route_is_as_open_as_its_weakest_province_and_the_crossing(ensemble: Ensemble, p, given) -> None:
    ensemble.state.control[Camp.GOVERNMENT], ensemble.state.presence[:] = 1.0, 0.0
    ensemble.intent.crossing = np.full(6, 0.8)
    np.testing.assert_allclose(government_survival.land_route(ensemble, given(p.reckon, road_open=0.5)), 0.8)
    ensemble.state.control[Camp.GOVERNMENT, ensemble.provinces.index("SY-HI")] = 0.1
    np.testing.assert_allclose(government_survival.land_route(ensemble, given(p.reckon, road_open=0.5)), 0.8 * 0.2)
    ensemble.state.control[Camp.GOVERNMENT, ensemble.provinces.index("SY-LA")] = 0.0
    np.testing.assert_allclose(government_survival.land_route(ensemble, given(p.reckon, road_open=0.5)), 0.8 * 0.2)


def test_the_government_falls_with_its_core_and_its_ground_is_the_oppositions(ensemble: Ensemble, p, given) -> None:
    people = standing(ensemble).state.people
    people[:, :, :3] = np.array([0.1, 0.9, 0.0, 0.0])[:, np.newaxis, np.newaxis]
    people[:, :, 3:] = np.array([0.9, 0.1, 0.0, 0.0])[:, np.newaxis, np.newaxis]
    government_survival.step(ensemble, given(p.reckon, core_needed=0.5, within_rate=0, russia_stays=0, iran_stays=0))
    assert ensemble.state.fallen.tolist() == [1.0] * 3 + [0.0] * 3
    assert (ensemble.records.collapse_month[:3] == ensemble.month).all() and (ensemble.records.collapse_month[3:] == -1).all()
    np.testing.assert_allclose(ensemble.state.people[Camp.OPPOSITION, :, :3], 1.0)
    assert not ensemble.state.control[Camp.GOVERNMENT, :, :3].any() and not (ensemble.state.towns[:, :3] == Camp.GOVERNMENT).any()
    camp = ensemble.groups.of_camp(Camp.GOVERNMENT)
    assert not ensemble.state.force[camp][..., :3].any() and ensemble.state.force[camp][..., 3:].any()


def test_foreign_force_goes_home_and_what_the_scenario_says_stays(ensemble: Ensemble, p, given) -> None:
    standing(ensemble)
    before, reserve = ensemble.state.force.copy(), ensemble.state.reserve.copy()
    government_survival.step(ensemble, given(p.reckon, core_needed=1, within_rate=0, russia_stays=0.5, iran_stays=0.25))
    for g in ensemble.groups.of_leader(Leader.IRAN):
        np.testing.assert_allclose(ensemble.state.force[g], 0.25 * before[g])
        gone = 0.75 * before[g].sum(axis=0) if ensemble.groups.foreign[g] else 0.0
        np.testing.assert_allclose(ensemble.state.reserve[g], reserve[g] + gone)


def test_a_government_falls_only_once(ensemble: Ensemble, p, given) -> None:
    standing(ensemble)
    ensemble.month = 4
    government_survival.step(ensemble, given(p.reckon, core_needed=1))
    ensemble.month = 5
    ensemble.state.control[Camp.GOVERNMENT], ensemble.state.control[Camp.OPPOSITION] = 0.2, 0.8
    government_survival.step(ensemble, given(p.reckon, core_needed=1))
    assert (ensemble.records.collapse_month == 4).all()
    assert (ensemble.state.control[Camp.GOVERNMENT] == 0.2).all()


@pytest.mark.parametrize(("rate", "diplomacy", "falls"), [(1.0, 0.0, True), (0.0, 0.0, False), (1.0, 1.0, False)])
def test_a_fall_from_within_has_its_rate_and_diplomacy_can_take_it_away(ensemble: Ensemble, p, given, rate, diplomacy, falls) -> None:
    standing(ensemble).state.standing[:] = 1.0
    ensemble.state.coffers = ensemble.reference.coffers.copy()
    government_survival.step(ensemble, given(p.reckon, core_needed=0, within_rate=rate, diplomacy=diplomacy))
    assert (ensemble.state.fallen == float(falls)).all()


def test_sanctions_cut_income_unless_they_cost_nothing(ensemble: Ensemble, p, given) -> None:
    start = ensemble.state.coffers.copy()
    for cost, matters in ((0.0, False), (0.8, True)):
        coffers = []
        for weight in (0.0, 1.0):
            ensemble.state.coffers = start.copy()
            ensemble.intent.sanctions = np.full(6, weight)
            government_survival._money(ensemble, given(p.reckon, sanctions_cost=cost))
            coffers.append(ensemble.state.coffers)
        assert (coffers[1] < coffers[0]).all() if matters else np.array_equal(*coffers)


def test_danger_is_felt_by_degrees_and_grows_with_lost_core(ensemble: Ensemble, p, given) -> None:
    ensemble.state.danger[:] = 0.0
    ensemble.state.people[Camp.GOVERNMENT] = 0.3
    slow = given(p.reckon, alarm=0.5)
    government_survival.perceive(ensemble, slow)
    half = ensemble.state.danger.copy()
    government_survival.perceive(ensemble, slow)
    np.testing.assert_allclose(ensemble.state.danger, 1.5 * half)
    assert (half > 0.0).all()


def test_a_lost_province_is_dated_once(ensemble: Ensemble, p) -> None:
    standing(ensemble)
    ensemble.records.lost_month[:] = -1.0
    ensemble.records.control_start[:] = 0.9
    ensemble.records.control_start[2] = 0.4
    ensemble.state.control[Camp.GOVERNMENT] = 0.7
    ensemble.state.control[Camp.GOVERNMENT, :3] = 0.65
    for month in (7, 8):
        ensemble.month = month
        government_survival._note_lost(ensemble)
    assert (ensemble.records.lost_month[:2] == 7).all()
    assert (ensemble.records.lost_month[2:] == -1).all()
