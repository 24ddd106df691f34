"""Actors as Mesa agents. The rules know nothing of Mesa, so that reading scenarios does not load it."""

from functools import cache
from typing import Any

import mesa
from mesa.discrete_space import CellAgent

from sim.model.actors.armed_groups import GroupActor


def add_agent(model: mesa.Model, actor: Any, *arguments: Any) -> Any:
    """An actor as an agent of a model, `add_agent(model, IranActor, "iran")`. Armed groups are agents in a cell of the space."""
    return _agent_type(actor)(model, *arguments)


@cache
def _agent_type(actor: Any) -> Any:
    base = CellAgent if issubclass(actor, GroupActor) else mesa.Agent

    def begin(self: Any, model: mesa.Model, *arguments: Any) -> None:
        base.__init__(self, model)
        actor.__init__(self, *arguments)

    return type(actor.__name__, (actor, base), {"__init__": begin, "__module__": actor.__module__, "__doc__": actor.__doc__})
