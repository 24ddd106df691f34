"""Rules found on one half and judged on the other: known boxes are found, chance gives none."""

import numpy as np
import pytest

from sim.exploration.discovery import tree
from sim.exploration.discovery.boxes import Side
from sim.exploration.discovery.factor_screening import KEPT, correlated, screened
from sim.exploration.discovery.judgement import MARGIN, Judgement, judged
from sim.exploration.discovery.rule_search import (
    FOUND,
    LEAST_CASES,
    PRIM,
    RESAMPLES,
    SMALL,
    STABLE,
    TREE,
    UNSTABLE,
    find_rules,
    halves,
    too_few,
)
from sim.model.state.dimensions import Array

N_FACTORS = 60


def draws(seed: int, n: int = 400, n_factors: int = N_FACTORS) -> Array:
    return np.random.default_rng(seed).random((n_factors, n))


def test_a_known_box_is_a_rule_that_comes_back_in_every_half() -> None:
    u = draws(1, 1000)
    (rule,) = find_rules(u, (u[10] < 0.3) & (u[40] > 0.6), seed=1, with_tree=False)
    assert rule.status == FOUND and rule.box.sides == (Side(10, True), Side(40, False))
    assert abs(rule.box.bound(Side(10, True)) - 0.3) < 0.05 and abs(rule.box.bound(Side(40, False)) - 0.6) < 0.05
    assert all(rule.times[side] == RESAMPLES for side in rule.box.sides)
    assert rule.judgement.n == 500 and rule.judgement.density > 0.9 and rule.judgement.coverage > 0.9


def rules_of_chance(seeds: range, n: int, n_factors: int, with_tree: bool) -> float:
    """The share of rules that count for labels drawn at random."""
    found = []
    for seed in seeds:
        holds = np.random.default_rng(900 + seed).random(n) < (0.25, 0.45)[seed % 2]
        found += [rule.status == FOUND for rule in find_rules(draws(100 + seed, n, n_factors), holds, seed, with_tree=with_tree)]
    return float(np.mean(found))


def test_labels_drawn_at_random_give_no_rule() -> None:
    assert rules_of_chance(range(6), n=300, n_factors=40, with_tree=False) == 0.0


@pytest.mark.slow
def test_labels_drawn_at_random_give_no_rule_among_as_many_parameters_as_the_model_has() -> None:
    pytest.importorskip("sklearn")
    assert rules_of_chance(range(20), n=1000, n_factors=450, with_tree=True) <= 0.05


def test_a_true_condition_is_found_amid_chance_and_said_to_be_small_if_it_is() -> None:
    u = draws(3, 1500, 12)
    chance = np.random.default_rng(4).random(1500)
    (strong,) = find_rules(u, chance < np.where(u[5] > 0.5, 0.4, 0.1), seed=1, with_tree=False)
    (weak,) = find_rules(u, chance < np.where(u[5] > 0.1, 0.5, 0.2), seed=1, with_tree=False)
    assert strong.status == FOUND and strong.box.sides == (Side(5, False),) and abs(strong.box.bound(Side(5, False)) - 0.5) < 0.1
    assert weak.status in (SMALL, UNSTABLE) and (weak.status == UNSTABLE or weak.judgement.density - weak.judgement.base < MARGIN)


def test_the_tree_finds_the_box_too_and_the_same_seed_gives_the_same() -> None:
    pytest.importorskip("sklearn")
    u = draws(5, 450, 12)
    holds = (u[3] < 0.4) & (u[7] > 0.5)
    first, again = (find_rules(u, holds, seed=2) for _ in range(2))
    assert [rule.method for rule in first] == [PRIM, TREE]
    assert all(rule.status == FOUND and rule.box.sides == (Side(3, True), Side(7, False)) for rule in first)
    for one, other in zip(first, again, strict=True):
        assert one.times == other.times and np.array_equal(one.box.low, other.box.low) and one.judgement == other.judgement
    assert tree.find_leaf(u, holds, {Side(3, True)}).sides == (Side(3, True),)


def test_halves_have_the_same_share_and_no_world_in_common() -> None:
    holds = np.arange(301) % 7 == 0
    first, second = halves(holds, np.random.default_rng(3))
    assert np.array_equal(np.sort(np.concatenate([first, second])), np.arange(301)) and abs(len(first) - len(second)) <= 1
    assert abs(int(holds[first].sum()) - int(holds[second].sum())) <= 1


def test_the_half_held_out_has_no_part_in_where_a_rule_cuts() -> None:
    u = draws(6, 600, 12)
    holds = u[2] > 0.7
    _, held_out = halves(holds, np.random.default_rng(8))
    (rule,) = find_rules(u, holds, seed=8, with_tree=False)
    moved = u.copy()
    moved[:, held_out] = np.where(moved[:, held_out] > 0.7, moved[:, held_out], moved[:, held_out] * 0.99)
    (other,) = find_rules(moved, holds, seed=8, with_tree=False)
    assert rule.box.bound(Side(2, False)) == other.box.bound(Side(2, False))


def test_what_a_rule_is_worth() -> None:
    holds, within = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], dtype=bool), np.array([1, 1, 0, 1, 0, 0, 0, 0, 0, 0], dtype=bool)
    one = judged(holds, within)
    assert (one.base, one.density, one.coverage) == (0.3, 2 / 3, 2 / 3) and one.matters and not one.is_sure
    assert Judgement(1000, 100, 200, 60).is_sure and Judgement(1000, 100, 200, 60).margin == pytest.approx(0.05)
    assert Judgement(1000, 20, 200, 6).margin == pytest.approx(0.01) and not Judgement(1000, 500, 500, 260).matters
    assert not Judgement(100, 50, 0, 0).matters and Judgement(100, 50, 0, 0).density_interval == (0.0, 1.0)


def test_screening_sees_high_low_and_middle_and_keeps_few() -> None:
    u = draws(7, 2000)
    assert {4, 9} <= set(screened(u, (u[4] > 0.7) | (np.abs(u[9] - 0.5) < 0.1)).tolist()) and len(screened(u, u[0] > 0.5)) == KEPT
    assert {4, 9} <= set(correlated(u, u[4] - 2.0 * u[9]).tolist())


def test_too_few_worlds_are_not_searched() -> None:
    holds = np.arange(500) < LEAST_CASES - 1
    assert too_few(holds) and too_few(~holds) and not too_few(np.arange(500) < LEAST_CASES)
    with pytest.raises(ValueError):
        find_rules(draws(8, 500), holds, 1)
    assert STABLE > RESAMPLES / 2
