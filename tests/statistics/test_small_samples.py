"""Exact tests and bounded intervals: against SciPy, against known answers, and through the sums of a comparison."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.compare.comparison import ALL
from sim.compare.condition_sums import PairedSums
from sim.statistics.exact_sums import FIXED_POINT, Moments, fixed_point
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.pair_sums import PairSums, unpaired_differences
from sim.statistics.poisson_bootstrap import resample_counts
from sim.statistics.significance import sufficient_differing
from sim.statistics.small_samples import (
    FEW_DIFFERING,
    LEAST_P,
    LEAST_PAIRS,
    fisher,
    least_p,
    least_p_of_samples,
    mcnemar,
    paired_share_interval,
    share_difference_interval,
    unseen_share,
)

UNIT, UNBOUNDED = np.array([1.0]), np.array([np.nan])


def pairs(mine: np.ndarray | list[float], other: np.ndarray | list[float]) -> MeanDifferences:
    """Differences of one quantity over pairs of worlds."""
    sums = PairSums(1)
    sums.add(*(fixed_point(np.array([values], dtype=float)) for values in (mine, other)))
    return sums.differences()


def samples(mine: np.ndarray | list[float], other: np.ndarray | list[float]) -> MeanDifferences:
    """Differences of one quantity between two separate sets of worlds."""
    sums = Moments(1), Moments(1)
    for part, values in zip(sums, (mine, other), strict=True):
        part.add(fixed_point(np.array([values], dtype=float)))
    return unpaired_differences(*sums)


def ends(found: MeanDifferences, scale: np.ndarray = UNIT) -> tuple[float, float]:
    """The interval of the one quantity."""
    below, above = found.margins(scale)
    return float(found.difference[0] - below[0]), float(found.difference[0] + above[0])


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemars_test_is_the_binomial_test_of_the_worlds_that_differ(more: int, fewer: int) -> None:
    known = stats.binomtest(more, more + fewer).pvalue if more + fewer else 1.0
    assert mcnemar(np.array([more]), np.array([fewer]))[0] == pytest.approx(known, rel=1e-9)


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_fishers_test_is_scipys(n: int, other_n: int, data: st.DataObject) -> None:
    count, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    known = stats.fisher_exact([[count, n - count], [other, other_n - other]]).pvalue
    assert fisher(count, n, other, other_n) == pytest.approx(known, rel=1e-6)


def test_the_least_p_is_that_of_all_signs_alike_or_of_the_most_extreme_division() -> None:
    for n in (2, 6, 12):
        known = stats.permutation_test((np.ones(n),), np.mean, permutation_type="samples", n_resamples=10_000).pvalue
        assert least_p(np.array([n]))[0] == pytest.approx(known) == pytest.approx(mcnemar(np.array([n]), np.array([0]))[0])
    assert least_p(np.array([0, 1])).tolist() == [1.0, 1.0]
    known = stats.permutation_test((np.arange(3.0), np.arange(5.0) + 9), lambda a, b: a.mean() - b.mean(), n_resamples=10_000).pvalue
    assert least_p_of_samples(3, 5) == pytest.approx(known)


def test_so_many_differing_worlds_suffice_and_one_fewer_does_not() -> None:
    for n_tests in (1, 8, 57, 442):
        n = sufficient_differing(n_tests)
        assert n_tests * least_p(np.array([n]))[0] < 0.05 <= n_tests * least_p(np.array([n - 1]))[0]


def test_intervals_of_shares_are_those_of_the_papers() -> None:
    low, high = paired_share_interval(np.array([1, 0]), np.array([0, 0]), np.array([12, 20]))
    half = 1.96 * np.sqrt((3 / 14 - (1 / 14) ** 2) / 14)
    assert (low[0], high[0]) == pytest.approx((1 / 14 - half, 1 / 14 + half))
    assert (low[1], high[1]) == pytest.approx((-0.126, 0.126), abs=1e-3)
    low, high = share_difference_interval(np.array([56 / 70, 0.0]), 70, np.array([48 / 80, 0.0]), 80)
    assert (low[0], high[0]) == pytest.approx((0.0524, 0.3339), abs=1e-4)  # Newcombe 1998, table II, (a), method 10
    assert low[1] < 0.0 < high[1]


def test_the_share_that_may_have_gone_unseen_is_clopper_and_pearsons() -> None:
    for n in (1, 2, 20, 1000):
        known = stats.binomtest(0, n).proportion_ci(0.95, method="exact").high
        assert unseen_share(n) == pytest.approx(known)
    assert unseen_share(1000) == pytest.approx(3.7 / 1000, rel=0.01)


@pytest.mark.parametrize("by", [0.3, 1e-3, 7.0])
@pytest.mark.parametrize("n", [2, 5, 29])
def test_few_worlds_that_differ_alike_are_certain_of_nothing(n: int, by: float) -> None:
    found = pairs(np.full(n, 0.5 + by), np.full(n, 0.5))
    assert found.standard_error[0] == 0.0 and found.p[0] == pytest.approx(2.0 ** (1 - n)) and not found.suffices[0]
    if by < 1.0:
        low, high = ends(found)
        assert -1.0 <= low < 0.0 < by < high <= 1.0 or n == 29
        assert high - low == pytest.approx(2.0 * unseen_share(n))
    assert np.isnan(ends(found, UNBOUNDED)).all()


def test_many_worlds_that_differ_alike_have_a_p_that_is_not_zero() -> None:
    found = pairs(np.full(100, 8.0), np.zeros(100))
    assert found.p[0] == pytest.approx(2.0**-99) and found.suffices[0] and found.paired and found.standard_error[0] == 0.0
    assert ends(found, UNBOUNDED) == (8.0, 8.0)  # without bounds nothing can be said of unlike worlds
    assert pairs(np.full(5000, 8.0), np.zeros(5000)).p[0] == LEAST_P


def test_shares_of_which_no_world_differs_are_not_known_to_the_point() -> None:
    none = pairs(np.zeros(20), np.zeros(20))
    assert none.difference[0] == 0.0 and none.p[0] == 1.0 and none.same[0] == 1.0
    assert ends(none) == pytest.approx((-0.126, 0.126), abs=1e-3)
    frame = _frame(np.zeros(20), np.zeros(20))
    assert (frame["low"][0], frame["high"][0]) == pytest.approx((-0.126, 0.126), abs=1e-3)


def test_few_worlds_that_differ_are_tested_exactly_and_many_by_students_test() -> None:
    other = np.zeros(1000)
    for differing, known in ((FEW_DIFFERING - 1, stats.binomtest(FEW_DIFFERING - 1, FEW_DIFFERING - 1).pvalue), (40, None)):
        mine = (np.arange(1000) < differing).astype(float)
        expected = stats.ttest_rel(mine, other).pvalue if known is None else known
        assert pairs(mine, other).p[0] == pytest.approx(expected, rel=1e-4)
    found = pairs((np.arange(1000) < 40).astype(float), other)
    assert ends(found) == (found.difference[0] - 1.96 * found.standard_error[0], found.difference[0] + 1.96 * found.standard_error[0])


def test_two_samples_of_few_worlds_are_tested_and_bounded_too() -> None:
    found = samples([1.0, 1.0], [0.0, 0.0])
    assert found.p[0] == pytest.approx(1 / 3) and not found.suffices[0]
    assert ends(found) == pytest.approx((0.07, 1.0), abs=1e-3)  # Newcombe
    rare = samples(np.arange(50) < 5, np.zeros(60))
    assert rare.p[0] == pytest.approx(stats.fisher_exact([[5, 45], [0, 60]]).pvalue, rel=1e-6)
    alike = samples(np.full(40, 0.25), np.full(40, 0.75))
    assert 0.0 < alike.p[0] < 1e-20 and ends(alike)[0] < -0.5 < ends(alike)[1] < 0.0
    many = np.random.default_rng(3).random((2, 400)) < 0.4
    assert samples(many[0], many[1]).p[0] == pytest.approx(stats.ttest_ind(*many.astype(float), equal_var=False).pvalue, rel=1e-4)


def test_differences_below_what_numbers_resolve_are_ties() -> None:
    rng = np.random.default_rng(5)
    other = rng.random(4000)
    tiny = pairs(other + 1e-8, other)
    assert tiny.p[0] == 1.0 and tiny.same[0] == 1.0 and tiny.more is not None and tiny.more[0] == 0
    seen = pairs(other + 3.0 / FIXED_POINT, other)
    assert seen.same[0] == 0.0 and seen.p[0] < 1e-9
    large = (1000.0 + other).astype(np.float32)
    last_digit = pairs(np.nextafter(large, np.float32(2000.0)).astype(float), large.astype(float))
    assert last_digit.same[0] == 1.0 and last_digit.p[0] == 1.0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=60))
def test_an_interval_holds_the_difference_and_a_p_is_never_zero(known: list[tuple[float, float]]) -> None:
    mine, other = np.array(known).T
    found = pairs(mine, other)
    low, high = ends(found)
    assert low <= found.difference[0] <= high and 0.0 < found.p[0] <= 1.0
    if not found.suffices[0]:
        assert low >= -1.0 - 1e-9 and high <= 1.0 + 1e-9
    frame = _frame(mine, other)
    assert low == frame["low"][0] or not found.uses_exact[0]


def _frame(mine: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    sums = PairedSums(1, UNIT)
    sums.add(fixed_point(mine[None]), fixed_point(other[None]), np.ones(len(mine), dtype=bool), resample_counts(0, len(mine)))
    return sums.frame(ALL)


def test_few_worlds_have_students_interval(seed: int = 4) -> None:
    mine, other = np.random.default_rng(seed).normal(0.5, 0.05, (2, LEAST_PAIRS - 1))
    known = stats.ttest_rel(mine, other).confidence_interval(0.95)
    assert ends(pairs(mine, other)) == pytest.approx((known.low, known.high), abs=1e-5)
