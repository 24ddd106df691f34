"""Single parameters on stored worlds: what rises, what bends, what chance alone gives, and what is too small to matter."""

import numpy as np
import pandas as pd
import pytest

from sim.exploration.global_sensitivity.parameter_screening import (
    COLUMNS,
    LEAST_CASES,
    MATTERS,
    between_parts,
    rank_correlations,
    screened,
    why_not,
)
from sim.model.state.dimensions import Array

N = 2_000


@pytest.fixture(scope="module")
def draws() -> Array:
    return np.random.default_rng(6).random((60, N))


def test_what_rises_falls_and_bends_is_found_and_nothing_else(draws: Array) -> None:
    noise = np.random.default_rng(7).standard_normal(N)
    values = 1.2 * draws[0] - 1.2 * draws[1] + 12.0 * (draws[2] - 0.5) ** 2 + noise
    found = pd.DataFrame(screened(values, draws, is_share=False))
    assert list(found.index[found["significant"]]) == [0, 1, 2] and found["matters"][:3].all()
    assert list(found["shape"][:4]) == ["rises", "falls", "bends", ""]
    assert found["rank_correlation"][0] > 0.2 and found["rank_correlation"][1] < -0.2 and abs(found["rank_correlation"][2]) < 0.1
    assert (found["low"] <= found["rank_correlation"]).all() and (found["rank_correlation"] <= found["high"]).all()
    assert found["difference"][0] == pytest.approx(1.2 * 0.8, abs=0.3) and found["difference_low"][0] < 0.96 < found["difference_high"][0]


def test_shares_of_variance_are_those_of_a_known_line(draws: Array) -> None:
    values = draws[0] * np.sqrt(12.0) + 3.0 * np.random.default_rng(8).standard_normal(N)
    found = screened(values, draws, is_share=False)
    assert found["linear_share"][0] == pytest.approx(0.1, abs=0.03) and found["tenths_share"][0] == pytest.approx(0.1, abs=0.03)
    assert found["explained"][0] == max(found["linear_share"][0], found["tenths_share"][0])


def test_corrected_shares_of_chance_alone_are_nothing_on_average(draws: Array) -> None:
    values = np.random.default_rng(9).standard_normal(N)
    tenths, p = between_parts(values, draws, 10)
    assert abs(tenths.mean()) < 0.001 and 0.3 < p.mean() < 0.7
    assert not screened(values, draws, is_share=False)["significant"].any()


def test_an_effect_can_be_sure_and_too_small_to_matter() -> None:
    draws = np.random.default_rng(10).random((20, 20_000))
    values = 0.05 * np.sqrt(12.0) * draws[0] + np.random.default_rng(11).standard_normal(20_000)
    found = screened(values, draws, is_share=False)
    assert found["significant"][0] and not found["matters"][0] and found["explained"][0] < MATTERS


def test_one_family_in_twenty_at_most_has_an_effect_by_chance_also_with_extreme_worlds(draws: Array) -> None:
    outcomes = [np.random.default_rng(seed).standard_cauchy(N) for seed in range(40)]
    assert sum(bool(screened(values, draws, is_share=False)["significant"].any()) for values in outcomes) <= 5


def test_an_effect_among_extreme_worlds_is_found_by_ranks(draws: Array) -> None:
    values = 8.0 * (draws[4] - 0.5) ** 2 + 0.2 * np.random.default_rng(3).standard_cauchy(N)
    assert list(np.flatnonzero(screened(values, draws, is_share=False)["significant"])) == [4]


def test_ranks_share_ties_as_spearmans_do(draws: Array) -> None:
    stats = pytest.importorskip("scipy.stats")
    values = np.round(draws[0] * 3.0 + draws[1])
    for i, rho in enumerate(rank_correlations(values, draws[:3])):
        assert rho == pytest.approx(stats.spearmanr(values, draws[i]).statistic)


def test_too_few_worlds_or_cases_are_refused_in_a_sentence(draws: Array) -> None:
    few = np.zeros(N)
    few[: LEAST_CASES - 1] = 1.0
    assert why_not(few, is_share=True).startswith(f"Only {LEAST_CASES - 1} of 2,000 stored worlds have it")
    assert why_not(1.0 - few, is_share=True).startswith(f"Only {LEAST_CASES - 1} of 2,000 stored worlds lack it")
    assert "150 stored worlds are too few" in why_not(draws[0][:150], is_share=False)
    assert "the same in all" in why_not(np.ones(N), is_share=False)
    few[:60] = 1.0
    assert why_not(few, is_share=True) == "" == why_not(draws[0], is_share=False)
    few[50:] = 0.0
    few[49] = 0.0
    assert np.isnan(screened(few, draws, is_share=True)["tenths_share"]).all()  # fewer than five in a tenth


def test_every_column_is_described() -> None:
    assert all(meaning and unit for meaning, unit in COLUMNS.values())
