"""Rule by rule, two partners with everything exchanged fare as exchanged: no step of a month knows which partner is which.

Whole runs are in `test_exchanged_partners.py`, talks in `test_symmetry_of_talks.py`; here each rule is asked alone, so that a difference
shows where it comes about.
"""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
from model.actors.deciding import decided

from sim.model.observation import classification, influence
from sim.model.processes import tenders
from sim.model.processes.entrenchment import next_roots
from sim.model.registry import Parameters
from sim.model.schedule import by_partner
from sim.model.state.dimensions import Bidder, Leader, Partner, Power
from sim.model.state.ensemble import Ensemble
from sim.scenario import Scenario
from sim.simulation import Spheres

from .mirror import BIDDERS, STATE, SWAP

OTHER = {Leader.RUSSIA: Leader.IRAN, Leader.IRAN: Leader.RUSSIA}
LEADERS = [OTHER.get(leader, leader) for leader in Leader]
POWERS = [Power.GOVERNMENT, Power.IRAN, Power.RUSSIA, *list(Power)[3:]]
BY_PARTNER = ("effort", "placed", "stake", "contract_stake", "pressure", "publicity", "aversion", "favour", "access")
BY_LEADER = ("pull", "sustain", "sent", "drill")


@pytest.fixture(scope="module")
def model(baseline: Scenario) -> Spheres:
    """Worlds some months on, in which both partners have roots, holdings, agreements and display."""
    m = Spheres(baseline, worlds=16, months=24).run()
    rng = np.random.default_rng(7)
    state = m.ensemble.state
    state.holder = rng.integers(-1, 3, state.holder.shape).astype(np.int8)
    state.in_force = (state.holder >= 0) & (rng.random(state.holder.shape) < 0.5)
    for name in ("standing", "publicity", "pressure", "restraint", "left_alone"):
        setattr(state, name, rng.random(getattr(state, name).shape))
    return m


def exchanged(ensemble: Ensemble) -> Ensemble:
    """The same worlds with everything of Russia's given to Iran and the other way round."""
    other = deepcopy(ensemble)
    other.groups = replace(ensemble.groups, leader=tuple(OTHER.get(leader, leader) for leader in ensemble.groups.leader))
    state, intent, seen, start = other.state, other.intent, other.perceived, other.start
    for name, exchange in STATE.items():
        setattr(state, name, exchange(getattr(state, name)))
    for name in BY_PARTNER:
        setattr(intent, name, getattr(intent, name)[SWAP])
    for name in BY_LEADER:
        setattr(intent, name, getattr(intent, name)[LEADERS])
    other.reference = replace(start, effort=start.effort[SWAP], roots_effort=start.roots_effort[SWAP], pull=start.pull[LEADERS])
    seen.force, seen.felt, seen.targets, seen.held = seen.force[SWAP], seen.felt[SWAP], seen.targets[SWAP], seen.held[BIDDERS]
    return other


def parameters_exchanged(p: Parameters) -> Parameters:
    """All parameters with those of the partners exchanged."""
    delivery = replace(p.contract.delivery, russia=p.contract.delivery.iran, iran=p.contract.delivery.russia)
    contract = replace(p.contract, russia=p.contract.iran, iran=p.contract.russia, delivery=delivery)
    return replace(p, russia=p.iran, iran=p.russia, contract=contract)


def test_exchanging_twice_changes_nothing(model: Spheres) -> None:
    twice = exchanged(exchanged(model.ensemble))
    assert twice.groups.leader == model.ensemble.groups.leader
    for name, x in vars(model.ensemble.state).items():
        assert np.array_equal(getattr(twice.state, name), x), name


