"""Goals: what an actor may want, and what serves it. How effort is divided among goals is in `agenda.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Instrument, Row

SPREAD = frozenset({Instrument.GROUND, Instrument.TERMS})  # what goes wherever something is at stake, in proportion
UNPLACED = frozenset({Instrument.DIPLOMACY, Instrument.PRESSURE})  # what is spent on the country as a whole


@runtime_checkable
class Weights(Protocol):
    """A dataclass of weights of interests, one field each."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True)
class Goal:
    """One interest as something to spend effort on.

    `appraise` takes the actor's view of last month's world and gives how unmet the goal is, (worlds,), 0..1, and where it is at stake,
    (P, worlds), 0..1; its docstring says so in words. `instruments` serve it; `by_force` whether having force in a province does;
    `contested` whether the partners pursue it at each other's expense, so that it is a stake in talks; the shared aim (R37) does not.
    """

    name: str
    instruments: tuple[Instrument, ...]
    appraise: Callable[[Any], tuple[Row, ByProvince]]
    by_force: bool = True
    contested: bool = True


@dataclass(frozen=True)
class Pursuit:
    """A goal of an actor (by its section), in its row of every array along goals."""

    actor: str
    goal: Goal

    @property
    def path(self) -> str:
        """The parameter that weighs it."""
        return f"{self.actor}.interests.{self.goal.name}"


def weights_of(weights: Weights) -> dict[str, Row]:
    """Weights of interests by name, normalised to sum to 1 in every world; all zero where all are."""
    rows: dict[str, Row] = {f.name: getattr(weights, f.name) for f in fields(weights)}
    total = added(list(rows.values()))
    return {name: row / np.where(total > 0.0, total, 1.0) for name, row in rows.items()}


def added(parts: Sequence[Float[Array, "*axes worlds"]]) -> Float[Array, "*axes worlds"]:
    """The sum of at least one array, added in order."""
    first, *others = parts
    return sum(others, first)


def emphasis(effort: Row, goals: int) -> Row:
    """Effort on one goal relative to an even division among so many, (worlds,)."""
    return effort * goals
