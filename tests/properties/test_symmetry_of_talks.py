"""Relations between the partners are blind to which of them is which: exchange all that is theirs and what comes of it is exchanged."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from sim.model.processes import bargaining, coordination
from sim.model.registry import Parameters
from sim.model.state.dimensions import Leader
from sim.model.state.ensemble import Ensemble
from sim.scenario import Scenario
from sim.simulation import Spheres

OTHER = {Leader.RUSSIA: Leader.IRAN, Leader.IRAN: Leader.RUSSIA}
SWAP = [1, 0]


@pytest.fixture(scope="module")
def model(baseline: Scenario) -> Spheres:
    """Worlds two years on in which the partners talk often: posts and tenders exchanged, incidents, open tenders, display by both."""
    m = Spheres(baseline, worlds=16, months=24, **{"bargain.talks": 0.1}).run()
    rng, ensemble = np.random.default_rng(7), m.ensemble
    ensemble.intent.publicity, ensemble.intent.aversion = rng.random((2, 2, ensemble.n_worlds)) * 20.0
    ensemble.state.incident_memory = ensemble.state.incident_memory + 0.5
    assert (ensemble.state.primacy > 0.0).any() and (ensemble.state.primacy < 0.0).any()
    return m


def exchanged(ensemble: Ensemble) -> Ensemble:
    """The same worlds with everything of Russia's given to Iran and the other way round."""
    other = deepcopy(ensemble)
    other.groups = replace(ensemble.groups, leader=tuple(OTHER.get(leader, leader) for leader in ensemble.groups.leader))
    state, intent, seen = other.state, other.intent, other.perceived
    state.primacy, state.tenders_agreed, state.left_alone = -state.primacy, -state.tenders_agreed, state.left_alone[SWAP]
    for name in ("effort", "placed", "stake", "contract_stake", "publicity", "aversion"):
        setattr(intent, name, getattr(intent, name)[SWAP])
    seen.force, seen.felt = seen.force[SWAP], seen.felt[SWAP]
    return other


def month(ensemble: Ensemble, p: Parameters, **talks: float) -> Ensemble:
    """A month of relations between the partners."""
    rows = {name: np.full(ensemble.n_worlds, x) for name, x in talks.items()}
    coordination.step(ensemble, p.coordinate)
    bargaining.step(ensemble, replace(p.bargain, **rows), p.contract, p.coordinate.carry_over)
    return ensemble


def mirrored(p: Parameters) -> Parameters:
    """Parameters in which each partner's firms are as strong as the other's were."""
    return replace(p, contract=replace(p.contract, russia=p.contract.iran, iran=p.contract.russia))


@pytest.mark.parametrize(
    "talks",
    [{"talks": 1.0, "exchanges": 10.0}, {"talks": 0.0, "readiness": 1.0, "threshold": 0.1}, {"talks": 0.0, "anticipation": 0.7}],
    ids=lambda talks: next(reversed(talks)),
)
def test_talks_incidents_friction_and_channels_follow_one_rule_for_both(model: Spheres, talks: dict[str, float]) -> None:
    one = month(deepcopy(model.ensemble), model.p, **talks)
    two = month(exchanged(model.ensemble), mirrored(model.p), **talks)
    for name in ("friction", "channel", "evasion", "months_strained", "partnership_broken", "incident_memory"):
        np.testing.assert_allclose(getattr(one.state, name), getattr(two.state, name), atol=1e-12, err_msg=name)
    for name in ("incidents", "incidents_at", "bargains", "hand_overs"):
        np.testing.assert_allclose(getattr(one.monthly, name), getattr(two.monthly, name), atol=1e-12, err_msg=name)
    assert np.array_equal(one.state.exchanged, two.state.exchanged)
    for name in ("primacy", "tenders_agreed"):
        np.testing.assert_allclose(getattr(one.state, name), -getattr(two.state, name), atol=1e-12, err_msg=name)
    np.testing.assert_allclose(one.state.left_alone, two.state.left_alone[SWAP], atol=1e-12)
    np.testing.assert_allclose(one.state.force, two.state.force, atol=1e-12)
    assert one.monthly.incidents.sum() > 0.0 and (one.state.left_alone[0] != one.state.left_alone[1]).any()
    assert (one.monthly.bargains.sum() > 5) == (talks["talks"] > 0.0 or "readiness" in talks)


def test_in_some_of_these_worlds_each_of_them_gets_more(model: Spheres) -> None:
    """Not so by a rule that favours nobody because nothing happens."""
    after = month(deepcopy(model.ensemble), model.p, talks=1.0, exchanges=10.0)
    share = (after.state.primacy > 0.0).sum() / (after.state.primacy != 0.0).sum()
    assert 0.2 < share < 0.8
