"""What each interest of an actor adds to its scores, asked of the actor itself.

A score is a sum over its interests by weight. So an interest adds its weight times what the actor would come to if it had
that interest alone, on the same world. No rule of an actor is repeated here; tests hold the sums to what the actors chose by.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from sim.model.actors.actor import Actor, StrikingActor
from sim.model.actors.interests import pull_of_force, score_instruments, weights_of
from sim.model.actors.partner import PLACED, PartnerActor, skills
from sim.model.state.dimensions import TINY, Array, Camp, Instrument, Leader, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent

_ALONE = 1e9  # a weight so large that, beside others of no weight, its share is 1 to the last bit


@dataclass(frozen=True)
class ScoreTerm:
    """What one interest adds to one choice.

    `choice` is what is scored: `effort:air` (score of an instrument), `place:air` (of a province for it), `force` (where force is
    wanted), `ground` (what an offensive would be worth: the government's on the opposition, all others' on the government) or `strikes`.
    The terms of a choice add up to its score. `weight` (worlds,) is the interest's weight, `need` (worlds,) how unmet it is where that
    counts, `amount` (worlds,) or (P, worlds).
    """

    choice: str
    interest: str
    weight: Row
    amount: Array
    need: Row | None = None


def sum_of_terms(terms: list[ScoreTerm]) -> Array:
    """The sum of terms, (P, worlds) or (worlds,)."""
    return sum((term.amount for term in terms[1:]), terms[0].amount)


def terms_of(actor: Actor[Any], ensemble: Ensemble, p: Any) -> list[ScoreTerm]:
    """The terms of an actor with parameters `p` of its own, in the ensemble in which it decides; none for an actor without interests."""
    if isinstance(actor, PartnerActor):
        return _partner(actor, ensemble, p)
    if not hasattr(p, "interests"):
        return []
    weights = weights_of(p.interests)
    if isinstance(actor, StrikingActor):
        none = dict.fromkeys(weights, np.zeros(ensemble.n_worlds))
        return [ScoreTerm("strikes", name, w, actor.strike_worth(ensemble, p, none | {name: w})) for name, w in weights.items()]
    return [term for name, w in weights.items() for term in _commander(actor, ensemble, p, name, w)]


def _partner(actor: PartnerActor[Any], ensemble: Ensemble, p: Any) -> list[ScoreTerm]:
    """Scores of instruments, of provinces for each instrument, and of provinces for force."""
    interests, skill = actor.interests(ensemble, p), skills(p.skill)
    terms = []
    for instrument in Instrument:
        served = [interest for interest in interests if instrument in interest.instruments]
        total = sum((interest.weight for interest in served), TINY)
        for interest in served:
            amount = score_instruments([interest], skill)[instrument]
            terms.append(ScoreTerm(f"effort:{key(instrument)}", interest.name, interest.weight, amount, interest.unmet))
            if instrument in PLACED:
                terms.append(ScoreTerm(f"place:{key(instrument)}", interest.name, interest.weight, interest.stake / total))
    terms += [ScoreTerm("force", one.name, one.weight, pull_of_force([one]), one.unmet) for one in interests if one.by_force]
    return terms + [ScoreTerm("force", reason.name, reason.weight, -reason.amount) for reason in actor.deterrents(ensemble, p)]


def _commander(actor: Actor[Any], ensemble: Ensemble, p: Any, name: str, weight: Row) -> list[ScoreTerm]:
    """What one interest adds to where an actor's groups are wanted, and to what the offensives of its camp would be worth."""
    alone = {f.name: np.full(ensemble.n_worlds, _ALONE * (f.name == name)) for f in fields(p.interests)}
    intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    actor.intend(ensemble, replace(p, interests=replace(p.interests, **alone)), intent)
    terms, member = [], actor.section.upper()
    if member in Leader.__members__:
        terms.append(ScoreTerm("force", name, weight, weight * intent.pull[Leader[member]]))
    if member in Camp.__members__:
        camp = Camp[member]
        target = Camp.OPPOSITION if camp == Camp.GOVERNMENT else Camp.GOVERNMENT
        terms.append(ScoreTerm("ground", name, weight, weight * intent.value[camp, target]))
    return terms
