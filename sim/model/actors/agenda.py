"""Goals with budgets: an actor divides its effort among what it wants, and within a goal among instruments and places.

A goal attracts effort by how much it is wanted times how unmet it is, a place by how much is at stake there; both divisions follow Luce's
choice rule (`luce_choice.py`). Instruments share a goal's effort by the actor's relative skill.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.actors.goals import SPREAD, UNPLACED, Goal, Pursuit, added, weights_of
from sim.model.actors.luce_choice import LEAST, Choice, powered, proportions
from sim.model.state.dimensions import Array, ByProvince, Instrument, Row


@dataclass(frozen=True)
class Plan:
    """Which goals are pursued in a run, in the order of every array along goals, and which instruments serve each.

    A pair is a goal (by its row) and an instrument that serves it; pairs of a goal stand side by side.
    """

    pursuits: tuple[Pursuit, ...]
    rows: dict[str, range]  # of each actor
    row: dict[tuple[str, str], int]  # of each actor's goal, by name
    pairs: tuple[tuple[int, Instrument], ...]
    actor_of_goal: Int[Array, " goals"]  # which of the actors in `rows` pursues it
    first_pair: Int[Array, " goals"]
    goal_of_pair: Int[Array, " pairs"]
    unplaced: Bool[Array, "pairs 1"]  # whether what is spent on it is spent on the country as a whole
    by_force: Bool[Array, "goals 1"]  # as in Goal
    contested: Bool[Array, "goals 1"]  # as in Goal
    serving: dict[tuple[str, Instrument], tuple[int, ...]]  # the pairs of an actor's instrument
    instruments: dict[str, tuple[Instrument, ...]]  # all that serve any goal of an actor
    runs: tuple[tuple[slice, bool], ...]  # of goals side by side, and whether their effort is concentrated where most is at stake

    @staticmethod
    def of(pursuits: Sequence[Pursuit]) -> "Plan":
        """The plan of some pursuits, those of an actor side by side."""
        rows: dict[str, range] = {}
        serving: dict[tuple[str, Instrument], tuple[int, ...]] = {}
        pairs: list[tuple[int, Instrument]] = []
        first = []
        concentrating = {pursuit.actor for pursuit in pursuits if not SPREAD.issuperset(pursuit.goal.instruments)}
        for row, pursuit in enumerate(pursuits):
            rows[pursuit.actor] = range(rows.get(pursuit.actor, range(row, row)).start, row + 1)
            first.append(len(pairs))
            for instrument in pursuit.goal.instruments:
                key = (pursuit.actor, instrument)
                serving[key] = (*serving.get(key, ()), len(pairs))
                pairs.append((row, instrument))
        return Plan(
            pursuits=tuple(pursuits),
            rows=rows,
            row={(pursuit.actor, pursuit.goal.name): row for row, pursuit in enumerate(pursuits)},
            pairs=tuple(pairs),
            actor_of_goal=np.repeat(np.arange(len(rows)), [len(own) for own in rows.values()]),
            first_pair=np.array(first, dtype=np.intp),
            goal_of_pair=np.array([row for row, _ in pairs], dtype=np.intp),
            unplaced=np.array([[instrument in UNPLACED] for _, instrument in pairs]),
            by_force=np.array([[pursuit.goal.by_force] for pursuit in pursuits]),
            contested=np.array([[pursuit.goal.contested] for pursuit in pursuits]),
            serving=serving,
            instruments={actor: tuple(sorted(instrument for own, instrument in serving if own == actor)) for actor in rows},
            runs=tuple(_runs([pursuit.actor in concentrating for pursuit in pursuits])),
        )

    def weights(self, p: Any) -> Float[Array, "goals worlds"]:
        """The weights of all goals by the parameters `p` of all sections, normalised over each actor's interests, (goals, worlds)."""
        shares = {actor: weights_of(getattr(p, actor).interests) for actor in self.rows}
        rows = [shares[pursuit.actor][pursuit.goal.name] for pursuit in self.pursuits]
        return np.stack(rows) if rows else np.zeros((0, *p.choice.focus.shape))

    def goals_of(self, actor: str) -> Iterator[tuple[int, Goal]]:
        """An actor's goals, each with its row."""
        for row in self.rows.get(actor, ()):
            yield row, self.pursuits[row].goal


