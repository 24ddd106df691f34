"""6. Contract: open assets on the government's ground come up for tender; both partners and others bid; the government awards.

Multinomial logit over three bidders (two would keep concentration at a half). An award is a memorandum first; what becomes of it is in
`memoranda.py`. There is no referee (R32); a framework, where a scenario has one, settles who may bid for what and so keeps quarrels
down, and partners may have agreed whose a sector is. Some phosphate, oil and gas goes to Russia over a serious Iranian bid (R33):
measured, not set.
"""

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.actors.government import survival_effort
from sim.model.processes import memoranda
from sim.model.processes.contract_terms import SectorStrength, TenderParameters
from sim.model.processes.memoranda import note_assets
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
    indices_where,
    key,
    keys,
    stacked,
    yielded,
)
from sim.model.state.ensemble import Ensemble
from sim.model.state.sensing import contract_shares

PARTNER_OF = {Bidder[partner.name]: partner for partner in Partner}  # bidders that are partners
IS_RESOURCE = np.array([sector in (Sector.OIL_GAS, Sector.PHOSPHATE) for sector in Sector])  # in which Russia won over Iran (R33)


def step(ensemble: Ensemble, p: TenderParameters) -> None:
    """The month's memoranda and contracts, then its tenders of assets that were open when the month began."""
    state, month, n_assets = ensemble.state, ensemble.month, len(ensemble.assets)
    unheld = (state.ground == Camp.GOVERNMENT) & (state.holder == NOBODY)
    memoranda.step(ensemble, p)
    chance = tender_chance(state.recently_recovered, p)[ensemble.assets.province]
    asset, world = indices_where(unheld & (ensemble.chance.uniforms("contract:tender", month, n_assets) < chance))
    if not asset.size:
        return
    bid = bids_made(ensemble, p, asset, world)
    scores = award_scores(ensemble, p, asset, world, bid)
    winner = awarded(scores, ensemble.chance.uniforms("contract:award", month, n_assets)[asset, world])
    holder = state.holder.copy()
    holder[asset, world] = winner
    state.holder = holder
    _note(ensemble, asset, world, winner, sore_losers(scores, winner, p.serious[world]))
    ensemble.monthly.tenders = _count(ensemble, world[winner != NOBODY])
    ensemble.monthly.tenders_to_best_bid = _count(ensemble, world[won_by_best_bid(bid, winner)])


def tender_chance(recovered: ByProvince, p: TenderParameters) -> ByProvince:
    """Chance a month that an open asset in each province comes up, (P, worlds), by how much ground was recovered there of late."""
    return p.tender_rate * (1.0 + p.recovered_first * np.minimum(1.0, recovered))


def bids_made(
    ensemble: Ensemble, p: TenderParameters, asset: Int[Array, " tenders"], world: Int[Array, " tenders"]
) -> Float[Array, "bidders tenders"]:
    """Bids for assets in worlds (pairs of indices), (bidders, tenders): effort times strength in the sector; 0 where none is made.

    A partner withholds part of its bid in a sector that is agreed to be the other's.
    """
    intent, place, sector = ensemble.intent, ensemble.assets.province[asset], ensemble.assets.sector[asset]
    made = {}
    for bidder in Bidder:
        if bidder in PARTNER_OF:
            partner = PARTNER_OF[bidder]
            effort = bids(intent.placed[partner, Instrument.FIRMS])[place, world]
            effort = effort * (1.0 - withheld(ensemble.state.tenders_agreed, partner, p.respect)[sector, world])
        else:
            effort = p.others_bid[world] * np.exp(-p.sanctions[world] * intent.sanctions[world])
        made[bidder] = effort * sector_strength(getattr(p, key(bidder)))[sector, world]
    return stacked(Bidder, made)


def bids(placed: ByProvince) -> ByProvince:
    """A partner's bids by province, (P, worlds): its effort for firms there, in units of effort spread evenly over the provinces."""
    return len(placed) * placed


def withheld(agreed: Float[Array, "sectors worlds"], partner: Partner, respect: Row) -> Float[Array, "sectors worlds"]:
    """Share of its bids that a partner withholds by sector, as far as the sector is agreed to be the other's."""
    return respect * yielded(agreed, partner)


