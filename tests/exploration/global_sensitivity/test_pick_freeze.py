"""Shares of variance by group: known answers, SALib as an oracle, and what luck does to them."""

import numpy as np
import pytest

from sim.exploration.global_sensitivity.luck_ceiling import ceiling
from sim.exploration.global_sensitivity.pick_freeze import group_effects

from .known_functions import ISHIGAMI_FIRST, ISHIGAMI_TOTAL, SOBOL_G, SOBOL_G_FIRST, ishigami, sampled, sobol_g

RNG = 11


def test_ishigami_has_its_known_shares_and_its_ceiling_is_one() -> None:
    *effects, luck = group_effects(*sampled(ishigami, 3, 20_000), np.random.default_rng(RNG))
    for effect, first, total in zip(effects, ISHIGAMI_FIRST, ISHIGAMI_TOTAL, strict=True):
        assert effect.first.share == pytest.approx(first, abs=0.025) and effect.total.share == pytest.approx(total, abs=0.025)
        assert effect.lost.share == pytest.approx(total, abs=0.03)  # without luck, what is lost is the total effect
        assert effect.total.low <= effect.total.share <= effect.total.high
    assert luck.total.share == 0.0


def test_sobols_g_has_its_known_first_order_shares() -> None:
    effects = group_effects(*sampled(sobol_g, len(SOBOL_G), 20_000), np.random.default_rng(RNG))
    assert [effect.first.share for effect in effects[:-1]] == pytest.approx(SOBOL_G_FIRST, abs=0.025)


def test_luck_is_one_more_group_and_the_ceiling_is_one_minus_its_total_effect() -> None:
    spread = np.sqrt(13.845)  # of Ishigami's function: luck has half of the variance
    *effects, luck = group_effects(*sampled(ishigami, 3, 20_000, luck=spread), np.random.default_rng(RNG))
    assert luck.total.share == pytest.approx(0.5, abs=0.02) and luck.first.share == pytest.approx(0.5, abs=0.02)
    for effect, first, total in zip(effects, ISHIGAMI_FIRST, ISHIGAMI_TOTAL, strict=True):
        assert effect.first.share == pytest.approx(first / 2, abs=0.03)
        assert effect.total.share == pytest.approx(total / 2, abs=0.02) and effect.lost.share == pytest.approx(total / 2, abs=0.03)


def test_what_only_turns_luck_around_differs_but_nothing_is_lost_without_it() -> None:
    rng = np.random.default_rng(5)
    u, v = (np.sign(rng.random(20_000) - 0.5) for _ in "uv")
    first, second = (np.sign(rng.random(20_000) - 0.5) for _ in "uv")
    effect, luck = group_effects(u * first, v * first, u * second, (v * second)[np.newaxis], np.random.default_rng(RNG))
    assert effect.total.share == pytest.approx(1.0, abs=0.03) and luck.total.share == pytest.approx(1.0, abs=0.03)
    assert effect.p > 0.05
    for none in (effect.lost, effect.first):
        assert none.low < 0.0 < none.high and abs(none.share) < 0.03


def test_salib_gives_the_same_estimates() -> None:
    sobol = pytest.importorskip("SALib.analyze.sobol")
    a, b, _, exchanged = sampled(ishigami, 3, 1024)
    rows = np.column_stack([a, *exchanged, b]).ravel()  # as SALib lays a design without second order out
    problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[0, 1]] * 3}
    theirs = sobol.analyze(problem, rows, calc_second_order=False, seed=1)
    ours = group_effects(a, b, a, exchanged, np.random.default_rng(RNG))[:-1]
    assert [effect.total.share for effect in ours] == pytest.approx(list(theirs["ST"]), rel=1e-6)
    assert [effect.first.share for effect in ours] == pytest.approx(list(theirs["S1"]), abs=0.02)


def test_intervals_cover_the_known_shares() -> None:
    covered = []
    for seed in range(40):
        effects = group_effects(*sampled(ishigami, 3, 400, luck=1.0, seed=seed), np.random.default_rng(RNG))
        truth = 13.845 / 14.845
        covered += [effect.total.low <= truth * total <= effect.total.high for effect, total in zip(effects, ISHIGAMI_TOTAL, strict=False)]
    assert np.mean(covered) > 0.88


def test_groups_without_effect_are_detected_as_rarely_as_they_should_among_extreme_worlds() -> None:
    p = []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        a, b, c = rng.standard_t(2.5, (3, 150))
        turned = np.where(rng.random((5, 150)) < 0.4, rng.standard_t(2.5, (5, 150)), c)  # luck turned in four of ten
        p += [effect.p for effect in group_effects(a, b, c, turned, np.random.default_rng(RNG))[:-1]]
    assert 0.02 < np.mean(np.array(p) < 0.05) < 0.09 and np.mean(np.array(p) < 0.003) < 0.03


def test_a_group_with_an_effect_is_detected_and_luck_has_no_p_value() -> None:
    *effects, luck = group_effects(*sampled(ishigami, 3, 400, luck=3.0), np.random.default_rng(RNG))
    assert max(effects[0].p, effects[1].p) < 0.001 and np.isnan(luck.p)


def test_an_outcome_that_never_differs_explains_nothing() -> None:
    same = np.ones(30)
    for effect in group_effects(same, same, same, np.ones((2, 30)), np.random.default_rng(RNG)):
        assert np.isnan(effect.total.share)
    assert np.isnan(ceiling(np.ones((5, 4)), np.random.default_rng(RNG)).share)


def test_luck_alone_has_ceiling_nothing_and_parameters_alone_one() -> None:
    rng = np.random.default_rng(2)
    luck = ceiling(rng.random((300, 20)), np.random.default_rng(RNG))
    assert abs(luck.share) < 0.02 and luck.low < 0.0 < luck.high
    assert ceiling(np.repeat(rng.random((300, 1)), 20, axis=1), np.random.default_rng(RNG)).share == pytest.approx(1.0)


def test_the_ceiling_of_a_known_mixture_lies_in_its_interval_whatever_the_number_of_lucks() -> None:
    rng = np.random.default_rng(4)
    for n_points, n_lucks in ((600, 6), (1500, 2), (150, 20)):
        points = rng.standard_normal((n_points, 1)) + 2.0 * rng.standard_normal((n_points, n_lucks))
        found = ceiling(points, np.random.default_rng(RNG))
        assert found.low < 0.2 < found.high and found.high - found.low < 0.2


def test_the_same_seed_gives_the_same_bits() -> None:
    one, other = (group_effects(*sampled(ishigami, 3, 300), np.random.default_rng(RNG)) for _ in "ab")
    assert str(one) == str(other)
