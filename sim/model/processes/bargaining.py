"""7b. Bargain: repeated incidents in a province open a bargain over primacy in it (R24, R35, R43).

The solution is Nash's with side payments: each partner values having its way in the province by its stake; without agreement each
gets its share of presence there, less what friction costs it. The efficient agreement gives primacy to who cares more, and the gain
over disagreement is split evenly by a payment: credit in later tenders (the payment is ours).
"""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter


@dataclass
class Bargain:
    """When the partners bargain and what they agree."""

    memory: Row = parameter(SHARE, "share of past incidents in a province remembered from month to month")
    threshold: Row = parameter(FACTOR, "remembered incidents in a province that open a bargain")
    readiness: Row = parameter(SHARE, "chance a month, through full channels, that an open bargain is struck (R43)")
    friction_cost: Row = parameter(WEIGHT, "what going on without agreement costs each partner, in units of its stake")
    worth_a_talk: Row = parameter(WEIGHT, "gain from agreement below which the partners do not trouble to bargain")
    posts: Row = parameter(SHARE, "share of its force on the spot, as far as it obeys, that the yielding partner takes away at once (R24)")
    payment: Row = parameter(FACTOR, "credit in tenders for each unit of payment (ours)")
    fading: Row = parameter(SHARE, "share of an agreed primacy or owed credit that fades in a month")


def step(ensemble: Ensemble, p: Bargain) -> None:
    """Remember the month's incidents, strike bargains where they pile up, let old agreements fade."""
    state = ensemble.state
    state.heat = state.heat * p.memory + ensemble.monthly.incidents_at
    state.primacy = state.primacy * (1.0 - p.fading)
    state.credit = state.credit * (1.0 - p.fading)
    stake = ensemble.intent.stake
    winner, gain, payment = nash(stake, presence_shares(ensemble.perceived.force), p.friction_cost)
    skill = settling_skill(state.channel) * (1.0 - state.broken) * (1.0 - state.fallen)
    luck = ensemble.random_by_province("bargain:strike")
    struck = (state.heat > p.threshold) & (gain > p.worth_a_talk) & (luck < p.readiness * skill)
    agreed = np.where(winner == Partner.RUSSIA, 1.0, -1.0)
    changed = struck & (np.abs(agreed - state.primacy) > np.abs(state.primacy))
    state.primacy = np.where(struck, agreed, state.primacy)
    state.heat = np.where(struck, 0.0, state.heat)
    _hand_over_posts(ensemble, p, struck, winner)
    owed = p.payment * payment * struck
    state.credit = state.credit + np.stack([(owed * (winner != k)).sum(axis=0) for k in Partner])
    ensemble.monthly.bargains = struck.sum(axis=0).astype(float)
    ensemble.note("bargain_russia", struck & (winner == Partner.RUSSIA))
    ensemble.note("bargain_iran", struck & (winner == Partner.IRAN))
    ensemble.note("posts_change_hands", changed)


def _hand_over_posts(ensemble: Ensemble, p: Bargain, struck: Array, winner: Array) -> None:
    """The yielding partner's groups leave part of their posts for their other places; men are moved, not lost."""
    agreeing = np.flatnonzero(struck.any(axis=0))  # few worlds, and often none
    if agreeing.size == 0:
        return
    agreeing = np.repeat(agreeing, 2) if agreeing.size == 1 else agreeing  # never an array of one world
    struck, winner, share = struck[:, agreeing], winner[:, agreeing], p.posts[agreeing]
    force, left = ensemble.state.force.copy(), np.zeros(agreeing.shape)
    for k in Partner:
        yields = struck & (winner != k)
        for g in ensemble.groups.of_partner(k):
            now = force[g].take(agreeing, axis=-1)
            leaving = share * ensemble.traits["obedience"][g, agreeing] * now * yields
            elsewhere = np.where(yields, 0.0, now)
            room = elsewhere.sum(axis=0)
            leaving = leaving * (room > TINY)
            force[g][:, agreeing] = now + (leaving.sum(axis=0) * elsewhere / (room + TINY) - leaving)
            left += leaving.sum(axis=0)
    ensemble.state.force = force
    ensemble.monthly.hand_overs = ensemble.monthly.hand_overs.copy()
    ensemble.monthly.hand_overs[agreeing] += left


def settling_skill(channel: Array) -> Row:
    """How well the channels serve a settlement, (worlds,): the geometric mean of all fields, because posts must be handed over,
    payments made and the whole be sealed; a skill that stays in one field settles little (R43).
    """
    return np.exp(np.log(np.maximum(channel, TINY)).mean(axis=0))


def presence_shares(force: Array) -> Array:
    """Each partner's share of both partners' force by province, (K, P, worlds); a half each where neither is."""
    total = force.sum(axis=0)
    return np.where(total > TINY, force / (total + TINY), 0.5)


def nash(stake: Array, share: Array, friction_cost: Row) -> tuple[Array, Array, Array]:
    """Nash bargaining with side payments over one province each.

    `stake`, `share`: (K, ..., worlds). Returns the partner that gets primacy, the joint gain over disagreement, and the payment to the
    other, each (..., worlds). Disagreement pays partner k stake_k x (share_k - friction_cost). With transferable utility Nash's solution
    gives primacy to the higher stake and splits the gain evenly.
    """
    disagreement = stake * (share - friction_cost)
    winner = (stake[Partner.IRAN] > stake[Partner.RUSSIA]).astype(int)
    best = stake.max(axis=0)
    gain = best - disagreement.sum(axis=0)
    loser = np.where(winner == Partner.RUSSIA, disagreement[Partner.IRAN], disagreement[Partner.RUSSIA])
    return winner, gain, np.maximum(0.0, loser + 0.5 * gain)
