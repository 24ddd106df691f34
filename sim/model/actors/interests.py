"""Interests: how much an actor weighs each, how unmet it is, where it is at stake, and what serves it."""

from collections.abc import Sequence
from dataclasses import Field, dataclass, fields
from functools import cached_property
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import TINY, Array, ByProvince, Instrument, Row


@runtime_checkable
class Weights(Protocol):
    """A dataclass of weights of interests, one field each."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True)
class Interest:
    """One interest of a partner this month.

    `weight` (worlds,) is the interest's weight; `unmet` (worlds,) how unmet it is, 0..1; `at_stake` (P, worlds) where it is at stake,
    0..1; `instruments` those that serve it; `by_force` whether having force in a province serves it; `contested` whether the partners
    pursue it at each other's expense, so that it counts as a stake in a bargain (the shared aim, R37, does not).
    """

    name: str
    weight: Row
    unmet: Row
    at_stake: ByProvince
    instruments: tuple[Instrument, ...]
    by_force: bool = True
    contested: bool = True

    @cached_property
    def stake(self) -> ByProvince:
        """Where the interest is at stake, by its weight, (P, worlds)."""
        return self.weight * self.at_stake


@dataclass(frozen=True)
class Deterrent:
    """What speaks against having force in a province, in words: `weight` (worlds,), and the `amount` by which it lowers the pull of
    force, (P, worlds).
    """

    name: str
    weight: Row
    amount: ByProvince


def weights_of(weights: Weights) -> dict[str, Row]:
    """Weights of interests by name, normalised to sum to 1 in every world."""
    rows: dict[str, Row] = {f.name: getattr(weights, f.name) for f in fields(weights)}
    total = _added(list(rows.values())) + TINY
    return {name: row / total for name, row in rows.items()}


def score_instruments(interests: Sequence[Interest], skill: Float[Array, "instruments worlds"]) -> Float[Array, "instruments worlds"]:
    """Score of each instrument, (J, worlds): the unmet interests it serves, by weight, times the actor's skill with it.

    An interest that several instruments serve counts in equal parts for each, so that listing more of them makes none more urgent.
    """
    score = np.zeros_like(skill)
    for interest in interests:
        part = interest.weight * interest.unmet / len(interest.instruments)
        for instrument in interest.instruments:
            score[instrument] += part
    return score * skill


def score_places(interests: Sequence[Interest], instrument: Instrument) -> ByProvince:
    """Score of each province for one instrument, (P, worlds): where the interests it serves are at stake, by weight."""
    served = [interest for interest in interests if instrument in interest.instruments]
    if not served:
        return np.zeros_like(next(iter(interests)).at_stake)
    return _added([interest.stake for interest in served]) / (_added([interest.weight for interest in served]) + TINY)


def pull_of_force(interests: Sequence[Interest], deterrents: Sequence[Deterrent] = ()) -> ByProvince:
    """How much the actor wants force in each province, (P, worlds): where interests are at stake, by weight and by how urgent they are,
    less what deters it.
    """
    pull = _added([interest.unmet * interest.stake for interest in interests if interest.by_force])
    return pull - _added([deterrent.amount for deterrent in deterrents]) if deterrents else pull


def stake_of(interests: Sequence[Interest]) -> ByProvince:
    """How much the actor cares about having its way in each province, (P, worlds)."""
    return _added([interest.stake for interest in interests if interest.contested])


def _added(parts: Sequence[Float[Array, "*axes worlds"]]) -> Float[Array, "*axes worlds"]:
    """The sum of at least one array, added in order."""
    first, *others = parts
    return sum(others, first)
