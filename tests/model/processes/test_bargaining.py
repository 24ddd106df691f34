"""Nash's bargain over primacy, and when it is struck."""

import numpy as np
import pytest

from sim.model.processes.bargaining import nash, presence_shares, settling_skill, step
from sim.model.state.dimensions import Partner
from sim.model.state.ensemble import Ensemble

HALF = np.array([0.5])


def test_a_bargain_computed_by_hand() -> None:
    """Russia cares 0.2, Iran 0.6; Russia has a quarter of the force; going on costs 0.1 of each stake.

    Without agreement Russia has 0.2 x 0.15 = 0.03 and Iran 0.6 x 0.65 = 0.39. Iran takes primacy, worth 0.6, so 0.18 is gained; half of
    it, 0.09, goes to Russia on top of its 0.03.
    """
    winner, gain, payment = nash(np.array([[0.2], [0.6]]), np.array([[0.25], [0.75]]), np.array([0.1]), HALF)
    assert winner[0] == Partner.IRAN
    assert gain[0] == pytest.approx(0.18)
    assert payment[0] == pytest.approx(0.12)


def test_both_gain_the_same_over_having_no_agreement() -> None:
    rng = np.random.default_rng(1)
    stake, russia, cost = rng.random((2, 200)), rng.random(200), rng.uniform(0.0, 0.3, 200)
    share = np.stack([russia, 1.0 - russia])
    winner, gain, payment = nash(stake, share, cost, HALF)
    assert np.array_equal(winner, stake.argmax(axis=0))
    without = stake * (share - cost)
    pays = np.stack([np.where(winner == k, stake[k] - payment, payment) for k in (0, 1)])
    free = payment > 0.0  # where a payment would have to run the other way there is none
    assert free.mean() > 0.9
    np.testing.assert_allclose((pays - without)[:, free], np.stack([gain, gain])[:, free] / 2.0)


def test_the_payment_gives_the_one_who_yields_its_share_of_the_gain() -> None:
    stake, share = np.array([[0.2], [0.6]]), np.array([[0.25], [0.75]])
    payments = [nash(stake, share, np.array([0.1]), np.array([part]))[2][0] for part in (0.0, 1.0)]
    np.testing.assert_allclose(payments, [0.03, 0.03 + 0.18])


def test_equal_partners_end_equal_whoever_has_primacy() -> None:
    _, gain, payment = nash(np.full((2, 1), 0.5), np.full((2, 1), 0.5), np.array([0.2]), HALF)
    assert gain[0] == pytest.approx(0.2)
    assert payment[0] == pytest.approx(0.25)
    assert 0.5 - payment[0] == pytest.approx(payment[0])


def test_exchanging_the_partners_exchanges_the_bargain() -> None:
    rng = np.random.default_rng(2)
    stake, share, cost = rng.random((2, 14, 9)), rng.random((2, 14, 9)), rng.random(9)
    one, two = nash(stake, share, cost, HALF), nash(stake[::-1], share[::-1], cost, HALF)
    assert np.array_equal(one[0], 1 - two[0])
    np.testing.assert_allclose(one[1:], two[1:])


def test_presence_is_shared_by_force_and_evenly_where_nobody_is() -> None:
    shares = presence_shares(np.array([[[3.0], [0.0]], [[1.0], [0.0]]]))
    np.testing.assert_allclose(shares[:, :, 0], [[0.75, 0.5], [0.25, 0.5]])


def test_skill_in_one_field_alone_settles_little() -> None:
    even, lopsided = np.full((3, 2), 0.5), np.array([[0.98, 0.98], [0.5, 0.5], [0.02, 0.02]])
    np.testing.assert_allclose(settling_skill(even), 0.5)
    assert (settling_skill(lopsided) < 0.3).all()


def eager(ensemble: Ensemble, p, given):
    """Worlds in which every province calls for a bargain, and parameters under which every open one is struck."""
    ensemble.state.channel[:] = 1.0
    ensemble.state.partnership_broken[:] = ensemble.state.fallen[:] = 0.0
    ensemble.state.primacy[:] = 0.0
    ensemble.state.incident_memory[:] = 100.0
    return given(p.bargain, readiness=1, worth_a_talk=0, posts=0.5, payment=1)


def test_open_bargains_are_struck_once_and_the_heat_is_off(ensemble: Ensemble, p, given) -> None:
    ready = eager(ensemble, p, given)
    step(ensemble, ready)
    struck = np.abs(ensemble.state.primacy) == 1.0
    assert struck.mean() > 0.9
    assert np.array_equal(ensemble.monthly.bargains, struck.sum(axis=0))
    assert not ensemble.state.incident_memory[struck].any()
    step(ensemble, ready)
    assert (ensemble.monthly.bargains < struck.sum(axis=0)).all()


@pytest.mark.parametrize("hindrance", ["partnership_broken", "fallen", "channel", "incident_memory", "readiness"])
def test_no_bargain_without_partners_skill_or_occasion(ensemble: Ensemble, p, given, hindrance: str) -> None:
    ready = eager(ensemble, p, given)
    ensemble.monthly.incidents_at = np.zeros_like(ensemble.monthly.incidents_at)
    if hindrance == "readiness":
        ready = given(ready, readiness=0)
    else:
        getattr(ensemble.state, hindrance)[:] = 1.0 if hindrance in ("partnership_broken", "fallen") else 0.0
    step(ensemble, ready)
    assert not ensemble.monthly.bargains.any() and not ensemble.state.primacy.any()


def test_posts_are_left_by_who_yields_and_nobody_is_lost(ensemble: Ensemble, p, given) -> None:
    ready = eager(ensemble, p, given)
    before = ensemble.state.force.copy()
    step(ensemble, ready)
    after, groups = ensemble.state.force, ensemble.groups
    np.testing.assert_allclose(after.sum(axis=1), before.sum(axis=1), rtol=1e-6)
    for k, sign in ((Partner.RUSSIA, -1.0), (Partner.IRAN, 1.0)):
        moved = (after - before)[groups.of_partner(k)].sum(axis=0)
        assert (moved[ensemble.state.primacy == sign] <= 1e-9).all()
    others = [g for g in range(len(groups)) if g not in groups.of_partner(Partner.RUSSIA) + groups.of_partner(Partner.IRAN)]
    assert np.array_equal(after[others], before[others])
    assert (ensemble.monthly.hand_overs > 0.0).all()
