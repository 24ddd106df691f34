"""Two partners with the same traits fare the same: exchange all that belongs to them and the results are exchanged.

What the report gives to one of them alone is switched off or left out here, and listed: Israel and the United States strike Iran's
groups and Russia's partners shield them; Russia restrains, advertises, gains standing and enrols former rebels; Iran minds display
and losses without cover, and depends on the land route. All else must be blind to which partner is which.
"""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from sim.model.actors.interests import Interest
from sim.model.actors.partner import PartnerActor
from sim.model.observation import classification, influence
from sim.model.processes import tenders
from sim.model.processes.entrenchment import next_roots
from sim.model.state.dimensions import Bidder, Instrument, Leader, Partner, Power
from sim.model.state.ensemble import Ensemble
from sim.scenario import Scenario
from sim.simulation import Spheres

OTHER = {Leader.RUSSIA: Leader.IRAN, Leader.IRAN: Leader.RUSSIA}
SWAP = [1, 0]


@pytest.fixture(scope="module")
def model(baseline: Scenario) -> Spheres:
    """Worlds some months on, in which both partners have roots, holdings, agreed primacies and credit."""
    m = Spheres(baseline, worlds=16, months=24).run()
    rng = np.random.default_rng(7)
    state = m.ensemble.state
    state.primacy = rng.choice([-1.0, 0.0, 0.5], state.primacy.shape)
    state.bargaining_credit = rng.random(state.bargaining_credit.shape)
    state.holder = rng.integers(-1, 3, state.holder.shape).astype(np.int8)
    state.in_force = (state.holder >= 0) & (rng.random(state.holder.shape) < 0.5)
    state.tenders_agreed = rng.choice([-1.0, 0.0, 0.5], state.tenders_agreed.shape)
    return m


def exchanged(ensemble: Ensemble) -> Ensemble:
    """The same worlds with everything of Russia's given to Iran and the other way round."""
    other = deepcopy(ensemble)
    other.groups = replace(ensemble.groups, leader=tuple(OTHER.get(leader, leader) for leader in ensemble.groups.leader))
    state, intent, seen = other.state, other.intent, other.perceived
    state.roots, state.bargaining_credit, state.primacy = state.roots[SWAP], state.bargaining_credit[SWAP], -state.primacy
    state.tenders_agreed = -state.tenders_agreed
    state.holder = np.choose(state.holder + 1, [-1, 1, 0, 2]).astype(np.int8)
    intent.effort, intent.place, intent.stake = intent.effort[SWAP], intent.place[SWAP], intent.stake[SWAP]
    other.reference = replace(ensemble.reference, effort=ensemble.reference.effort[SWAP])
    seen.force, seen.felt, seen.held = seen.force[SWAP], seen.felt[SWAP], seen.held[[1, 0, 2]]
    return other


def test_exchanging_twice_changes_nothing(model: Spheres) -> None:
    twice = exchanged(exchanged(model.ensemble))
    assert twice.groups.leader == model.ensemble.groups.leader
    assert np.array_equal(twice.state.holder, model.ensemble.state.holder)
    assert np.array_equal(twice.state.roots, model.ensemble.state.roots)


def test_roots_grow_by_the_same_rule(model: Spheres) -> None:
    roots, mirrored = next_roots(model.ensemble, model.p.entrench), next_roots(exchanged(model.ensemble), model.p.entrench)
    assert np.array_equal(roots, mirrored[SWAP])
    assert not np.allclose(roots[0], roots[1])


def test_influence_is_divided_by_the_same_rule(model: Spheres) -> None:
    for fallen in (0.0, 1.0):
        ensemble = deepcopy(model.ensemble)
        ensemble.state.fallen = ensemble.state.fallen * 0.0 + fallen
        shares, mirrored = influence.shares(ensemble, model.p.influence), influence.shares(exchanged(ensemble), model.p.influence)
        order = [Power.GOVERNMENT, Power.IRAN, Power.RUSSIA, *list(Power)[3:]]
        np.testing.assert_allclose(shares, mirrored[order], atol=1e-12)


