"""Differences of means, and their bootstrap intervals, against known answers and against SciPy."""

import numpy as np
import pytest
from scipy import stats

from sim.compare.comparison import ALL, SURVIVED
from sim.compare.condition_sums import PairedSums, SampleSums
from sim.statistics.exact_sums import fixed_point
from sim.statistics.poisson_bootstrap import N_RESAMPLES, ResampledSums, percentile_interval, resample_counts

N = 400


@pytest.fixture(scope="module")
def random() -> np.random.Generator:
    """Numbers for the tests."""
    return np.random.default_rng(7)


def paired(mine: np.ndarray, other: np.ndarray, survived: np.ndarray | None = None, chunk: int = 150) -> PairedSums:
    """Pairs of one quantity, added in chunks."""
    sums = PairedSums(1)
    where = np.ones(len(mine), dtype=bool) if survived is None else survived
    for first in range(0, len(mine), chunk):
        part = slice(first, min(first + chunk, len(mine)))
        sums.add(fixed_point(mine[None, part]), fixed_point(other[None, part]), where[part], resample_counts(first, part.stop - first))
    return sums


def test_each_world_counts_once_on_average_and_alike_in_whatever_chunk_it_stands() -> None:
    every = resample_counts(0, 1000)
    assert every.shape == (N_RESAMPLES, 1000)
    assert every.mean() == pytest.approx(1.0, abs=0.005) and every.var() == pytest.approx(1.0, abs=0.02)
    assert np.array_equal(np.hstack([resample_counts(0, 333), resample_counts(333, 667)]), every)
    assert not np.array_equal(resample_counts(0, 1000, stream=1), every)


def test_the_interval_is_close_to_that_of_scipys_bootstrap(random: np.random.Generator) -> None:
    other = random.gamma(2.0, size=N)
    mine = other + random.exponential(0.5, size=N)
    frame = paired(mine, other).frame(ALL)
    known = stats.bootstrap(
        (mine - other,), np.mean, n_resamples=9999, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval
    width = known.high - known.low
    assert frame["low"][0] == pytest.approx(known.low, abs=0.12 * width) and frame["high"][0] == pytest.approx(known.high, abs=0.12 * width)


def test_intervals_hold_the_truth_about_as_often_as_they_say(random: np.random.Generator) -> None:
    n_worlds, n_quantities = 200, 400
    sums = ResampledSums(n_quantities)
    sums.add(fixed_point(random.exponential(1.0, (n_quantities, n_worlds))), resample_counts(0, n_worlds))
    low, high = percentile_interval(sums.means())
    assert 0.90 <= ((low <= 1.0) & (high >= 1.0)).mean() <= 0.98


def test_a_paired_difference_has_the_p_value_of_scipys_paired_test(random: np.random.Generator) -> None:
    other = random.normal(size=N)
    mine = other + random.normal(0.05, 0.5, size=N)
    found, known = paired(mine, other).differences(ALL), stats.ttest_rel(mine, other)
    assert found.paired and found.n == N and found.p[0] == pytest.approx(known.pvalue, rel=1e-4)
    assert found.difference[0] == pytest.approx((mine - other).mean(), abs=1e-5)
    assert found.half_width[0] == pytest.approx(1.96 * (mine - other).std(ddof=1) / np.sqrt(N), rel=1e-4)
    assert found.narrowing[0] == pytest.approx((mine - other).std() / np.sqrt(mine.var() + other.var()), rel=1e-4)
    assert found.pooled_std[0] == pytest.approx(np.sqrt((mine.var(ddof=1) + other.var(ddof=1)) / 2), rel=1e-4)


def test_an_unpaired_difference_has_the_p_value_of_welchs_test(random: np.random.Generator) -> None:
    mine, other = random.normal(0.1, 1.0, size=N), random.normal(0.0, 2.0, size=N + 50)
    sums = SampleSums(1)
    for sample, values, stream in ((sums.mine, mine, 1), (sums.other, other, 2)):
        sample.add(fixed_point(values[None]), np.ones(len(values), dtype=bool), resample_counts(0, len(values), stream))
    found, frame, known = sums.differences(ALL), sums.frame(ALL), stats.ttest_ind(mine, other, equal_var=False)
    assert not found.paired and found.p[0] == pytest.approx(known.pvalue, rel=1e-4)
    ends = known.confidence_interval(0.95)
    width = ends.high - ends.low
    assert frame["low"][0] == pytest.approx(ends.low, abs=0.12 * width) and frame["high"][0] == pytest.approx(ends.high, abs=0.12 * width)
    assert np.isnan(found.narrowing[0]) and np.isnan(frame["more"][0]) and not frame["paired"][0]


def test_shares_in_which_a_scenario_exceeds_the_other_and_those_in_which_the_government_survives() -> None:
    mine, other = np.array([2.0, 1.0, 5.0, 3.0, 9.0]), np.array([1.0, 1.0, 7.0, 1.0, 0.0])
    sums = paired(mine, other, np.array([True, True, True, True, False]), chunk=2)
    every, survived = sums.frame(ALL).iloc[0], sums.frame(SURVIVED).iloc[0]
    assert (every["more"], every["fewer"], every["same"], every["worlds"]) == (0.6, 0.2, 0.2, 5)
    assert (survived["more"], survived["fewer"], survived["same"], survived["worlds"]) == (0.5, 0.25, 0.25, 4)
    found = sums.differences(SURVIVED)
    assert sums.differences(ALL).difference[0] == 2.0 and found.difference[0] == 0.25
    assert found.mean[0] == 2.75 and found.other_mean[0] == 2.5


def test_chunks_change_no_bit(random: np.random.Generator) -> None:
    mine, other, survived = random.normal(size=N), random.normal(size=N), random.random(N) < 0.8
    whole, parts = (paired(mine, other, survived, chunk=chunk) for chunk in (N, 7))
    assert whole.frame(SURVIVED).equals(parts.frame(SURVIVED))
    first, second = whole.differences(SURVIVED), parts.differences(SURVIVED)
    assert all(np.array_equal(getattr(first, name), getattr(second, name)) for name in ("mean", "difference", "standard_error", "p"))


def test_without_a_world_or_with_one_alone_there_is_no_interval_and_no_test() -> None:
    alone = paired(np.array([1.0]), np.array([0.0]))
    found, frame = alone.differences(ALL), alone.frame(ALL)
    assert found.difference[0] == 1.0 and np.isnan(found.standard_error[0]) and np.isnan(found.p[0]) and np.isnan(frame["low"][0])
    none = paired(np.array([1.0, 2.0]), np.array([0.0, 0.0]), np.array([False, False]))
    assert none.frame(SURVIVED)["worlds"][0] == 0 and np.isnan(none.differences(SURVIVED).difference[0])
    same = paired(np.ones(9), np.ones(9))
    assert same.differences(ALL).p[0] == 1.0 and same.frame(ALL)["low"][0] == same.frame(ALL)["high"][0] == 0.0
