"""7b. Bargain: repeated incidents in a province open a bargain over primacy in it (R24, R35, R43).

The solution is Nash's with side payments: each partner values having its way in the province by its stake; without agreement each
gets its share of presence there, less what friction costs it. The efficient agreement gives primacy to the one who cares more, and a
payment splits the gain over disagreement evenly: credit in later tenders (the payment is ours).
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.state.dimensions import PRIMACY_SIGN, TINY, Array, ByProvince, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter


@dataclass
class BargainingParameters:
    """When the partners bargain and what they agree."""

    memory: Row = parameter(SHARE, "share of past incidents in a province remembered from month to month")
    threshold: Row = parameter(FACTOR, "remembered incidents in a province that open a bargain")
    readiness: Row = parameter(SHARE, "chance a month, through full channels, that an open bargain is struck (R43)")
    friction_cost: Row = parameter(WEIGHT, "what going on without agreement costs each partner, in units of its stake")
    worth_a_talk: Row = parameter(WEIGHT, "gain from agreement below which the partners do not bother to bargain")
    posts: Row = parameter(SHARE, "share of its force on the spot, as far as it obeys, that the yielding partner takes away at once (R24)")
    payment: Row = parameter(FACTOR, "credit in tenders for each unit of payment (ours)")
    fading: Row = parameter(SHARE, "share of an agreed primacy or owed credit that fades in a month")
    gain_share: Row = parameter(
        SHARE, "share of the joint gain that the payment leaves to the partner who yields; a half is Nash's solution"
    )


def step(ensemble: Ensemble, p: BargainingParameters) -> None:
    """Remember the month's incidents, strike bargains where they pile up, let old agreements fade."""
    state, monthly = ensemble.state, ensemble.monthly
    memory = state.incident_memory * p.memory + monthly.incidents_at
    primacy, credit = state.primacy * (1.0 - p.fading), state.bargaining_credit * (1.0 - p.fading)
    winner, gain, payment = nash(ensemble.intent.stake, presence_shares(ensemble.perceived.force), p.friction_cost, p.gain_share)
    skill = settling_skill(state.channel) * (1.0 - state.partnership_broken) * (1.0 - state.fallen)
    struck = (memory > p.threshold) & (gain > p.worth_a_talk) & (ensemble.random_by_province("bargain:strike") < p.readiness * skill)
    agreed = np.where(winner == Partner.RUSSIA, PRIMACY_SIGN[Partner.RUSSIA], PRIMACY_SIGN[Partner.IRAN])
    changed = struck & (np.abs(agreed - primacy) > np.abs(primacy))
    state.primacy = np.where(struck, agreed, primacy)
    state.incident_memory = np.where(struck, 0.0, memory)
    state.bargaining_credit = credit + credit_earned(p.payment * payment * struck, winner)
    _hand_over_posts(ensemble, p, struck, winner)
    monthly.bargains = struck.sum(axis=0).astype(float)
    ensemble.note("bargain_russia", struck & (winner == Partner.RUSSIA))
    ensemble.note("bargain_iran", struck & (winner == Partner.IRAN))
    ensemble.note("posts_change_hands", changed)


def credit_earned(owed: ByProvince, winner: Int[Array, "provinces worlds"]) -> Float[Array, "partners worlds"]:
    """Credit by partner, (K, worlds), from what is owed in each province, (P, worlds), to the partner who does not get primacy there."""
    return np.stack([(owed * (winner != partner)).sum(axis=0) for partner in Partner])


def _hand_over_posts(
    ensemble: Ensemble, p: BargainingParameters, struck: Bool[Array, "provinces worlds"], winner: Int[Array, "provinces worlds"]
) -> None:
    """The yielding partner's groups leave part of their posts for their other places; men are moved, not lost."""
    agreeing = np.flatnonzero(struck.any(axis=0))  # few worlds, and often none
    if agreeing.size == 0:
        return
    agreeing = np.repeat(agreeing, 2) if agreeing.size == 1 else agreeing  # never an array of one world
    struck, winner, share = struck[:, agreeing], winner[:, agreeing], p.posts[agreeing]
    force, left = ensemble.state.force.copy(), np.zeros(agreeing.shape)
    for partner in Partner:
        yields = struck & (winner != partner)
        for group in ensemble.groups.of_partner(partner):
            now = force[group].take(agreeing, axis=-1)
            moved, leaving = posts_moved(now, share * ensemble.traits["obedience"][group, agreeing], yields)
            force[group][:, agreeing] = moved
            left += leaving
    ensemble.state.force = force
    ensemble.monthly.hand_overs = ensemble.monthly.hand_overs.copy()
    ensemble.monthly.hand_overs[agreeing] += left


def posts_moved(
    force: Float[Array, "provinces active"], share: Float[Array, " active"], yields: Bool[Array, "provinces active"]
) -> tuple[Float[Array, "provinces active"], Float[Array, " active"]]:
    """A group's force by province, (P, worlds), after a share of it has left where its partner yields, and how much has left, (worlds,).

    It goes where the group already is and its partner does not yield; where there is no such place it stays.
    """
    leaving = share * force * yields
    elsewhere = np.where(yields, 0.0, force)
    room = elsewhere.sum(axis=0)
    leaving = leaving * (room > TINY)
    return force + (leaving.sum(axis=0) * elsewhere / (room + TINY) - leaving), leaving.sum(axis=0)


def settling_skill(channel: Float[Array, "fields worlds"]) -> Row:
    """How well the channels serve a settlement, (worlds,): the geometric mean of all fields, because posts must be handed over,
    payments made and the whole be sealed; a skill that stays in one field settles little (R43).
    """
    return np.exp(np.log(np.maximum(channel, TINY)).mean(axis=0))


def presence_shares(force: Float[Array, "partners provinces worlds"]) -> Float[Array, "partners provinces worlds"]:
    """Each partner's share of both partners' force by province, (K, P, worlds); a half each where neither is."""
    total = force.sum(axis=0)
    return np.where(total > TINY, force / (total + TINY), 1.0 / len(Partner))


def nash(
    stake: Float[Array, "partners *places worlds"], share: Float[Array, "partners *places worlds"], friction_cost: Row, gain_share: Row
) -> tuple[Int[Array, "*places worlds"], Float[Array, "*places worlds"], Float[Array, "*places worlds"]]:
    """Nash bargaining with side payments over one province each.

    `stake`, `share`: (K, ..., worlds). Returns the partner that gets primacy, the joint gain over disagreement, and the payment to the
    other, each (..., worlds). Disagreement pays a partner stake x (share - friction_cost). With transferable utility Nash's solution
    gives primacy to the higher stake and half of the gain (`gain_share`) to each.
    """
    disagreement = stake * (share - friction_cost)
    iran_cares_more = stake[Partner.IRAN] > stake[Partner.RUSSIA]
    winner = np.where(iran_cares_more, Partner.IRAN, Partner.RUSSIA)
    gain = stake.max(axis=0) - disagreement.sum(axis=0)
    yielded = np.where(iran_cares_more, disagreement[Partner.RUSSIA], disagreement[Partner.IRAN])
    return winner, gain, np.maximum(0.0, yielded + gain_share * gain)
