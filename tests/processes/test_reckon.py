"""Leverage, the land route, money, and how the government falls."""

import numpy as np
import pytest

from sim.processes import reckon
from sim.world.axes import Camp, Leader
from sim.world.world import World


def standing(world: World) -> World:
    """Worlds in which the government stands."""
    world.state.fallen[:] = 0.0
    world.records.collapse_month[:] = -1.0
    return world


def test_leverage_is_people_under_control_and_none_after_the_fall(world: World) -> None:
    standing(world).state.people[Camp.GOVERNMENT] = 0.5
    np.testing.assert_allclose(reckon.leverage(world), 0.5)
    world.state.fallen[:] = 1.0
    assert not reckon.leverage(world).any()


def test_the_land_route_is_as_open_as_its_weakest_province_and_the_crossing(world: World, p, given) -> None:
    world.state.control[Camp.GOVERNMENT], world.state.presence[:] = 1.0, 0.0
    world.intent.crossing = np.full(6, 0.8)
    np.testing.assert_allclose(reckon.land_route(world, given(p.reckon, road_open=0.5)), 0.8)
    world.state.control[Camp.GOVERNMENT, world.provinces.index("SY-HI")] = 0.1
    np.testing.assert_allclose(reckon.land_route(world, given(p.reckon, road_open=0.5)), 0.8 * 0.2)
    world.state.control[Camp.GOVERNMENT, world.provinces.index("SY-LA")] = 0.0
    np.testing.assert_allclose(reckon.land_route(world, given(p.reckon, road_open=0.5)), 0.8 * 0.2)


def test_the_government_falls_with_its_core_and_its_ground_is_the_oppositions(world: World, p, given) -> None:
    people = standing(world).state.people
    people[:, :, :3] = np.array([0.1, 0.9, 0.0, 0.0])[:, np.newaxis, np.newaxis]
    people[:, :, 3:] = np.array([0.9, 0.1, 0.0, 0.0])[:, np.newaxis, np.newaxis]
    reckon.step(world, given(p.reckon, core_needed=0.5, within_rate=0, russia_stays=0, iran_stays=0))
    assert world.state.fallen.tolist() == [1.0] * 3 + [0.0] * 3
    assert (world.records.collapse_month[:3] == world.month).all() and (world.records.collapse_month[3:] == -1).all()
    np.testing.assert_allclose(world.state.people[Camp.OPPOSITION, :, :3], 1.0)
    assert not world.state.control[Camp.GOVERNMENT, :, :3].any() and not (world.state.towns[:, :3] == Camp.GOVERNMENT).any()
    camp = world.groups.of_camp(Camp.GOVERNMENT)
    assert not world.state.force[camp][..., :3].any() and world.state.force[camp][..., 3:].any()


def test_foreign_force_goes_home_and_what_the_scenario_says_stays(world: World, p, given) -> None:
    standing(world)
    before, reserve = world.state.force.copy(), world.state.reserve.copy()
    reckon.step(world, given(p.reckon, core_needed=1, within_rate=0, russia_stays=0.5, iran_stays=0.25))
    for g in world.groups.of_leader(Leader.IRAN):
        np.testing.assert_allclose(world.state.force[g], 0.25 * before[g])
        gone = 0.75 * before[g].sum(axis=0) if world.groups.foreign[g] else 0.0
        np.testing.assert_allclose(world.state.reserve[g], reserve[g] + gone)


def test_a_government_falls_only_once(world: World, p, given) -> None:
    standing(world)
    world.month = 4
    reckon.step(world, given(p.reckon, core_needed=1))
    world.month = 5
    world.state.control[Camp.GOVERNMENT], world.state.control[Camp.OPPOSITION] = 0.2, 0.8
    reckon.step(world, given(p.reckon, core_needed=1))
    assert (world.records.collapse_month == 4).all()
    assert (world.state.control[Camp.GOVERNMENT] == 0.2).all()


@pytest.mark.parametrize(("rate", "diplomacy", "falls"), [(1.0, 0.0, True), (0.0, 0.0, False), (1.0, 1.0, False)])
def test_a_fall_from_within_has_its_rate_and_diplomacy_can_take_it_away(world: World, p, given, rate, diplomacy, falls) -> None:
    standing(world).state.standing[:] = 1.0
    world.state.coffers = world.reference.coffers.copy()
    reckon.step(world, given(p.reckon, core_needed=0, within_rate=rate, diplomacy=diplomacy))
    assert (world.state.fallen == float(falls)).all()


def test_sanctions_cut_income_unless_they_cost_nothing(world: World, p, given) -> None:
    start = world.state.coffers.copy()
    for cost, matters in ((0.0, False), (0.8, True)):
        coffers = []
        for weight in (0.0, 1.0):
            world.state.coffers = start.copy()
            world.intent.sanctions = np.full(6, weight)
            reckon._money(world, given(p.reckon, sanctions_cost=cost))
            coffers.append(world.state.coffers)
        assert (coffers[1] < coffers[0]).all() if matters else np.array_equal(*coffers)


def test_danger_is_felt_by_degrees_and_grows_with_lost_core(world: World, p, given) -> None:
    world.state.danger[:] = 0.0
    world.state.people[Camp.GOVERNMENT] = 0.3
    slow = given(p.reckon, alarm=0.5)
    reckon.perceive(world, slow)
    half = world.state.danger.copy()
    reckon.perceive(world, slow)
    np.testing.assert_allclose(world.state.danger, 1.5 * half)
    assert (half > 0.0).all()


def test_a_lost_province_is_dated_once(world: World, p) -> None:
    standing(world)
    world.records.lost_month[:] = -1.0
    world.records.control_start[:] = 0.9
    world.records.control_start[2] = 0.4
    world.state.control[Camp.GOVERNMENT] = 0.7
    world.state.control[Camp.GOVERNMENT, :3] = 0.65
    for month in (7, 8):
        world.month = month
        reckon._note_lost(world)
    assert (world.records.lost_month[:2] == 7).all()
    assert (world.records.lost_month[2:] == -1).all()
