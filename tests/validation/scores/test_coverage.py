"""Coverage with known answers."""

import numpy as np
import pytest

from sim.validation.scores.coverage import Ranks, covered, covered_evenly, histogram, ranks


def test_ranks_of_values_ties_and_intervals() -> None:
    members = np.array([[0.0, 1.0, 2.0, 3.0], [0.0, 0.0, 0.0, 1.0], [0.0, 1.0, 2.0, 3.0]])
    r = ranks(members, np.array([1.5, 0.0, 0.5]), np.array([1.5, 0.0, 2.5]))
    assert r.below.tolist() == [0.5, 0.0, 0.25] and r.up_to.tolist() == [0.5, 0.75, 0.75]


def test_the_middle_holds_what_lies_in_it() -> None:
    points = np.array([0.05, 0.3, 0.5, 0.97])
    assert covered(Ranks(points, points), 0.8) == 0.5 and covered_evenly(Ranks(points, points), 0.8) == 0.5
    span = Ranks(np.array([0.0]), np.array([0.2]))
    assert covered(span, 0.8) == 1.0 and covered_evenly(span, 0.8) == pytest.approx(0.5)


@pytest.mark.parametrize("level", [0.5, 0.8])
def test_a_calibrated_forecast_of_counts_is_held_as_often_as_it_should(level: float) -> None:
    rng = np.random.default_rng(5)
    r = ranks(rng.poisson(1.5, (3000, 400)), *(rng.poisson(1.5, 3000),) * 2)
    assert covered_evenly(r, level) == pytest.approx(level, abs=0.02)
    assert covered(r, level) > level + 0.05


def test_the_histogram_is_even_for_a_calibrated_forecast_and_sums_to_one() -> None:
    rng = np.random.default_rng(6)
    facts = rng.normal(size=5000)
    r = ranks(rng.normal(size=(5000, 400)), facts, facts)
    assert histogram(r) == pytest.approx(np.full(10, 0.1), abs=0.02)
    narrow = histogram(ranks(0.3 * rng.normal(size=(5000, 400)), facts, facts))
    assert narrow.sum() == pytest.approx(1.0) and narrow[0] > 0.25 and narrow[-1] > 0.25
