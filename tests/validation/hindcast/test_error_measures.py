"""Distances with known answers."""

import numpy as np
import pytest

from sim.model.state.dimensions import Camp
from sim.validation.hindcast import error_measures


def test_a_value_within_what_sources_span_is_no_distance_away() -> None:
    value, low, high = np.array([0.1, 0.3, 0.9]), np.array([0.2, 0.2, 0.2]), np.array([0.4, 0.4, 0.4])
    np.testing.assert_allclose(error_measures.gap(value, low, high), [0.1, 0.0, 0.5])
    assert error_measures.mean_gap(value, low, high) == pytest.approx(0.2)


def test_a_trend_goes_on_from_the_last_known_value_and_stays_a_share() -> None:
    at = np.array([0.0, 10.0, 1000.0])
    np.testing.assert_allclose(error_measures.trend(np.array([-20.0, -10.0]), np.array([0.4, 0.3]), at), [0.2, 0.1, 0.0])
    np.testing.assert_allclose(error_measures.trend(np.array([-5.0]), np.array([0.3]), at), 0.3)


def test_right_counts_town_months_over_worlds() -> None:
    truth = np.array([[0, 0, 1], [2, 2, 2]])
    model = np.stack([truth, np.zeros_like(truth)], axis=-1)  # one world knows everything, one says government throughout
    assert error_measures.share_correct(model, truth) == pytest.approx(0.5 * (1.0 + 2 / 6))


def test_the_first_month_of_a_holder() -> None:
    held = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 1]])  # months by worlds
    assert error_measures.first_month(held, Camp.GOVERNMENT).tolist() == [2.0, 1.0, 0.0]
    assert error_measures.first_month(np.ones((3, 2)), Camp.GOVERNMENT).tolist() == [np.inf, np.inf]


def test_an_incident_is_absorbed_when_friction_is_back_where_it_was() -> None:
    incidents = np.array([[0, 0], [1, 0], [0, 0], [0, 1], [0, 0]])
    friction = np.array([[1.0, 1.0], [2.0, 0.9], [1.5, 0.8], [1.0, 2.0], [0.9, 1.9]])
    assert error_measures.months_until_absorbed(incidents, friction).tolist() == [2.0, np.inf]
    assert error_measures.months_until_absorbed(0 * incidents, friction).size == 0
