"""Roots, recruits, the army, and the Islamic State in vacuums."""

import numpy as np

from sim.processes.entrench import _absorb, _army_quality, _integrate, _presence, _roots, consent, recruited, thinness
from sim.world.axes import Camp, Instrument, Leader, Patron
from sim.world.world import World


def test_roots_grow_under_effort_and_fade_where_nobody_is(world: World, p) -> None:
    before = world.state.roots.copy()
    world.intent.effort[Patron.IRAN, Instrument.ROOTS], world.intent.place[Patron.IRAN, Instrument.ROOTS] = 2.0, 1.0
    world.seen.felt[Patron.IRAN, 0], world.seen.felt[Patron.IRAN, 1] = 1.0, 0.0
    before[Patron.IRAN, :2] = world.state.roots[Patron.IRAN, :2] = 0.5
    after = _roots(world, p.entrench)
    assert (after[Patron.IRAN, 0] > 0.5).all() and (after[Patron.IRAN, 1] < 0.5).all()


def test_the_other_partners_roots_matter_only_with_rivalry(world: World, p, given) -> None:
    for rivalry, matters in ((0.0, False), (1.0, True)):
        grown = []
        for other in (0.0, 0.9):
            world.state.roots[Patron.RUSSIA] = other
            grown.append(_roots(world, given(p.entrench, rivalry=rivalry))[Patron.IRAN])
        assert (grown[1] < grown[0]).any() if matters else np.array_equal(*grown)


def test_recruiting_goes_its_share_of_the_way_and_is_bounded_upwards(world: World, p, given) -> None:
    sdf = world.groups.of_leader(Leader.SDF)[0]
    manpower = world.manpower[sdf]
    world.state.force[sdf] *= 0.9 * manpower / world.state.force[sdf].sum(axis=0)
    world.intent.sustain[Leader.SDF] = 1.0
    force, _ = recruited(world, given(p.entrench, recruiting=0.5))
    np.testing.assert_allclose(force[sdf].sum(axis=0), 0.95 * manpower, rtol=1e-6)
    world.intent.sustain[Leader.SDF] = 1000.0
    force, _ = recruited(world, given(p.entrench, recruiting=0.1))
    np.testing.assert_allclose(force[sdf].sum(axis=0), 1.1 * 0.9 * manpower, rtol=1e-6)


def test_nobody_is_raised_after_the_fall(world: World, p) -> None:
    world.state.fallen[:] = 1.0
    world.intent.sustain[:] = 5.0
    before = world.state.force.sum(axis=1) + world.state.reserve
    force, reserve = recruited(world, p.entrench)
    assert (force.sum(axis=1) + reserve <= before + 1e-9).all()


def test_without_weight_on_consent_roots_do_not_matter_for_recruits(world: World) -> None:
    g = world.groups.of_patron(Patron.IRAN)[0]
    world.state.roots[Patron.IRAN] = 0.0
    np.testing.assert_allclose(consent(world, g, Patron.IRAN, np.zeros(6)), 1.0)
    np.testing.assert_allclose(consent(world, g, Patron.IRAN, np.full(6, 0.4)), 0.6)


def test_integration_moves_men_into_the_army_and_none_at_zero(world: World, p, given) -> None:
    before = world.state.force.copy()
    _integrate(world, given(p.entrench, integration=0))
    assert np.array_equal(world.state.force, before)
    _integrate(world, given(p.entrench, integration=0.25))
    np.testing.assert_allclose(world.state.force.sum(axis=0), before.sum(axis=0))
    army = world.groups.of_leader(Leader.GOVERNMENT)[0]
    assert (world.state.force[army].sum(axis=0) > before[army].sum(axis=0)).all()
    assert np.array_equal(world.state.force[world.groups.foreign], before[world.groups.foreign])


def test_absorption_raises_russias_formations_where_rebels_were_reconciled_and_none_at_zero(world: World, p, given) -> None:
    before = world.state.force.copy()
    _absorb(world, given(p.entrench, absorption=0))
    assert np.array_equal(world.state.force, before)
    _absorb(world, given(p.entrench, absorption=1))
    gained = (world.state.force - before).sum(axis=0)
    assert gained.sum() > 0 and not gained[world.provinces.traits["reconciled"][:, 0] == 0.0].any()


def test_the_army_is_rebuilt_by_effort_and_hollowed_out_by_empty_coffers(world: World, p, given) -> None:
    world.intent.effort[:, Instrument.ARMY] = 0.0
    world.state.army_quality[:] = 0.5
    still = given(p.entrench, army_decay=0.01, hollowing=1, army_building=0.1)
    rows = []
    for coffers, effort in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)):
        world.state.coffers[:] = coffers
        world.intent.effort[Patron.RUSSIA, Instrument.ARMY] = effort
        rows.append(_army_quality(world, still))
    assert (rows[0] < rows[1]).all() and (rows[1] < 0.5).all() and (rows[2] > rows[1]).all()


def test_the_islamic_state_rises_where_holders_thin_out(world: World, p, given) -> None:
    quick = given(p.entrench, vacuum=1, suppression=0)
    held = _presence(world, quick)
    world.seen.strength[: Camp.ISLAMIC_STATE] *= np.where(np.arange(14) == world.provinces.index("SY-DY"), 0.01, 1.0)[:, np.newaxis]
    thin = thinness(world)
    left = _presence(world, quick)
    east = world.provinces.index("SY-DY")
    assert (thin[east] > 0.9).all()
    assert (left[east] > held[east]).all()
