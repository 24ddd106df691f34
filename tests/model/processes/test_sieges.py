"""Sieges: pockets are left to sieges, yield to the besieger, are relieved, and form where ground around towns is lost."""

from copy import deepcopy

import numpy as np

from sim.model.processes import sieges
from sim.model.processes.combat_strength import boosts
from sim.model.processes.offensive_choice import active_worlds, barriers, front_of
from sim.model.processes.offensives import context_of
from sim.model.state.deescalation_zones import load_zones
from sim.model.state.dimensions import Camp, Field, Instrument
from sim.model.state.ensemble import Ensemble

NEVER, SURE = 0.0, 100.0


def context(ensemble: Ensemble, p):
    """What holds through a month's fighting, without zones."""
    intent, state = ensemble.intent, ensemble.state
    shares = np.full((2, *state.threat.shape), 0.5)
    boost = boosts(
        p.strength, intent.air, intent.placed[:, Instrument.COMMAND], state.channel[Field.MILITARY], state.fallen, shares, shares
    )
    zones = tuple(zone for zone in load_zones(ensemble.provinces) if zone.key == "none")
    return context_of(ensemble, p.fight, p.battle, boost, barriers(intent.guarantee, zones, p.zones), np.zeros(state.threat.shape))


def surrounded(ensemble: Ensemble, camp: Camp = Camp.OPPOSITION, code: str = "SY-RD", share: float = 0.3) -> int:
    """Give a camp a pocket with a town and fighters on the government's ground; returns the province."""
    j, state = ensemble.provinces.index(code), ensemble.state
    for array in (state.control, state.people):
        array[:, j] = 0.0
        array[camp, j], array[Camp.GOVERNMENT, j] = share, 1.0 - share
    state.pockets = np.zeros(state.control.shape)
    state.pockets[camp, j] = share
    state.towns[ensemble.towns.province == j] = camp
    state.force[ensemble.groups.of_camp(camp)[0], j] = 2.0
    return j


def besiege(ensemble: Ensemble, p, siege) -> None:
    sieges.step(ensemble, siege, context(ensemble, p), ensemble.state.control - ensemble.state.pockets)


def test_a_pocket_that_yields_passes_with_people_and_town_and_its_fighters_leave(ensemble: Ensemble, p, given) -> None:
    j = surrounded(ensemble)
    group = ensemble.groups.of_camp(Camp.OPPOSITION)[0]
    towns = ensemble.towns.besiegeable & (ensemble.towns.province == j)
    men, inside = ensemble.state.force[group].sum(axis=0), ensemble.state.force[group, j].copy()
    besiege(ensemble, p, given(p.siege, rate=SURE, evacuated=1.0, walls=NEVER))
    left = 0.3 * (1.0 - 1.0 / towns.sum())
    for array in (ensemble.state.control, ensemble.state.people):
        np.testing.assert_allclose(array[Camp.OPPOSITION, j], left)
        np.testing.assert_allclose(array[:, j].sum(axis=0), 1.0)
    np.testing.assert_allclose(ensemble.state.pockets[Camp.OPPOSITION, j], left)
    assert ((ensemble.state.towns[towns] == Camp.GOVERNMENT).sum(axis=0) == 1).all()
    np.testing.assert_allclose(ensemble.state.force[group].sum(axis=0), men)
    np.testing.assert_allclose(ensemble.state.force[group, j], inside * left / 0.3)


def test_fighters_who_give_up_arms_are_gone(ensemble: Ensemble, p, given) -> None:
    surrounded(ensemble)
    men = ensemble.state.force.sum(axis=(0, 1))
    besiege(ensemble, p, given(p.siege, rate=SURE, evacuated=0.0, walls=NEVER))
    assert (ensemble.state.force.sum(axis=(0, 1)) < men).all()


def test_without_rate_and_assaults_a_pocket_holds_out(ensemble: Ensemble, p, given) -> None:
    surrounded(ensemble)
    before = ensemble.state.control.copy()
    besiege(ensemble, p, given(p.siege, rate=NEVER, walls=NEVER))
    assert np.array_equal(ensemble.state.control, before)


def test_the_stronger_the_pocket_and_its_walls_the_smaller_the_hazard(ensemble: Ensemble, p, given) -> None:
    j = surrounded(ensemble)

    def hazard(state_of: Ensemble, **numbers: float) -> np.ndarray:
        return sieges.hazards(state_of, given(p.siege, **numbers), context(state_of, p))[Camp.OPPOSITION, j]

    stronger = deepcopy(ensemble)
    stronger.state.force[ensemble.groups.of_camp(Camp.OPPOSITION)[0], j] = 50.0
    assert (hazard(stronger) < hazard(ensemble)).all()
    assert (hazard(ensemble, walls=10.0) <= hazard(ensemble, walls=1.0)).all()
    assert (hazard(ensemble, rate=0.2) > hazard(ensemble, rate=0.02)).all()


def test_a_pocket_is_relieved_once_its_camp_holds_enough_around_it(ensemble: Ensemble, p, given) -> None:
    j = surrounded(ensemble)
    relief = given(p.siege, relief=0.5)
    for open_ground, kept in ((0.1, 0.3), (0.3, 0.0)):
        control = ensemble.state.control.copy()
        control[Camp.OPPOSITION, j] += open_ground
        control[Camp.GOVERNMENT, j] -= open_ground
        np.testing.assert_allclose(sieges.after_relief(relief.relief, control, ensemble.state.pockets)[Camp.OPPOSITION, j], kept)


def test_pockets_form_only_where_the_weaker_loses_ground_around_its_towns(ensemble: Ensemble, p, given) -> None:
    j, state = surrounded(ensemble), ensemble.state
    open_now = state.control.copy()
    before = open_now.copy()
    before[Camp.OPPOSITION, j] += 0.2
    none = np.zeros(open_now.shape)
    half = sieges.after_encirclement(given(p.siege, encircled=0.5), ensemble, before, none)
    np.testing.assert_allclose(half[Camp.OPPOSITION, j], 0.1)
    assert np.count_nonzero(half) == half.shape[-1]
    assert not sieges.after_encirclement(given(p.siege, encircled=0.0), ensemble, before, none).any()
    state.towns[:] = Camp.GOVERNMENT
    assert not sieges.after_encirclement(given(p.siege, encircled=0.5), ensemble, before, none).any()


def test_what_is_surrounded_neither_attacks_nor_is_attacked_by_offensives(ensemble: Ensemble, p) -> None:
    j = surrounded(ensemble)
    front = front_of(ensemble.state, context(ensemble, p), active_worlds(np.arange(6), 6))
    assert not front.control[Camp.OPPOSITION, j].any()
    assert not front.strength[Camp.OPPOSITION, j].any()
    assert (front.surrounded[Camp.OPPOSITION, j] > 0.0).all()


def test_no_pockets_no_sieges_in_june_2021(ensemble: Ensemble) -> None:
    assert not ensemble.state.pockets.any()
