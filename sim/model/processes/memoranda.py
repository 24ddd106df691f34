"""6a. What becomes of awards: a memorandum is carried out, which makes it a contract in force, or comes to nothing; contracts seldom end.

Most memoranda that Iran signed in 2017 were without delivery in 2021, while concessions in force run for 40 to 50 years (assets.csv):
an award counts for influence and income only once it is carried out.
"""

import numpy as np
from jaxtyping import Float, Int, Int8

from sim.model.processes.contract_terms import Feasibility, TenderParameters
from sim.model.state.dimensions import NOBODY, Array, Bidder, Camp, Sector, counts, indices_where, keys
from sim.model.state.ensemble import Ensemble


def step(ensemble: Ensemble, p: TenderParameters) -> None:
    """Carry out memoranda, drop others, and end contracts, on the government's ground only."""
    state = ensemble.state
    held = (state.ground == Camp.GOVERNMENT) & (state.holder != NOBODY)
    uniform = ensemble.chance.uniforms("contract:term", ensemble.month, len(ensemble.assets))
    asset, world = indices_where(held & ~state.in_force)
    delivery = delivery_chance(state.holder[asset, world], ensemble.assets.sector[asset], world, p)
    drawn = uniform[asset, world]
    begins = drawn < delivery
    dropped = ~begins & (drawn < dropped_below(delivery, p.abandonment[world]))
    lapses = held & state.in_force & (uniform < p.ending_rate)
    lapses[asset[dropped], world[dropped]] = True
    state.in_force = state.in_force & ~lapses
    state.in_force[asset[begins], world[begins]] = True
    state.holder = np.where(lapses, np.int8(NOBODY), state.holder)
    note_assets(ensemble, "contract_in_force", asset[begins], world[begins])
    note_assets(ensemble, "contract_lapsed", *indices_where(lapses))


def delivery_chance(
    holder: Int8[Array, " memoranda"], sector: Int[Array, " memoranda"], world: Int[Array, " memoranda"], p: TenderParameters
) -> Float[Array, " memoranda"]:
    """Chance this month that each memorandum is carried out: a rate by bidder times a factor by sector, at most 1."""
    rate = np.array([getattr(p.delivery, name) for name in keys(Bidder)])
    return np.minimum(1.0, rate[holder, world] * sector_feasibility(p.feasibility)[sector, world])


def dropped_below(delivery: Float[Array, " memoranda"], abandonment: Float[Array, " memoranda"]) -> Float[Array, " memoranda"]:
    """Below which uniform a memorandum that is not carried out comes to nothing: `abandonment` of what lies above its delivery."""
    return delivery + (1.0 - delivery) * abandonment


def sector_feasibility(section: Feasibility) -> Float[Array, "sectors worlds"]:
    """Feasibility by sector, (Sectors, worlds)."""
    return np.array([getattr(section, name) for name in keys(Sector)])


def note_assets(ensemble: Ensemble, name: str, asset: Int[Array, " happenings"], world: Int[Array, " happenings"]) -> None:
    """Note by province what happened to assets in worlds (pairs of indices), if anything did; a story tells it once for a province."""
    province = ensemble.assets.province[asset]
    if ensemble.log.record_events:
        ensemble.note(name, counts((len(ensemble.provinces), ensemble.n_worlds), province, world))
    elif asset.size:
        ensemble.log.note_at(name, ensemble.month, province, world)