def test_indices_spheres_and_dependence_are_exchanged(model: Spheres) -> None:
    other, d = exchanged(model.ensemble), model.p.definitions
    shares = influence.shares(model.ensemble, model.p.influence)
    mirrored_shares = shares[[Power.GOVERNMENT, Power.IRAN, Power.RUSSIA, *list(Power)[3:]]]
    found, mirrored = classification.indices(model.ensemble, shares, d), classification.indices(other, mirrored_shares, d)
    mirrored["balance"] = 1.0 - mirrored["balance"]
    for name, row in found.items():
        np.testing.assert_allclose(row, mirrored[name], atol=1e-6, err_msg=name)
    relabelled = np.array([0, 2, 1, 3, 4, 5, 6, 7, 8])
    assert np.array_equal(classification.spheres(shares, d), relabelled[classification.spheres(mirrored_shares, d)])
    np.testing.assert_allclose(classification.dependence(model.ensemble), classification.dependence(other)[SWAP])


def test_the_government_scores_bids_by_the_same_rule(model: Spheres) -> None:
    p = model.p.contract
    mirrored_p = replace(p, russia=p.iran, iran=p.russia)
    a, w = (x.ravel() for x in np.indices((len(model.ensemble.assets), model.ensemble.n_worlds)))
    one, two = model.ensemble, exchanged(model.ensemble)
    scores = tenders.award_scores(one, p, a, w, tenders.bids_made(one, p, a, w))
    mirrored = tenders.award_scores(two, mirrored_p, a, w, tenders.bids_made(two, mirrored_p, a, w))
    np.testing.assert_allclose(scores, mirrored[[Bidder.IRAN, Bidder.RUSSIA, Bidder.OTHERS]])
    assert not np.allclose(scores[0], scores[1])


def test_bids_that_are_alike_win_alike(model: Spheres) -> None:
    uniform = (np.arange(30_000) + 0.5) / 30_000
    scores = np.repeat(np.array([[0.3], [0.3], [-0.2]]), uniform.size, axis=1)
    wins = np.bincount(tenders.awarded(scores, uniform), minlength=3)
    assert abs(int(wins[0]) - int(wins[1])) <= 1


class Stub(PartnerActor):
    """A partner with interests given from outside."""

    section = "russia"

    def __init__(self, model: Spheres, partner: Partner) -> None:
        self.partner, self.model = partner, model

    def interests(self, ensemble: Ensemble, p: object) -> list[Interest]:
        threat, roots = ensemble.state.threat, ensemble.state.roots[0]
        one = np.ones(ensemble.n_worlds)
        return [
            Interest(
                "survival", one, ensemble.state.danger, threat, (Instrument.AIR, Instrument.ARMY, Instrument.MILITIAS), contested=False
            ),
            Interest("roots", 0.5 * one, 0.4 * one, roots, (Instrument.ROOTS, Instrument.FIRMS)),
        ]


@pytest.mark.parametrize("section", ["russia", "iran"])
def test_the_same_interests_skills_and_means_give_the_same_effort(model: Spheres, section: str) -> None:
    ensemble, p = deepcopy(model.ensemble), getattr(model.p, section)
    ensemble.reference = replace(ensemble.reference, effort=ensemble.reference.effort[[0, 0]])
    for partner in Partner:
        Stub(model, partner).spend(ensemble, p, ensemble.intent)
    intent = ensemble.intent
    for name, pair in {"effort": intent.effort, "place": intent.place, "stake": intent.stake}.items():
        assert np.array_equal(pair[0], pair[1]), name
    for name, by_leader in {"pull": intent.pull, "sustain": intent.sustain}.items():
        assert np.array_equal(by_leader[Leader.RUSSIA], by_leader[Leader.IRAN]), name
    assert intent.effort[0].sum() > 0
