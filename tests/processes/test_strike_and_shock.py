"""Strikes on visible presence, and what happens from outside."""

import numpy as np
import pytest

from sim.processes import shock, strike
from sim.world.axes import Field, Instrument, Patron
from sim.world.world import World


def strikes(world: World, p, mixing: float) -> np.ndarray:
    """Strikes by province under very many sorties, with this much mixing effort."""
    world.intent.israel = np.full((14, 6), 10.0)
    world.intent.effort[Patron.IRAN, Instrument.MIXING] = mixing
    world.intent.place[Patron.IRAN, Instrument.MIXING] = 1.0
    strike.step(world, p)
    return world.flows.strikes


def test_mixing_shields_only_where_the_shield_is_above_zero(world: World, p, given) -> None:
    bare, mixed = (strikes(world, given(p.strike, shield=0, lethality=0), effort) for effort in (0.0, 5.0))
    assert np.array_equal(bare, mixed)
    bare, mixed = (strikes(world, given(p.strike, shield=1, lethality=0), effort) for effort in (0.0, 5.0))
    assert (mixed <= bare).all() and 0 < mixed.sum() < bare.sum()


def test_where_there_is_no_presence_nothing_is_struck(world: World, p) -> None:
    world.seen.felt[Patron.IRAN, 3] = 0.0
    assert not strikes(world, p.strike, 0.0)[3].any()


def test_strikes_cost_irans_groups_and_roots_their_share_and_nobody_elses(world: World, p, given) -> None:
    force, roots = world.state.force.copy(), world.state.roots.copy()
    hits = strikes(world, given(p.strike, lethality=0.1, root_damage=0.2), 0.0)
    iran = world.groups.of_patron(Patron.IRAN)
    others = [g for g in range(len(world.groups)) if g not in iran]
    np.testing.assert_allclose(world.state.force[iran], force[iran] * 0.9**hits)
    np.testing.assert_allclose(world.state.roots[Patron.IRAN], roots[Patron.IRAN] * 0.8**hits)
    assert np.array_equal(world.state.force[others], force[others])
    assert np.array_equal(world.state.roots[Patron.RUSSIA], roots[Patron.RUSSIA])


def test_wholly_lethal_strikes_leave_next_to_nothing_and_no_error(world: World, p, given) -> None:
    with np.errstate(all="raise", under="ignore"):
        hits = strikes(world, given(p.strike, lethality=1, root_damage=1), 0.0)
    left = world.state.force[world.groups.of_patron(Patron.IRAN)]
    assert left[:, hits > 0].max() < 1e-6


@pytest.mark.parametrize(("rate", "happens"), [(0.0, False), (1.0, True)])
def test_shocks_come_at_their_rates_and_do_what_they_say(world: World, p, given, rate: float, happens: bool) -> None:
    state = world.state
    state.escalation[:] = state.surge[:] = 0.0
    coffers, channel = state.coffers.copy(), state.channel.copy()
    sizes = {"escalation_size": 2.0, "surge_size": 0.5, "crisis_size": 0.25, "contact_cost": 0.1}
    rates = dict.fromkeys(("escalation_rate", "crisis_rate", "surge_rate", "contact_rate"), rate)
    shock.step(world, given(p.shocks, **sizes, **rates))
    np.testing.assert_allclose(state.escalation, 2.0 * happens)
    np.testing.assert_allclose(state.surge, 0.5 * happens)
    np.testing.assert_allclose(state.coffers, coffers * (1.0 - 0.25 * happens))
    np.testing.assert_allclose(state.channel[Field.MILITARY], channel[Field.MILITARY] * (1.0 - 0.1 * happens))
    assert np.array_equal(state.channel[1:], channel[1:])


def test_the_loss_of_a_contact_may_cost_nothing(world: World, p, given) -> None:
    channel = world.state.channel.copy()
    shock.step(world, given(p.shocks, contact_rate=1, contact_cost=0))
    assert np.array_equal(world.state.channel, channel)


def test_tension_fades(world: World, p, given) -> None:
    world.state.escalation[:] = 1.0
    shock.step(world, given(p.shocks, escalation_rate=0, fading=0.3))
    np.testing.assert_allclose(world.state.escalation, 0.7)
