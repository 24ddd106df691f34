"""Routs: garrisons leave when fresh losses pass what they bear; a rout runs on, and stops."""

from copy import deepcopy

import numpy as np
import pytest

from sim.model.processes.combat_strength import unbacked
from sim.model.processes.threshold_cascade import bearable, felt_losses, share_leaving, step, support_of
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import neighbour_sum
from sim.model.state.sensing import backing, pay

from .ground import GOVERNMENT, OPPOSITION, divided, draws_of, whole, without_local_powers

ONE = np.ones((len(Camp), 6))
FIRM = {"firmness": 1.6, "spread": 0.4, "nearness": 0.6, "backed": 0.5, "paid": 0.5}
ALIKE = {"reach": 0.5, "reserve": 0.2, "rout": 0.5, "morale_loss": 0}  # in all worlds, and morale stays as a test has it


@pytest.mark.parametrize(
    ("felt", "spread", "leaving"),
    [(0.0, 0.5, 0.0), (0.5, 0.5, 0.0), (0.75, 0.5, 0.25), (1.0, 0.5, 0.5), (1.5, 0.5, 1.0), (9.0, 0.5, 1.0),
     (0.999, 0.0, 0.0), (1.001, 0.0, 1.0), (0.5, 1.0, 0.25)],
)  # fmt: skip
def test_of_thresholds_spread_evenly_those_below_the_felt_losses_are_passed(felt: float, spread: float, leaving: float) -> None:
    found = share_leaving(np.full((2, 6), felt), np.ones(6), np.full(6, spread))
    np.testing.assert_allclose(found, leaving, atol=1e-6)


def test_losses_are_felt_by_the_strength_of_enemies_and_next_door_in_part(ensemble: Ensemble) -> None:
    provinces = ensemble.provinces
    here, beside = provinces.index("SY-HM"), provinces.index("SY-HI")
    lost, hostile = np.zeros((14, 6)), np.full((14, 6), 0.5)
    lost[here] = 0.3
    felt = felt_losses(lost, np.full(6, 0.4), hostile, provinces.neighbours)
    np.testing.assert_allclose(felt[here], 0.3)
    np.testing.assert_allclose(felt[beside], 0.4 * 0.3)
    touched = neighbour_sum((lost > 0.0).astype(float), provinces.neighbours) > 0.0
    touched[here] = True
    assert not felt[~touched].any() and not touched.all()
    assert not felt_losses(lost, np.full(6, 0.4), np.zeros((14, 6)), provinces.neighbours).any()
    assert not np.delete(felt_losses(lost, np.zeros(6), hostile, provinces.neighbours), here, axis=0).any()
    np.testing.assert_allclose(felt_losses(lost, np.full(6, 0.4), 2.0 * hostile, provinces.neighbours), 2.0 * felt)


def test_felt_losses_do_not_depend_on_the_order_of_provinces(ensemble: Ensemble) -> None:
    """A path of three provinces, in two orders."""
    lost, hostile = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]), np.array([[0.5, 0.2], [0.9, 0.1], [1.0, 0.4]])
    near, path = np.array([0.3, 0.7]), np.array([[1, -1], [0, 2], [1, -1]])
    felt = felt_losses(lost, near, hostile, path)
    order = [2, 0, 1]  # the middle of the path is now last
    moved = felt_losses(lost[order], near, hostile[order], np.array([[2, -1], [2, -1], [0, 1]]))
    np.testing.assert_allclose(moved, felt[order])
    np.testing.assert_allclose(felt[1, 0], 2.0 * 0.9 * (0.3 + 0.3 * (0.1 + 0.5)))


def test_what_garrisons_bear_by_hand(p, given) -> None:
    """At the start the firmness; half of the morale, half; what rests on backing or pay goes with it, and twice is the most it gives."""
    loss = given(p.ground_loss, firmness=2.0, backed=0.3, paid=0.4)
    np.testing.assert_allclose(bearable(loss, ONE, ONE, ONE), 2.0)
    np.testing.assert_allclose(bearable(loss, 0.5 * ONE, ONE, ONE), 1.0)
    np.testing.assert_allclose(bearable(loss, ONE, 0.0 * ONE, ONE), 2.0 * 0.7)
    np.testing.assert_allclose(bearable(loss, ONE, ONE, 0.0 * ONE), 2.0 * 0.6)
    np.testing.assert_allclose(bearable(loss, ONE, 1e12 * ONE, ONE), 2.0 * 1.3)


def test_garrisons_bear_less_with_less_of_anything_and_what_has_no_weight_does_not_count(p, given) -> None:
    less, more = 0.4 * ONE, 0.7 * ONE
    loss = given(p.ground_loss, backed=0.3, paid=0.4)
    usual = bearable(loss, more, more, more)
    for changed in ((less, more, more), (more, less, more), (more, more, less)):
        assert (bearable(loss, *changed) < usual).all()
    assert np.array_equal(bearable(given(loss, backed=0), more, less, more), bearable(given(loss, backed=0), more, ONE, more))
    assert np.array_equal(bearable(given(loss, paid=0), more, more, less), bearable(given(loss, paid=0), more, more, ONE))


