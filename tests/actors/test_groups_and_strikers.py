"""Armed groups tilt what is observed at the start; Israel and the United States choose what they can see."""

import numpy as np

from sim.actors.group import GroupActor, staying, yielded
from sim.actors.israel import IsraelActor
from sim.actors.united_states import UnitedStatesActor
from sim.model import Spheres
from sim.world.axes import Camp, Leader, Patron
from sim.world.world import Intent, World


def targets(model: Spheres, world: World, section) -> np.ndarray:
    """Where every group intends to be, (G, P, worlds)."""
    for agent in model.agents.select(lambda one: isinstance(one, GroupActor)):
        agent.intend(world, section, world.intent)
    return world.intent.target


def test_without_precision_groups_stay_as_observed_whatever_their_leaders_want(model, world, p, given) -> None:
    rng = np.random.default_rng(1)
    for precision, moves in ((0.0, False), (5.0, True)):
        section, rows = given(p.armed_groups, precision=precision, newcomers=0), []
        for _ in range(2):
            world.intent.pull = rng.random(world.intent.pull.shape)
            rows.append(targets(model, world, section).copy())
        assert np.array_equal(*rows) is not moves
    world.state.control[:], world.seen.won[:] = 0.25, 0.0
    still = targets(model, world, given(p.armed_groups, precision=0, newcomers=0, leaving=0))
    home = ~world.groups.foreign
    np.testing.assert_allclose(still[home], world.reference.deployment[home], atol=1e-6)


def test_on_ground_won_since_the_start_groups_spread_evenly_until_something_pulls(model, world, p, given) -> None:
    """Half of a camp's ground is new: half of each local group stays as observed, half spreads as the ground does."""
    world.state.control[:], world.seen.won[:] = 0.25, 0.5
    target = targets(model, world, given(p.armed_groups, precision=0, newcomers=0, leaving=0))
    for g in np.flatnonzero(~world.groups.foreign & (np.array(world.groups.camp) != Camp.ISLAMIC_STATE)):  # which holds no ground
        expected = 0.5 * world.reference.deployment[g] + 0.5 * world.seen.spread[world.groups.camp[g]]
        np.testing.assert_allclose(target[g], expected, atol=1e-6)


def test_groups_go_where_their_leader_pulls_as_far_as_they_obey(model, world, p, given) -> None:
    section = given(p.armed_groups, precision=3)
    before = targets(model, world, section).copy()
    place = world.provinces.index("SY-HL")
    world.intent.pull[Leader.IRAN, place] += 1.0
    after = targets(model, world, section)
    iran = world.groups.of_leader(Leader.IRAN)
    assert (after[iran, place] >= before[iran, place]).all() and (after[iran, place] > before[iran, place]).any()
    others = [g for g in range(len(world.groups)) if g not in iran]
    assert np.array_equal(after[others], before[others])
    world.traits["obedience"] = np.zeros_like(world.traits["obedience"])
    deaf = targets(model, world, section).copy()
    world.intent.pull[Leader.IRAN, place] += 1.0
    assert np.array_equal(targets(model, world, section), deaf)


def test_an_agreed_primacy_keeps_the_other_partners_groups_out_unless_nobody_yields(model, world, p, given) -> None:
    place = world.provinces.index("SY-DY")
    iran = world.groups.of_leader(Leader.IRAN)
    for yielding, matters in ((0.0, False), (2.0, True)):
        section, rows = given(p.armed_groups, yielding=yielding), []
        for primacy in (0.0, 1.0):
            world.state.primacy[place] = primacy
            rows.append(targets(model, world, section)[iran, place].copy())
        assert (rows[1] <= rows[0]).all() and (rows[1] < rows[0]).any() if matters else np.array_equal(*rows)


def test_only_the_partner_that_is_not_agreed_yields() -> None:
    primacy = np.array([[1.0], [-0.4], [0.0]])
    assert yielded(primacy, Patron.IRAN).ravel().tolist() == [1.0, 0.0, 0.0]
    assert yielded(primacy, Patron.RUSSIA).ravel().tolist() == [0.0, 0.4, 0.0]


def test_groups_stay_only_on_ground_of_their_camp_but_cells_need_none(world: World) -> None:
    world.state.fallen[:] = 0.0
    world.state.control[Camp.SDF, 2] = 0.0
    sdf, cells = world.groups.of_leader(Leader.SDF)[0], world.groups.of_leader(Leader.ISLAMIC_STATE)[0]
    stays = staying(world, np.ones_like(world.state.force))
    assert not stays[sdf, 2].any() and stays[cells].all()


def test_after_the_governments_fall_a_group_stays_where_it_was_kept(world: World) -> None:
    world.state.fallen[:], world.state.fallen[1] = 0.0, 1.0
    world.state.control[Camp.GOVERNMENT] = 0.0
    g = world.groups.of_leader(Leader.RUSSIA)[0]
    world.state.force[g], world.state.force[g, 2] = 0.0, 0.5
    stays = staying(world, np.ones_like(world.state.force))[g]
    assert stays[2, 1] == 1.0 and stays.sum() == 1.0


def strikes(model: Spheres, world: World, actor: type, section) -> Intent:
    (agent,) = model.agents.select(lambda one: isinstance(one, actor))
    intent = Intent.blank(len(world.provinces), len(world.groups), world.worlds)
    agent.intend(world, section, intent)
    return intent


def test_israel_spreads_its_strikes_over_places_where_iran_backed_force_is(model, world, p, given) -> None:
    world.state.escalation[:] = 0.0
    world.seen.force[Patron.IRAN, 5] = 0.0
    planned = strikes(model, world, IsraelActor, given(p.israel, strike_rate=4)).israel
    np.testing.assert_allclose(planned.sum(axis=0), 4.0)
    assert not planned[5].any()
    world.state.escalation[:] = 1.0
    tense = strikes(model, world, IsraelActor, given(p.israel, strike_rate=4, escalation=0.5)).israel
    np.testing.assert_allclose(tense, 1.5 * planned)
    assert not strikes(model, world, IsraelActor, given(p.israel, strike_rate=0)).israel.any()


def test_the_united_states_strikes_only_near_its_own_and_not_after_it_has_left(model, world, p, given) -> None:
    here = world.provinces.traits["us_presence"][:, 0] > 0.0
    planned = strikes(model, world, UnitedStatesActor, p.united_states).us
    assert planned[here].sum() > 0 and not planned[~here].any()
    gone = strikes(model, world, UnitedStatesActor, given(p.united_states, commitment=0))
    assert not gone.us.any() and not gone.guarantee["united_states"].any()
