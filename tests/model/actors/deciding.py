"""Deciding outside a run: all actors, with every goal that there is, for worlds and parameters that a test has changed."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sim.model.actors.actor import decide, goals_by_section
from sim.model.actors.agenda import Plan, plan_of
from sim.model.registry import ACTORS, Parameters
from sim.model.state.dimensions import Camp, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.simulation import Spheres

GOALS = goals_by_section(ACTORS)
EVERY_GOAL = plan_of(GOALS, lambda path: True)


def decided(model: Spheres, ensemble: Ensemble, p: Parameters, plan: Plan = EVERY_GOAL) -> Intent:
    """What all actors intend in these worlds under `p`; what they spend on it is in `ensemble.agenda`."""
    ensemble.intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    decide(model.agents, plan, plan.weights(p), ensemble, p)
    return ensemble.intent


def wanting(p: Parameters, actor: str, weight: Callable[[str], float | Row]) -> Parameters:
    """`p` with the weights of an actor's interests given by name."""
    section = getattr(p, actor)
    one = np.ones(len(p.choice.focus))
    interests = replace(section.interests, **{goal.name: weight(goal.name) * one for goal in GOALS[actor]})
    return replace(p, **{actor: replace(section, interests=interests)})


def troubled(ensemble: Ensemble) -> Ensemble:
    """Worlds with trouble of every kind, so that every goal is unmet and at stake somewhere."""
    state, rng = ensemble.state, np.random.default_rng(11)
    for name in ("danger", "threat", "publicity", "pressure", "recently_recovered", "presence", "strike_memory", "coffers", "fallen"):
        setattr(state, name, rng.uniform(0.2, 0.6, getattr(state, name).shape))
    state.fallen[:] = 0.0
    state.control = rng.dirichlet(np.ones(len(Camp)), state.roots.shape[1:]).transpose(2, 0, 1)
    ensemble.perceived.target_roots = np.maximum(ensemble.perceived.target_roots, 0.05)
    ensemble.perceived.opposed = rng.uniform(0.2, 0.6, state.threat.shape)
    return ensemble
