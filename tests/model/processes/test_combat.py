"""The contest and what a battle brings about."""

import numpy as np
import pytest

from sim.model.processes.combat import Attacks, PlaceDraws, chance_of_winning
from sim.model.processes.combat_resolution import resolve
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble

W = np.arange(6)
DAY = 6


def tullock(attack: float, defence: float, m: float) -> float:
    return float(chance_of_winning(np.log(np.array([attack])) - np.log(np.array([defence])), np.array([m]))[0])


def test_the_contest_gives_its_known_answers() -> None:
    assert tullock(3.0, 1.0, 1.0) == pytest.approx(0.75)
    assert tullock(3.0, 1.0, 2.0) == pytest.approx(0.9)
    assert tullock(1.0, 2.0, 1.5) == pytest.approx(1.0 / (1.0 + 2.0**1.5))
    assert tullock(5.0, 5.0, 3.7) == pytest.approx(0.5)


def test_both_sides_chances_sum_to_one_and_only_the_ratio_counts() -> None:
    for m in (0.1, 1.0, 2.5, 10.0):
        assert tullock(2.0, 7.0, m) + tullock(7.0, 2.0, m) == pytest.approx(1.0)
        assert tullock(2.0, 7.0, m) == pytest.approx(tullock(20.0, 70.0, m))


def test_who_has_next_to_nothing_has_next_to_no_chance() -> None:
    assert tullock(1e-9, 10.0, 1.0) < 1e-9
    assert tullock(10.0, 1e-9, 1.0) > 1.0 - 1e-9


class FixedUniforms:
    """Random streams that give stated numbers in six worlds."""

    def __init__(self, values: dict[str, float | np.ndarray]) -> None:
        self._values = values

    def uniforms(self, name: str, month: int, n: int = 1) -> np.ndarray:
        """The stated number, or numbers, of a source."""
        return self._values[name] * np.ones((n, 6))


def place_draws(ensemble: Ensemble, assets: float | np.ndarray = 0.5, towns: float | np.ndarray = 0.5) -> PlaceDraws:
    fixed = FixedUniforms({"fight:assets": assets, "fight:towns": towns})
    return PlaceDraws(fixed, 0, len(ensemble.assets), len(ensemble.towns), ensemble.state.control.shape)


def attacks(ensemble: Ensemble, chance: float, place: str = "SY-ID") -> Attacks:
    """The opposition attacks the government in one province in every world."""
    n = np.full(6, 1)
    return Attacks(n * int(Camp.OPPOSITION), W, n * ensemble.provinces.index(place), n * int(Camp.GOVERNMENT), n * chance)


def test_a_sure_win_takes_the_stated_share_and_no_more_than_there_is(ensemble: Ensemble, p, given) -> None:
    j = ensemble.provinces.index("SY-ID")
    for take in (0.2, 1.0):
        ensemble.state.morale[Camp.GOVERNMENT] = 1.0
        before = ensemble.state.control.copy()
        held = before[Camp.GOVERNMENT, j]
        resolve(ensemble, given(p.battle, take=take), attacks(ensemble, 1.0), np.full(6, 0.5), place_draws(ensemble), DAY)
        np.testing.assert_allclose(ensemble.state.control[Camp.GOVERNMENT, j], held - np.minimum(held, take))
        np.testing.assert_allclose(ensemble.state.control.sum(axis=0), 1.0)
        elsewhere = np.arange(14) != j
        assert np.array_equal(ensemble.state.control[:, elsewhere], before[:, elsewhere])


def test_a_draw_below_the_chance_wins_and_one_above_it_fails(ensemble: Ensemble, p) -> None:
    draws = np.array([0.1, 0.29, 0.31, 0.9, 0.2, 0.5])
    won = resolve(ensemble, p.battle, attacks(ensemble, 0.3), draws, place_draws(ensemble), DAY)
    assert np.flatnonzero(won).tolist() == [0, 1, 4]


def test_without_losses_men_are_moved_and_not_lost(ensemble: Ensemble, p, given) -> None:
    before = ensemble.state.force.sum(axis=1)
    still = given(p.battle, winner_loss=0, rout=0, take=0.5, advance=0.3)
    place = ensemble.state.force.copy()
    resolve(ensemble, still, attacks(ensemble, 1.0, "SY-HL"), np.full(6, 0.5), place_draws(ensemble), DAY)
    np.testing.assert_allclose(ensemble.state.force.sum(axis=1), before, rtol=1e-12)
    assert not np.allclose(ensemble.state.force, place)


def test_nobody_retreats_or_advances_out_of_nothing(ensemble: Ensemble, p, given) -> None:
    ensemble.state.morale[Camp.GOVERNMENT] = 0.0
    before = ensemble.state.force.sum(axis=1)
    resolve(ensemble, given(p.battle, rout=1, take=1), attacks(ensemble, 1.0), np.full(6, 0.5), place_draws(ensemble), DAY)
    after = ensemble.state.force.sum(axis=1)
    assert (ensemble.state.force >= 0.0).all()
    assert (after <= before + 1e-12).all() and (after[ensemble.groups.of_camp(Camp.GOVERNMENT)].sum(axis=0) < before.sum(axis=0)).all()


