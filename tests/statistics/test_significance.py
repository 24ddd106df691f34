"""Tests and corrections against known values and against SciPy."""

import numpy as np
import pytest
from scipy import stats

from sim.statistics.significance import holm, holm_by_family, sufficient_z, t_test, welch


def test_holm_is_the_step_down_of_known_values() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005, np.nan])
    assert holm(p)[:4] == pytest.approx([0.03, 0.06, 0.06, 0.02]) and np.isnan(holm(p)[4])
    assert holm(np.array([0.6, 0.9])) == pytest.approx([1.0, 1.0])
    assert len(holm(np.array([]))) == 0


def test_holm_marks_a_false_difference_in_at_most_one_family_in_twenty() -> None:
    random = np.random.default_rng(7)
    wrong = [(holm(random.random(60)) < 0.05).any() for _ in range(2000)]
    assert np.mean(wrong) == pytest.approx(0.05, abs=0.015)


def test_each_family_is_corrected_for_its_own_number() -> None:
    p, kinds = np.array([0.01, 0.04, 0.02, np.nan, 0.5]), ["index", "outcome", "index", "index", "outcome"]
    np.testing.assert_allclose(holm_by_family(p, kinds), [0.02, 0.08, 0.02, np.nan, 0.5])


def test_a_sufficient_number_of_standard_errors_is_significant_whatever_the_others_are() -> None:
    assert sufficient_z(1) == pytest.approx(1.959964, abs=1e-6)
    for n_tests in (1, 7, 61):
        p = np.ones(n_tests)
        p[0] = 2 * stats.norm.sf(sufficient_z(n_tests) + 1e-6)
        assert holm(p)[0] < 0.05
        p[0] = 2 * stats.norm.sf(sufficient_z(n_tests) - 1e-3)
        assert holm(p)[0] > 0.05


def test_welchs_standard_error_and_degrees_of_freedom() -> None:
    error, freedom = welch(np.array([0.1]), 10, np.array([0.2]), 20)
    assert error[0] == pytest.approx(np.sqrt(0.05)) and freedom[0] == pytest.approx(0.05**2 / (0.01**2 / 9 + 0.04**2 / 19))


def test_no_difference_at_all_has_a_p_of_one_and_an_unknown_error_has_none() -> None:
    p = t_test(np.array([0.0, 1.0, 1.0]), np.array([0.0, 0.0, np.nan]), 5.0)
    assert p[0] == 1.0 and p[1] == 0.0 and np.isnan(p[2])
