"""What all actors share: each reads last month's world, says what it wants of it, and acts on the effort that its goals get.

A month's decisions have three parts. Every actor appraises its goals (how unmet, where at stake); one rule divides all budgets among goals,
instruments and places (`agenda.py`); every actor turns its effort into intentions. All read the same last month (simultaneous activation).
"""

from collections.abc import Callable, Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
from jaxtyping import Float

from sim.model.actors.agenda import Agenda, Plan
from sim.model.actors.goals import Goal
from sim.model.actors.luce_choice import Choice
from sim.model.state.dimensions import Array, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent

Section = TypeVar("Section")  # the dataclass of an actor's own parameters


class Actor(Generic[Section]):
    """An actor of the model.

    `section` names its parameters, `goals` says what it may want: one for each weight of its parameters' `interests`. `builds_on` names
    the sections of actors whose commitments of the same month it reads: they act before it, wherever they stand in the registry.
    """

    section: ClassVar[str] = ""
    goals: ClassVar[tuple[Goal, ...]] = ()
    builds_on: ClassVar[tuple[str, ...]] = ()

    model: Any  # the model that it acts in, which Mesa sets (`sim.model.mesa_agents`)

    def __init__(self, name: str) -> None:
        self.name = name

    def parameters(self, p: object) -> Section:
        """The actor's own section of all parameters."""
        section: Section = getattr(p, self.section)
        return section

    def appraise(self, ensemble: Ensemble, p: Section, agenda: Agenda) -> None:
        """Write how unmet its goals are, where they are at stake, and what it has to spend. One unit of effort, if it does not say more."""
        if self.goals:
            agenda.appraised(self.section, self.view(ensemble, p), np.ones(ensemble.n_worlds))

    def view(self, ensemble: Ensemble, p: Section) -> Any:
        """What its goals look at."""
        return View(ensemble, p)

    def act(self, ensemble: Ensemble, p: Section, agenda: Agenda, intent: Intent) -> None:
        """Turn effort into intentions. Implemented by each actor."""
        raise NotImplementedError

    def circumstances(self, ensemble: Ensemble, p: Section) -> dict[str, Row]:
        """What else its choices depend on besides its interests, in words, each (worlds,); shown where two worlds diverge."""
        return {}


class View:
    """Last month's world as an actor's goals look at it, with the actor's parameters `p`."""

    def __init__(self, ensemble: Ensemble, p: Any) -> None:
        self.ensemble, self.p = ensemble, p
        self.state, self.perceived, self.provinces = ensemble.state, ensemble.perceived, ensemble.provinces
        self.traits = ensemble.provinces.traits


def unseen(actor: Actor[Any]) -> None:
    """Nobody looks on."""


def decide(
    actors: Iterable[Actor[Any]],
    plan: Plan,
    weights: Float[Array, "goals worlds"],
    ensemble: Ensemble,
    p: Any,
    acted: Callable[[Actor[Any]], object] = unseen,
) -> None:
    """Let all actors appraise, divide their effort, and act, with parameters `p` of all sections and the `weights` that these give.

    `acted` is told of each actor that has acted.
    """
    acting = [(actor, actor.parameters(p)) for actor in actors]
    agenda = ensemble.agenda = Agenda.blank(plan, weights, len(ensemble.provinces), getattr(ensemble, "agenda", None))
    for actor, own in acting:
        actor.appraise(ensemble, own, agenda)
    choice: Choice = p.choice
    agenda.divide(choice)
    for actor, own in acting:
        actor.act(ensemble, own, agenda, ensemble.intent)
        acted(actor)


def goals_by_section(actors: Sequence[type[Actor[Any]]]) -> dict[str, tuple[Goal, ...]]:
    """The goals of all actors that have any."""
    return {actor.section: actor.goals for actor in actors if actor.goals}


def in_order_of_decision(actors: Sequence[type[Actor[Any]]]) -> tuple[type[Actor[Any]], ...]:
    """The actors with those that others build on before these, otherwise in the order given.

    Raises ValueError where an actor builds on one that is not there, or two build on each other.
    """
    by_section = {actor.section: actor for actor in actors}
    for actor in actors:
        for name in actor.builds_on:
            if name not in by_section:
                raise ValueError(f"actor '{actor.section}' builds on '{name}', which is not in the registry")
    sorter = TopologicalSorter({actor.section: actor.builds_on for actor in actors})
    try:
        sorter.prepare()
    except CycleError as error:
        raise ValueError(f"actors build on each other: {', '.join(error.args[1])}") from None
    place = {section: index for index, section in enumerate(by_section)}
    ordered: list[type[Actor[Any]]] = []
    waiting: list[str] = []
    while sorter.is_active():
        waiting = sorted([*waiting, *sorter.get_ready()], key=place.__getitem__)
        section, *waiting = waiting
        ordered.append(by_section[section])
        sorter.done(section)
    return tuple(ordered)
