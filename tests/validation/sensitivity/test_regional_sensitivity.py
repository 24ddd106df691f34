"""Regional sensitivity on splits whose answer is known."""

import numpy as np
import pytest
from scipy import stats

from sim.statistics.significance import holm
from sim.validation.sensitivity.regional_sensitivity import (
    MIN_WORLDS,
    distances,
    parameter_effects,
    shares_by_fifth,
    strongest_pair,
    too_few_worlds,
)

PATHS = tuple(f"p{i}" for i in range(10))


def draws(seed: int = 1, worlds: int = 800) -> dict[str, np.ndarray]:
    """Ten uniform parameters."""
    rng = np.random.default_rng(seed)
    return {path: rng.random(worlds) for path in PATHS}


@pytest.mark.parametrize("threshold", [0.2, 0.35, 0.5, 0.65, 0.8])
def test_a_threshold_on_one_of_ten_parameters_is_found_and_recovered(threshold: float) -> None:
    u = draws()
    strongest, second, *_ = parameter_effects(u["p3"] < threshold, u)
    assert strongest.path == "p3" and strongest.significant and strongest.direction == -1 and not second.significant
    assert strongest.distance == 1.0 and strongest.tipping_quantile == pytest.approx(threshold, abs=0.05)
    assert strongest.upwards == (threshold >= 0.5), "a likely pattern fails upwards; an unlikely one would hold downwards"


def test_a_threshold_is_recovered_through_noise_and_in_both_directions() -> None:
    u = draws(worlds=2000)
    luck = np.random.default_rng(9).random(2000)
    holds = np.where(u["p7"] > 0.3, luck < 0.9, luck < 0.2)
    strongest = parameter_effects(holds, u)[0]
    assert strongest.path == "p7" and strongest.direction == 1 and not strongest.upwards
    assert strongest.tipping_quantile == pytest.approx(0.3, abs=0.2 / 2)
    assert strongest.fifths[0] < 0.3 and min(strongest.fifths[2:]) > 0.8


def test_a_parameter_that_matters_but_never_tips_the_pattern_over_turns_nowhere() -> None:
    u = draws(worlds=2000)
    holds = np.random.default_rng(2).random(2000) < 0.95 - 0.25 * u["p0"]
    strongest = parameter_effects(holds, u)[0]
    assert strongest.path == "p0" and strongest.significant and strongest.tipping_quantile is None
    assert strongest.fifths[0] > strongest.fifths[-1] > 0.5


def test_the_ishigami_function_ranks_its_inputs() -> None:
    rng = np.random.default_rng(3)
    u = {name: rng.random(4000) for name in ("x1", "x2", "x3", "idle")}
    x1, x2, x3 = (np.pi * (2.0 * u[name] - 1.0) for name in ("x1", "x2", "x3"))
    y = np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)
    found = {effect.path: effect for effect in parameter_effects(y > np.quantile(y, 0.5), u)}
    assert found["x1"].significant and found["x1"].direction == 1 and not found["idle"].significant
    assert found["x1"].distance > found["x2"].distance > found["idle"].distance


def test_pure_noise_gives_no_parameter_in_nearly_all_seeds() -> None:
    clean = 0
    for seed in range(200):
        u = draws(seed, worlds=300)
        clean += not any(effect.significant for effect in parameter_effects(np.random.default_rng(10_000 + seed).random(300) < 0.7, u))
    assert clean >= 0.95 * 200


def test_distance_and_p_value_agree_with_scipy() -> None:
    u = draws(worlds=1000)
    holds = u["p1"] + 0.8 * np.random.default_rng(4).random(1000) > 0.7
    found = {effect.path: effect for effect in parameter_effects(holds, u)}
    tests = {path: stats.ks_2samp(row[holds], row[~holds], method="exact") for path, row in u.items()}
    for path, test in tests.items():
        assert found[path].distance == pytest.approx(test.statistic, abs=1e-12)
    exact = dict(zip(tests, holm(np.array([test.pvalue for test in tests.values()])), strict=True))
    for path, p in exact.items():
        assert found[path].p == pytest.approx(p, rel=0.25, abs=1e-12), path
        assert found[path].p >= p * 0.95, "the limit of many worlds must not make a difference look surer than it is"


def test_distance_of_rows_sorted_by_hand() -> None:
    split = np.array([[True, True, False, False], [True, False, True, False]])
    assert distances(split).tolist() == [1.0, 0.5]


def test_holm_on_a_known_list() -> None:
    # by hand: sorted 0.005 x 4, 0.01 x 3, 0.03 x 2, 0.04 x 1, never falling
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.6, 0.7])).max() == 1.0


def test_fifths_add_up_to_the_whole() -> None:
    u = draws()["p0"]
    holds = u > 0.45
    assert shares_by_fifth(holds, u) == pytest.approx((0.0, 0.0, np.mean(holds[(u >= 0.4) & (u < 0.6)]), 1.0, 1.0))


@pytest.mark.parametrize("failing", [0, MIN_WORLDS - 1])
def test_too_few_failures_say_nothing(failing: int) -> None:
    u = draws()
    holds = np.ones(800, dtype=bool)
    holds[np.argsort(u["p0"])[:failing]] = False
    assert too_few_worlds(holds) and too_few_worlds(~holds) and parameter_effects(holds, u) == parameter_effects(~holds, u) == []


def test_two_parameters_that_fail_a_pattern_only_together_are_found() -> None:
    u = draws(worlds=1500)
    holds = ~((u["p2"] > 0.6) & (u["p5"] < 0.4)) | (np.random.default_rng(5).random(1500) < 0.1)
    effects = parameter_effects(holds, u)
    found = strongest_pair(holds, u, effects)
    assert {effect.path for effect in effects[:2]} == {"p2", "p5"} and all(effect.tipping_quantile is None for effect in effects)
    assert found is not None and dict(zip(found.paths, found.high, strict=True)) == {"p2": True, "p5": False}
    inside = (u["p2"] >= 2 / 3) & (u["p5"] < 1 / 3)
    assert found.significant and found.worlds == inside.sum() and found.share == pytest.approx(holds[inside].mean())


def test_a_corner_of_noise_is_not_told() -> None:
    significant = 0
    for seed in range(60):
        u = draws(seed, worlds=600)
        holds = np.random.default_rng(20_000 + seed).random(600) < 0.7
        found = strongest_pair(holds, u, parameter_effects(holds, u))
        significant += found is not None and found.significant
    assert significant <= 3


def test_the_order_of_worlds_and_of_parameters_does_not_matter() -> None:
    u = draws()
    holds = u["p4"] > 0.4
    shuffled = np.random.default_rng(6).permutation(800)
    again = {path: u[path][shuffled] for path in reversed(PATHS)}
    assert parameter_effects(holds[shuffled], again) == parameter_effects(holds, u)
