"""What the interests of an actor add to what it weighs: the sums in `sim/actors`, taken apart by interest.

Actors add up and choose at once. Here the same sums stand term by term, for whoever asks why an actor chose so; tests hold them to what
the actors chose by.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.actors.base import Actor
from sim.actors.choice import Want
from sim.actors.patron import PatronActor, skills, weights_of
from sim.world.assessment import insurgency, peopled
from sim.world.axes import TINY, Array, Camp, Field, Instrument, Patron, Row, key
from sim.world.world import World


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


def terms_of(actor: Actor, world: World, p: Any) -> list[Term]:
    """The terms of an actor with parameters `p` of its own, on the world on which it decides; none for an actor without interests."""
    if isinstance(actor, PatronActor):
        return _partner(actor.wants(world, p), skills(p.skill)) + (_put_off(world, p) if actor.patron == Patron.IRAN else [])
    return _TERMS[actor.section](world, p, weights_of(p.interests)) if actor.section in _TERMS else []


def values_of(actor: Actor, world: World, p: Any) -> dict[str, Row]:
    """What else an actor's choice hangs on, in words, each (worlds,)."""
    if isinstance(actor, PatronActor):
        values = {
            "effort a month in quiet times": p.means.budget,
            "danger to the government": world.state.danger,
            "share of its effort that reaches Syria": actor.scope(world, p),
        }
        return values | ({"diplomatic friction with Iran": world.state.friction[Field.DIPLOMATIC]} if actor.patron == Patron.RUSSIA else {})
    if actor.section == "israel":
        tempo = p.strike_rate * (1.0 + p.escalation * world.state.escalation)
        return {"strikes a month if every target were fully visible": tempo, "regional tension": world.state.escalation}
    if actor.section == "united_states":
        return {"strikes a month if every target were fully visible": p.strike_rate, "its commitment": p.commitment}
    if actor.section == "turkey":
        return {"its commitment": p.commitment, "share of its troops in Syria": p.troops}
    return {"its solvency": world.state.coffers} if actor.section == "government" else {}


def _partner(wants: list[Want], skill: Array) -> list[Term]:
    """Scores of instruments, of provinces for each instrument, and of provinces for force (sim/actors/choice.py)."""
    terms = []
    for j in Instrument:
        served = [want for want in wants if j in want.by]
        total = sum((want.weight for want in served), TINY)
        for want in served:
            terms.append(Term(f"effort:{key(j)}", want.name, want.weight, want.weight * want.need / len(want.by) * skill[j], want.need))
            if j != Instrument.DIPLOMACY:
                terms.append(Term(f"place:{key(j)}", want.name, want.weight, want.stake / total))
    return terms + [Term("force", want.name, want.weight, want.need * want.stake, want.need) for want in wants if want.by_force]


def _put_off(world: World, p: Any) -> list[Term]:
    """What speaks against having Iran-backed force in a province."""
    state, agreement = world.state, p.golan_agreement * p.golan_compliance
    fear = p.fear * state.strike_memory / (state.strike_memory + p.noticed_strikes)
    return [
        Term("force", "fear of strikes", p.fear, -fear),
        Term("force", "the agreement with Israel", agreement, -agreement * world.provinces.exclusion),
        Term("force", "Russian restraint", p.held_back, -p.held_back * state.restraint),
    ]


def _israel(world: World, p: Any, w: dict[str, Row]) -> list[Term]:
    felt, provinces = world.seen.felt[Patron.IRAN], world.provinces
    where = {
        "keep_the_line_clear": provinces.exclusion * felt,
        "stop_entrenchment": world.state.roots[Patron.IRAN] * felt,
        "cut_the_corridor": provinces.traits["iraq_corridor"] * felt,
    }
    return _sum("strikes", w, where)


def _united_states(world: World, p: Any, w: dict[str, Row]) -> list[Term]:
    felt, traits = world.seen.felt[Patron.IRAN], world.provinces.traits
    return _sum("strikes", w, {"protect_forces": traits["us_presence"] * p.commitment * felt, "limit_iran": traits["iraq_front"] * felt})


def _turkey(world: World, p: Any, w: dict[str, Row]) -> list[Term]:
    control = world.state.control
    against = world.provinces.turkish_border * control[Camp.SDF]
    return _sum("force", w, {"keep_the_north": p.commitment * control[Camp.OPPOSITION], "push_back_sdf": p.commitment * against})


def _government(world: World, p: Any, w: dict[str, Row]) -> list[Term]:
    state, seen, provinces = world.state, world.seen, world.provinces
    there, even = peopled(state)[Camp.OPPOSITION], np.ones_like(state.threat)
    ground = {
        "regime_survival": seen.worth * there,
        "territory": even,
        "settlement_weight": provinces.population / provinces.population.max() * there,
        "revenue": provinces.traits["oil"] * even,
    }
    rest = 1.0 - w["regime_survival"]
    return [
        *_sum("ground", w, ground),
        *_sum("force", w, {"regime_survival": p.triage * seen.worth * state.threat}),
        Term("force", "all its other interests", rest, rest * (p.triage * state.threat * state.control[Camp.GOVERNMENT])),
    ]


def _sdf(world: World, p: Any, w: dict[str, Row]) -> list[Term]:
    held, traits = world.state.control[Camp.SDF], world.provinces.traits
    force = {"hold_the_northeast": held, "oil": traits["oil"] * held, "keep_is_down": insurgency(world.state) * held}
    ground = {"hold_the_northeast": held, "oil": traits["oil"] * traits["northeast"] * np.ones_like(held)}
    return _sum("force", w, force) + _sum("ground", w, ground)


def _opposition(world: World, p: Any, w: dict[str, Row]) -> list[Term]:
    held, worth = world.state.control[Camp.OPPOSITION], world.seen.worth
    there = peopled(world.state)[Camp.GOVERNMENT]
    people = world.provinces.population / world.provinces.population.max()
    rest = 1.0 - w["hold_the_northwest"]
    return [
        *_sum("ground", w, {"hold_the_northwest": held, "take_the_cities": people * there, "topple_the_government": worth * there}),
        *_sum("force", w, {"hold_the_northwest": held}),
        Term("force", "all its other interests", rest, rest * held * worth),
    ]


def _islamic_state(world: World, p: Any, w: dict[str, Row]) -> list[Term]:
    presence, traits = world.state.presence, world.provinces.traits
    thin = 1.0 / (1.0 + world.seen.strength[: Camp.ISLAMIC_STATE].sum(axis=0) / world.seen.visible_force)
    prize = {"survive": presence, "hold_ground_again": thin, "oil": traits["oil"] * np.ones_like(presence)}
    ground = {name: traits["refuge"] * where for name, where in prize.items()}
    return _sum("force", w, {"survive": presence, "hold_ground_again": thin}) + _sum("ground", w, ground)


def _sum(choice: str, weights: dict[str, Row], where: dict[str, Array]) -> list[Term]:
    """Interests by weight and by where they are at stake, (P, worlds) each."""
    return [Term(choice, name, weights[name], weights[name] * stake) for name, stake in where.items()]


_TERMS: dict[str, Callable[[World, Any, dict[str, Row]], list[Term]]] = {
    "israel": _israel,
    "united_states": _united_states,
    "turkey": _turkey,
    "government": _government,
    "sdf": _sdf,
    "opposition": _opposition,
    "islamic_state": _islamic_state,
}