def test_a_win_costs_the_loser_morale_and_gives_the_winner_momentum_and_a_failure_ends_it(ensemble: Ensemble, p) -> None:
    state = ensemble.state
    state.momentum[:] = 0.2
    before = state.morale.copy()
    draws = np.array([0.0, 0.0, 0.0, 0.99, 0.99, 0.99])
    force = state.force.sum(axis=1)
    resolve(ensemble, p.battle, attacks(ensemble, 0.5, "SY-HL"), draws, place_draws(ensemble), DAY)
    won, lost = slice(0, 3), slice(3, 6)
    assert (state.morale[Camp.GOVERNMENT, won] < before[Camp.GOVERNMENT, won]).all()
    assert (state.morale[Camp.OPPOSITION, won] > before[Camp.OPPOSITION, won]).all()
    assert (state.momentum[Camp.OPPOSITION, won] > 0.2).all() and not state.momentum[Camp.OPPOSITION, lost].any()
    assert np.array_equal(state.morale[:, lost], before[:, lost])
    attackers = ensemble.groups.of_camp(Camp.OPPOSITION)
    assert (state.force.sum(axis=1)[attackers][:, lost].sum(axis=0) < force[attackers][:, lost].sum(axis=0)).all()


def test_assets_on_lost_ground_change_hands_with_its_share_and_their_contracts_are_void(ensemble: Ensemble, p, given) -> None:
    state, j = ensemble.state, ensemble.provinces.index("SY-HL")
    here = ensemble.assets.province == j
    state.ground[here], state.holder[here], state.morale[Camp.GOVERNMENT] = Camp.GOVERNMENT, 0, 1.0
    state.in_force[here] = True
    held, before = state.control[Camp.GOVERNMENT, j].copy(), state.ground.copy()
    draws = np.where(W < 3, 0.0, 0.999) * np.ones((len(ensemble.assets), 1))
    resolve(ensemble, given(p.battle, take=0.5), attacks(ensemble, 1.0, "SY-HL"), np.full(6, 0.5), place_draws(ensemble, assets=draws), DAY)
    assert (held > 0.5).all() and here.any()
    assert (state.ground[here][:, :3] == Camp.OPPOSITION).all() and (state.holder[here][:, :3] == -1).all()
    assert (state.ground[here][:, 3:] == Camp.GOVERNMENT).all() and (state.holder[here][:, 3:] == 0).all()
    assert not state.in_force[here][:, :3].any() and state.in_force[here][:, 3:].all()
    assert np.array_equal(state.ground[~here], before[~here])


def test_the_lower_the_defenders_morale_the_more_ground_a_win_takes(ensemble: Ensemble, p, given) -> None:
    j = ensemble.provinces.index("SY-HM")
    ensemble.state.control[:, j] = np.array([1.0, 0.0, 0.0, 0.0, 0.0])[:, np.newaxis]
    ensemble.state.morale[Camp.GOVERNMENT] = np.array([1.0, 0.8, 0.5, 0.4, 0.2, 0.1])
    resolve(ensemble, given(p.battle, take=0.1), attacks(ensemble, 1.0, "SY-HM"), np.full(6, 0.5), place_draws(ensemble), DAY)
    np.testing.assert_allclose(ensemble.state.control[Camp.OPPOSITION, j], [0.1, 0.125, 0.2, 0.25, 0.5, 1.0])


def test_the_people_go_with_the_ground_they_live_on(ensemble: Ensemble, p, given) -> None:
    j = ensemble.provinces.index("SY-HL")
    ensemble.state.morale[Camp.GOVERNMENT] = 1.0
    ensemble.state.control[:, j] = np.array([0.4, 0.6, 0.0, 0.0, 0.0])[:, np.newaxis]
    ensemble.state.people[:, j] = np.array([0.8, 0.2, 0.0, 0.0, 0.0])[:, np.newaxis]
    resolve(ensemble, given(p.battle, take=0.1), attacks(ensemble, 1.0, "SY-HL"), np.full(6, 0.5), place_draws(ensemble), DAY)
    np.testing.assert_allclose(ensemble.state.people[Camp.GOVERNMENT, j], 0.6)  # a quarter of its ground, so a quarter of its people
    np.testing.assert_allclose(ensemble.state.people.sum(axis=0), 1.0)


def test_towns_change_hands_as_assets_do_and_are_recorded(ensemble: Ensemble, p, given) -> None:
    state, j = ensemble.state, ensemble.provinces.index("SY-ID")
    ensemble.log.record_events = True
    state.control[:, j] = np.array([0.4, 0.6, 0.0, 0.0, 0.0])[:, np.newaxis]
    here = ensemble.towns.province == j
    state.towns[here], state.morale[Camp.GOVERNMENT] = Camp.GOVERNMENT, 1.0
    draws = place_draws(ensemble, towns=np.where(W < 3, 0.2, 0.3))
    resolve(ensemble, given(p.battle, take=0.1), attacks(ensemble, 1.0), np.full(6, 0.5), draws, DAY)
    assert (state.towns[here][:, :3] == Camp.OPPOSITION).all() and (state.towns[here][:, 3:] == Camp.GOVERNMENT).all()
    records = [r for r in ensemble.log.records if r.kind.name == "town_taken" and r.month == ensemble.month]
    assert {r.world for r in records} >= {0, 1, 2} and all("passes to the opposition" in r.text for r in records if r.world < 3)


def test_an_offensive_exhausts_against_a_firm_defence_and_hardly_in_a_rout(ensemble: Ensemble, p, given) -> None:
    ensemble.state.exhaustion[:], ensemble.state.morale[Camp.GOVERNMENT] = 0.0, np.array([1.0, 0.5, 0.1, 0.0, 1.0, 1.0])
    resolve(ensemble, given(p.battle, strain=0.4), attacks(ensemble, 0.5), np.full(6, 0.2), place_draws(ensemble), DAY)
    np.testing.assert_allclose(ensemble.state.exhaustion[Camp.OPPOSITION], [0.4, 0.2, 0.04, 0.0, 0.4, 0.4])
    assert not ensemble.state.exhaustion[Camp.GOVERNMENT].any()