@dataclass
class Agenda:
    """What all actors want this month and spend on it, goal by goal, for every actor at once.

    An actor fills in its rows of `unmet` and `at_stake`, its `budget` and its `skill`; `divide` does the rest.
    """

    plan: Plan
    weight: Float[Array, "goals worlds"]  # of the interest, normalised to sum to 1 over an actor's goals
    unmet: Float[Array, "goals worlds"]  # 0..1
    at_stake: Float[Array, "goals provinces worlds"]  # 0..1
    effort: Float[Array, "goals worlds"]  # in the actor's unit of effort
    place: Float[Array, "goals provinces worlds"]  # shares of that effort; zero where nothing is at stake
    achieved: Float[Array, "pairs worlds"]  # what a goal's effort with an instrument comes to: effort times skill
    skill: Float[Array, "pairs worlds"]  # achievement per effort, 1 where an actor does not say otherwise
    left_alone: dict[str, ByProvince]  # how far an actor leaves a province to another, for contested goals, 0..1
    budget: dict[str, Row]  # effort that each actor has

    @staticmethod
    def blank(plan: Plan, weight: Float[Array, "goals worlds"], n_provinces: int, used: "Agenda | None" = None) -> "Agenda":
        """Nothing appraised yet. The large arrays of an agenda that is `used` up are taken over, to be written anew."""
        goals, pairs, n_worlds = len(plan.pursuits), len(plan.pairs), weight.shape[-1]
        shape = (goals, n_provinces, n_worlds)
        if used is None or used.at_stake.shape != shape or used.plan is not plan:
            at_stake, place = np.zeros(shape), np.zeros(shape)
        else:
            at_stake, place = used.at_stake, used.place
        return Agenda(
            plan=plan,
            weight=weight,
            unmet=np.zeros((goals, n_worlds)),
            at_stake=at_stake,
            effort=np.zeros((goals, n_worlds)),
            place=place,
            achieved=np.zeros((pairs, n_worlds)),
            skill=np.ones((pairs, n_worlds)),
            left_alone={},
            budget={},
        )

    def appraised(self, actor: str, view: Any, budget: Row, skill: Mapping[Instrument, Row] | None = None) -> None:
        """Fill in an actor's rows: its goals as they look from its `view`, its budget and its skill."""
        for row, goal in self.plan.goals_of(actor):
            self.unmet[row], self.at_stake[row] = goal.appraise(view)
        self.budget[actor] = budget
        for instrument, achieves in (skill or {}).items():
            for pair in self.plan.serving.get((actor, instrument), ()):
                self.skill[pair] = achieves

    def divide(self, p: Choice) -> None:
        """Divide every actor's budget among its goals, and each goal's effort among instruments (by relative skill) and places."""
        plan = self.plan
        if not plan.pursuits:
            return  # nobody wants anything
        self.place, somewhere = self._placed(p.focus)
        able = self.skill * (plan.unplaced | somewhere.take(plan.goal_of_pair, axis=0))  # what works in places needs one
        skill = np.add.reduceat(able, plan.first_pair, axis=0)
        power = powered(self.weight * self.unmet * (skill > 0.0), p.selectivity)
        total = np.empty((len(plan.rows), power.shape[-1]))
        for actor, rows in enumerate(plan.rows.values()):
            np.add.reduce(power[rows.start : rows.stop], axis=0, out=total[actor])  # in order: zeros leave no trace
        share = power / np.maximum(total, LEAST).take(plan.actor_of_goal, axis=0)
        self.effort = share * np.array([self.budget[actor] for actor in plan.rows]).take(plan.actor_of_goal, axis=0)
        spent = self.effort / np.maximum(skill, LEAST)
        self.achieved = spent.take(plan.goal_of_pair, axis=0) * able * self.skill

    def _placed(self, focus: Row) -> tuple[Float[Array, "goals provinces worlds"], Bool[Array, "goals worlds"]]:
        """Shares of each goal's effort by province, by what is at stake there less what is left to another, and whether there is any place.

        Actors whose only means are their own troops and terms do not concentrate these: they follow the stakes in proportion.
        """
        place = self.place
        for rows, concentrated in self.plan.runs:
            stake = self.at_stake[rows]
            if concentrated:
                powered(stake, focus, out=place[rows])
            else:
                place[rows] = stake
        for actor, left in self.left_alone.items():
            if left.any():
                kept = powered(1.0 - left, focus)
                for row, goal in self.plan.goals_of(actor):
                    if goal.contested:
                        np.multiply(place[row], kept, out=place[row])
        return proportions(place, axis=1, out=place)

    def placed_on(self, actor: str, instrument: Instrument) -> ByProvince:
        """What an actor's effort achieves with an instrument by province, (P, worlds)."""
        pairs = self.plan.serving.get((actor, instrument))
        if pairs is None:
            return np.zeros(self.place.shape[1:])
        first, *others = pairs
        total: ByProvince = self.achieved[first] * self.place[self.plan.pairs[first][0]]
        for pair in others:
            total += self.achieved[pair] * self.place[self.plan.pairs[pair][0]]
        return total

    def total_on(self, actor: str, instrument: Instrument) -> Row:
        """What an actor's effort achieves with an instrument in the whole country, (worlds,)."""
        pairs = self.plan.serving.get((actor, instrument))
        return np.zeros(self.weight.shape[-1]) if pairs is None else added([self.achieved[pair] for pair in pairs])

    def effort_on(self, actor: str, name: str) -> Row:
        """An actor's effort for one of its goals, (worlds,); zero for a goal that it does not pursue."""
        return self._of(self.effort, actor, name)

    def weight_of(self, actor: str, name: str) -> Row:
        """An actor's weight of one of its goals, (worlds,); zero for a goal that it does not pursue."""
        return self._of(self.weight, actor, name)

    def _of(self, rows: Float[Array, "goals worlds"], actor: str, name: str) -> Row:
        row = self.plan.row.get((actor, name))
        return np.zeros(rows.shape[-1]) if row is None else rows[row]

    def pull_of_force(self, actor: str) -> ByProvince:
        """How much an actor wants force in each province, (P, worlds): where goals served by force are at stake, by its effort for them."""
        return self._at_stake(actor, self.effort, self.plan.by_force, 1.0 / np.maximum(self.budget[actor], LEAST))

    def stake(self, actor: str) -> ByProvince:
        """How much an actor cares about having its way in each province, (P, worlds): where contested goals are at stake, by weight."""
        return self._at_stake(actor, self.weight, self.plan.contested)

    def _at_stake(
        self, actor: str, amount: Float[Array, "goals worlds"], counted: Bool[Array, "goals 1"], scale: Row | float = 1.0
    ) -> ByProvince:
        """What is at stake for an actor in each province over its goals that are `counted`, each by an amount of its own."""
        rows = self.plan.rows.get(actor)
        if rows is None:
            return np.zeros(self.at_stake.shape[1:])
        own = slice(rows.start, rows.stop)
        each = amount[own] * (scale * counted[own])
        return np.add.reduce(each[:, np.newaxis] * self.at_stake[own], axis=0)


def plan_of(goals: Mapping[str, Sequence[Goal]], pursued: Callable[[str], bool]) -> Plan:
    """The goals that actors may pursue, by section, in order; those whose weight is zero throughout are left out."""
    every = (Pursuit(actor, goal) for actor, own in goals.items() for goal in own)
    return Plan.of([pursuit for pursuit in every if pursued(pursuit.path)])


def _runs(flags: Sequence[bool]) -> Iterator[tuple[slice, bool]]:
    """Runs of equal flags side by side."""
    start = 0
    for end in range(1, len(flags) + 1):
        if end == len(flags) or flags[end] != flags[start]:
            yield slice(start, end), flags[start]
            start = end
