"""Goals with budgets: an actor divides its effort among what it wants, and within a goal among instruments and places.

Both divisions follow Luce's choice rule (strict utility): an option's share is its attraction to some power, over the sum of all. A goal
attracts by how much it is wanted times how unmet it is; with a power of 1 budgets are those of Cobb-Douglas preferences. A province
attracts by how much is at stake there. What attracts nothing gets exactly nothing, and the others take its share.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Instrument, Row
from sim.model.state.parameters import EXPONENT, parameter

UNPLACED = frozenset({Instrument.DIPLOMACY, Instrument.PRESSURE})  # what is spent on the country as a whole


@dataclass
class Choice:
    """How sharply every actor chooses (section `choice`)."""

    selectivity: Row = parameter(EXPONENT, "how sharply actors divide effort among goals (power of Luce's rule; 1 is Cobb-Douglas)")
    focus: Row = parameter(EXPONENT, "how sharply actors concentrate a goal's effort where most is at stake (power of Luce's rule)")


@runtime_checkable
class Weights(Protocol):
    """A dataclass of weights of interests, one field each."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True)
class Goal:
    """One interest as something to spend effort on.

    `appraise` takes the actor's view of last month's world and gives how unmet the goal is, (worlds,), 0..1, and where it is at stake,
    (P, worlds), 0..1; its docstring says so in words. `instruments` serve it; `by_force` whether having force in a province does;
    `contested` whether the partners pursue it at each other's expense, so that it counts as a stake in talks (the shared aim, R37, does not).
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


@dataclass
class Agenda:
    """What all actors want this month and spend on it, goal by goal, for every actor at once.

    An actor fills in its rows of `weight`, `unmet` and `at_stake`, its `budget` and its `skill`; `divide` does the rest.
    """

    pursuits: tuple[Pursuit, ...]
    weight: Float[Array, "goals worlds"]  # of the interest, normalised to sum to 1 over an actor's goals
    unmet: Float[Array, "goals worlds"]  # 0..1
    at_stake: Float[Array, "goals provinces worlds"]  # 0..1
    effort: Float[Array, "goals worlds"]  # in the actor's unit of effort
    place: Float[Array, "goals provinces worlds"]  # shares of that effort; zero where nothing is at stake
    left_alone: dict[str, ByProvince]  # how far an actor leaves a province to another, for contested goals, 0..1
    budget: dict[str, Row]  # effort that each actor has
    skill: dict[str, Mapping[Instrument, Row]]  # achievement per effort; an instrument that is not named counts 1
    mix: dict[int, dict[Instrument, Row]]  # shares of a goal's effort by instrument, by row

    @staticmethod
    def blank(pursuits: tuple[Pursuit, ...], n_provinces: int, n_worlds: int) -> "Agenda":
        """Nothing wanted yet."""
        n = len(pursuits)
        rows, placed = (n, n_worlds), (n, n_provinces, n_worlds)
        return Agenda(
            pursuits, np.zeros(rows), np.zeros(rows), np.zeros(placed), np.zeros(rows), np.zeros(placed), {}, {}, {}, {}
        )  # fmt: skip

    def rows(self, actor: str) -> list[int]:
        """The rows of an actor's goals."""
        return [row for row, pursuit in enumerate(self.pursuits) if pursuit.actor == actor]

    def goals_of(self, actor: str) -> Iterator[tuple[int, Goal]]:
        """An actor's goals, each with its row."""
        for row in self.rows(actor):
            yield row, self.pursuits[row].goal

    def appraised(self, actor: str, view: Any, weights: Weights, budget: Row, skill: Mapping[Instrument, Row] | None = None) -> None:
        """Fill in an actor's rows: its goals as they look from its `view`, its weights, its budget and its skill."""
        shares = weights_of(weights)
        for row, goal in self.goals_of(actor):
            self.weight[row] = shares[goal.name]
            self.unmet[row], self.at_stake[row] = goal.appraise(view)
        self.budget[actor], self.skill[actor] = budget, skill or {}

    def divide(self, p: Choice) -> None:
        """Divide every actor's budget among its goals, and each goal's effort among instruments and places."""
        self.place = luce(self._attraction(), p.focus, axis=1)
        possible = self._mixed(self.at_stake.any(axis=1))
        attraction = self.weight * self.unmet * possible
        power = powered(attraction, p.selectivity)
        for actor, budget in self.budget.items():
            rows = self.rows(actor)
            if rows:
                own = power[rows[0] : rows[-1] + 1]
                total = added(list(own))
                self.effort[rows[0] : rows[-1] + 1] = own * (budget / np.where(total > 0.0, total, 1.0))

    def _attraction(self) -> Float[Array, "goals provinces worlds"]:
        """What attracts a goal's effort to a province: what is at stake there, less what is left to another."""
        attraction = self.at_stake
        for actor, left in self.left_alone.items():
            if left.any():
                attraction = attraction.copy()
                for row, goal in self.goals_of(actor):
                    if goal.contested:
                        attraction[row] *= 1.0 - left
        return attraction

    def _mixed(self, placed: Array) -> Array:
        """Shares of each goal's effort by instrument, by relative skill; returns whether anything can be done for it, (goals, worlds).

        An instrument that works in places is none where nothing is at stake anywhere.
        """
        possible = np.zeros(self.weight.shape)
        for row, (actor, goal) in enumerate((pursuit.actor, pursuit.goal) for pursuit in self.pursuits):
            skill = self.skill.get(actor, {})
            able = {
                i: skill.get(i, 1.0) * (np.ones(placed.shape[-1]) if i in UNPLACED else placed[row].astype(float)) for i in goal.instruments
            }
            total = added(list(able.values()))
            self.mix[row] = {i: x / np.where(total > 0.0, total, 1.0) for i, x in able.items()}
            possible[row] = total > 0.0
        return possible

    def spent_on(self, row: int, instrument: Instrument) -> Row:
        """What a goal's effort achieves with an instrument, (worlds,): the effort spent on it times skill."""
        pursuit = self.pursuits[row]
        if instrument not in self.mix[row]:
            return np.zeros(self.weight.shape[-1])
        return self.effort[row] * self.mix[row][instrument] * self.skill[pursuit.actor].get(instrument, 1.0)

    def placed_on(self, actor: str, instrument: Instrument) -> ByProvince:
        """What an actor's effort achieves with an instrument by province, (P, worlds)."""
        total = np.zeros(self.place.shape[1:])
        for row, goal in self.goals_of(actor):
            if instrument in goal.instruments:
                total += self.spent_on(row, instrument) * self.place[row]
        return total

    def total_on(self, actor: str, instrument: Instrument) -> Row:
        """What an actor's effort achieves with an instrument in the whole country, (worlds,)."""
        total = np.zeros(self.weight.shape[-1])
        for row, goal in self.goals_of(actor):
            if instrument in goal.instruments:
                total += self.spent_on(row, instrument)
        return total

    def effort_on(self, actor: str, name: str) -> Row:
        """An actor's effort for one of its goals, (worlds,); zero for a goal that it does not pursue."""
        for row, goal in self.goals_of(actor):
            if goal.name == name:
                return self.effort[row]
        return np.zeros(self.weight.shape[-1])

    def weight_of(self, actor: str, name: str) -> Row:
        """An actor's weight of one of its goals, (worlds,); zero for a goal that it does not pursue."""
        for row, goal in self.goals_of(actor):
            if goal.name == name:
                return self.weight[row]
        return np.zeros(self.weight.shape[-1])

    def pull_of_force(self, actor: str) -> ByProvince:
        """How much an actor wants force in each province, (P, worlds): where goals served by force are at stake, by its effort for them."""
        budget = self.budget[actor]
        pull = np.zeros(self.place.shape[1:])
        for row, goal in self.goals_of(actor):
            if goal.by_force:
                pull += self.effort[row] / np.where(budget > 0.0, budget, 1.0) * self.at_stake[row]
        return pull

    def stake(self, actor: str) -> ByProvince:
        """How much an actor cares about having its way in each province, (P, worlds): where contested goals are at stake, by weight."""
        stake = np.zeros(self.place.shape[1:])
        for row, goal in self.goals_of(actor):
            if goal.contested:
                stake += self.weight[row] * self.at_stake[row]
        return stake


def pursuits_of(goals: Mapping[str, Sequence[Goal]], pursued: Callable[[str], bool]) -> tuple[Pursuit, ...]:
    """The goals that actors may pursue, by section, in order; those whose weight is zero throughout are left out."""
    every = (Pursuit(actor, goal) for actor, own in goals.items() for goal in own)
    return tuple(pursuit for pursuit in every if pursued(pursuit.path))


def powered(attraction: Float[Array, "..."], power: Row) -> Float[Array, "..."]:
    """Attraction ** power, exactly zero where nothing attracts."""
    attracts = attraction > 0.0
    result = np.log(attraction, out=np.zeros(attraction.shape), where=attracts)
    result *= power
    return np.exp(result, out=result, where=attracts)


def luce(attraction: Float[Array, "..."], power: Row, axis: int) -> Float[Array, "..."]:
    """Shares by Luce's choice rule along an axis: attraction ** power over the sum; exactly zero where nothing attracts."""
    share = powered(attraction, power)
    total = share.sum(axis=axis, keepdims=True)
    share /= np.where(total > 0.0, total, 1.0)
    return share


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
