"""2b. Deploy (ours): groups move part of the way towards the places they intend. Force is moved, never made or lost here."""

from dataclasses import dataclass

import numpy as np

from sim.world.axes import Array, Camp, Patron, Row
from sim.world.groups import sum_of
from sim.world.parameters import FACTOR, SHARE, parameter
from sim.world.world import World


@dataclass
class Arrival:
    """When more force counts as an arrival worth telling."""

    growth: Row = parameter(FACTOR, "growth of a partner's force in a province within a month that counts as an arrival")
    presence: Row = parameter(SHARE, "Islamic State presence from which a province counts as one where attacks rose")


def step(world: World, p: Arrival) -> None:
    """Move force and reserves towards this month's intentions; note Russian arrivals and what bargains made partners leave."""
    state, intent = world.state, world.intent
    mobility = np.minimum(1.0, world.traits["mobility"])
    before = by_partner(world)
    manpower = state.force.sum(axis=1) + state.reserve
    state.force = moved(state.force, intent.target * manpower[:, np.newaxis], mobility[:, np.newaxis])
    state.reserve = moved(state.reserve, intent.outside * manpower, mobility)
    after = by_partner(world)
    active = (state.presence > p.presence) & (state.control[Camp.GOVERNMENT] > 0.0)
    world.note("russian_arrival", (after[Patron.RUSSIA] > (1.0 + p.growth) * before[Patron.RUSSIA]) & active)
    left = handed_over(before - after, state.primacy)
    world.flows.hand_overs = left.sum(axis=0)


def by_partner(world: World) -> Array:
    """Force by partner and province, (K, P, worlds)."""
    return np.stack([sum_of(world.state.force, world.groups.of_patron(k)) for k in Patron])


def moved(now: Array, target: Array, mobility: Array) -> Array:
    """Force after moving the share `mobility` of the way to `target`."""
    way = target - now
    way *= mobility
    way += now
    return way


def handed_over(left: Array, primacy: Array) -> Array:
    """Force (thousand) that left provinces agreed to be the other partner's, (P, worlds)."""
    gone = np.maximum(0.0, left)
    return gone[Patron.RUSSIA] * np.maximum(0.0, -primacy) + gone[Patron.IRAN] * np.maximum(0.0, primacy)
