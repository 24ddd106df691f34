"""3. Fight, the choice: each camp weighs every target (a province and who defends it) against doing nothing, by logit choice.

What it weighs is what it expects to gain. A camp can attack where it holds ground or borders on ground it holds; the Islamic State,
whose cells need no ground, wherever it can mass force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.processes.combat import Attacks, Battle, chance_of_winning
from sim.model.state.deescalation_zones import Barriers, Zone, ZoneTraits
from sim.model.state.dimensions import FIGHTING_CAMPS, TINY, Array, ByProvince, Camp, Row, other_camps
from sim.model.state.geography import neighbour_sum
from sim.model.state.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter
from sim.model.state.sensing import camp_strength
from sim.model.state.state import State

NO_POSTS: Mapping[str, Row] = MappingProxyType({})
MAX_LOG_ODDS = 600.0  # a choice at such odds is certain, and beyond 709 exp overflows


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


@dataclass(frozen=True)
class ActiveWorlds:
    """The worlds in which a camp may attack: indices, and whether these are all worlds in order (so that nothing need be selected)."""

    index: Int[Array, " active"]
    everywhere: bool

    def of(self, x: Array) -> Array:
        """An array (..., worlds) in the active worlds alone, (..., active)."""
        return x if self.everywhere else np.take(x, self.index, axis=-1)


@dataclass
class Front:
    """How things stand in the active worlds."""

    active: ActiveWorlds
    control: Float[Array, "camps provinces active"]  # open ground: surrounded pockets are left to sieges
    strength: Float[Array, "camps provinces active"]
    surrounded: Float[Array, "camps provinces active"]  # strength in pockets, which fights only for them
    free: Float[Array, "armed provinces active"]  # strength that no enemy on the spot ties down
    free_beside: Float[Array, "armed provinces active"]  # the same in the provinces next door
    near: Bool[Array, "armed provinces active"]  # whether a camp holds ground in a province or next door
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
    held, pockets, morale = of(state.control), of(state.pockets), of(state.morale)
    strength = camp_strength(of(state.force), of(context.quality), context.camp_of_group)
    strength = (strength + of(context.massed)) * of(context.boost)
    facing = strength.sum(axis=0) + TINY
    if pockets.any():
        inside = np.where(pockets > 0.0, np.minimum(1.0, pockets / np.maximum(held, TINY)), 0.0)
        control, surrounded = held - np.minimum(pockets, held), strength * inside
        strength = strength - surrounded
    else:
        control, surrounded = held, np.broadcast_to(0.0, strength.shape)
    armed = slice(len(FIGHTING_CAMPS))
    free = strength[armed] * strength[armed] / facing  # troops that face an enemy where they stand are tied
    reach = control[armed] + neighbour_sum(control[armed], context.neighbours)
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
        near=reach > TINY,
        log_guard=np.log(np.maximum(guard * morale[:, np.newaxis, :], TINY)),
        morale=morale,
        momentum=of(state.momentum),
        exhaustion=of(state.exhaustion),
    )


def massed(context: CombatContext, front: Front, camp: Camp) -> tuple[Bool[Array, "provinces active"], Float[Array, "provinces active"]]:
    """Where a camp can attack, and the log strength that it can mass there."""
    battle, free, beside = context.battle, front.free[camp], front.free_beside[camp]
    farther = free.sum(axis=0) - free - beside
    mass = front.strength[camp] + front.active.of(battle.reach) * beside + front.active.of(battle.reserve) * farther
    able = mass > TINY
    if camp != Camp.ISLAMIC_STATE:
        able &= front.near[camp] | (front.active.of(context.massed[camp]) > TINY)
    return able, np.log(np.maximum(mass * front.morale[camp], TINY))


def launched(context: CombatContext, front: Front, camp: Camp, uniforms: Row) -> Attacks:
    """The offensives that a camp launches in the active worlds: logit choice among targets and doing nothing."""
    defenders = other_camps(camp)
    weight, chance = target_weights(context, front, camp, defenders)
    total = weight.sum(axis=(0, 1))
    drawn = np.take(uniforms, front.active.index)
    chosen = np.flatnonzero(drawn * (1.0 + total) < total)  # doing nothing weighs 1
    n_provinces = len(context.by_iso)
    weights = weight[:, :, chosen][:, context.by_iso].reshape(len(defenders) * n_provinces, -1)
    point = drawn[chosen] * (1.0 + total[chosen])
    target = np.minimum((np.cumsum(weights, axis=0) <= point).sum(axis=0), weights.shape[0] - 1)
    against, province = target // n_provinces, context.by_iso[target % n_provinces]
    defender = np.array([int(other) for other in defenders])[against]
    return Attacks(camp, front.active.index[chosen], province, defender, chance[against, province, chosen])


def target_weights(
    context: CombatContext, front: Front, camp: Camp, defenders: tuple[Camp, ...]
) -> tuple[Float[Array, "defenders provinces active"], Float[Array, "defenders provinces active"]]:
    """Logit weight and chance of winning of each target; both are zero where a camp cannot attack."""
    of, fight, battle = front.active.of, context.fight, context.battle
    value = of(context.value[camp])
    shape = (len(defenders), *front.control.shape[1:])
    weights, chances = np.zeros(shape), np.zeros(shape)
    able, log_mass = massed(context, front, camp)
    for i, defender in enumerate(defenders):
        if not front.control[defender].any():
            continue
        feasible = able & (front.control[defender] > TINY) & (value[defender] > TINY)
        rows = np.flatnonzero(feasible.any(axis=-1))
        if rows.size == 0:
            continue
        edge = log_mass[rows] - front.log_guard[defender][rows]
        if Camp.ISLAMIC_STATE in (camp, defender):
            pooled = np.log1p(of(fight.pooled) * of(context.pooled)[rows])
            edge += pooled if defender == Camp.ISLAMIC_STATE else -pooled
        chance = chance_of_winning(edge, of(battle.decisiveness))
        prize = value[defender][rows] * np.minimum(1.0, front.control[defender][rows] / np.maximum(of(battle.take), TINY))
        gain = chance * prize - (1.0 - chance) * of(fight.failure) - _price(context, front, camp, defender, rows)
        weights[i, rows] = np.exp(np.minimum(of(fight.precision) * gain, MAX_LOG_ODDS)) * feasible[rows]
        chances[i, rows] = chance
    return weights, chances


def _price(context: CombatContext, front: Front, camp: Camp, defender: Camp, rows: Int[Array, " rows"]) -> Array:
    """What an offensive costs, by row of provinces or alike in all: more when exhausted; momentum overrides reluctance and zones."""
    of, fight = front.active.of, context.fight
    cost = of(fight.cost) + of(fight.exhausted) * front.exhaustion[camp]
    zone = context.barriers.get(frozenset((camp, defender)))
    barrier = 0.0 if zone is None else of(zone)[rows]
    return cost + (of(context.reluctance[camp, defender]) + barrier) * (1.0 - of(fight.momentum) * front.momentum[camp])
