"""Offensives: who may attack, what holds camps back, what multiplies strength; and raids."""

import numpy as np
import pytest

from sim.processes.fight import Setting, barriers, launched, look_at, step
from sim.processes.strength import boosts
from sim.world.axes import Camp, Field, Instrument, Patron
from sim.world.geography import neighbour_sum
from sim.world.world import World
from sim.world.zones import load_zones


def zones(world: World):
    return load_zones(world.provinces)


def attacks_of(world: World, p, fight, camp: Camp, luck: float = 1e-6):
    """The first attacks of a camp that is as eager as can be."""
    world.intent.reluctance[camp] = -50.0
    setting = Setting(fight, p.battle, boosts(world, p.strength), barriers(world, zones(world), p.zones))
    return launched(world, setting, look_at(world, setting, np.arange(6)), camp, np.full(6, luck))


@pytest.mark.parametrize("camp", list(Camp))
def test_a_camp_attacks_only_others_ground_that_it_borders_or_partly_holds(world: World, p, camp: Camp) -> None:
    near = world.state.control[camp] + neighbour_sum(world.state.control[camp], world.provinces.neighbours) > 1e-9
    for luck in (1e-6, 0.3, 0.6, 0.9):
        attacks = attacks_of(world, p, p.fight, camp, luck)
        assert attacks.w.size > 0
        assert (attacks.d != camp).all()
        assert (world.state.control[attacks.d, attacks.j, attacks.w] > 0.0).all()
        assert camp == Camp.ISLAMIC_STATE or near[attacks.j, attacks.w].all()


def test_a_camp_without_force_attacks_nowhere(world: World, p) -> None:
    world.state.force[world.groups.of_camp(Camp.OPPOSITION)] = 0.0
    assert attacks_of(world, p, p.fight, Camp.OPPOSITION).w.size == 0


def test_a_camp_that_would_rather_not_does_nothing(world: World, p) -> None:
    world.intent.reluctance[:] = 50.0
    world.state.momentum[:] = 0.0
    before = world.state.control.copy()
    step(world, p.fight, p.strength, p.battle, zones(world), p.zones)
    assert np.array_equal(world.state.control, before)
    assert not world.flows.offensives.any()


def test_a_zone_costs_as_much_as_its_guarantors_stand_by_it_between_its_camps_inside_it(world: World, p) -> None:
    for name in world.intent.guarantee:
        world.intent.guarantee[name] = np.full(6, 0.5)
    cost = barriers(world, zones(world), p.zones)
    front = cost[frozenset((Camp.OPPOSITION, Camp.GOVERNMENT))]
    np.testing.assert_allclose(front[world.provinces.index("SY-ID")], 0.5 * p.zones["northwest"].strength)
    assert not any(one[world.provinces.index("SY-TA")].any() for one in cost.values())
    assert not any(Camp.ISLAMIC_STATE in pair for pair in cost)


def test_without_its_weight_joint_command_ignores_the_channel(world: World, p, given) -> None:
    for weight, matters in ((0.0, False), (1.0, True)):
        rows = []
        for channel in (0.1, 0.9):
            world.state.channel[Field.MILITARY], world.state.broken[:] = channel, 0.0
            rows.append(boosts(world, given(p.strength, joint_command=weight))[Camp.GOVERNMENT])
        assert (rows[1] > rows[0]).any() if matters else np.array_equal(*rows)


def test_without_their_weights_air_and_lead_add_nothing(world: World, p, given) -> None:
    world.seen.air_share = np.full((14, 6), 0.7)
    np.testing.assert_allclose(boosts(world, given(p.strength, air=0, lead=0, joint_command=0)), 1.0)
    flown = world.seen.air_share * (world.intent.air[Camp.GOVERNMENT] > 0.0)
    gained = boosts(world, given(p.strength, air=1, lead=0, joint_command=0))[Camp.GOVERNMENT] > 1.0
    assert np.array_equal(gained, flown > 0.0) and gained.mean() > 0.9
    assert (boosts(world, given(p.strength, air=0, lead=1, joint_command=0))[Camp.GOVERNMENT] > 1.0).any()


def test_command_by_one_partner_alone_is_not_joint(world: World, p, given) -> None:
    world.intent.effort[Patron.IRAN, Instrument.COMMAND] = 0.0
    np.testing.assert_allclose(boosts(world, given(p.strength, air=0, lead=0, joint_command=5))[Camp.GOVERNMENT], 1.0)


def test_raids_follow_presence_take_no_ground_and_cost_force(world: World, p, given) -> None:
    world.intent.reluctance[:] = 50.0
    world.state.momentum[:] = 0.0
    world.state.presence[:] = 0.0
    world.state.presence[3] = 0.9
    force, control = world.state.force.copy(), world.state.control.copy()
    step(world, given(p.fight, raid_rate=20, raid_loss=0.01), p.strength, p.battle, zones(world), p.zones)
    assert (world.flows.attacks_is > 0).all()
    cells = world.groups.of_camp(Camp.ISLAMIC_STATE)
    others = [g for g in range(len(world.groups)) if g not in cells]
    np.testing.assert_allclose(world.state.force[others, 3], force[others, 3] * 0.99**world.flows.attacks_is)
    assert np.array_equal(world.state.force[cells], force[cells])
    elsewhere = np.arange(14) != 3
    assert np.array_equal(world.state.force[:, elsewhere], force[:, elsewhere])
    assert np.array_equal(world.state.control, control)


def test_control_stays_whole_through_a_month_of_heavy_fighting(world: World, p) -> None:
    world.intent.reluctance[:] = -50.0
    step(world, p.fight, p.strength, p.battle, zones(world), p.zones)
    assert (world.flows.offensives.sum(axis=0) > 3).all()
    assert (world.flows.gains <= world.flows.offensives).all() and world.flows.gains.any()
    np.testing.assert_allclose(world.state.control.sum(axis=0), 1.0)
    assert (world.state.control >= 0.0).all() and (world.state.force >= 0.0).all()
