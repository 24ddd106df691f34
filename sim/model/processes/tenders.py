"""6. Contract: open assets on the government's ground come up for tender; both partners and others bid; the government awards.

Multinomial logit over three bidders (two would keep concentration at a half). There is no referee (R32); a framework, where a
scenario has one, settles who may bid for what and so keeps quarrels down. Some phosphate, oil and gas goes to Russia over a
serious Iranian bid (R33): measured, not set.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.state.dimensions import (
    NOBODY,
    OTHER_PARTNER,
    TINY,
    Array,
    Bidder,
    ByProvince,
    Camp,
    Instrument,
    Partner,
    Row,
    Sector,
    key,
    stacked,
)
from sim.model.state.ensemble import Ensemble
from sim.model.actors.government import survival_effort
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter
from sim.model.state.sensing import contract_shares

PARTNER_OF = {Bidder[partner.name]: partner for partner in Partner}  # bidders that are partners
RESOURCES = (Sector.OIL_GAS, Sector.PHOSPHATE)  # sectors in which Russia won over Iran (R33)


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
class TenderParameters:
    """How often assets come up for tender, what bids are worth, and what the government weighs."""

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


def step(ensemble: Ensemble, p: TenderParameters) -> None:
    """The month's lapses and tenders."""
    state, month, n_assets = ensemble.state, ensemble.month, len(ensemble.assets)
    ours = state.ground == Camp.GOVERNMENT
    lapsed = ours & (state.holder != NOBODY) & (ensemble.chance.uniforms("contract:lapse", month, n_assets) < p.lapse_rate)
    chance = tender_chance(state.recently_recovered[ensemble.assets.province], p)
    tender = ours & (state.holder == NOBODY) & (ensemble.chance.uniforms("contract:tender", month, n_assets) < chance)
    asset, world = np.nonzero(tender)
    scores = award_scores(ensemble, p, asset, world)
    winner = awarded(scores, ensemble.chance.uniforms("contract:award", month, n_assets)[asset, world])
    holder = np.where(lapsed, np.int8(NOBODY), state.holder)
    holder[asset, world] = winner
    state.holder = holder
    _note(ensemble, p, asset, world, winner, scores, lapsed)


def tender_chance(recovered: Float[Array, "assets worlds"], p: TenderParameters) -> Float[Array, "assets worlds"]:
    """Chance a month that an open asset comes up, (A, worlds), by how much ground was recovered of late where it lies."""
    return p.tender_rate * (1.0 + p.recovered_first * np.minimum(1.0, recovered))


def award_scores(
    ensemble: Ensemble, p: TenderParameters, asset: Int[Array, " tenders"], world: Int[Array, " tenders"]
) -> Float[Array, "bidders tenders"]:
    """What the government sees in each bidder for the tenders of assets in worlds (pairs of indices), (bidders, tenders).

    Awards follow the logit of the scores.
    """
    intent, perceived, place = ensemble.intent, ensemble.perceived, ensemble.assets.province[asset]
    shares, survival = contract_shares(ensemble), survival_effort(intent.effort)
    scores = {}
    for bidder in Bidder:
        if bidder in PARTNER_OF:
            partner = PARTNER_OF[bidder]
            bid = bids(intent.placed[partner, Instrument.FIRMS])[place, world]
            formation = perceived.force[partner, place, world] / (perceived.side[place, world] + TINY)
            favours = intent.tender["leverage"][world] * formation + intent.tender["gratitude"][world] * survival[partner, world]
            merits = favours
        else:
            bid, merits = p.others_bid[world] * np.exp(-p.sanctions[world] * intent.sanctions[world]), np.zeros(world.shape)
        strength = sector_strength(getattr(p, key(bidder)))[ensemble.assets.sector[asset], world]
        against = intent.tender["autonomy"][world] * shares[bidder, world]
        scores[bidder] = p.bid[world] * np.log(bid * strength + TINY) + merits - against
    return stacked(Bidder, scores)


def bids(placed: ByProvince) -> ByProvince:
    """A partner's bids by province, (P, worlds): its effort for firms there, in units of effort spread evenly over the provinces."""
    return len(placed) * placed


def sector_strength(section: SectorStrength) -> Float[Array, "sectors worlds"]:
    """Strength by sector, (Sectors, worlds)."""
    return np.stack([getattr(section, key(sector)) for sector in Sector])


def awarded(scores: Float[Array, "bidders tenders"], uniform: Float[Array, " tenders"]) -> Int[Array, " tenders"]:
    """Winner of each tender by logit choice over the bidders, indices (tenders,), from scores (bidders, tenders) and a uniform each."""
    if not scores.size:
        return np.zeros(uniform.shape, dtype=np.int8)
    cumulative = np.cumsum(np.exp(scores - scores.max(axis=0)), axis=0)
    below = uniform * cumulative[-1] >= cumulative[:-1]
    return below.sum(axis=0).astype(np.int8)


def sore_losers(
    scores: Float[Array, "bidders tenders"], winner: Int[Array, " tenders"], serious: Float[Array, " tenders"]
) -> dict[Bidder, Bool[Array, " tenders"]]:
    """Masks of the tenders, (tenders,), that each partner won while the other lost with a serious bid."""
    best = scores.max(axis=0) if scores.size else winner
    sore = {}
    for bidder, partner in PARTNER_OF.items():
        rival = Bidder[OTHER_PARTNER[partner].name]
        sore[bidder] = (winner == bidder) & (np.exp(scores[rival] - best) > serious)
    return sore


def _note(
    ensemble: Ensemble,
    p: TenderParameters,
    asset: Int[Array, " tenders"],
    world: Int[Array, " tenders"],
    winner: Int[Array, " tenders"],
    scores: Float[Array, "bidders tenders"],
    lapsed: Bool[Array, "assets worlds"],
) -> None:
    """Note awards, lapses and quarrels: a tender that a partner loses to the other with a serious bid."""
    sore = sore_losers(scores, winner, p.serious[world])
    resource = np.isin(ensemble.assets.sector[asset], RESOURCES)

    def counted(assets: Int[Array, " happenings"], worlds: Int[Array, " happenings"]) -> ByProvince:
        """How many, by province and world."""
        count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
        np.add.at(count, (ensemble.assets.province[assets], worlds), 1.0)
        return count

    for bidder in Bidder:
        ensemble.note(f"contract_{key(bidder)}", counted(asset[winner == bidder], world[winner == bidder]))
    won = sore[Bidder.RUSSIA] & resource
    won_over_iran = counted(asset[won], world[won])
    ensemble.note("won_over_iran", won_over_iran)
    ensemble.note("contract_lapsed", counted(*np.nonzero(lapsed)))
    quarrels = sum(sore.values(), np.zeros(winner.shape, dtype=bool))
    ensemble.monthly.quarrels = np.bincount(world[quarrels], minlength=ensemble.n_worlds).astype(float)
    ensemble.monthly.won_over_iran = won_over_iran.sum(axis=0)
