"""6. Contract: open assets on the government's ground come up for tender; both partners and others bid; the government awards.

Multinomial logit over three bidders (two would keep concentration at a half). There is no referee (R32); a framework, where a
scenario has one, settles who may bid for what and so keeps quarrels down. Some phosphate, oil and gas goes to Russia over a
serious Iranian bid (R33): measured, not set.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Bidder, Camp, Instrument, Partner, Row, Sector, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter
from sim.model.state.sensing import contract_shares


@dataclass
class SectorStrength:
    """How good the bidders' firms are in each sector, as a factor on their bids."""

    oil_gas: Row = parameter(FACTOR, "strength in oil, gas and refining")
    power: Row = parameter(FACTOR, "strength in power stations and dams")
    phosphate: Row = parameter(FACTOR, "strength in phosphate and fertiliser")
    agriculture: Row = parameter(FACTOR, "strength in agriculture")
    real_estate: Row = parameter(FACTOR, "strength in real estate")
    transport_industry: Row = parameter(FACTOR, "strength in ports and industry")


@dataclass
class Contract:
    """How often assets come up, what bids are worth and what the government weighs."""

    russia: SectorStrength
    iran: SectorStrength
    others: SectorStrength
    tender_rate: Row = parameter(SHARE, "chance a month that an open asset comes up for tender")
    recovered_first: Row = parameter(FACTOR, "how much likelier newly recovered assets come up")
    lapse_rate: Row = parameter(SHARE, "chance a month that a contract lapses undelivered")
    bid: Row = parameter(WEIGHT, "weight of a bid in an award")
    others_bid: Row = parameter(FACTOR, "what other investors bid, in units of a partner's effort spread over all provinces")
    sanctions: Row = parameter(WEIGHT, "how much sanctions put off other investors (R83)")
    serious: Row = parameter(SHARE, "share of the best bid from which a losing bid counts as serious")


def step(ensemble: Ensemble, p: Contract) -> None:
    """The month's lapses and tenders."""
    state = ensemble.state
    n = len(ensemble.assets)
    ours = state.ground == Camp.GOVERNMENT
    lapsed = ours & (state.holder >= 0) & (ensemble.chance.uniforms("contract:lapse", ensemble.month, n) < p.lapse_rate)
    holder = np.where(lapsed, np.int8(-1), state.holder)
    recovered = np.minimum(1.0, state.recovered)[ensemble.assets.province]
    chance = p.tender_rate * (1.0 + p.recovered_first * recovered)
    tender = ours & (state.holder < 0) & (ensemble.chance.uniforms("contract:tender", ensemble.month, n) < chance)
    a, w = np.nonzero(tender)
    scores = award_scores(ensemble, p, a, w)
    luck = ensemble.chance.uniforms("contract:award", ensemble.month, n)[a, w]
    winner = awarded(scores, luck)
    holder[a, w] = winner
    state.holder = holder
    _pay_credit(ensemble, a, w, winner)
    _note(ensemble, p, a, w, winner, scores, lapsed)


def award_scores(ensemble: Ensemble, p: Contract, a: Array, w: Array) -> Array:
    """What the government sees in each bidder for the tenders of assets `a` in worlds `w`, (3, n); awards follow their logit."""
    intent, state, place, sector = ensemble.intent, ensemble.state, ensemble.assets.province[a], ensemble.assets.sector[a]
    strength = [sector_strength(getattr(p, key(b)))[sector, w] for b in Bidder]
    shares = contract_shares(ensemble)
    scores = []
    for b in Bidder:
        if b == Bidder.OTHERS:
            bid = p.others_bid[w] * np.exp(-p.sanctions[w] * intent.sanctions[w])
            merits = np.zeros(w.shape)
        else:
            bid = bids(ensemble, b)[place, w]
            formation = ensemble.perceived.force[b, place, w] / (ensemble.perceived.side[place, w] + TINY)
            survival = survival_effort(ensemble)[b, w]
            merits = intent.tender["leverage"][w] * formation + intent.tender["gratitude"][w] * survival + state.credit[b, w]
        scores.append(p.bid[w] * np.log(bid * strength[b] + TINY) + merits - intent.tender["autonomy"][w] * shares[b, w])
    return np.stack(scores)


def bids(ensemble: Ensemble, b: int) -> Array:
    """A partner's bid effort by province, in units of effort spread evenly, (P, worlds)."""
    n = len(ensemble.provinces)
    return n * ensemble.intent.effort[b, Instrument.FIRMS] * ensemble.intent.place[b, Instrument.FIRMS]


def survival_effort(ensemble: Ensemble) -> Array:
    """Shares of the partners in what both now do for the government by force and arms, (K, worlds)."""
    military = ensemble.intent.effort[:, : Instrument.MIXING].sum(axis=1)
    return military / (military.sum(axis=0) + TINY)


def sector_strength(section: SectorStrength) -> Array:
    """Strength by sector, (Sectors, worlds)."""
    return np.stack([getattr(section, key(sector)) for sector in Sector])


def awarded(scores: Array, luck: Row) -> Array:
    """Winner of each tender by logit choice over the bidders: indices (n,)."""
    weight = np.exp(scores - scores.max(axis=0)) if scores.size else scores
    first, second, third = weight
    point = luck * (first + second + third)
    return (point >= first).astype(np.int8) + (point >= first + second).astype(np.int8)


def _pay_credit(ensemble: Ensemble, a: Array, w: Array, winner: Array) -> None:
    """What a partner was owed for yielding elsewhere is used up by a win."""
    credit = ensemble.state.credit.copy()
    for k in Partner:
        credit[k, w[winner == k]] = 0.0
    ensemble.state.credit = credit


def _note(ensemble: Ensemble, p: Contract, a: Array, w: Array, winner: Array, scores: Array, lapsed: Array) -> None:
    """Note awards, lapses and quarrels: a tender that a partner loses to the other with a serious bid."""
    n = len(ensemble.provinces)
    place = ensemble.assets.province[a]
    best = scores.max(axis=0) if scores.size else scores[0]
    quarrels, over_iran = np.zeros(ensemble.n_worlds), np.zeros(ensemble.n_worlds)
    for b in Bidder:
        won = np.zeros((n, ensemble.n_worlds))
        np.add.at(won, (place[winner == b], w[winner == b]), 1.0)
        ensemble.note(f"contract_{key(b)}", won)
    for k in Partner:
        other = Partner(1 - k)
        sore = (winner == k) & (np.exp(scores[other] - best) > p.serious[w])
        np.add.at(quarrels, w[sore], 1.0)
        if k == Partner.RUSSIA:
            over = np.zeros((n, ensemble.n_worlds))
            resource = np.isin(ensemble.assets.sector[a], (Sector.OIL_GAS, Sector.PHOSPHATE))
            np.add.at(over, (place[sore & resource], w[sore & resource]), 1.0)
            ensemble.note("won_over_iran", over)
            over_iran = over.sum(axis=0)
    ensemble.monthly.quarrels, ensemble.monthly.won_over_iran = quarrels, over_iran
    fell, (a, w) = np.zeros((n, ensemble.n_worlds)), np.nonzero(lapsed)
    np.add.at(fell, (ensemble.assets.province[a], w), 1.0)
    ensemble.note("contract_lapsed", fell)