def award_scores(
    ensemble: Ensemble,
    p: TenderParameters,
    asset: Int[Array, " tenders"],
    world: Int[Array, " tenders"],
    bid: Float[Array, "bidders tenders"],
) -> Float[Array, "bidders tenders"]:
    """What the government sees in each bidder for the tenders, (bidders, tenders); awards follow their logit. None for no bid: -inf."""
    intent, perceived, place = ensemble.intent, ensemble.perceived, ensemble.assets.province[asset]
    shares, survival = contract_shares(ensemble), survival_effort(intent.effort)
    weight = p.bid[world] * intent.tender["revenue"][world]
    scores = {}
    for bidder in Bidder:
        merits = np.zeros(world.shape)
        if bidder in PARTNER_OF:
            partner = PARTNER_OF[bidder]
            formation = perceived.force[partner, place, world] / (perceived.side[place, world] + TINY)
            merits = intent.tender["leverage"][world] * formation + intent.tender["gratitude"][world] * survival[partner, world]
        against = intent.tender["autonomy"][world] * shares[bidder, world]
        made = bid[bidder] > 0.0
        scores[bidder] = np.where(made, weight * np.log(np.where(made, bid[bidder], 1.0)) + merits - against, -np.inf)
    return stacked(Bidder, scores)


def sector_strength(section: SectorStrength) -> Float[Array, "sectors worlds"]:
    """Strength by sector, (Sectors, worlds)."""
    return np.array([getattr(section, name) for name in keys(Sector)])


def awarded(scores: Float[Array, "bidders tenders"], uniform: Float[Array, " tenders"]) -> Int[Array, " tenders"]:
    """Winner of each tender by logit choice over the bidders, indices (tenders,), from scores (bidders, tenders) and a uniform each.

    A score of -inf never wins, whatever rounding does; nobody wins where there is no other.
    """
    weight = np.exp(scores - _finite(scores.max(axis=0)))
    cumulative = np.cumsum(weight, axis=0)
    below = (uniform * cumulative[-1] >= cumulative[:-1]).sum(axis=0)
    last = len(weight) - 1 - np.argmax(weight[::-1] > 0.0, axis=0)
    return np.where(cumulative[-1] > 0.0, np.minimum(below, last), NOBODY).astype(np.int8)


def won_by_best_bid(bid: Float[Array, "bidders tenders"], winner: Int[Array, " tenders"]) -> Bool[Array, " tenders"]:
    """Which tenders went to the highest bid, (tenders,)."""
    won = sum(((winner == bidder) * bid[bidder] for bidder in Bidder), np.zeros(winner.shape))
    return (winner != NOBODY) & (won == bid.max(axis=0))


def sore_losers(
    scores: Float[Array, "bidders tenders"], winner: Int[Array, " tenders"], serious: Float[Array, " tenders"]
) -> dict[Bidder, Bool[Array, " tenders"]]:
    """Masks of the tenders, (tenders,), that each partner won while the other lost with a serious bid."""
    best, sore = _finite(scores.max(axis=0)), {}
    for bidder, partner in PARTNER_OF.items():
        rival = Bidder[OTHER_PARTNER[partner].name]
        sore[bidder] = (winner == bidder) & (np.exp(scores[rival] - best) > serious)
    return sore


def _finite(best: Float[Array, " tenders"]) -> Float[Array, " tenders"]:
    """The best scores, 0 where nobody bids."""
    return np.where(np.isfinite(best), best, 0.0)


def _count(ensemble: Ensemble, world: Int[Array, " happenings"]) -> Row:
    """How often something happened in each world."""
    return np.bincount(world, minlength=ensemble.n_worlds).astype(float)


def _note(
    ensemble: Ensemble,
    asset: Int[Array, " tenders"],
    world: Int[Array, " tenders"],
    winner: Int[Array, " tenders"],
    sore: dict[Bidder, Bool[Array, " tenders"]],
) -> None:
    """Note awards and quarrels: a tender that a partner loses to the other with a serious bid."""
    for bidder in Bidder:
        own = winner == bidder
        note_assets(ensemble, f"contract_{key(bidder)}", asset[own], world[own])
    won = sore[Bidder.RUSSIA] & IS_RESOURCE[ensemble.assets.sector[asset]]
    note_assets(ensemble, "won_over_iran", asset[won], world[won])
    quarrels = sum(sore.values(), np.zeros(winner.shape, dtype=bool))
    ensemble.monthly.quarrels = _count(ensemble, world[quarrels])
    ensemble.monthly.won_over_iran = _count(ensemble, world[won])
