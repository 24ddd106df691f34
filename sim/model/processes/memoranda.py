"""6a. What becomes of awards: a memorandum is carried out, which makes it a contract in force, or comes to nothing; contracts seldom end.

Most memoranda that Iran signed in 2017 were without delivery in 2021, while concessions in force run for 40 to 50 years (assets.csv):
an award counts for influence and income only once it is carried out.
"""

import numpy as np
from jaxtyping import Bool, Float, Int, Int8

from sim.model.processes.contract_terms import Feasibility, TenderParameters
from sim.model.state.dimensions import NOBODY, Array, Bidder, ByProvince, Camp, Sector, key
from sim.model.state.ensemble import Ensemble


def step(ensemble: Ensemble, p: TenderParameters) -> None:
    """Carry out memoranda, drop others, and end contracts, on the government's ground only."""
    state = ensemble.state
    held = (state.ground == Camp.GOVERNMENT) & (state.holder != NOBODY)
    uniform = ensemble.chance.uniforms("contract:term", ensemble.month, len(ensemble.assets))
    delivery = delivery_chance(state.holder, ensemble.assets.sector, p)
    begins = held & ~state.in_force & (uniform < delivery)
    lapses = held & ~begins & (uniform < lapse_chance(state.in_force, delivery, p))
    state.in_force = (state.in_force | begins) & ~lapses
    state.holder = np.where(lapses, np.int8(NOBODY), state.holder)
    ensemble.note("contract_in_force", counted(ensemble, *np.nonzero(begins)))
    ensemble.note("contract_lapsed", counted(ensemble, *np.nonzero(lapses)))


def delivery_chance(
    holder: Int8[Array, "assets worlds"], sector: Int[Array, " assets"], p: TenderParameters
) -> Float[Array, "assets worlds"]:
    """Chance this month that a memorandum for each asset is carried out: a rate by bidder times a factor by sector, at most 1."""
    rate = np.zeros(holder.shape)
    for bidder in Bidder:
        rate += (holder == bidder) * getattr(p.delivery, key(bidder))
    return np.minimum(1.0, rate * sector_feasibility(p.feasibility)[sector])


def lapse_chance(
    in_force: Bool[Array, "assets worlds"], delivery: Float[Array, "assets worlds"], p: TenderParameters
) -> Float[Array, "assets worlds"]:
    """Where one uniform has to fall below for a holding to be lost: a contract by its own rate; a memorandum by `abandonment`, above
    the stretch in which it is carried out.
    """
    return np.where(in_force, p.ending_rate, delivery + (1.0 - delivery) * p.abandonment)


def sector_feasibility(section: Feasibility) -> Float[Array, "sectors worlds"]:
    """Feasibility by sector, (Sectors, worlds)."""
    return np.stack([getattr(section, key(sector)) for sector in Sector])


def counted(ensemble: Ensemble, asset: Int[Array, " happenings"], world: Int[Array, " happenings"]) -> ByProvince:
    """How often something happened to assets in worlds (pairs of indices), by province and world."""
    count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
    np.add.at(count, (ensemble.assets.province[asset], world), 1.0)
    return count
