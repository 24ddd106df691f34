"""Scores with known answers, and what makes them proper."""

import numpy as np
import pytest

from sim.validation.scores.proper_scores import brier, brier_of_classes, brier_of_probabilities, crps, skill


def test_a_point_forecast_scores_its_absolute_error() -> None:
    assert crps(np.array([[0.3], [0.7]]), np.array([0.5, 0.5]), np.array([0.5, 0.5]), fair=False) == pytest.approx([0.2, 0.2])


def test_two_members_by_hand() -> None:
    """Members 0 and 1, fact 0: mean distance 1/2; half the mean distance of pairs is 1/4 with, 1/2 without a member and itself."""
    members, fact = np.array([[0.0, 1.0]]), np.zeros(1)
    assert crps(members, fact, fact, fair=False) == pytest.approx([0.25])
    assert crps(members, fact, fact, fair=True) == pytest.approx([0.0])


def test_the_score_is_the_area_between_the_forecast_and_the_fact() -> None:
    """Against its other form: the integral over thresholds of (F - step)^2, with no weight within the fact's interval."""
    members, low, high = np.random.default_rng(1).normal(size=40), 0.2, 0.5
    x = np.linspace(-6, 6, 120_001)
    off = np.searchsorted(np.sort(members), x, side="right") / 40 - (x >= high)
    expected = np.where((x >= low) & (x < high), 0.0, off**2).sum() * (x[1] - x[0])
    assert crps(members[np.newaxis], np.array([low]), np.array([high]), fair=False)[0] == pytest.approx(expected, abs=1e-3)


def test_within_the_interval_nothing_is_wrong() -> None:
    members = np.array([[0.3, 0.35, 0.4]])
    assert crps(members, np.array([0.2]), np.array([0.5]), fair=True) == pytest.approx([0.0])


def test_the_fair_score_does_not_depend_on_the_number_of_members() -> None:
    draws, facts = np.random.default_rng(2).normal(size=(20_000, 60)), np.random.default_rng(3).normal(size=20_000)
    few, many = (float(crps(draws[:, :n], facts, facts, fair=True).mean()) for n in (3, 60))
    assert few == pytest.approx(many, abs=0.01)
    assert float(crps(draws[:, :3], facts, facts, fair=False).mean()) > many + 0.1
    yes, happened = draws > 0.5, facts > 0.5
    assert float(brier(yes[:, :3], happened, fair=True).mean()) == pytest.approx(float(brier(yes, happened, fair=True).mean()), abs=0.01)


@pytest.mark.parametrize("wrong", [(1.0, 1.0), (-0.5, 1.0), (0.0, 0.5), (0.0, 2.0)])
def test_who_states_the_truth_scores_best(wrong: tuple[float, float]) -> None:
    rng = np.random.default_rng(4)
    facts, members = rng.normal(size=4000), rng.normal(size=(4000, 100))
    honest = crps(members, facts, facts, fair=True).mean()
    assert crps(wrong[0] + wrong[1] * members, facts, facts, fair=True).mean() > honest + 0.01


def test_yes_and_no_by_hand() -> None:
    worlds = np.array([True, True, False, False])
    assert brier(worlds, np.array(1.0), fair=False) == pytest.approx(0.25)
    assert brier(worlds, np.array(1.0), fair=True) == pytest.approx(0.25 - 0.25 / 3)
    assert brier(np.array([[0.9]]), np.array([1.0]), fair=False) == pytest.approx([0.01])


def test_classes_are_yes_and_no_where_there_are_two() -> None:
    members, fact = np.array([[0, 0, 1, 1, 1], [0, 0, 0, 0, 0]]), np.array([1, 0])
    for fair in (True, False):
        assert brier_of_classes(members, fact, 2, fair) == pytest.approx(brier(members == 1, fact == 1, fair))
    said = np.stack([(members == c).mean(axis=-1) for c in range(4)])
    assert brier_of_classes(members, fact, 4, fair=False) == pytest.approx(brier_of_probabilities(said, fact))
    assert brier_of_probabilities(np.array([[1.0], [0.0], [0.0]]), np.array([2])) == pytest.approx([1.0])


def test_skill() -> None:
    assert skill(0.1, 0.2) == pytest.approx(0.5) and skill(0.3, 0.2) == pytest.approx(-0.5) and np.isnan(skill(0.1, 0.0))
