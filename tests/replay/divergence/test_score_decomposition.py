"""What goals are said to add to a choice adds up to what the actors chose."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.actors.actor import Actor, decide
from sim.model.registry import Parameters
from sim.model.state.dimensions import Camp, Instrument, Leader, Partner, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import PLACED_INSTRUMENTS, Intent
from sim.replay.divergence.score_decomposition import REST, ScoreTerm, effort_shares, sum_of_terms, terms_of
from sim.simulation import Spheres

Chosen = tuple[Ensemble, dict[str, Intent]]
LEADERS = ("russia", "iran", "government", "turkey", "united_states", "sdf", "opposition", "islamic_state")


@pytest.fixture
def chosen(model: Spheres, ensemble: Ensemble, p: Parameters) -> Chosen:
    """The worlds with this month's agenda, and what each actor decides on it by itself."""
    alone: dict[str, Intent] = {}
    ensemble.intent = _blank(ensemble)
    plan = ensemble.agenda.plan
    decide(model.agents, plan, plan.weights(p), ensemble, p)
    for agent in model.agents:
        if agent.section != "armed_groups":
            alone[agent.section] = _blank(ensemble)
            agent.act(ensemble, agent.parameters(p), ensemble.agenda, alone[agent.section])
    return ensemble, alone


def _blank(ensemble: Ensemble) -> Intent:
    return Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)


def actor(model: Spheres, section: str) -> Actor:
    """The actor of a section."""
    return next(agent for agent in model.agents if agent.section == section)


def terms(model: Spheres, chosen: Chosen, p: Parameters, section: str, choice: str) -> list[ScoreTerm]:
    """Its terms for one choice."""
    one = actor(model, section)
    return [term for term in terms_of(one, chosen[0], one.parameters(p)) if term.choice == choice]


@pytest.mark.parametrize("section", (*LEADERS, "israel"))
def test_shares_of_effort_sum_to_all_of_it(model: Spheres, chosen: Chosen, p: Parameters, section: str) -> None:
    found = terms(model, chosen, p, section, "effort")
    np.testing.assert_allclose(sum_of_terms(found), 1.0, atol=1e-12)
    agenda = chosen[0].agenda
    shares = effort_shares(agenda)
    for term, row in zip(found, agenda.plan.rows[section], strict=True):
        assert term.interest == agenda.plan.pursuits[row].goal.name and np.array_equal(term.amount, shares[row])
        assert np.array_equal(term.weight, agenda.weight[row]) and np.array_equal(term.need, agenda.unmet[row])


@pytest.mark.parametrize("section", ["russia", "iran"])
def test_what_partners_spend_is_the_sum_of_terms(model: Spheres, chosen: Chosen, p: Parameters, section: str) -> None:
    ensemble, partner = chosen[0], Partner[section.upper()]
    for instrument in Instrument:
        effort, found = ensemble.intent.effort[partner, instrument], terms(model, chosen, p, section, f"effort:{key(instrument)}")
        np.testing.assert_allclose(sum_of_terms(found) if found else np.zeros(ensemble.n_worlds), effort, atol=1e-12)
        if found and instrument < PLACED_INSTRUMENTS:
            placed = sum_of_terms(terms(model, chosen, p, section, f"place:{key(instrument)}"))
            np.testing.assert_allclose(placed, ensemble.intent.placed[partner, instrument], atol=1e-12)


@pytest.mark.parametrize("section", LEADERS)
def test_where_force_is_wanted_is_the_sum_of_terms(model: Spheres, chosen: Chosen, p: Parameters, section: str) -> None:
    found = terms(model, chosen, p, section, "force")
    np.testing.assert_allclose(sum_of_terms(found), chosen[1][section].pull[Leader[section.upper()]], atol=1e-12)
    assert any(term.interest == REST for term in found) == (section == "iran")  # deterred by strikes, an agreement and restraint


def test_what_deters_a_partner_is_told_apart_from_its_goals(model: Spheres, chosen: Chosen, p: Parameters) -> None:
    (rest,) = [term for term in terms(model, chosen, p, "iran", "force") if term.interest == REST]
    np.testing.assert_allclose(rest.amount, -actor(model, "iran").deterred(chosen[0], p.iran), atol=1e-12)
    assert rest.weight is None and rest.need is None


@pytest.mark.parametrize("section", ["government", "turkey", "sdf", "opposition", "islamic_state"])
def test_what_ground_is_worth_is_the_sum_of_terms(model: Spheres, chosen: Chosen, p: Parameters, section: str) -> None:
    for camp in Camp:
        others = [other for other in Camp if other != camp]
        worth = chosen[1][section].value[others, camp].sum(axis=0)
        np.testing.assert_allclose(sum_of_terms(terms(model, chosen, p, section, f"ground:{key(camp)}")), worth, atol=1e-12)


@pytest.mark.parametrize(("section", "name"), [("israel", "israel"), ("united_states", "us")])
def test_strikes_are_the_sum_of_terms(model: Spheres, chosen: Chosen, p: Parameters, section: str, name: str) -> None:
    found = sum_of_terms(terms(model, chosen, p, section, "strikes"))
    np.testing.assert_allclose(found, chosen[0].intent.strikes[name], atol=1e-12)
    assert found.any()


def test_only_actors_with_goals_have_terms(model: Spheres, chosen: Chosen, p: Parameters) -> None:
    for agent in model.agents:
        own = agent.parameters(p)
        assert bool(terms_of(agent, chosen[0], own)) == hasattr(own, "interests")


def test_asking_for_terms_changes_nothing(model: Spheres, chosen: Chosen, p: Parameters) -> None:
    ensemble = chosen[0]
    before = ensemble.agenda.effort.copy(), ensemble.intent.pull.copy()
    for agent in model.agents:
        terms_of(agent, ensemble, agent.parameters(p))
    assert np.array_equal(before[0], ensemble.agenda.effort) and np.array_equal(before[1], ensemble.intent.pull)


def test_without_a_budget_there_are_no_shares(chosen: Chosen) -> None:
    agenda = chosen[0].agenda
    broke = replace(agenda, effort=np.zeros(agenda.effort.shape), budget=agenda.budget | {"iran": np.zeros(chosen[0].n_worlds)})
    assert not effort_shares(broke)[list(agenda.plan.rows["iran"])].any()
