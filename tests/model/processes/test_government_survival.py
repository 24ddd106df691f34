"""How the government falls, what a fall leaves, and when a province is lost."""

import numpy as np
import pytest

from sim.model.processes import government_survival
from sim.model.processes.government_survival import lost_provinces
from sim.model.schedule import by_partner
from sim.model.state.dimensions import Camp, Leader, Partner
from sim.model.state.ensemble import Ensemble


def keeping(p, given, russia: float, iran: float, at_bases: float = 0.0):
    """The partners' parameters with these shares of their groups that stay after a fall, and of their own troops at bases."""
    shares = {Partner.RUSSIA: russia, Partner.IRAN: iran}
    return {k: given(own, stays_elsewhere=shares[k], stays_at_bases=at_bases) for k, own in by_partner(p).items()}


def settle(ensemble: Ensemble, p, reckon, partners) -> None:
    """What the month's end decides about the government, with ground loss and battle as in the baseline."""
    government_survival.step(ensemble, reckon, p.ground_loss, p.battle, partners)


def surviving(ensemble: Ensemble) -> Ensemble:
    """Worlds in which the government has not fallen."""
    ensemble.state.fallen[:] = 0.0
    ensemble.records.collapse_month[:] = -1.0
    return ensemble


def test_the_government_falls_with_its_core_and_its_ground_goes_to_others(ensemble: Ensemble, p, given) -> None:
    people = surviving(ensemble).state.people
    people[:, :, :3] = np.array([0.1, 0.9, 0.0, 0.0, 0.0])[:, np.newaxis, np.newaxis]
    people[:, :, 3:] = np.array([0.9, 0.1, 0.0, 0.0, 0.0])[:, np.newaxis, np.newaxis]
    people, control = people.copy(), ensemble.state.control.copy()
    settle(ensemble, p, given(p.reckon, core_needed=0.5, within_rate=0), keeping(p, given, 0, 0))
    assert ensemble.state.fallen.tolist() == [1.0] * 3 + [0.0] * 3
    assert (ensemble.records.collapse_month[:3] == ensemble.month).all() and (ensemble.records.collapse_month[3:] == -1).all()
    for whole, before in ((ensemble.state.people, people), (ensemble.state.control, control)):
        assert not whole[Camp.GOVERNMENT, :, :3].any() and np.array_equal(whole[..., 3:], before[..., 3:])
        np.testing.assert_allclose(whole[..., :3].sum(axis=0), 1.0)
        assert (whole[1:, :, :3] >= before[1:, :, :3]).all()
    assert not (ensemble.state.towns[:, :3] == Camp.GOVERNMENT).any()
    camp = ensemble.groups.of_camp(Camp.GOVERNMENT)
    assert not ensemble.state.force[camp][..., :3].any() and ensemble.state.force[camp][..., 3:].any()


@pytest.mark.parametrize(("leader", "stays"), [(Leader.RUSSIA, 0.5), (Leader.IRAN, 0.25)])
def test_foreign_force_goes_home_and_what_the_scenario_says_stays(ensemble: Ensemble, p, given, leader: Leader, stays: float) -> None:
    surviving(ensemble)
    before, reserve = ensemble.state.force.copy(), ensemble.state.reserve.copy()
    settle(ensemble, p, given(p.reckon, core_needed=1, within_rate=0), keeping(p, given, russia=0.5, iran=0.25))
    for g in ensemble.groups.of_leader(leader):
        np.testing.assert_allclose(ensemble.state.force[g], stays * before[g])
        gone = (1.0 - stays) * before[g].sum(axis=0) if ensemble.groups.foreign[g] else 0.0
        np.testing.assert_allclose(ensemble.state.reserve[g], reserve[g] + gone)


@pytest.mark.parametrize("leader", [Leader.RUSSIA, Leader.IRAN])
def test_at_bases_a_partners_own_troops_stay_and_elsewhere_none(ensemble: Ensemble, p, given, leader: Leader) -> None:
    surviving(ensemble)
    bases, groups, before = ensemble.provinces.traits["bases"][:, 0] > 0.0, ensemble.groups, ensemble.state.force.copy()
    settle(ensemble, p, given(p.reckon, core_needed=1, within_rate=0), keeping(p, given, 0, 0, at_bases=0.4))
    for g in groups.of_leader(leader):
        np.testing.assert_allclose(ensemble.state.force[g, bases], 0.4 * before[g, bases] * groups.foreign[g])
        assert not ensemble.state.force[g, ~bases].any()


@pytest.mark.parametrize("kept", [0.0, 1.0])
def test_contracts_and_memoranda_are_void_after_a_fall_unless_they_are_kept(ensemble: Ensemble, p, given, kept: float) -> None:
    state = surviving(ensemble).state
    state.holder, state.in_force = np.zeros_like(state.holder), np.arange(len(state.holder))[:, np.newaxis] % 2 == np.zeros(6)
    before = state.in_force.copy()
    settle(ensemble, p, given(p.reckon, core_needed=1, within_rate=0, contracts_kept=kept), by_partner(p))
    assert ((state.holder == 0) == bool(kept)).all()
    assert np.array_equal(state.in_force, before & bool(kept))


def test_a_government_falls_only_once(ensemble: Ensemble, p, given) -> None:
    surviving(ensemble)
    ensemble.month = 4
    settle(ensemble, p, given(p.reckon, core_needed=1), by_partner(p))
    ensemble.month = 5
    ensemble.state.control[Camp.GOVERNMENT], ensemble.state.control[Camp.OPPOSITION] = 0.2, 0.8
    settle(ensemble, p, given(p.reckon, core_needed=1), by_partner(p))
    assert (ensemble.records.collapse_month == 4).all()
    assert (ensemble.state.control[Camp.GOVERNMENT] == 0.2).all()


