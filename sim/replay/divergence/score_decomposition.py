"""What each interest of an actor adds to what it weighs, asked of the actor itself.

What an actor weighs is a sum over its interests by weight. So an interest adds its weight times what the actor would come to if it had
that interest alone, on the same world. No rule of an actor is repeated here; tests hold the sums to what the actors chose by.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.discrete_choice import Want, pull_of_force, score_instruments
from sim.model.actors.iran import IranActor
from sim.model.actors.israel import IsraelActor
from sim.model.actors.partner import PartnerActor, skills, weights_of
from sim.model.actors.united_states import UnitedStatesActor
from sim.model.state.dimensions import TINY, Array, Camp, Field, Instrument, Leader, Partner, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent

_ALONE = 1e9  # an interest so heavy that, beside others of no weight, it is all of them to the last bit


@dataclass(frozen=True)
class Term:
    """What one interest adds to one choice.

    `choice` is what is weighed: `effort:air` (score of an instrument), `place:air` (of a province for it), `force` (where force is
    wanted), `ground` (what an offensive would be worth: the government's on the opposition, all others' on the government) or `strikes`.
    The terms of a choice add up to its score. `weight` (worlds,) is the interest's weight, `need` (worlds,) how unmet it is where that
    counts, `amount` (worlds,) or (P, worlds).
    """

    choice: str
    interest: str
    weight: Row
    amount: Array
    need: Row | None = None


def added(terms: list[Term]) -> Array:
    """The sum of terms, (P, worlds) or (worlds,)."""
    return sum((term.amount for term in terms[1:]), terms[0].amount)


def terms_of(actor: Actor, ensemble: Ensemble, p: Any) -> list[Term]:
    """The terms of an actor with parameters `p` of its own, on the world on which it decides; none for an actor without interests."""
    if isinstance(actor, PartnerActor):
        return _partner(actor.wants(ensemble, p), skills(p.skill)) + (_put_off(actor, ensemble, p) if isinstance(actor, IranActor) else [])
    if not hasattr(p, "interests"):
        return []
    weights = weights_of(p.interests)
    if isinstance(actor, (IsraelActor, UnitedStatesActor)):
        none = dict.fromkeys(weights, np.zeros(ensemble.n_worlds))
        return [Term("strikes", name, w, actor.worth(ensemble, p, none | {name: w})) for name, w in weights.items()]
    return [term for name, w in weights.items() for term in _commander(actor, ensemble, p, name, w)]


def values_of(actor: Actor, ensemble: Ensemble, p: Any) -> dict[str, Row]:
    """What else an actor's choice hangs on, in words, each (worlds,)."""
    if isinstance(actor, PartnerActor):
        values = {
            "effort a month in quiet times": p.means.budget,
            "danger to the government": ensemble.state.danger,
            "share of its effort that reaches Syria": actor.scope(ensemble, p),
        }
        return values | (
            {"diplomatic friction with Iran": ensemble.state.friction[Field.DIPLOMATIC]} if actor.patron == Partner.RUSSIA else {}
        )
    if actor.section == "israel":
        tempo = p.strike_rate * (1.0 + p.escalation * ensemble.state.escalation)
        return {"strikes a month if every target were fully visible": tempo, "regional tension": ensemble.state.escalation}
    if actor.section == "united_states":
        return {"strikes a month if every target were fully visible": p.strike_rate, "its commitment": p.commitment}
    if actor.section == "turkey":
        return {"its commitment": p.commitment, "share of its troops in Syria": p.troops}
    return {"its solvency": ensemble.state.coffers} if actor.section == "government" else {}


def _partner(wants: list[Want], skill: Array) -> list[Term]:
    """Scores of instruments, of provinces for each instrument, and of provinces for force."""
    terms = []
    for j in Instrument:
        served = [want for want in wants if j in want.by]
        total = sum((want.weight for want in served), TINY)
        for want in served:
            terms.append(Term(f"effort:{key(j)}", want.name, want.weight, score_instruments([want], skill)[j], want.need))
            if j != Instrument.DIPLOMACY:
                terms.append(Term(f"place:{key(j)}", want.name, want.weight, want.stake / total))
    return terms + [Term("force", want.name, want.weight, pull_of_force([want]), want.need) for want in wants if want.by_force]


def _put_off(iran: IranActor, ensemble: Ensemble, p: Any) -> list[Term]:
    """What speaks against having Iran-backed force in a province, each reason with the others put aside."""
    none = np.zeros(ensemble.n_worlds)
    reasons = {
        "fear": ("fear of strikes", p.fear),
        "golan_compliance": ("the agreement with Israel", p.golan_agreement * p.golan_compliance),
        "held_back": ("Russian restraint", p.held_back),
    }
    terms = []
    for name, (words, weight) in reasons.items():
        alone = replace(p, **dict.fromkeys(reasons.keys() - {name}, none))
        terms.append(Term("force", words, weight, iran.put_off(ensemble, alone)))
    return terms


def _commander(actor: Actor, ensemble: Ensemble, p: Any, name: str, weight: Row) -> list[Term]:
    """What one interest adds to where a camp's leader wants force, and to what its offensives would be worth."""
    alone = {f.name: np.full(ensemble.n_worlds, _ALONE * (f.name == name)) for f in fields(p.interests)}
    intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    actor.intend(ensemble, replace(p, interests=replace(p.interests, **alone)), intent)
    terms = [Term("force", name, weight, weight * intent.pull[Leader[actor.section.upper()]])]
    if actor.section.upper() in Camp.__members__:
        camp = Camp[actor.section.upper()]
        target = Camp.OPPOSITION if camp == Camp.GOVERNMENT else Camp.GOVERNMENT
        terms.append(Term("ground", name, weight, weight * intent.value[camp, target]))
    return terms
