"""Danger, leverage and the land route."""

import numpy as np

from sim.model.processes.perceived_danger import land_route, settlement_leverage, step
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble


def test_leverage_is_people_under_control_and_none_after_the_fall() -> None:
    np.testing.assert_allclose(settlement_leverage(np.array([0.5, 0.5]), np.array([0.0, 1.0])), [0.5, 0.0])


def test_the_land_route_is_as_open_as_its_weakest_province_and_the_crossing(p, given) -> None:
    control, nowhere, on_route = np.ones((3, 6)), np.zeros((3, 6)), np.array([True, True, False])
    section = given(p.reckon, road_open=0.5)

    def route() -> np.ndarray:
        return land_route(control, nowhere, np.full(6, 0.8), on_route, section)

    np.testing.assert_allclose(route(), 0.8)
    control[0] = 0.1
    np.testing.assert_allclose(route(), 0.8 * 0.2)
    control[2] = 0.0  # not on the way
    np.testing.assert_allclose(route(), 0.8 * 0.2)
    np.testing.assert_allclose(land_route(control, nowhere + 1.0, np.full(6, 0.8), on_route, given(section, road_raids=1)), 0.0)


def test_danger_is_felt_by_degrees_and_grows_with_lost_core(ensemble: Ensemble, p, given) -> None:
    ensemble.state.danger[:] = 0.0
    ensemble.state.people[Camp.GOVERNMENT] = 0.3
    slow = given(p.reckon, alarm=0.5)
    step(ensemble, slow)
    half = ensemble.state.danger.copy()
    step(ensemble, slow)
    np.testing.assert_allclose(ensemble.state.danger, 1.5 * half)
    assert (half > 0.0).all()
    step(ensemble, slow, at_once=True)
    np.testing.assert_allclose(ensemble.state.danger, 2.0 * half)
