"""Logit choice: shares over options. Interests: scores of instruments and places."""

import numpy as np
import pytest

from sim.model.actors.discrete_choice import logit
from sim.model.actors.interests import Interest, score_instruments, score_places, stake_of
from sim.model.state.dimensions import Instrument
from sim.model.state.dimensions import Instrument as I


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, np.newaxis]


def test_three_options_give_their_known_shares() -> None:
    shares = logit(np.log(column(1.0, 2.0, 5.0)), np.array([1.0]))
    np.testing.assert_allclose(shares, column(0.125, 0.25, 0.625))
    shares = logit(np.log(column(1.0, 2.0, 5.0)), np.array([2.0]))
    np.testing.assert_allclose(shares, column(1.0, 4.0, 25.0) / 30.0)


def test_without_precision_all_feasible_options_share_alike() -> None:
    np.testing.assert_allclose(logit(column(3.0, -1.0, 0.5), np.zeros(1)), 1.0 / 3.0)
    np.testing.assert_allclose(logit(column(3.0, -1.0, 0.5), np.zeros(1), column(1, 0, 1) > 0), column(0.5, 0.0, 0.5))


def test_what_is_not_feasible_gets_nothing_and_the_rest_keep_their_ratios() -> None:
    shares = logit(np.log(column(1.0, 2.0, 5.0)), np.ones(1), column(1, 1, 0) > 0)
    np.testing.assert_allclose(shares, column(1.0, 2.0, 0.0) / 3.0)


def test_where_nothing_is_feasible_nothing_is_chosen() -> None:
    assert not logit(column(1.0, 2.0, 5.0), np.ones(1), np.zeros((3, 1), dtype=bool)).any()


def test_high_precision_takes_the_best_and_does_not_overflow() -> None:
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_allclose(logit(column(0.1, 100.0, 99.0), np.array([100.0])), column(0.0, 1.0, 0.0), atol=1e-12)


def interest(
    weight: float, unmet: float, by: tuple[Instrument, ...], at_stake: tuple[float, float] = (1.0, 0.0), contested: bool = True
) -> Interest:
    return Interest("an interest", np.array([weight]), np.array([unmet]), column(*at_stake), by, contested=contested)


def test_an_interest_counts_by_weight_divided_among_the_instruments_that_serve_it() -> None:
    skill = np.ones((9, 1))
    skill[I.ROOTS] = 0.5
    score = score_instruments([interest(0.6, 0.5, (I.FIRMS, I.ROOTS)), interest(0.4, 1.0, (I.FIRMS,))], skill)
    assert score[I.FIRMS, 0] == pytest.approx(0.15 + 0.4)
    assert score[I.ROOTS, 0] == pytest.approx(0.075)
    assert score.sum() == pytest.approx(0.625)


def test_places_count_by_what_the_interests_served_have_at_stake_there() -> None:
    interests = [
        interest(0.6, 0.5, (I.FIRMS,), (1.0, 0.0)),
        interest(0.2, 0.5, (I.FIRMS, I.AIR), (0.0, 1.0)),
        interest(0.2, 0.5, (I.AIR,), (1.0, 1.0)),
    ]
    np.testing.assert_allclose(score_places(interests, I.FIRMS), column(0.75, 0.25), atol=1e-6)
    assert not score_places(interests, I.MIXING).any()


def test_the_shared_aim_is_no_stake_against_the_partner() -> None:
    interests = [interest(0.6, 0.5, (I.FIRMS,), (1.0, 0.0)), interest(0.4, 0.5, (I.AIR,), (1.0, 1.0), contested=False)]
    np.testing.assert_allclose(stake_of(interests), column(0.6, 0.0))