@pytest.mark.parametrize(("rate", "diplomacy", "falls"), [(1.0, 0.0, True), (0.0, 0.0, False), (1.0, 1.0, False)])
def test_a_fall_from_within_has_its_rate_and_diplomacy_can_take_it_away(ensemble: Ensemble, p, given, rate, diplomacy, falls) -> None:
    surviving(ensemble).state.standing[:] = 1.0
    ensemble.state.coffers = ensemble.reference.coffers.copy()
    settle(ensemble, p, given(p.reckon, core_needed=0, within_rate=rate, diplomacy=diplomacy), by_partner(p))
    assert (ensemble.state.fallen == float(falls)).all()


def test_a_lost_province_is_dated_once(ensemble: Ensemble, p, given) -> None:
    surviving(ensemble)
    ensemble.records.lost_month[:] = -1.0
    ensemble.records.control_start[:] = 0.9
    ensemble.records.control_start[2] = 0.28
    ensemble.state.control[Camp.GOVERNMENT] = 0.7
    ensemble.state.control[Camp.GOVERNMENT, :3] = np.array([0.65, 0.65, 0.0])[:, np.newaxis]
    for month in (7, 8):
        ensemble.month = month
        settle(ensemble, p, given(p.reckon, core_needed=0, within_rate=0), by_partner(p))
    assert (ensemble.records.lost_month[:2] == 7).all()
    assert (ensemble.records.lost_month[2:] == -1).all()


@pytest.mark.parametrize(
    ("at_start", "now", "lost"),
    [
        (0.4985, 0.2485, True),  # Deir ez-Zor, a hair under one half
        (0.4985, 0.2486, False),
        (0.321, 0.071, True),  # strips in Raqqa
        (0.321, 0.08, False),
        (1.0 - 0.3 - 0.4, 0.05, True),  # at both limits, of which rounding leaves the first unmet
        (0.29, 0.0, False),
    ],
)
def test_a_province_is_lost_with_a_quarter_of_the_whole_if_three_tenths_were_held(p, at_start, now, lost) -> None:
    found = lost_provinces(np.full((2, 6), now), np.full((2, 6), at_start), p.reckon)
    assert (found == lost).all()


def test_a_fall_leaves_ground_to_everybody_who_is_there(ensemble: Ensemble, p, given) -> None:
    """Not all to one camp: the SDF only where it wants ground and is next door in the end, local powers where there are any, cells."""
    state, there = surviving(ensemble).state, ensemble.provinces.traits["local_power"][:, 0] > 0.0
    before = state.control.copy()
    settle(ensemble, p, given(p.reckon, core_needed=1, within_rate=0), keeping(p, given, 0, 0))
    gained = state.control - before
    assert (state.fallen == 1.0).all() and not state.control[Camp.GOVERNMENT].any()
    np.testing.assert_allclose(state.control.sum(axis=0), 1.0)
    assert (gained[1:] >= 0.0).all()
    left = before[Camp.GOVERNMENT].sum(axis=0)
    assert (gained[1:].sum(axis=1) > 0.01 * left).sum(axis=0).min() >= 3
    assert (gained[1:].sum(axis=1).max(axis=0) < 0.9 * left).all()
    assert gained[Camp.LOCAL, there].all()


def test_what_the_sdf_does_not_want_it_does_not_take_after_a_fall_and_what_nobody_wants_goes_to_local_powers(
    ensemble: Ensemble, p, given
) -> None:
    state, wanted = surviving(ensemble).state, np.zeros((14, 6))
    wanted[:7] = 1.0
    ensemble.intent.value[:, Camp.GOVERNMENT] = 0.0
    ensemble.intent.value[Camp.SDF, Camp.GOVERNMENT] = wanted
    state.presence[:] = 0.0
    before = state.control.copy()
    settle(ensemble, p, given(p.reckon, core_needed=1, within_rate=0), keeping(p, given, 0, 0))
    gained = state.control - before
    assert not gained[Camp.SDF, 7:].any() and gained[Camp.SDF, :7].any()
    np.testing.assert_allclose(gained[Camp.LOCAL, 7:], before[Camp.GOVERNMENT, 7:], atol=1e-12)
    assert not gained[[Camp.OPPOSITION, Camp.ISLAMIC_STATE]].any()


def test_after_a_fall_ground_goes_on_to_camps_that_come_next_door_in_turn(ensemble: Ensemble, p, given) -> None:
    """The opposition starts in Idlib alone and nobody else wants anything: it takes over the whole country, province by province."""
    state, idlib = surviving(ensemble).state, ensemble.provinces.index("SY-ID")
    for shares in (state.control, state.people):
        shares[:] = 0.0
        shares[Camp.GOVERNMENT], shares[Camp.OPPOSITION, idlib] = 1.0, 1.0
        shares[Camp.GOVERNMENT, idlib] = 0.0
    ensemble.intent.value[:, Camp.GOVERNMENT], state.presence[:] = 0.0, 0.0
    ensemble.intent.value[Camp.OPPOSITION, Camp.GOVERNMENT] = 1.0
    settle(ensemble, p, given(p.reckon, core_needed=1, within_rate=0), keeping(p, given, 0, 0))
    local = ensemble.provinces.traits["local_power"][:, 0] > 0.0
    np.testing.assert_allclose(state.control[Camp.OPPOSITION, ~local], 1.0)
    np.testing.assert_allclose(state.control[[Camp.OPPOSITION, Camp.LOCAL]].sum(axis=0), 1.0)
