"""Exact sums: equal to NumPy's to the last digits that those have, and to the bit in any order."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.exact_sums import FIXED_POINT, BinnedCounts, Moments, fixed_point

VALUES = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=2, max_size=40)


def moments(values: np.ndarray, edges: tuple[int, ...] = ()) -> Moments:
    """Sums of one row of values, added in parts."""
    found = Moments(len(values))
    for part in np.split(values, edges, axis=1):
        found.add(fixed_point(part))
    return found


@given(VALUES)
def test_mean_and_standard_deviation_are_those_of_the_numbers(values: list[float]) -> None:
    found = moments(np.array([values]))
    exact = [Fraction(round(v * FIXED_POINT)) / Fraction(FIXED_POINT) for v in values]
    mean = sum(exact) / len(exact)
    variance = sum((v - mean) ** 2 for v in exact) / (len(exact) - 1)
    assert found.mean()[0] == pytest.approx(float(mean), rel=1e-12, abs=1e-12)
    assert found.std()[0] == pytest.approx(math.sqrt(variance), rel=1e-9, abs=1e-12)


def test_no_order_and_no_parts_change_a_bit() -> None:
    values = np.random.default_rng(1).normal(0.3, 1000.0, (5, 300))
    whole = moments(values)
    mixed = moments(values[:, np.random.default_rng(2).permutation(300)], (1, 7, 100, 299))
    assert (whole.mean() == mixed.mean()).all() and (whole.std() == mixed.std()).all()
    assert whole.std() == pytest.approx(values.std(axis=1, ddof=1), rel=1e-7)


def test_few_worlds_have_no_standard_deviation() -> None:
    assert np.isnan(Moments(2).mean()).all() and np.isnan(moments(np.ones((2, 1))).std()).all()
    assert (moments(np.full((1, 9), 0.1)).std() == 0.0).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e9])
def test_what_is_not_a_usable_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        fixed_point(np.array([[1.0, bad]]))


@given(VALUES, st.sampled_from([0.05, 0.5, 0.95]))
def test_quantiles_are_within_half_a_bin(values: list[float], share: float) -> None:
    counts = BinnedCounts(1)
    for part in np.array_split(np.array([values]), 2, axis=1):
        counts.add(part)
    ((found,),), ((width,),) = counts.quantiles([share])
    exact = float(np.quantile(values, share, method="inverted_cdf"))
    assert abs(found - exact) <= width * (1 + 1e-9) + 1e-12
    assert width <= max(0.0101 * abs(exact), 1.01e-4)


def test_without_worlds_there_are_no_quantiles() -> None:
    assert all(np.isnan(part).all() for part in BinnedCounts(3).quantiles())
