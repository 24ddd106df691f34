"""The statistics of a comparison against known answers and against scipy."""

import numpy as np
import pytest
from scipy import stats

from sim.compare.differences import Pairs, Samples
from sim.statistics.exact_sums import fixed
from sim.statistics.poisson_bootstrap import RESAMPLES, Sampled, counts, interval
from sim.statistics.significance import adjusted, enough, holm, two_sided, welch

N = 400


@pytest.fixture(scope="module")
def luck() -> np.random.Generator:
    """Numbers for the tests."""
    return np.random.default_rng(7)


def paired(mine: np.ndarray, other: np.ndarray, standing: np.ndarray | None = None, chunk: int = 150) -> Pairs:
    """Pairs of one quantity, added in chunks."""
    pairs = Pairs(1)
    where = np.ones(len(mine), dtype=bool) if standing is None else standing
    for first in range(0, len(mine), chunk):
        part = slice(first, min(first + chunk, len(mine)))
        pairs.add(fixed(mine[None, part]), fixed(other[None, part]), where[part], counts(first, part.stop - first))
    return pairs


def test_each_world_counts_once_on_average_and_alike_in_whatever_chunk_it_stands() -> None:
    every = counts(0, 1000)
    assert every.shape == (RESAMPLES, 1000)
    assert every.mean() == pytest.approx(1.0, abs=0.005) and every.var() == pytest.approx(1.0, abs=0.02)
    assert np.array_equal(np.hstack([counts(0, 333), counts(333, 667)]), every)
    assert not np.array_equal(counts(0, 1000, stream=1), every)