def test_all_actors_decide_by_the_same_rule(model: Spheres) -> None:
    """The partners spend, place and show the same, and nobody else treats them differently."""
    one, two = deepcopy(model.ensemble), exchanged(model.ensemble)
    ours, theirs = decided(model, one, model.p), decided(model, two, parameters_exchanged(model.p))
    for name in BY_PARTNER:
        np.testing.assert_allclose(getattr(theirs, name)[SWAP], getattr(ours, name), rtol=1e-9, atol=1e-12, err_msg=name)
    for name in BY_LEADER:
        np.testing.assert_allclose(getattr(theirs, name)[LEADERS], getattr(ours, name), rtol=1e-9, atol=1e-12, err_msg=name)
    for name in ("target", "outside", "value", "reluctance", "air", "pooled", "local_rooting"):
        np.testing.assert_allclose(getattr(theirs, name), getattr(ours, name), rtol=1e-9, atol=1e-12, err_msg=name)
    for name in ("israel", "us"):
        np.testing.assert_allclose(theirs.strikes[name], ours.strikes[name], rtol=1e-9, atol=1e-12)
    assert not np.allclose(ours.effort[0], ours.effort[1]) and not np.allclose(ours.favour, 0.0)


def test_roots_grow_by_the_same_rule(model: Spheres) -> None:
    partners = by_partner(model.p)
    mirror = {Partner.RUSSIA: partners[Partner.IRAN], Partner.IRAN: partners[Partner.RUSSIA]}
    roots = next_roots(model.ensemble, model.p.entrench, partners)
    mirrored = next_roots(exchanged(model.ensemble), model.p.entrench, mirror)
    assert np.array_equal(roots, mirrored[SWAP])
    assert not np.allclose(roots[0], roots[1])


def test_influence_is_divided_by_the_same_rule(model: Spheres) -> None:
    for fallen in (0.0, 1.0):
        ensemble = deepcopy(model.ensemble)
        ensemble.state.fallen = ensemble.state.fallen * 0.0 + fallen
        shares, mirrored = influence.shares(ensemble, model.p.influence), influence.shares(exchanged(ensemble), model.p.influence)
        np.testing.assert_allclose(shares, mirrored[POWERS], atol=1e-12)


def test_indices_spheres_and_dependence_are_exchanged(model: Spheres) -> None:
    other, d = exchanged(model.ensemble), model.p.definitions
    shares = influence.shares(model.ensemble, model.p.influence)
    found, mirrored = classification.indices(model.ensemble, shares, d), classification.indices(other, shares[POWERS], d)
    mirrored["balance"] = 1.0 - mirrored["balance"]
    for name, row in found.items():
        np.testing.assert_allclose(row, mirrored[name], atol=1e-6, err_msg=name)
    relabelled = np.array([0, 2, 1, 3, 4, 5, 6, 7, 8])
    assert np.array_equal(classification.spheres(shares, d), relabelled[classification.spheres(shares[POWERS], d)])
    np.testing.assert_allclose(classification.dependence(model.ensemble), classification.dependence(other)[SWAP])


def test_the_government_scores_bids_by_the_same_rule(model: Spheres) -> None:
    p, mirrored_p = model.p.contract, parameters_exchanged(model.p).contract
    a, w = (x.ravel() for x in np.indices((len(model.ensemble.assets), model.ensemble.n_worlds)))
    one, two = model.ensemble, exchanged(model.ensemble)
    scores = tenders.award_scores(one, p, a, w, tenders.bids_made(one, p, a, w))
    mirrored = tenders.award_scores(two, mirrored_p, a, w, tenders.bids_made(two, mirrored_p, a, w))
    np.testing.assert_allclose(scores, mirrored[BIDDERS])
    assert not np.allclose(scores[Bidder.RUSSIA], scores[Bidder.IRAN])


def test_bids_that_are_alike_win_alike() -> None:
    uniform = (np.arange(30_000) + 0.5) / 30_000
    scores = np.repeat(np.array([[0.3], [0.3], [-0.2]]), uniform.size, axis=1)
    wins = np.bincount(tenders.awarded(scores, uniform), minlength=3)
    assert abs(int(wins[0]) - int(wins[1])) <= 1
