"""Offensives: who may attack, what holds camps back, what multiplies strength; and raids."""

import numpy as np
import pytest

from sim.model.processes.combat_strength import boosts
from sim.model.processes.offensive_choice import active_worlds, barriers, front_of
from sim.model.processes.offensives import context_of, step
from sim.model.processes.target_choice import launched, would_attack
from sim.model.state.deescalation_zones import load_zones
from sim.model.state.dimensions import FIGHTING_CAMPS, Camp, Field, Instrument, Partner
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import neighbour_sum


def zones(ensemble: Ensemble):
    return load_zones(ensemble.provinces)


def boosts_of(ensemble: Ensemble, strength):
    """What multiplies strength, with Russia flying all sorties and Iran's forces making up half of the government's side everywhere."""
    state, command = ensemble.state, ensemble.intent.placed[:, Instrument.COMMAND]
    flying, ground = (np.repeat(np.array(shares)[:, np.newaxis], 14 * 6, axis=1).reshape(2, 14, 6) for shares in ((1.0, 0.0), (0.0, 0.5)))
    return boosts(strength, ensemble.intent.air, command, state.channel[Field.MILITARY], state.partnership_broken, flying, ground)


def costs(ensemble: Ensemble, p):
    """What breaking zones costs."""
    return barriers(ensemble.intent.guarantee, zones(ensemble), p.zones, ensemble.intent.posted)


def attacks_of(ensemble: Ensemble, p, camp: Camp, draw: float = 1e-6):
    """The first attacks of a camp that is as eager as can be."""
    ensemble.intent.reluctance[camp] = -50.0
    cost = barriers(ensemble.intent.guarantee, zones(ensemble), p.zones)
    context = context_of(ensemble, p.fight, p.battle, boosts_of(ensemble, p.strength), cost, np.zeros((14, 1)))
    front = front_of(ensemble.state, context, active_worlds(np.arange(6), 6))
    choosing = np.zeros((len(FIGHTING_CAMPS), 6), dtype=bool)
    choosing[camp] = True
    return launched(context, front, choosing, np.full(choosing.shape, draw))


@pytest.mark.parametrize("camp", FIGHTING_CAMPS)
def test_a_camp_attacks_only_others_ground_that_it_borders_or_partly_holds(ensemble: Ensemble, p, camp: Camp) -> None:
    near = ensemble.state.control[camp] + neighbour_sum(ensemble.state.control[camp], ensemble.provinces.neighbours) > 1e-9
    for draw in (1e-6, 0.3, 0.6, 0.9):
        attacks = attacks_of(ensemble, p, camp, draw)
        assert attacks.world.size > 0
        assert (attacks.defender != camp).all()
        assert (ensemble.state.control[attacks.defender, attacks.province, attacks.world] > 0.0).all()
        assert camp == Camp.ISLAMIC_STATE or near[attacks.province, attacks.world].all()


@pytest.mark.parametrize("failure", [0.0, 0.5])
def test_who_would_not_attack_even_if_sure_to_win_launches_nothing(ensemble: Ensemble, p, given, failure: float) -> None:
    cost = costs(ensemble, p)
    context = context_of(ensemble, given(p.fight, failure=failure), p.battle, boosts_of(ensemble, p.strength), cost, np.zeros((14, 1)))
    front = front_of(ensemble.state, context, active_worlds(np.arange(6), 6))
    everybody, total = np.ones((len(FIGHTING_CAMPS), 6), dtype=bool), 0
    for draw in (1e-9, 1e-6, 1e-3, 0.1, 0.5):
        uniforms = np.full(everybody.shape, draw)
        would, attacks = would_attack(ensemble.state, context, uniforms), launched(context, front, everybody, uniforms)
        assert would[attacks.attacker, attacks.world].all()
        total += attacks.world.size
    assert total > 0 and not would.all()


def test_a_camp_without_force_attacks_nowhere(ensemble: Ensemble, p) -> None:
    ensemble.state.force[ensemble.groups.of_camp(Camp.OPPOSITION)] = 0.0
    assert attacks_of(ensemble, p, Camp.OPPOSITION).world.size == 0


def test_a_camp_that_would_rather_not_does_nothing(ensemble: Ensemble, p) -> None:
    ensemble.intent.reluctance[:] = 50.0
    ensemble.state.momentum[:] = 0.0
    before = ensemble.state.control.copy()
    step(ensemble, p.fight, p.strength, p.battle, p.ground_loss, p.siege, costs(ensemble, p))
    assert np.array_equal(ensemble.state.control, before)
    assert not ensemble.monthly.offensives.any()


