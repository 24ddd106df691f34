"""3. Fight, what a choice rests on: where each camp can attack and what it can mass there, who defends it, and what zones cost.

A camp can attack where it holds ground or borders on ground it holds; the Islamic State, whose cells need no ground, wherever it can mass
force. Which target it chooses is in `target_choice.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.processes.combat import Battle
from sim.model.state.deescalation_zones import Barriers, Zone, ZoneTraits
from sim.model.state.dimensions import ARMED, FIGHTING_CAMPS, TINY, Array, ByProvince, Camp, Row
from sim.model.state.geography import neighbour_sum
from sim.model.state.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter
from sim.model.state.sensing import camp_strength
from sim.model.state.state import State

MAX_LOG_ODDS = 600.0  # a choice at such odds is certain, and beyond 709 exp overflows
NO_POSTS: Mapping[str, Row] = MappingProxyType({})


@dataclass
class Fight:
    """How camps choose to attack, and what raids cost."""

    precision: Row = parameter(WEIGHT, "how sharply camps choose where to attack (logit precision)")
    cost: Row = parameter(FACTOR, "what an offensive costs, in units of the prize")
    failure: Row = parameter(FACTOR, "what a failed offensive costs besides, in units of the prize")
    exhausted: Row = parameter(FACTOR, "what full exhaustion adds to the cost of an offensive, in units of the prize")
    recovery: Row = parameter(SHARE, "share of exhaustion that a month makes good")
    momentum: Row = parameter(SHARE, "how far full momentum overrides the cost of breaking a zone and the reluctance")
    momentum_fading: Row = parameter(SHARE, "share of momentum that fades in a month")
    pooled: Row = parameter(FACTOR, "what pooled intelligence adds against the Islamic State (R50)")
    raid_rate: Row = parameter(RATE, "Islamic State raids a month in a province of full presence")
    raid_loss: Row = parameter(SHARE, "share of the force on the spot that a raid costs")


@dataclass
class CombatContext:
    """What holds through the month's fighting, while control, force and morale change from round to round."""

    fight: Fight
    battle: Battle
    boost: Float[Array, "camps provinces worlds"]  # what multiplies strength
    barriers: Barriers  # what breaking a zone costs, by pair of camps
    value: Float[Array, "camps camps provinces worlds"]  # as in Intent
    reluctance: Float[Array, "camps camps worlds"]
    massed: Float[Array, "camps provinces worlds"]  # strength that comes from beyond the border, as in Intent
    pooled: ByProvince
    local_guard: ByProvince  # strength with which local powers defend what they hold
    quality: Float[Array, "groups worlds"]  # fighting worth of a thousand fighters
    camp_of_group: tuple[Camp, ...]
    neighbours: Int[Array, "provinces most"]
    by_iso: Int[Array, " provinces"]  # province indices in the order of ISO codes, in which a draw runs through them

    @cached_property
    def wanted(self) -> Bool[Array, "armed camps provinces worlds"]:
        """Which ground of which other camp each camp values at all."""
        wanted = self.value[ARMED] > TINY
        for camp in FIGHTING_CAMPS:
            wanted[camp, camp] = False
        return wanted

    @cached_property
    def log_pooled(self) -> ByProvince:
        """Log of what pooled intelligence multiplies the strength of those who fight the Islamic State by."""
        return np.log1p(self.fight.pooled * self.pooled)

    @cached_property
    def hindrance(self) -> Float[Array, "armed camps provinces worlds"]:
        """What an offensive must promise beyond its cost: reluctance and what breaking a zone costs."""
        asked = np.repeat(self.reluctance[ARMED, :, np.newaxis], len(self.by_iso), axis=2)
        for (one, other), cost in self.barriers.items():
            asked[one, other] += cost
            asked[other, one] += cost
        return asked


@dataclass(frozen=True)
class ActiveWorlds:
    """The worlds in which a camp may attack: indices, and whether these are all worlds in order (so that nothing need be selected)."""

    index: Int[Array, " active"]
    everywhere: bool

    def of(self, x: Array) -> Array:
        """An array (..., worlds) in the active worlds alone, (..., active)."""
        return x if self.everywhere else x.take(self.index, axis=-1)

    def listed(self, x: Array, *places: Int[Array, " places"]) -> Array:
        """Listed places of an array (axes of the places, worlds) in the active worlds, (places, active)."""
        return x[places] if self.everywhere else x[(*(place[:, np.newaxis] for place in places), self.index)]


