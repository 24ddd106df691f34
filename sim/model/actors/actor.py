"""What all actors share: each reads last month's world and writes what it intends to do."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, ClassVar, Generic, TypeVar

from sim.model.state.dimensions import ByProvince, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent

Section = TypeVar("Section")  # the dataclass of an actor's own parameters


class Actor(Generic[Section]):
    """An actor of the model. All actors decide on the same last month (simultaneous activation).

    `section` names its parameters. `builds_on` names the sections of actors whose commitments of the same month it reads: they decide
    before it, wherever they stand in the registry.
    """

    section: ClassVar[str] = ""
    builds_on: ClassVar[tuple[str, ...]] = ()

    model: Any  # the model that it acts in, which Mesa sets (`sim.model.mesa_agents`)

    def __init__(self, name: str) -> None:
        self.name = name

    def decide(self) -> None:
        """Write this actor's intentions for the month into the model's ensemble."""
        ensemble: Ensemble = self.model.ensemble
        self.intend(ensemble, self.parameters(self.model.p), ensemble.intent)

    def parameters(self, p: object) -> Section:
        """The actor's own section of all parameters."""
        section: Section = getattr(p, self.section)
        return section

    def intend(self, ensemble: Ensemble, p: Section, intent: Intent) -> None:
        """Read `ensemble`, write `intent`. Implemented by each actor."""
        raise NotImplementedError

    def circumstances(self, ensemble: Ensemble, p: Section) -> dict[str, Row]:
        """What else its choices depend on besides its interests, in words, each (worlds,); shown where two worlds diverge."""
        return {}


class StrikingActor(Actor[Section]):
    """An actor that strikes from the air, where strikes are worth most to its interests."""

    def strike_worth(self, ensemble: Ensemble, p: Section, weights: dict[str, Row]) -> ByProvince:
        """What striking in a province is worth by its interests of these weights, (P, worlds). Implemented by each."""
        raise NotImplementedError


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
