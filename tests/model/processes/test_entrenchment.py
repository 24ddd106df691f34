"""Roots, recruits, the army, and the Islamic State in vacuums."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.processes.entrenchment import (
    army_quality_after,
    consent,
    enrolled,
    integrated,
    militia_share,
    next_presence,
    next_roots,
    paid_for,
    presence_of,
    recruited,
    roots_after,
    roots_ceiling,
    thinness,
)
from sim.model.schedule import by_partner
from sim.model.state.dimensions import Bidder, Camp, Instrument, Leader, Partner
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import load_groups
from sim.simulation import Spheres


def test_roots_grow_under_effort_and_fade_where_nobody_is(ensemble: Ensemble, p, given) -> None:
    ensemble.intent.placed[Partner.IRAN, Instrument.ROOTS] = 2.0
    ensemble.perceived.felt[Partner.IRAN, 0], ensemble.perceived.felt[Partner.IRAN, 1] = 1.0, 0.0
    ensemble.state.roots[Partner.IRAN, :2] = 0.1
    after = next_roots(ensemble, p.entrench, by_partner(p))
    assert (after[Partner.IRAN, 0] > 0.1).all()
    bare = given(p.iran.rooted_in, contracts=0, society=0)
    nowhere = {**by_partner(p), Partner.IRAN: replace(p.iran, rooted_in=bare)}
    faded = next_roots(ensemble, p.entrench, nowhere)[Partner.IRAN, 1]
    assert (faded < 0.1).all()


def test_the_other_partners_roots_matter_only_with_rivalry(ensemble: Ensemble, p, given) -> None:
    for rivalry, matters in ((0.0, False), (1.0, True)):
        grown = []
        for other in (0.0, 0.9):
            ensemble.state.roots[Partner.RUSSIA] = other
            grown.append(next_roots(ensemble, given(p.entrench, rivalry=rivalry), by_partner(p))[Partner.IRAN])
        assert (grown[1] < grown[0]).any() if matters else np.array_equal(*grown)


def test_roots_stop_at_what_presence_bears(p, given) -> None:
    """Half a ceiling of 0.4 reached: growth by hand; at the ceiling and above it none, whatever the effort."""
    section = given(p.entrench, rooting=0.1, by_presence=0.5, returns=1.0, rivalry=0.0, uprooting=0.0)
    one, ceiling, effort = np.ones((1, 6)), np.full((1, 6), 0.4), np.full((1, 6), 0.25)
    for own, expected in ((0.2, 0.2 + 0.1 * 0.75 * 0.2), (0.4, 0.4), (0.7, 0.7)):
        after = roots_after(section, own * one, one, effort, one, one, ceiling)
        np.testing.assert_allclose(after, expected)
    idle = given(section, by_presence=0.0)
    np.testing.assert_array_equal(roots_after(idle, 0.2 * one, one, 0.0 * one, one, one, ceiling), 0.2)


def test_kinds_of_presence_add_up_with_diminishing_returns_and_each_counts_by_its_weight(p, given) -> None:
    half = np.full((2, 6), 0.5)
    section = given(p.russia.rooted_in, bases=0.4, contracts=0.0, society=0.2, militias=1.0)
    there = {"bases": half, "contracts": 2.0 * half, "society": 0.0 * half, "militias": half}
    np.testing.assert_allclose(roots_ceiling(section, there), 1.0 - 0.8 * 0.5)
    nothing = given(section, bases=0.0, militias=0.0, society=0.0)
    assert not roots_ceiling(nothing, there).any()


def test_a_contract_is_presence_of_its_kind_only(ensemble: Ensemble) -> None:
    for partner in Partner:
        ensemble.perceived.held[:] = 0.0
        before = presence_of(ensemble, partner)
        ensemble.perceived.held[Bidder[partner.name], ensemble.assets.province] = 1.0
        after = presence_of(ensemble, partner)
        for kind, there in before.items():
            assert np.array_equal(there, after[kind]) == (kind != "contracts")
            assert ((there >= 0.0) & (there <= 1.0)).all()


def test_whom_a_gone_partner_left_live_on_the_governments_means_too() -> None:
    sustain, gone = np.ones((len(Leader), 2)), np.array([[1.0, 0.0], [0.0, 0.0]])
    sustain[Leader.GOVERNMENT], sustain[Leader.RUSSIA] = 0.5, 0.6
    after = paid_for(sustain, gone)
    assert after[Leader.RUSSIA].tolist() == [0.3, 0.6] and (after[Leader.IRAN] == 1.0).all()


def test_recruiting_goes_its_share_of_the_way_and_is_bounded_upwards() -> None:
    force, reserve, standing = np.array([[[6.0], [3.0]]]), np.zeros((1, 1)), np.zeros(1)
    after, _ = recruited(np.array([0.5]), force, reserve, np.array([[10.0]]), standing)
    np.testing.assert_allclose(after, force * 9.5 / 9.0)
    after, _ = recruited(np.array([0.1]), force, reserve, np.array([[10_000.0]]), standing)
    np.testing.assert_allclose(after, force * 1.1)


def test_nobody_is_raised_after_the_fall(ensemble: Ensemble, p) -> None:
    state, fallen = ensemble.state, np.ones(6)
    before = state.force.sum(axis=1) + state.reserve
    force, reserve = recruited(p.entrench.recruiting, state.force, state.reserve, 5.0 * ensemble.manpower, fallen)
    assert (force.sum(axis=1) + reserve <= before + 1e-9).all()


def test_without_weight_on_consent_roots_do_not_matter_for_recruits(ensemble: Ensemble) -> None:
    iran, groups, state = ensemble.groups.of_partner(Partner.IRAN), ensemble.groups, ensemble.state
    state.roots[Partner.IRAN] = 0.0
    for weight in (0.0, 0.4):
        consents = consent(np.full(6, weight), groups, state.force, state.roots, ensemble.start.rooted)
        np.testing.assert_allclose(consents[iran], 1.0 - weight)
    neither = [g for g, leader in enumerate(groups.leader) if leader.name not in Partner.__members__]
    assert neither and (consents[neither] == 1.0).all()


def test_integration_moves_men_into_the_army_and_none_at_zero(ensemble: Ensemble) -> None:
    before, groups = ensemble.state.force, ensemble.groups
    assert np.array_equal(integrated(np.zeros(6), groups, before), before)
    after = integrated(np.full(6, 0.25), groups, before)
    np.testing.assert_allclose(after.sum(axis=0), before.sum(axis=0))
    gained = after.sum(axis=(1, 2)) > before.sum(axis=(1, 2)) + 1e-9
    assert [groups.key[g] for g in np.flatnonzero(gained)] == ["syrian_army"]
    assert np.array_equal(after[groups.foreign], before[groups.foreign])


def test_two_armies_of_the_government_share_those_who_join(ensemble: Ensemble) -> None:
    groups, before = ensemble.groups, ensemble.state.force
    army, second = groups.index("syrian_army"), groups.index("national_defense")
    two = replace(groups, army=groups.army | (np.arange(len(groups)) == second))
    gained = integrated(np.full(6, 0.25), two, before) - before
    np.testing.assert_allclose(gained[second], gained[army], atol=1e-12)
    assert (gained[second].sum(axis=0) > 0.0).all()


def test_a_start_without_an_army_of_the_government_is_refused(model: Spheres) -> None:
    table = model.assumptions.start_state["groups"]
    with pytest.raises(ValueError, match="no army of the government"):
        load_groups({key: row for key, row in table.items() if key != "syrian_army"})


@pytest.mark.parametrize(("leader", "formation", "own"), [(Leader.RUSSIA, "corps_5", {"division_25", "corps_5"}),
                                                          (Leader.IRAN, "local_defense", {"local_defense", "imam_hussein"})])  # fmt: skip
def test_enrolling_raises_a_partners_syrian_formations_where_rebels_were_reconciled_and_none_at_zero(
    ensemble: Ensemble, leader: Leader, formation: str, own: set[str]
) -> None:
    before, groups = ensemble.state.force, ensemble.groups
    reconciled = ensemble.provinces.traits["reconciled"] * np.ones(6)
    assert np.array_equal(enrolled(0.0 * reconciled, groups, leader, before), before)
    gained = enrolled(reconciled, groups, leader, before) - before
    raised = {groups.key[g] for g in np.flatnonzero(gained.any(axis=(1, 2)))}
    assert formation in raised and raised <= own
    assert not gained[:, reconciled[:, 0] == 0.0].any()


def test_the_army_is_rebuilt_by_effort_and_hollowed_out_by_empty_coffers(ensemble: Ensemble, p, given) -> None:
    still = given(p.entrench, army_decay=0.01, hollowing=1, army_building=0.1)
    militias = militia_share(ensemble.groups, ensemble.state.force)
    assert (militias > 0.0).all() and (militias < 1.0).all()
    empty, full, built = (
        army_quality_after(still, np.full(6, 0.5), np.full(6, effort), militias, np.full(6, coffers))
        for coffers, effort in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    )
    assert (empty < full).all() and (full < 0.5).all() and (built > full).all()


def test_the_islamic_state_rises_where_holders_thin_out(ensemble: Ensemble, p, given) -> None:
    quick, east = given(p.entrench, vacuum=1, suppression=0), ensemble.provinces.index("SY-DY")
    held = next_presence(ensemble, quick)
    holders = [camp for camp in Camp if camp != Camp.ISLAMIC_STATE]
    ensemble.perceived.strength[holders, east] *= 0.01
    thin = thinness(ensemble.perceived.strength, ensemble.provinces.area)
    left = next_presence(ensemble, quick)
    assert (thin[east] > 0.9).all()
    assert (left[east] > held[east]).all()
