"""Risings: only where local powers are, wish for self-rule, and are rooted, and where the government's grip has weakened."""

from copy import deepcopy

import numpy as np
import pytest

from sim.model.processes import risings
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble

from .ground import GOVERNMENT, divided, draws_of, whole, without_local_powers

ROUNDS = 6
SURE = {"rising": 1.0, "slack": 0.0, "rising_share": 0.6, "local_claim": 3.0}
THERE = ("SY-DR", "SY-SU")


def ripe(ensemble: Ensemble) -> Ensemble:
    """Nothing of the grip is left, and local powers are wholly rooted and want nothing but self-rule, in every province."""
    divided(ensemble)
    ensemble.state.coffers = 0.0 * ensemble.start.coffers
    ensemble.state.local_roots[:] = 1.0
    ensemble.intent.local_rooting = np.ones((14, 6))
    return ensemble


def breaks_out(ensemble: Ensemble, loss) -> np.ndarray:
    """Where a rising breaks out this month, (P, worlds)."""
    return risings.due(ensemble, loss, ROUNDS) >= 0.0


def test_chance_and_weakness_by_hand(p, given) -> None:
    for kept, slack, weak in ((1.0, 0.1, 0.0), (1.4, 0.1, 0.0), (0.9, 0.1, 0.0), (0.45, 0.1, 0.5), (0.0, 0.1, 1.0), (0.3, 0.0, 0.7)):
        np.testing.assert_allclose(risings.weakness(np.full(6, slack), np.full((2, 6), kept)), weak, atol=1e-12)
    loss, one = given(p.ground_loss, rising=0.2), np.ones((2, 6))
    np.testing.assert_allclose(risings.rising_chance(loss, one, one, one), 0.2)
    np.testing.assert_allclose(risings.rising_chance(loss, 0.5 * one, 0.5 * one, 0.5 * one), 0.2 / 8.0)
    np.testing.assert_allclose(risings.rising_chance(loss, 7.0 * one, one, one), 0.2)


def test_towns_rise_where_local_powers_are_and_nowhere_else(ensemble: Ensemble, p, given) -> None:
    rises = breaks_out(ripe(ensemble), given(p.ground_loss, **SURE))
    there = [ensemble.provinces.index(code) for code in THERE]
    assert np.flatnonzero(ensemble.provinces.traits["local_power"]).tolist() == sorted(there)
    assert rises[there].all() and not np.delete(rises, there, axis=0).any()


@pytest.mark.parametrize(
    "reason", ["no local powers", "no wish", "no roots", "full grip", "grip lost within the slack", "not the government's", "switched off"]
)
def test_nothing_rises_without_a_reason(ensemble: Ensemble, p, given, reason: str) -> None:
    """With everything else as ripe for a rising as can be."""
    loss, state = given(p.ground_loss, **SURE), ripe(ensemble).state
    if reason == "no local powers":
        without_local_powers(ensemble)
    elif reason == "no wish":
        ensemble.intent.local_rooting[:] = 0.0
    elif reason == "no roots":
        state.local_roots[:] = 0.0
    elif reason == "full grip":
        state.coffers, ensemble.perceived.side = ensemble.start.coffers, np.full((14, 6), 1e6)
    elif reason == "grip lost within the slack":
        state.coffers, ensemble.perceived.side = 0.81 * ensemble.start.coffers, np.full((14, 6), 1e6)
        ensemble.start.grip[:], loss = 1.0, given(loss, slack=0.2)
    elif reason == "not the government's":
        state.control[Camp.OPPOSITION] += state.control[GOVERNMENT]
        state.control[GOVERNMENT] = 0.0
    else:
        loss = given(loss, rising=0)
    assert not breaks_out(ensemble, loss).any()


def test_towns_rise_in_any_round_of_the_month_each_alike(ensemble: Ensemble, p, given) -> None:
    """Over many months, with a chance of 0.6: as many risings as that, spread over the rounds."""
    loss, there = given(p.ground_loss, **(SURE | {"rising": 0.6})), ensemble.provinces.index("SY-SU")
    ripe(ensemble)
    found = []
    for month in range(300):
        ensemble.month = month
        found.append(risings.due(ensemble, loss, ROUNDS)[there])
    counts = np.bincount(np.concatenate(found).astype(int) + 1, minlength=ROUNDS + 1)
    n = counts.sum()
    assert abs(counts[1:].sum() / n - 0.6) < 4.0 * np.sqrt(0.24 / n)
    assert (np.abs(counts[1:] / n - 0.1) < 4.0 * np.sqrt(0.09 / n)).all()


def test_a_rising_takes_its_share_for_local_powers_and_the_garrison_stays_in_the_rest(ensemble: Ensemble, p, given) -> None:
    state, j = ripe(ensemble).state, ensemble.provinces.index("SY-SU")
    state.local_roots[j] = 0.5
    before = deepcopy(state)
    rises = np.zeros((14, 6), dtype=bool)
    rises[j, :3] = True
    risings.step(ensemble, given(p.ground_loss, **SURE), p.battle, draws_of(ensemble), rises, 11)
    np.testing.assert_allclose(state.control[Camp.LOCAL, j], np.where(np.arange(6) < 3, 0.3, 0.0))
    np.testing.assert_allclose(state.people[Camp.LOCAL, j, :3], 0.3)
    assert np.array_equal(state.force, before.force) and not state.recent_loss.any()
    assert (state.morale[GOVERNMENT, :3] <= before.morale[GOVERNMENT, :3]).all()
    for x, y in ((state.control, before.control), (state.morale, before.morale), (state.towns, before.towns)):
        assert np.array_equal(x[..., 3:], y[..., 3:])
    assert ensemble.monthly.risings.tolist() == [1.0] * 3 + [0.0] * 3 and whole(ensemble)
