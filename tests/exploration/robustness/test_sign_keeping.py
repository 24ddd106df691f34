"""Over which share of a toy space a difference keeps its sign, and its worst tenth, where both are known."""

import numpy as np
import pytest

from sim.exploration.robustness.sign_keeping import LEAST_WORLDS, SignKeeping, expected_groups, sign_keeping
from sim.exploration.robustness.worst_tenth import tail_means, worst_tenth
from sim.model.state.dimensions import Array, Row


def worlds(seed: int, n: int = 2000, n_factors: int = 100) -> tuple[Array, Row]:
    """Draws, and luck with a standard deviation of 3."""
    rng = np.random.default_rng(seed)
    return rng.random((n_factors, n)), 3.0 * rng.standard_normal(n)


def signs(u: Array, difference: Row) -> SignKeeping:
    return sign_keeping(u, difference, np.zeros(len(difference)), np.nan, seed=1)


def test_a_difference_that_is_the_same_everywhere_keeps_its_sign_although_luck_blurs_it() -> None:
    u, luck = worlds(1)
    found = signs(u, luck - 2.0)
    assert found.sign == -1 and found.kept == 1.0 and found.reversed == found.open == 0.0 and not found.varies
    assert 0.2 < (luck - 2.0 > 0.0).mean() < 0.3  # a quarter of worlds have the other sign all the same


@pytest.mark.parametrize("turns_at", [0.2, 0.3, 0.4])
def test_the_share_in_which_it_turns_is_found_to_a_tenth(turns_at: float) -> None:
    u, luck = worlds(2, 4000)
    found = signs(u, 10.0 * (u[7] - turns_at) + luck)
    assert found.sign == 1 and found.varies and len(found.mean) == 10
    assert found.kept <= 1.0 - turns_at + 0.05 and found.reversed <= turns_at + 0.05  # never more than is true
    assert (
        found.kept >= 1.0 - turns_at - 0.15
        and found.reversed >= turns_at - 0.15
        and found.kept + found.open + found.reversed == pytest.approx(1.0)
    )
    assert np.corrcoef(found.mean, np.arange(10))[0, 1] < -0.95  # from most with the sign to least


def test_luck_alone_keeps_nothing_and_turns_nothing() -> None:
    surely = [found.kept + found.reversed for found in (signs(*worlds(seed, 1000, 50)) for seed in range(20))]
    assert np.mean(np.array(surely) > 0.0) <= 0.15


def test_groups_are_formed_without_the_world_that_is_placed() -> None:
    u, luck = worlds(3, 400)
    group = expected_groups(u, luck, 5, seed=1)
    means = [luck[group == i].mean() for i in range(5)]
    assert np.bincount(group).tolist() == [80] * 5 and abs(np.corrcoef(means, np.arange(5))[0, 1]) < 0.95
    assert max(map(abs, means)) < 4.0 * 3.0 / np.sqrt(80)  # sorted by themselves they would differ by several
    order = np.random.default_rng(5).permutation(100)
    assert np.array_equal(expected_groups(u[order], luck, 5, seed=1), group)


def test_a_share_that_no_world_changes_has_an_interval_and_few_worlds_are_refused() -> None:
    u, _ = worlds(4, 200)
    same = np.zeros(200)
    found = sign_keeping(u, same, same, 1.0, seed=1)
    assert found.open == 1.0 and (found.low < 0.0).all() and (found.high > 0.0).all() and not found.varies
    with pytest.raises(ValueError):
        sign_keeping(u[:, : LEAST_WORLDS - 1], same[: LEAST_WORLDS - 1], same[: LEAST_WORLDS - 1], 1.0, seed=1)


def test_the_worst_tenth_of_a_known_difference() -> None:
    u, luck = worlds(5, 3000)
    flat = worst_tenth(u, luck + 1.0, 1, seed=1)
    assert flat.low < 1.0 - 3.0 * 1.755 < flat.high and flat.low < flat.mean < flat.high  # the mean below the tenth of a normal: -1.755
    assert len(flat.rows) <= 1
    steep = worst_tenth(u, 20.0 * u[3] + luck, -1, seed=1)  # negative sign: the worst are the largest
    assert steep.rows[0] == 3 and steep.draws[0] > 0.8 and steep.low < steep.mean < steep.high and steep.mean > 18.0


def test_ties_are_not_said_to_lie_anywhere() -> None:
    u, _ = worlds(6, 1000)
    same = np.zeros(1000)
    same[:30] = -1.0
    u[4, :30] = 0.05
    assert worst_tenth(u, same, 1, seed=1).rows[0] == 4 and worst_tenth(u, same, 1, seed=1).mean == pytest.approx(-0.3)
    assert worst_tenth(u[:, 5:], same[5:], 1, seed=1).rows == ()  # 25 worlds are too few, and the others are ties
    assert worst_tenth(u, np.zeros(1000), 1, seed=1).rows == ()


def test_the_mean_of_a_tail_counts_worlds_in_part() -> None:
    values = np.arange(20.0)
    assert tail_means(values, np.ones((1, 20)))[0] == 0.5  # two of twenty
    assert tail_means(values[:15], np.ones((1, 15)))[0] == pytest.approx((0.0 + 0.5 * 1.0) / 1.5)
    assert tail_means(values, np.eye(20)[[7]])[0] == 7.0