@dataclass
class Front:
    """How things stand in the active worlds."""

    active: ActiveWorlds
    control: Float[Array, "camps provinces active"]  # open ground: surrounded pockets are left to sieges
    strength: Float[Array, "camps provinces active"]
    surrounded: Float[Array, "camps provinces active"]  # strength in pockets, which fights only for them
    free: Float[Array, "armed provinces active"]  # strength that no enemy on the spot ties down
    free_beside: Float[Array, "armed provinces active"]  # the same in the provinces next door
    reached: Bool[Array, "armed provinces active"]  # whether a camp can attack in a province if it can mass force there
    log_guard: Float[Array, "camps provinces active"]  # log strength of defence
    morale: Float[Array, "camps active"]
    momentum: Float[Array, "camps active"]
    exhaustion: Float[Array, "camps active"]


def active_worlds(index: Int[Array, " active"], n_worlds: int) -> ActiveWorlds:
    """The active worlds by their indices."""
    return ActiveWorlds(index, np.array_equal(index, np.arange(n_worlds)))  # not by size: a lone winner of two worlds is listed twice


def barriers(
    guarantee: Mapping[str, Row], zones: tuple[Zone, ...], costs: Mapping[str, ZoneTraits], posted: Mapping[str, Row] = NO_POSTS
) -> Barriers:
    """What breaking a zone costs, by pair of camps: its strength as far as its guarantors stand by it, with the troops they have there."""
    barrier: Barriers = {}
    for zone in zones:
        stands = sum(guarantee[name] for name in zone.guarantors) / len(zone.guarantors)
        for name in zone.guarantors:
            stands = stands * posted.get(name, 1.0)
        cost = costs[zone.key].strength * stands * zone.inside
        barrier[zone.camps] = barrier[zone.camps] + cost if zone.camps in barrier else cost
    return barrier


def front_of(state: State, context: CombatContext, active: ActiveWorlds) -> Front:
    """The front as it stands now in the active worlds."""
    battle, of = context.battle, active.of
    held, pockets, morale, massed = of(state.control), of(state.pockets), of(state.morale), of(context.massed)
    strength = camp_strength(of(state.force), of(context.quality), context.camp_of_group)
    strength = (strength + massed) * of(context.boost)
    facing = strength.sum(axis=0) + TINY
    if pockets.any():
        inside = np.where(pockets > 0.0, np.minimum(1.0, pockets / np.maximum(held, TINY)), 0.0)
        control, surrounded = held - np.minimum(pockets, held), strength * inside
        strength = strength - surrounded
    else:
        control, surrounded = held, np.zeros(strength.shape)
    free = strength[ARMED] * strength[ARMED] / facing  # troops that face an enemy where they stand are tied
    reached = (control[ARMED] + neighbour_sum(control[ARMED], context.neighbours) > TINY) | (massed[ARMED] > TINY)
    reached[Camp.ISLAMIC_STATE] = True
    guard = strength + of(battle.home_guard) * control
    guard[Camp.LOCAL] += of(context.local_guard)
    guard *= of(battle.defence_advantage)
    return Front(
        active=active,
        control=control,
        strength=strength,
        surrounded=surrounded,
        free=free,
        free_beside=neighbour_sum(free, context.neighbours),
        reached=reached,
        log_guard=np.log(np.maximum(guard * morale[:, np.newaxis, :], TINY)),
        morale=morale,
        momentum=of(state.momentum),
        exhaustion=of(state.exhaustion),
    )


def massed(context: CombatContext, front: Front) -> tuple[Bool[Array, "armed provinces active"], Float[Array, "armed provinces active"]]:
    """Where each camp can attack, and the log strength that it can mass there."""
    battle, of, free, beside = context.battle, front.active.of, front.free, front.free_beside
    farther = free.sum(axis=1, keepdims=True) - free - beside
    mass = front.strength[ARMED] + of(battle.reach) * beside + of(battle.reserve) * farther
    return (mass > TINY) & front.reached, np.log(np.maximum(mass * front.morale[ARMED, np.newaxis], TINY))