def test_the_interval_is_close_to_that_of_scipys_bootstrap(luck: np.random.Generator) -> None:
    other = luck.gamma(2.0, size=N)
    mine = other + luck.exponential(0.5, size=N)
    frame = paired(mine, other).frame("all")
    known = stats.bootstrap(
        (mine - other,), np.mean, n_resamples=9999, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval
    width = known.high - known.low
    assert frame["low"][0] == pytest.approx(known.low, abs=0.12 * width) and frame["high"][0] == pytest.approx(known.high, abs=0.12 * width)


def test_intervals_hold_the_truth_about_as_often_as_they_say(luck: np.random.Generator) -> None:
    worlds, quantities = 200, 400
    sampled = Sampled(quantities)
    sampled.add(fixed(luck.exponential(1.0, (quantities, worlds))), np.ones(worlds, dtype=bool), counts(0, worlds))
    low, high = interval(sampled.resampled(False))
    assert 0.90 <= ((low <= 1.0) & (high >= 1.0)).mean() <= 0.98


def test_a_paired_difference_has_the_p_value_of_scipys_paired_test(luck: np.random.Generator) -> None:
    other = luck.normal(size=N)
    mine = other + luck.normal(0.05, 0.5, size=N)
    frame, known = paired(mine, other).frame("all"), stats.ttest_rel(mine, other)
    assert frame["p"][0] == pytest.approx(known.pvalue, rel=1e-4)
    assert frame["difference"][0] == pytest.approx((mine - other).mean(), abs=1e-5)
    assert frame["narrowing"][0] == pytest.approx((mine - other).std() / np.sqrt(mine.var() + other.var()), rel=1e-4)
    assert frame["spread"][0] == pytest.approx(np.sqrt((mine.var(ddof=1) + other.var(ddof=1)) / 2), rel=1e-4)


def test_an_unpaired_difference_has_the_p_value_of_welchs_test(luck: np.random.Generator) -> None:
    mine, other = luck.normal(0.1, 1.0, size=N), luck.normal(0.0, 2.0, size=N + 50)
    samples = Samples(1)
    for sample, values, stream in ((samples.mine, mine, 1), (samples.other, other, 2)):
        sample.add(fixed(values[None]), np.ones(len(values), dtype=bool), counts(0, len(values), stream))
    frame, known = samples.frame("all"), stats.ttest_ind(mine, other, equal_var=False)
    assert frame["p"][0] == pytest.approx(known.pvalue, rel=1e-4)
    ends = known.confidence_interval(0.95)
    width = ends.high - ends.low
    assert frame["low"][0] == pytest.approx(ends.low, abs=0.12 * width) and frame["high"][0] == pytest.approx(ends.high, abs=0.12 * width)
    assert np.isnan(frame["narrowing"][0]) and np.isnan(frame["more"][0]) and not frame["paired"]


def test_shares_in_which_a_scenario_exceeds_the_other_and_those_in_which_the_government_stands() -> None:
    mine, other = np.array([2.0, 1.0, 5.0, 3.0, 9.0]), np.array([1.0, 1.0, 7.0, 1.0, 0.0])
    standing = np.array([True, True, True, True, False])
    pairs = paired(mine, other, standing, chunk=2)
    every, given = pairs.frame("all"), pairs.frame("standing")
    assert (every["more"][0], every["fewer"][0], every["same"][0], every["worlds"]) == (0.6, 0.2, 0.2, 5)
    assert (given["more"][0], given["fewer"][0], given["same"][0], given["worlds"]) == (0.5, 0.25, 0.25, 4)
    assert every["difference"][0] == 2.0 and given["difference"][0] == 0.25
    assert given["mean"][0] == 2.75 and given["against_mean"][0] == 2.5


def test_chunks_change_no_bit(luck: np.random.Generator) -> None:
    mine, other, standing = luck.normal(size=N), luck.normal(size=N), luck.random(N) < 0.8
    one, many = (paired(mine, other, standing, chunk=chunk).frame("standing") for chunk in (N, 7))
    assert all(np.array_equal(one[name], many[name]) for name in one)


def test_without_a_world_or_with_one_alone_nothing_is_said_to_be_sure() -> None:
    alone = paired(np.array([1.0]), np.array([0.0])).frame("all")
    assert alone["difference"][0] == 1.0 and np.isnan(alone["low"][0]) and np.isnan(alone["error"][0]) and np.isnan(alone["p"][0])
    none = paired(np.array([1.0, 2.0]), np.array([0.0, 0.0]), np.array([False, False])).frame("standing")
    assert none["worlds"] == 0 and np.isnan(none["difference"][0]) and np.isnan(none["low"][0])
    same = paired(np.ones(9), np.ones(9)).frame("all")
    assert same["p"][0] == 1.0 and same["low"][0] == same["high"][0] == 0.0 and same["same"][0] == 1.0


def test_holm_is_the_step_down_of_known_values() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005, np.nan])
    assert holm(p)[:4] == pytest.approx([0.03, 0.06, 0.06, 0.02]) and np.isnan(holm(p)[4])
    assert holm(np.array([0.6, 0.9])) == pytest.approx([1.0, 1.0])
    assert len(holm(np.array([]))) == 0


def test_holm_marks_a_false_difference_in_at_most_one_family_in_twenty(luck: np.random.Generator) -> None:
    wrong = [(holm(luck.random(60)) < 0.05).any() for _ in range(2000)]
    assert np.mean(wrong) == pytest.approx(0.05, abs=0.015)


def test_welchs_error_and_freedom() -> None:
    error, freedom = welch(np.array([0.1]), 10, np.array([0.2]), 20)
    assert error[0] == pytest.approx(np.sqrt(0.05)) and freedom[0] == pytest.approx(0.05**2 / (0.01**2 / 9 + 0.04**2 / 19))
    assert two_sided(np.array([0.0]), np.array([0.0]), np.array([5.0]))[0] == 1.0


def test_each_kind_is_corrected_for_its_own_number() -> None:
    p, kinds = np.array([0.01, 0.04, 0.02, np.nan, 0.5]), ["index", "outcome", "index", "index", "outcome"]
    np.testing.assert_allclose(adjusted(p, kinds), [0.02, 0.08, 0.02, np.nan, 0.5])


def test_enough_standard_errors_pass_whatever_the_others_are() -> None:
    assert enough(1) == pytest.approx(1.959964, abs=1e-6)
    for many in (1, 7, 61):
        p = np.ones(many)
        p[0] = 2 * stats.norm.sf(enough(many) + 1e-6)
        assert holm(p)[0] < 0.05
        p[0] = 2 * stats.norm.sf(enough(many) - 1e-3)
        assert holm(p)[0] > 0.05
