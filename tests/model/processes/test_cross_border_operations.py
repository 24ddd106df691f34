"""Turkey's operations: when they begin, what they bring, and what they leave behind."""

import numpy as np
import pytest

from sim.model.processes import cross_border_operations as operations
from sim.model.processes.offensive_choice import barriers
from sim.model.state.deescalation_zones import load_zones
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble


@pytest.fixture
def tempted(ensemble: Ensemble, p, given):
    """Worlds in which the SDF holds the border, Turkey wants it back, and an operation costs nothing."""
    state, intent = ensemble.state, ensemble.intent
    state.control[:] = 0.0
    state.control[Camp.SDF] = 1.0
    state.operation[:] = state.operation_memory[:] = state.posture[:] = 0.0
    intent.massed[:] = 0.0
    intent.operation_push, intent.operation_troops = np.ones(6), np.ones(6)
    return ensemble, given(p.turkey.operations, readiness=1.0, cost=0.0, shielded=0.0, precision=100.0)


def test_an_operation_masses_the_army_in_one_province_at_the_border_and_some_of_it_stays(tempted) -> None:
    ensemble, p = tempted
    operations.step(ensemble, p, {})
    running = ensemble.state.operation > 0.0
    assert (running.sum(axis=0) == 1).all()
    assert not running[ensemble.provinces.turkish_border[:, 0] == 0.0].any()
    np.testing.assert_allclose(ensemble.intent.massed[Camp.OPPOSITION].sum(axis=0), p.army)
    assert (ensemble.intent.reluctance[Camp.OPPOSITION, Camp.SDF] <= 0.0).all()
    np.testing.assert_allclose(ensemble.state.posture, p.stays)


@pytest.mark.parametrize("off", ["readiness", "troops"])
def test_none_begins_without_readiness_or_an_army_that_may_go(tempted, given, off: str) -> None:
    ensemble, p = tempted
    if off == "troops":
        ensemble.intent.operation_troops[:] = 0.0
    operations.step(ensemble, given(p, readiness=0.0) if off == "readiness" else p, {})
    assert not ensemble.state.operation.any()
    assert not ensemble.intent.massed.any()


def test_one_runs_its_time_and_no_other_begins_meanwhile(tempted, given) -> None:
    ensemble, p = tempted
    p = given(p, duration=3.0)
    for left in (3.0, 2.0, 1.0):
        operations.step(ensemble, p, {})
        np.testing.assert_allclose(ensemble.state.operation.sum(axis=0), left)


def test_zones_us_troops_and_a_recent_operation_make_one_dearer(tempted, given, p) -> None:
    ensemble, numbers = tempted
    border = ensemble.provinces.index("SY-HA")
    worth = operations.prize(ensemble, numbers)
    plain = operations.utility(ensemble, numbers, {}, worth)[border]
    costs = barriers(ensemble.intent.guarantee, load_zones(ensemble.provinces), p.zones)
    assert (operations.utility(ensemble, numbers, costs, worth)[border] < plain).all()
    assert (operations.utility(ensemble, given(numbers, shielded=1.0), {}, worth)[border] < plain).all()
    ensemble.state.operation_memory[:] = 1.0
    assert (operations.utility(ensemble, numbers, {}, worth)[border] < plain).all()
