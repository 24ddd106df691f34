"""What interests are said to add to a choice adds up to what the actors chose by."""

import numpy as np
import pytest

from sim.actors.base import Actor
from sim.actors.choice import logit, score_instruments, score_places
from sim.actors.patron import PatronActor, skills
from sim.compare.weighed import Term, added, terms_of, values_of
from sim.model import Spheres
from sim.registry import Parameters
from sim.world.axes import Array, Camp, Instrument, Leader, Patron, key
from sim.world.views import Intent
from sim.world.world import World


@pytest.fixture
def intent(model: Spheres, world: World, p: Parameters) -> Intent:
    """What all actors decide on the worlds."""
    world.intent = Intent.blank(len(world.provinces), len(world.groups), world.worlds)
    for agent in model.agents:
        agent.intend(world, agent.parameters(p), world.intent)
    return world.intent


def actor(model: Spheres, section: str) -> Actor:
    """The actor of a section."""
    return next(agent for agent in model.agents if agent.section == section)


def terms(model: Spheres, world: World, p: Parameters, section: str, choice: str) -> list[Term]:
    """Its terms for one choice."""
    one = actor(model, section)
    return [term for term in terms_of(one, world, one.parameters(p)) if term.choice == choice]


@pytest.mark.parametrize("section", ["russia", "iran"])
def test_partners_scores_are_their_terms(model: Spheres, world: World, p: Parameters, section: str) -> None:
    one = actor(model, section)
    assert isinstance(one, PatronActor)
    own = one.parameters(p)
    wants, skill = one.wants(world, own), skills(own.skill)
    score = score_instruments(wants, skill)
    for j in Instrument:
        found = terms(model, world, p, section, f"effort:{key(j)}")
        np.testing.assert_allclose(added(found) if found else np.zeros(world.worlds), score[j], atol=1e-12)
        if found and j != Instrument.DIPLOMACY:
            np.testing.assert_allclose(added(terms(model, world, p, section, f"place:{key(j)}")), score_places(wants, j), atol=1e-12)


@pytest.mark.parametrize("section", ["russia", "iran", "government", "turkey", "sdf", "opposition", "islamic_state"])
def test_where_force_is_wanted_is_the_sum_of_terms(model: Spheres, world: World, p: Parameters, intent: Intent, section: str) -> None:
    np.testing.assert_allclose(added(terms(model, world, p, section, "force")), intent.pull[Leader[section.upper()]], atol=1e-12)


def test_what_ground_is_worth_is_the_sum_of_terms(model: Spheres, world: World, p: Parameters, intent: Intent) -> None:
    def worth(section: str) -> Array:
        return added(terms(model, world, p, section, "ground"))

    np.testing.assert_allclose(worth("government"), intent.value[Camp.GOVERNMENT, Camp.OPPOSITION], atol=1e-12)
    np.testing.assert_allclose(worth("opposition"), intent.value[Camp.OPPOSITION, Camp.GOVERNMENT], atol=1e-12)
    np.testing.assert_allclose(worth("sdf"), intent.value[Camp.SDF, Camp.GOVERNMENT], atol=1e-12)
    np.testing.assert_allclose(worth("islamic_state"), intent.value[Camp.ISLAMIC_STATE, Camp.GOVERNMENT], atol=1e-12)


def test_strikes_follow_the_sum_of_terms(model: Spheres, world: World, p: Parameters, intent: Intent) -> None:
    israel = actor(model, "israel")
    tempo = next(iter(values_of(israel, world, p.israel).values()))
    spread = logit(added(terms(model, world, p, "israel", "strikes")), p.israel.precision, world.seen.force[Patron.IRAN] > 0.0)
    np.testing.assert_allclose(tempo * spread, intent.israel)


def test_us_strikes_follow_the_sum_of_terms(model: Spheres, world: World, p: Parameters, intent: Intent) -> None:
    own = p.united_states
    worth = terms(model, world, p, "united_states", "strikes")
    near = (world.provinces.traits["us_presence"] * own.commitment > 0.0) & (world.seen.force[Patron.IRAN] > 0.0)
    tempo = own.strike_rate * (worth[0].weight + worth[1].weight)
    np.testing.assert_allclose(tempo * logit(added(worth), own.precision, near), intent.us)


def test_only_actors_with_interests_have_terms(model: Spheres, world: World, p: Parameters) -> None:
    for agent in model.agents:
        own = agent.parameters(p)
        assert bool(terms_of(agent, world, own)) == hasattr(own, "interests")
