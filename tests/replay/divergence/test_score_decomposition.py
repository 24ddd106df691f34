"""What interests are said to add to a choice adds up to what the actors chose by."""

import numpy as np
import pytest

from sim.model.actors.actor import Actor
from sim.model.actors.discrete_choice import logit
from sim.model.actors.interests import score_instruments, score_places
from sim.model.actors.partner import PartnerActor, skills
from sim.model.registry import Parameters
from sim.model.state.dimensions import Array, Camp, Instrument, Leader, Partner, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.replay.divergence.score_decomposition import ScoreTerm, sum_of_terms, terms_of
from sim.simulation import Spheres


@pytest.fixture
def intent(model: Spheres, ensemble: Ensemble, p: Parameters) -> Intent:
    """What all actors decide on the worlds."""
    ensemble.intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    for agent in model.agents:
        agent.intend(ensemble, agent.parameters(p), ensemble.intent)
    return ensemble.intent


def actor(model: Spheres, section: str) -> Actor:
    """The actor of a section."""
    return next(agent for agent in model.agents if agent.section == section)


def terms(model: Spheres, ensemble: Ensemble, p: Parameters, section: str, choice: str) -> list[ScoreTerm]:
    """Its terms for one choice."""
    one = actor(model, section)
    return [term for term in terms_of(one, ensemble, one.parameters(p)) if term.choice == choice]


@pytest.mark.parametrize("section", ["russia", "iran"])
def test_partners_scores_are_their_terms(model: Spheres, ensemble: Ensemble, p: Parameters, section: str) -> None:
    one = actor(model, section)
    assert isinstance(one, PartnerActor)
    own = one.parameters(p)
    wants, skill = one.interests(ensemble, own), skills(own.skill)
    score = score_instruments(wants, skill)
    for j in Instrument:
        found = terms(model, ensemble, p, section, f"effort:{key(j)}")
        np.testing.assert_allclose(sum_of_terms(found) if found else np.zeros(ensemble.n_worlds), score[j], atol=1e-12)
        if found and j != Instrument.DIPLOMACY:
            np.testing.assert_allclose(
                sum_of_terms(terms(model, ensemble, p, section, f"place:{key(j)}")), score_places(wants, j), atol=1e-12
            )


@pytest.mark.parametrize("section", ["russia", "iran", "government", "turkey", "sdf", "opposition", "islamic_state"])
def test_where_force_is_wanted_is_the_sum_of_terms(model: Spheres, ensemble: Ensemble, p: Parameters, intent: Intent, section: str) -> None:
    np.testing.assert_allclose(sum_of_terms(terms(model, ensemble, p, section, "force")), intent.pull[Leader[section.upper()]], atol=1e-12)


def test_what_ground_is_worth_is_the_sum_of_terms(model: Spheres, ensemble: Ensemble, p: Parameters, intent: Intent) -> None:
    def worth(section: str) -> Array:
        return sum_of_terms(terms(model, ensemble, p, section, "ground"))

    np.testing.assert_allclose(worth("government"), intent.value[Camp.GOVERNMENT, Camp.OPPOSITION], atol=1e-12)
    np.testing.assert_allclose(worth("opposition"), intent.value[Camp.OPPOSITION, Camp.GOVERNMENT], atol=1e-12)
    np.testing.assert_allclose(worth("sdf"), intent.value[Camp.SDF, Camp.GOVERNMENT], atol=1e-12)
    np.testing.assert_allclose(worth("islamic_state"), intent.value[Camp.ISLAMIC_STATE, Camp.GOVERNMENT], atol=1e-12)


def test_strikes_follow_the_sum_of_terms(model: Spheres, ensemble: Ensemble, p: Parameters, intent: Intent) -> None:
    israel = actor(model, "israel")
    tempo = next(iter(israel.circumstances(ensemble, p.israel).values()))
    spread = logit(
        sum_of_terms(terms(model, ensemble, p, "israel", "strikes")), p.israel.precision, ensemble.perceived.force[Partner.IRAN] > 0.0
    )
    np.testing.assert_allclose(tempo * spread, intent.israel)


def test_us_strikes_follow_the_sum_of_terms(model: Spheres, ensemble: Ensemble, p: Parameters, intent: Intent) -> None:
    own = p.united_states
    worth = terms(model, ensemble, p, "united_states", "strikes")
    near = (ensemble.provinces.traits["us_presence"] * own.commitment > 0.0) & (ensemble.perceived.force[Partner.IRAN] > 0.0)
    tempo = own.strike_rate * (worth[0].weight + worth[1].weight)
    np.testing.assert_allclose(tempo * logit(sum_of_terms(worth), own.precision, near), intent.us)


def test_only_actors_with_interests_have_terms(model: Spheres, ensemble: Ensemble, p: Parameters) -> None:
    for agent in model.agents:
        own = agent.parameters(p)
        assert bool(terms_of(agent, ensemble, own)) == hasattr(own, "interests")
