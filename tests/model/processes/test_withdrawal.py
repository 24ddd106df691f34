"""Withdrawal: under fresh losses of core territory the government gives up what it can hardly hold and what is worth little."""

from copy import deepcopy

import numpy as np
import pytest

from sim.model.processes import withdrawal
from sim.model.processes.month_end import core_shares
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble

from .ground import GOVERNMENT, OPPOSITION, divided, draws_of, whole

SURE = {"withdrawal": 1.0, "heavy_losses": 0.01, "outmatched": 0.5}


@pytest.mark.parametrize(
    ("stress", "hostile", "worth", "chance"),
    [(0.1, 1.0, 0.0, 0.4), (0.05, 1.0, 0.0, 0.2), (9.0, 1.0, 0.0, 0.4), (0.1, 0.8, 0.0, 0.2), (0.1, 0.6, 0.0, 0.0), (0.1, 0.1, 0.0, 0.0),
     (0.1, 1.0, 0.5, 0.2), (0.1, 1.0, 1.0, 0.0), (0.0, 1.0, 0.0, 0.0)],
)  # fmt: skip
def test_the_chance_by_hand(p, given, stress: float, hostile: float, worth: float, chance: float) -> None:
    """It rises with what was lost of the core, with being outmatched beyond the limit, and falls with worth."""
    loss = given(p.ground_loss, withdrawal=0.4, heavy_losses=0.1, outmatched=0.6)
    found = withdrawal.withdrawal_chance(loss, np.full(6, stress), np.full((2, 6), hostile), np.full((2, 6), worth))
    np.testing.assert_allclose(found, chance, atol=1e-12)


def test_stress_is_the_share_of_the_core_that_was_lost(ensemble: Ensemble) -> None:
    core, lost = core_shares(ensemble.perceived.worth), np.zeros((14, 6))
    j = ensemble.provinces.index("SY-HL")
    lost[j] = 0.5
    np.testing.assert_allclose(withdrawal.stress(core, lost), 0.5 * core[j])
    np.testing.assert_allclose(withdrawal.stress(core, np.ones((14, 6))), 1.0)


def pressed(ensemble: Ensemble, lost: float = 0.5) -> Ensemble:
    """Aleppo has been lost in part, and the garrison of Hama is hopelessly outmatched; nothing else is."""
    divided(ensemble)
    ensemble.state.recent_loss[GOVERNMENT, ensemble.provinces.index("SY-HL")] = lost
    ensemble.perceived.opposed = np.zeros((14, 6))
    ensemble.perceived.opposed[ensemble.provinces.index("SY-HM")] = 1.0
    ensemble.perceived.worth = ensemble.perceived.worth.copy()
    ensemble.perceived.worth[ensemble.provinces.index("SY-HM")] = 0.0
    return ensemble


def given_up(ensemble: Ensemble, loss, battle) -> np.ndarray:
    """The provinces of which the government gives up anything, (P, worlds)."""
    before = ensemble.state.control[GOVERNMENT].copy()
    withdrawal.step(ensemble, loss, battle, draws_of(ensemble), 1)
    return ensemble.state.control[GOVERNMENT] < before


def test_what_is_outmatched_is_given_up_under_losses_and_the_garrison_is_kept(ensemble: Ensemble, p, given) -> None:
    pressed(ensemble).state.morale[GOVERNMENT] = 0.1
    force, j = ensemble.state.force.copy(), ensemble.provinces.index("SY-HM")
    gone = given_up(ensemble, given(p.ground_loss, **SURE), given(p.battle, rout=1))
    assert gone[j].all() and not np.delete(gone, j, axis=0).any()
    assert not ensemble.state.control[GOVERNMENT, j].any() and (ensemble.state.control[OPPOSITION, j] > 0.99).all()
    np.testing.assert_allclose(ensemble.state.force.sum(axis=1), force.sum(axis=1))
    assert not ensemble.state.force[ensemble.groups.of_camp(GOVERNMENT), j].any() and whole(ensemble)
    assert (ensemble.monthly.withdrawals == 1.0).all()


@pytest.mark.parametrize("reason", ["no losses", "losses of others", "of the highest worth", "not outmatched", "fallen", "switched off"])
def test_nothing_is_given_up_without_a_reason(ensemble: Ensemble, p, given, reason: str) -> None:
    loss, j = given(p.ground_loss, **SURE), ensemble.provinces.index("SY-HM")
    assert given_up(pressed(deepcopy(ensemble)), loss, p.battle).any()
    pressed(ensemble)
    if reason == "no losses":
        ensemble.state.recent_loss[:] = 0.0
    elif reason == "losses of others":
        ensemble.state.recent_loss[[Camp.SDF, GOVERNMENT]] = ensemble.state.recent_loss[[GOVERNMENT, Camp.SDF]]
    elif reason == "of the highest worth":
        ensemble.perceived.worth[j] = 1.0
    elif reason == "not outmatched":
        ensemble.perceived.opposed[j] = 0.49
    elif reason == "fallen":
        ensemble.state.fallen[:] = 1.0
    else:
        loss = given(loss, withdrawal=0)
    assert not given_up(ensemble, loss, p.battle).any()