def test_a_zone_costs_as_much_as_its_guarantors_stand_by_it_between_its_camps_inside_it(ensemble: Ensemble, p) -> None:
    for name in ensemble.intent.guarantee:
        ensemble.intent.guarantee[name] = np.full(6, 0.5)
    cost = barriers(ensemble.intent.guarantee, zones(ensemble), p.zones)
    front = cost[frozenset((Camp.OPPOSITION, Camp.GOVERNMENT))]
    np.testing.assert_allclose(front[ensemble.provinces.index("SY-ID")], 0.5 * p.zones["northwest"].strength)
    assert not any(one[ensemble.provinces.index("SY-TA")].any() for one in cost.values())
    assert not any(Camp.ISLAMIC_STATE in pair for pair in cost)


def test_without_its_weight_joint_command_ignores_the_channel(ensemble: Ensemble, p, given) -> None:
    for weight, matters in ((0.0, False), (1.0, True)):
        rows = []
        for channel in (0.1, 0.9):
            ensemble.state.channel[Field.MILITARY], ensemble.state.partnership_broken[:] = channel, 0.0
            rows.append(boosts_of(ensemble, given(p.strength, joint_command=weight))[Camp.GOVERNMENT])
        assert (rows[1] > rows[0]).any() if matters else np.array_equal(*rows)


def test_without_their_weights_air_and_lead_add_nothing(ensemble: Ensemble, p, given) -> None:
    np.testing.assert_allclose(boosts_of(ensemble, given(p.strength, air=0, lead=0, joint_command=0)), 1.0)
    flown = ensemble.intent.air[Camp.GOVERNMENT]
    gained = boosts_of(ensemble, given(p.strength, air=1, lead=0, joint_command=0))[Camp.GOVERNMENT] > 1.0
    assert np.array_equal(gained, flown > 0.0) and gained.mean() > 0.9
    assert (boosts_of(ensemble, given(p.strength, air=0, lead=1, joint_command=0))[Camp.GOVERNMENT] > 1.0).any()


def test_command_by_one_partner_alone_is_not_joint(ensemble: Ensemble, p, given) -> None:
    ensemble.intent.placed[Partner.IRAN, Instrument.COMMAND] = 0.0
    np.testing.assert_allclose(boosts_of(ensemble, given(p.strength, air=0, lead=0, joint_command=5))[Camp.GOVERNMENT], 1.0)


def test_raids_follow_presence_take_no_ground_and_cost_force(ensemble: Ensemble, p, given) -> None:
    ensemble.intent.reluctance[:] = 50.0
    ensemble.state.momentum[:] = 0.0
    ensemble.state.presence[:] = 0.0
    ensemble.state.presence[3] = 0.9
    force, control = ensemble.state.force.copy(), ensemble.state.control.copy()
    step(ensemble, given(p.fight, raid_rate=20, raid_loss=0.01), p.strength, p.battle, p.ground_loss, p.siege, costs(ensemble, p))
    assert (ensemble.monthly.attacks_is > 0).all()
    cells = ensemble.groups.of_camp(Camp.ISLAMIC_STATE)
    others = [g for g in range(len(ensemble.groups)) if g not in cells]
    np.testing.assert_allclose(ensemble.state.force[others, 3], force[others, 3] * 0.99**ensemble.monthly.attacks_is)
    assert np.array_equal(ensemble.state.force[cells], force[cells])
    elsewhere = np.arange(14) != 3
    assert np.array_equal(ensemble.state.force[:, elsewhere], force[:, elsewhere])
    assert np.array_equal(ensemble.state.control, control)


def test_control_stays_whole_through_a_month_of_heavy_fighting(ensemble: Ensemble, p) -> None:
    ensemble.intent.reluctance[:] = -50.0
    step(ensemble, p.fight, p.strength, p.battle, p.ground_loss, p.siege, costs(ensemble, p))
    assert (ensemble.monthly.offensives.sum(axis=0) > 3).all()
    assert (ensemble.monthly.gains <= ensemble.monthly.offensives).all() and ensemble.monthly.gains.any()
    np.testing.assert_allclose(ensemble.state.control.sum(axis=0), 1.0)
    assert (ensemble.state.control >= 0.0).all() and (ensemble.state.force >= 0.0).all()