def support(ensemble: Ensemble):
    """Backing and pay as things stand."""
    return support_of(unbacked(backing(ensemble), ensemble.intent.guarantee), pay(ensemble))


def borne(ensemble: Ensemble, loss) -> np.ndarray:
    """What garrisons bear as things stand."""
    return bearable(loss, ensemble.state.morale, *support(ensemble))


def test_pay_counts_for_the_government_and_each_camp_has_its_own_backers(ensemble: Ensemble, p, given) -> None:
    loss = given(p.ground_loss, **FIRM)
    usual = borne(divided(ensemble), loss)
    ensemble.state.coffers = 0.2 * ensemble.start.coffers
    assert (borne(ensemble, loss) < usual).any(axis=1).tolist() == [camp == GOVERNMENT for camp in Camp]
    ensemble.state.coffers = ensemble.start.coffers
    ensemble.intent.effort *= 0.2
    assert (borne(ensemble, loss) < usual).any(axis=1).tolist() == [camp == GOVERNMENT for camp in Camp]
    ensemble.intent.effort = ensemble.start.effort
    turkey = ensemble.intent.guarantee["turkey"]
    ensemble.intent.guarantee["turkey"] = 0.2 * turkey
    assert (borne(ensemble, loss) < usual).any(axis=1).tolist() == [camp == OPPOSITION for camp in Camp]


def shaken(ensemble: Ensemble, lost: float | np.ndarray, place: str = "SY-HM") -> Ensemble:
    """The government has just lost a share of Hama to the opposition in Idlib next door."""
    divided(without_local_powers(ensemble))
    state, j = ensemble.state, ensemble.provinces.index(place)
    for shares in (state.control, state.people):
        shares[GOVERNMENT, j] -= lost
        shares[OPPOSITION, j] += lost
    state.recent_loss[GOVERNMENT, j] = lost
    return ensemble


def runs(ensemble: Ensemble, loss, battle, rounds: int = 200) -> np.ndarray:
    """Let garrisons leave until next to nobody does; the government's ground by round, (rounds, P, worlds), the first before any."""
    draws, seen = draws_of(ensemble), np.zeros((len(Camp), ensemble.n_worlds))
    ground = [ensemble.state.control[GOVERNMENT].copy()]
    while step(ensemble, loss, battle, draws, 1, seen, support(ensemble)):
        ground.append(ensemble.state.control[GOVERNMENT].copy())
        if np.abs(ground[-1] - ground[-2]).max() < 1e-6:
            break  # each round is a fixed share of the one before, without an end
        assert len(ground) < rounds, "a rout that does not end"
    return np.stack(ground)


def test_without_losses_or_without_enemies_nobody_leaves(ensemble: Ensemble, p, given) -> None:
    loss = given(p.ground_loss, **(FIRM | {"firmness": 0.01}))
    assert len(runs(shaken(deepcopy(ensemble), 0.0), loss, p.battle)) == 1
    nobody = shaken(deepcopy(ensemble), 0.9)
    nobody.intent.value[:] = 0.0  # nobody wants what is left
    assert len(runs(nobody, loss, p.battle)) == 1
    assert len(runs(shaken(deepcopy(ensemble), 0.9), loss, p.battle)) > 1


def test_garrisons_that_bear_anything_do_not_leave(ensemble: Ensemble, p, given) -> None:
    assert len(runs(shaken(ensemble, 1.0), given(p.ground_loss, **(FIRM | {"firmness": 100.0})), p.battle)) == 1


def test_a_rout_runs_from_province_to_province_and_stops_by_itself(ensemble: Ensemble, p, given) -> None:
    """What was lost in one province is followed by ground next door, then by ground that does not border on it, in later rounds."""
    ground = runs(shaken(ensemble, 0.9), given(p.ground_loss, **(FIRM | {"firmness": 0.8})), given(p.battle, **ALIKE))
    held, start = ground[-1], ensemble.provinces.index("SY-HM")
    beside = ensemble.provinces.neighbours[start]
    far = [j for j in range(14) if j not in {start, *beside.tolist()} and j != ensemble.provinces.index("SY-ID")]
    first = [np.argmax((ground[:, j] < 1.0 - 1e-9).any(axis=-1)) for j in far if (held[j] < 1.0).any()]
    assert first and min(first) >= 2, "a rout jumps over a province"
    assert (ground[1][beside[beside >= 0]] < 1.0).any()
    assert (np.diff(ground, axis=0) <= 0.0).all() and whole(ensemble)


