"""What each goal of an actor adds to what the actor chooses.

Effort is taken from the agenda, goal by goal. What effort turns into (where force is wanted, what an offensive would be worth, where to
strike) is asked of the actor itself: it acts once with the effort of one goal alone, and once with none. No rule of an actor is repeated
here; tests hold the sums to what the actors chose by.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.agenda import Agenda
from sim.model.state.dimensions import Array, Camp, Leader, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent

REST = "what counts whatever it wants, such as strikes and agreements"  # stands for a goal in the terms that no goal adds


@dataclass(frozen=True)
class ScoreTerm:
    """What one goal adds to one choice.

    `choice` is one of: `effort` (shares of the actor's budget), `effort:air` (what effort with an instrument achieves), `place` (effort
    by province), `place:air` (what effort with an instrument achieves by province), `force` (where force is wanted), `ground:opposition`
    (what an offensive on that camp would be worth), `strikes` (strikes a month on fully visible targets). The terms of a choice add up
    to what the actor chose. `weight` and `need`, how unmet the goal is, are (worlds,), None for REST; `amount` is (worlds,) or (P, worlds).
    """

    choice: str
    interest: str
    weight: Row | None
    need: Row | None
    amount: Array


def sum_of_terms(terms: list[ScoreTerm]) -> Array:
    """The sum of terms, (P, worlds) or (worlds,)."""
    return sum((term.amount for term in terms[1:]), terms[0].amount)


def terms_of(actor: Actor[Any], ensemble: Ensemble, p: Any) -> list[ScoreTerm]:
    """The terms of an actor with parameters `p` of its own, on the agenda of the ensemble; none for an actor that pursues no goal."""
    agenda: Agenda = ensemble.agenda
    own = list(agenda.plan.goals_of(actor.section))
    if not own:
        return []
    rest = _turned_into(actor, ensemble, p, agenda, None)
    terms = [ScoreTerm(choice, REST, None, None, amount) for choice, amount in rest.items() if amount.any()]
    for row, goal in own:
        found = dict(_spent(actor.section, agenda, row))
        alone = _turned_into(actor, ensemble, p, agenda, row)
        found |= {choice: amount - rest[choice] for choice, amount in alone.items()}
        terms += [ScoreTerm(choice, goal.name, agenda.weight[row], agenda.unmet[row], amount) for choice, amount in found.items()]
    return terms


def effort_shares(agenda: Agenda) -> Array:
    """The share of its actor's budget that each goal gets, (goals, worlds); zero where there is no budget."""
    budget = np.stack([agenda.budget[pursuit.actor] for pursuit in agenda.plan.pursuits])
    shares: Array = agenda.effort / np.where(budget > 0.0, budget, 1.0)
    return shares


def _spent(section: str, agenda: Agenda, row: int) -> Iterator[tuple[str, Array]]:
    """What a goal gets: its share of the budget, its effort by province, and what that achieves by instrument."""
    budget = agenda.budget[section]
    yield "effort", agenda.effort[row] / np.where(budget > 0.0, budget, 1.0)
    yield "place", agenda.effort[row] * agenda.place[row]
    for pair, (of_row, instrument) in enumerate(agenda.plan.pairs):
        if of_row == row:
            yield f"effort:{key(instrument)}", agenda.achieved[pair]
            yield f"place:{key(instrument)}", agenda.achieved[pair] * agenda.place[row]


def _turned_into(actor: Actor[Any], ensemble: Ensemble, p: Any, agenda: Agenda, row: int | None) -> dict[str, Array]:
    """What an actor turns the effort of one goal into (of none: None), by choice, each (P, worlds)."""
    effort, achieved = np.zeros(agenda.effort.shape), np.zeros(agenda.achieved.shape)
    if row is not None:
        pairs = agenda.plan.goal_of_pair == row
        effort[row], achieved[pairs] = agenda.effort[row], agenda.achieved[pairs]
    intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    actor.act(ensemble, p, replace(agenda, effort=effort, achieved=achieved), intent)
    member, found = actor.section.upper(), {}
    if member in Leader.__members__:
        found["force"] = intent.pull[Leader[member]]
    for camp in Camp:
        others = [other for other in Camp if other != camp]
        found[f"ground:{key(camp)}"] = intent.value[others, camp].sum(axis=0)
    strikes = np.zeros(intent.pooled.shape)
    found["strikes"] = sum(intent.strikes.values(), strikes)
    return found
