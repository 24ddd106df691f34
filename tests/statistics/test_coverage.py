"""How often intervals hold the truth, and tests are wrong, by simulation: seeded, a small one always and a large one in `make check`."""

import numpy as np
import pytest
from scipy import stats

from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.pair_sums import PairSums
from sim.statistics.small_samples import LEAST_PAIRS

FEW, MANY = 400, 20_000


def simulated(draw: np.random.Generator, share: float, drift: float, n: int, runs: int) -> MeanDifferences:
    """Runs along the quantities: pairs of a yes or no, of which `share` differ, those that gain more often than lose by `drift`."""
    kind = draw.random((runs, n))
    gains, losses = kind < (share + drift) / 2, kind > 1.0 - (share - drift) / 2
    other = losses | (draw.random((runs, n)) < 0.5) & ~gains
    mine = other & ~losses | gains
    sums = PairSums(runs)
    sums.add(*((values.astype(np.int64) << 20) for values in (mine, other)))
    return sums.differences()


def coverage(found: MeanDifferences, truth: float) -> float:
    """The share of intervals that hold the truth."""
    below, above = found.margins(np.ones(len(found.mean)))
    return float(((found.difference - below <= truth) & (truth <= found.difference + above)).mean())


@pytest.mark.parametrize(("n", "share", "drift"), [(20, 0.02, 0.0), (20, 0.4, 0.2), (100, 0.01, 0.01), (300, 0.03, 0.02)])
def test_intervals_of_rare_differences_hold_the_truth(n: int, share: float, drift: float) -> None:
    assert coverage(simulated(np.random.default_rng(11), share, drift, n, FEW), drift) > 0.92


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 20, 30, 100, 1000])
@pytest.mark.parametrize(("share", "drift"), [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.05, 0.03), (0.2, 0.1), (0.6, 0.0), (0.8, 0.5)])
def test_intervals_of_shares_hold_the_truth_in_19_of_20_cases(n: int, share: float, drift: float) -> None:
    found = coverage(simulated(np.random.default_rng(12), share, drift, n, MANY // max(1, n // 100)), drift)
    assert found > 0.925  # never far below, and above where few worlds differ


@pytest.mark.slow
@pytest.mark.parametrize("n", [30, 100, 1000])
@pytest.mark.parametrize("share", [0.002, 0.01, 0.05, 0.3])
def test_a_share_that_does_not_change_is_wrongly_called_significant_in_one_case_of_twenty_at_most(n: int, share: float) -> None:
    p = simulated(np.random.default_rng(13), share, 0.0, n, MANY // max(1, n // 100)).p
    for level in (0.05, 0.001):
        assert (p < level).mean() < level + 3.0 * np.sqrt(level / len(p))  # three standard errors of the simulation


@pytest.mark.slow
def test_thirty_skewed_differences_are_as_many_as_a_normal_interval_takes() -> None:
    """The reason for LEAST_PAIRS: how often Student's interval misses the mean of differences as skewed as an exponential distribution."""
    missed = {}
    for n in (5, 10, LEAST_PAIRS, 300):
        values = np.random.default_rng(14).exponential(1.0, (MANY, n)) - 1.0
        missed[n] = float((stats.ttest_1samp(values, 0.0, axis=1).pvalue < 0.05).mean())
    assert missed[5] > 0.11 and 0.09 < missed[10] < 0.11 and 0.06 < missed[LEAST_PAIRS] < 0.08 and missed[300] < 0.06