def test_a_small_rout_stays_where_it_began(ensemble: Ensemble, p, given) -> None:
    ground = runs(
        shaken(ensemble, 0.5),
        given(
            p.ground_loss,
            **FIRM,
        ),
        given(p.battle, **ALIKE),
        rounds=10,
    )
    start = ensemble.provinces.index("SY-HM")
    rest = np.delete(np.arange(14), [start, ensemble.provinces.index("SY-ID")])
    assert (ground[-1][rest] == 1.0).all()


LEVELS = np.array([1.0, 0.8, 0.6, 0.4, 0.2, 0.0])


@pytest.mark.parametrize("less", ["backing", "pay", "morale"])
def test_with_less_support_a_rout_begins_earlier_and_runs_longer(ensemble: Ensemble, p, given, less: str) -> None:
    """Six worlds that differ in one support alone: what is lost, and from which losses anything is."""
    loss, battle = given(p.ground_loss, **FIRM), given(p.battle, **ALIKE)
    total, begins = [], np.full(6, np.inf)
    for lost in np.arange(1, 11) / 10.0:
        worlds = shaken(deepcopy(ensemble), lost)
        if less == "backing":
            worlds.intent.effort = worlds.start.effort * LEVELS
        elif less == "pay":
            worlds.state.coffers = worlds.start.coffers * LEVELS
        else:
            worlds.state.morale[GOVERNMENT] = LEVELS
        ground = runs(worlds, loss, battle)
        left = (ground[0] - ground[-1]).sum(axis=0)
        total.append(left)
        begins = np.minimum(begins, np.where(left > 1e-9, lost, np.inf))
    assert (np.diff(begins[np.isfinite(begins)]) <= 0.0).all() and begins[-1] < begins[0]
    assert (np.diff(np.array(total), axis=1) >= -1e-9).all() and np.sum(total, axis=0)[-1] > np.sum(total, axis=0)[0] + 1.0


def test_backing_restored_after_the_first_round_stops_a_rout(ensemble: Ensemble, p, given) -> None:
    """The same worlds twice: the partners come back after the first round in one of them."""
    loss, battle = given(p.ground_loss, **(FIRM | {"firmness": 5.0, "backed": 0.9})), given(p.battle, **ALIKE)
    ended = {}
    for restored in (False, True):
        worlds = shaken(deepcopy(ensemble), 0.8)
        draws, seen = draws_of(worlds), np.zeros((len(Camp), 6))
        worlds.intent.effort = worlds.start.effort * 0.1
        assert step(worlds, loss, battle, draws, 1, seen, support(worlds))
        after_one = worlds.state.control[GOVERNMENT].copy()
        if restored:
            worlds.intent.effort = worlds.start.effort.copy()
        goes_on = step(worlds, loss, battle, draws, 6, seen, support(worlds))
        for day in (11, 16, 21, 26):
            step(worlds, loss, battle, draws, day, seen, support(worlds))
        ended[restored] = goes_on, after_one, worlds.state.control[GOVERNMENT].copy()
    assert np.array_equal(ended[False][1], ended[True][1])
    assert ended[False][0] and (ended[False][2].sum(axis=0) < ended[False][1].sum(axis=0) - 1.0).all()
    assert not ended[True][0] and np.array_equal(ended[True][2], ended[True][1])


def test_garrisons_whose_threshold_was_passed_do_not_leave_again(ensemble: Ensemble, p, given) -> None:
    """Once a rout has stopped, the same losses move nobody, whoever looks again."""
    loss, battle = given(p.ground_loss, **FIRM), given(p.battle, **ALIKE)
    runs(shaken(ensemble, 0.8), loss, battle)
    assert 0.0 < ensemble.state.garrisons_gone[GOVERNMENT].max() <= 1.0
    again = runs(ensemble, loss, battle)
    assert np.abs(again[0] - again[-1]).max() < 1e-5


def test_force_moves_or_melts_and_in_full_morale_none_melts(ensemble: Ensemble, p, given) -> None:
    loss = given(p.ground_loss, **(FIRM | {"firmness": 0.4}))
    for morale, melts in ((1.0, False), (0.5, True)):
        worlds = shaken(deepcopy(ensemble), 0.9)
        worlds.state.morale[GOVERNMENT] = morale
        before = worlds.state.force.copy()
        assert len(runs(worlds, loss, given(p.battle, **(ALIKE | {"rout": 1})))) > 2
        total, after = before.sum(axis=1), worlds.state.force.sum(axis=1)
        own = worlds.groups.of_camp(GOVERNMENT)
        assert np.array_equal(np.delete(worlds.state.force, own, axis=0), np.delete(before, own, axis=0))
        assert not np.allclose(worlds.state.force, before) and whole(worlds)
        if melts:
            assert (after[own[0]] < total[own[0]] - 0.1).all() and (after <= total + 1e-9).all()
        else:
            np.testing.assert_allclose(after, total)
