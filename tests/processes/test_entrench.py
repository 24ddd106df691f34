"""Roots, recruits, the army, and the Islamic State in vacuums."""

import numpy as np

from sim.model.processes.entrenchment import _absorb, _army_quality, _integrate, _presence, _roots, consent, recruited, thinness
from sim.model.state.dimensions import Camp, Instrument, Leader, Partner
from sim.model.state.ensemble import Ensemble


def test_roots_grow_under_effort_and_fade_where_nobody_is(ensemble: Ensemble, p) -> None:
    before = ensemble.state.roots.copy()
    ensemble.intent.effort[Partner.IRAN, Instrument.ROOTS], ensemble.intent.place[Partner.IRAN, Instrument.ROOTS] = 2.0, 1.0
    ensemble.perceived.felt[Partner.IRAN, 0], ensemble.perceived.felt[Partner.IRAN, 1] = 1.0, 0.0
    before[Partner.IRAN, :2] = ensemble.state.roots[Partner.IRAN, :2] = 0.5
    after = _roots(ensemble, p.entrench)
    assert (after[Partner.IRAN, 0] > 0.5).all() and (after[Partner.IRAN, 1] < 0.5).all()


def test_the_other_partners_roots_matter_only_with_rivalry(ensemble: Ensemble, p, given) -> None:
    for rivalry, matters in ((0.0, False), (1.0, True)):
        grown = []
        for other in (0.0, 0.9):
            ensemble.state.roots[Partner.RUSSIA] = other
            grown.append(_roots(ensemble, given(p.entrench, rivalry=rivalry))[Partner.IRAN])
        assert (grown[1] < grown[0]).any() if matters else np.array_equal(*grown)


def test_recruiting_goes_its_share_of_the_way_and_is_bounded_upwards(ensemble: Ensemble, p, given) -> None:
    sdf = ensemble.groups.of_leader(Leader.SDF)[0]
    manpower = ensemble.manpower[sdf]
    ensemble.state.force[sdf] *= 0.9 * manpower / ensemble.state.force[sdf].sum(axis=0)
    ensemble.intent.sustain[Leader.SDF] = 1.0
    force, _ = recruited(ensemble, given(p.entrench, recruiting=0.5))
    np.testing.assert_allclose(force[sdf].sum(axis=0), 0.95 * manpower, rtol=1e-6)
    ensemble.intent.sustain[Leader.SDF] = 1000.0
    force, _ = recruited(ensemble, given(p.entrench, recruiting=0.1))
    np.testing.assert_allclose(force[sdf].sum(axis=0), 1.1 * 0.9 * manpower, rtol=1e-6)


def test_nobody_is_raised_after_the_fall(ensemble: Ensemble, p) -> None:
    ensemble.state.fallen[:] = 1.0
    ensemble.intent.sustain[:] = 5.0
    before = ensemble.state.force.sum(axis=1) + ensemble.state.reserve
    force, reserve = recruited(ensemble, p.entrench)
    assert (force.sum(axis=1) + reserve <= before + 1e-9).all()


def test_without_weight_on_consent_roots_do_not_matter_for_recruits(ensemble: Ensemble) -> None:
    g = ensemble.groups.of_partner(Partner.IRAN)[0]
    ensemble.state.roots[Partner.IRAN] = 0.0
    np.testing.assert_allclose(consent(ensemble, g, Partner.IRAN, np.zeros(6)), 1.0)
    np.testing.assert_allclose(consent(ensemble, g, Partner.IRAN, np.full(6, 0.4)), 0.6)


def test_integration_moves_men_into_the_army_and_none_at_zero(ensemble: Ensemble, p, given) -> None:
    before = ensemble.state.force.copy()
    _integrate(ensemble, given(p.entrench, integration=0))
    assert np.array_equal(ensemble.state.force, before)
    _integrate(ensemble, given(p.entrench, integration=0.25))
    np.testing.assert_allclose(ensemble.state.force.sum(axis=0), before.sum(axis=0))
    army = ensemble.groups.of_leader(Leader.GOVERNMENT)[0]
    assert (ensemble.state.force[army].sum(axis=0) > before[army].sum(axis=0)).all()
    assert np.array_equal(ensemble.state.force[ensemble.groups.foreign], before[ensemble.groups.foreign])


def test_absorption_raises_russias_formations_where_rebels_were_reconciled_and_none_at_zero(ensemble: Ensemble, p, given) -> None:
    before = ensemble.state.force.copy()
    _absorb(ensemble, given(p.entrench, absorption=0))
    assert np.array_equal(ensemble.state.force, before)
    _absorb(ensemble, given(p.entrench, absorption=1))
    gained = (ensemble.state.force - before).sum(axis=0)
    assert gained.sum() > 0 and not gained[ensemble.provinces.traits["reconciled"][:, 0] == 0.0].any()


def test_the_army_is_rebuilt_by_effort_and_hollowed_out_by_empty_coffers(ensemble: Ensemble, p, given) -> None:
    ensemble.intent.effort[:, Instrument.ARMY] = 0.0
    ensemble.state.army_quality[:] = 0.5
    still = given(p.entrench, army_decay=0.01, hollowing=1, army_building=0.1)
    rows = []
    for coffers, effort in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)):
        ensemble.state.coffers[:] = coffers
        ensemble.intent.effort[Partner.RUSSIA, Instrument.ARMY] = effort
        rows.append(_army_quality(ensemble, still))
    assert (rows[0] < rows[1]).all() and (rows[1] < 0.5).all() and (rows[2] > rows[1]).all()


def test_the_islamic_state_rises_where_holders_thin_out(ensemble: Ensemble, p, given) -> None:
    quick = given(p.entrench, vacuum=1, suppression=0)
    held = _presence(ensemble, quick)
    ensemble.perceived.strength[: Camp.ISLAMIC_STATE] *= np.where(np.arange(14) == ensemble.provinces.index("SY-DY"), 0.01, 1.0)[
        :, np.newaxis
    ]
    thin = thinness(ensemble)
    left = _presence(ensemble, quick)
    east = ensemble.provinces.index("SY-DY")
    assert (thin[east] > 0.9).all()
    assert (left[east] > held[east]).all()
