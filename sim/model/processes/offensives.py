"""3. Fight: camps may launch offensives; fronts do not move by themselves (a contest that pulls control to the force ratio melts them).

Each camp weighs every (province, defender) against doing nothing, by logit choice over what it expects to gain. After a win there may
be another round in the same month, so that losses can cascade within weeks. Raids of the Islamic State take no ground.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.processes.combat import Attacks, Battle, PlaceDraws, chance_of_winning, resolve
from sim.model.processes.combat_strength import Strength, air_share, boosts, sustained_morale
from sim.model.state.deescalation_zones import Zone, ZoneTraits
from sim.model.state.dimensions import TINY, Array, Camp, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import neighbour_sum
from sim.model.state.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter
from sim.model.state.random_streams import left_after, poisson
from sim.model.state.sensing import camp_strength, insurgency

SURE = 600.0  # log odds beyond which a choice is certain and exp would overflow
ROUNDS = 6  # the most offensives that one camp can win in a month; two for each is what its stream of luck holds


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


def step(ensemble: Ensemble, p: Fight, strength: Strength, battle: Battle, zones: tuple[Zone, ...], costs: dict[str, ZoneTraits]) -> None:
    """The month's raids and offensives: all camps think of a first one at the same time; who wins may go on."""
    state = ensemble.state
    state.control, state.force, state.morale = state.control.copy(), state.force.copy(), state.morale.copy()
    state.people, state.towns, state.recovered = state.people.copy(), state.towns.copy(), state.recovered.copy()
    state.holder, state.ground = state.holder.copy(), state.ground.copy()
    state.momentum = state.momentum * (1.0 - p.momentum_fading)
    state.exhaustion = state.exhaustion * (1.0 - p.recovery)
    state.morale += strength.morale_return * (sustained_morale(ensemble, strength) - state.morale)
    ensemble.perceived.air_share = air_share(ensemble.intent.air[Camp.GOVERNMENT], strength.air_half)
    _raid(ensemble, p)
    setting = Setting(p, battle, boosts(ensemble, strength), barriers(ensemble, zones, costs))
    places = PlaceDraws(
        assets=ensemble.chance.uniforms("fight:assets", ensemble.month, len(ensemble.assets)),
        towns=ensemble.chance.uniforms("fight:towns", ensemble.month, len(ensemble.towns)),
    )
    luck = {camp: ensemble.chance.uniforms(f"fight:{key(camp)}", ensemble.month, 2 * ROUNDS) for camp in Camp}
    everywhere = np.arange(ensemble.n_worlds)
    first = look_at(ensemble, setting, everywhere)
    attacks = {camp: launched(ensemble, setting, first, camp, luck[camp][0]) for camp in Camp}
    for camp in Camp:
        _campaign(ensemble, setting, attacks[camp], luck[camp], places)


def _campaign(ensemble: Ensemble, setting: "Setting", attacks: Attacks, luck: Array, places: PlaceDraws) -> None:
    """One camp's offensives of the month: the first, and further ones where the last was won."""
    for turn in range(ROUNDS):
        if attacks.w.size == 0:
            return
        won = resolve(ensemble, setting.battle, attacks, luck[2 * turn + 1], places)
        _note(ensemble, attacks, won)
        if won.size == 0 or turn + 1 == ROUNDS:
            return
        active = np.repeat(won, 2) if won.size == 1 else won  # never an array of one world
        attacks = launched(ensemble, setting, look_at(ensemble, setting, active), attacks.attacker, luck[2 * turn + 2])


@dataclass
class Setting:
    """What holds through the month's fighting: parameters, what multiplies strength (C, P, worlds), what zones cost by pair of camps."""

    p: Fight
    battle: Battle
    boost: Array
    barrier: dict[frozenset[Camp], Array]


@dataclass
class Front:
    """How things stand in the active worlds: indices (n,), control, strength, what of it is free, and log strength of defence (C, P, n)."""

    active: Array
    control: Array
    strength: Array
    free: Array
    log_guard: Array


def look_at(ensemble: Ensemble, setting: Setting, active: Array) -> Front:
    """The front as it stands now in the active worlds."""
    whole = np.array_equal(active, np.arange(ensemble.n_worlds))  # not by size: a lone winner of two worlds is listed twice

    def at(x: Array) -> Array:
        return x if whole else np.take(x, active, axis=-1)

    state, battle = ensemble.state, setting.battle
    control, morale = at(state.control), at(state.morale)[:, np.newaxis, :]
    strength = camp_strength(at(state.force), at(ensemble.perceived.quality), ensemble.groups.camp) * at(setting.boost)
    free = strength * strength / (strength.sum(axis=0) + TINY)  # troops that face an enemy where they stand are tied
    guard = (strength + at(battle.home_guard) * control) * at(battle.defence_advantage)
    return Front(active, control, strength, free, np.log(np.maximum(guard * morale, TINY)))


def massed(ensemble: Ensemble, setting: Setting, front: Front, camp: Camp) -> tuple[Array, Array]:
    """Where a camp can attack in the active worlds, and the log strength that it can mass there, (P, n) each."""
    battle, neighbours, free = setting.battle, ensemble.provinces.neighbours, front.free[camp]
    beside = neighbour_sum(free, neighbours)
    farther = free.sum(axis=0) - free - beside
    reach, reserve, morale = (np.take(x, front.active) for x in (battle.reach, battle.reserve, ensemble.state.morale[camp]))
    mass = front.strength[camp] + reach * beside + reserve * farther
    able = mass > TINY
    if camp != Camp.ISLAMIC_STATE:  # whose cells need no ground
        able &= front.control[camp] + neighbour_sum(front.control[camp], neighbours) > TINY
    return able, np.log(np.maximum(mass * morale, TINY))


def launched(ensemble: Ensemble, setting: Setting, front: Front, camp: Camp, luck: Row) -> Attacks:
    """The offensives that a camp launches in the active worlds: logit choice among targets and doing nothing."""
    others = [other for other in Camp if other != camp]
    weight, chance = _options(ensemble, setting, front, camp, others)
    total = weight.sum(axis=(0, 1))
    chosen = np.flatnonzero(np.take(luck, front.active) * (1.0 + total) < total)
    order = np.argsort(ensemble.provinces.iso_rank)
    weights = weight[:, :, chosen][:, order].reshape(len(others) * len(order), -1)
    point = np.take(luck, front.active[chosen]) * (1.0 + total[chosen])
    option = np.minimum((np.cumsum(weights, axis=0) <= point).sum(axis=0), weights.shape[0] - 1)
    against, j = option // len(order), order[option % len(order)]
    d = np.array([int(other) for other in others])[against]
    return Attacks(camp, front.active[chosen], j, d, chance[against, j, chosen])


def _options(ensemble: Ensemble, setting: Setting, front: Front, camp: Camp, others: list[Camp]) -> tuple[Array, Array]:
    """Logit weight and chance of winning of each (defender, province), each (3, P, n); provinces out of reach are left at zero."""
    whole = np.array_equal(front.active, np.arange(ensemble.n_worlds))

    def at(x: Array) -> Array:
        return x if whole else np.take(x, front.active, axis=-1)

    p, battle, intent = setting.p, setting.battle, ensemble.intent
    settled = 1.0 - at(p.momentum) * at(ensemble.state.momentum)[camp]
    value, reluctance = at(intent.value)[camp], at(intent.reluctance)[camp]
    cost = at(p.cost) + at(p.exhausted) * at(ensemble.state.exhaustion)[camp]
    shape = (len(others), *front.control.shape[1:])
    weights, chances = np.zeros(shape), np.zeros(shape)
    able, log_mass = massed(ensemble, setting, front, camp)
    for i, other in enumerate(others):
        feasible = able & (front.control[other] > TINY) & (value[other] > TINY)
        rows = np.flatnonzero(feasible.any(axis=-1))
        if rows.size == 0:
            continue
        edge = log_mass[rows] - front.log_guard[other][rows]
        if Camp.ISLAMIC_STATE in (camp, other):
            pooled = np.log1p(at(p.pooled) * at(intent.pooled)[rows])
            edge += pooled if other == Camp.ISLAMIC_STATE else -pooled
        chance = chance_of_winning(edge, at(battle.decisiveness))
        prize = value[other][rows] * np.minimum(1.0, front.control[other][rows] / np.maximum(at(battle.take), TINY))
        zone = setting.barrier.get(frozenset((camp, other)))
        barrier = 0.0 if zone is None else at(zone)[rows]
        against = cost + (reluctance[other] + barrier) * settled
        gain = chance * prize - (1.0 - chance) * at(p.failure) - against
        weights[i, rows] = np.exp(np.minimum(at(p.precision) * gain, SURE)) * feasible[rows]
        chances[i, rows] = chance
    return weights, chances


def barriers(ensemble: Ensemble, zones: tuple[Zone, ...], costs: dict[str, ZoneTraits]) -> dict[frozenset[Camp], Array]:
    """What breaking a zone costs by pair of camps, (P, worlds) each: its strength as far as its guarantors stand by it."""
    barrier: dict[frozenset[Camp], Array] = {}
    for zone in zones:
        stands = sum(ensemble.intent.guarantee[name] for name in zone.guarantors) / len(zone.guarantors)
        cost = costs[zone.key].strength * stands * zone.inside
        barrier[zone.camps] = barrier[zone.camps] + cost if zone.camps in barrier else cost
    return barrier


def _raid(ensemble: Ensemble, p: Fight) -> None:
    """Islamic State raids: Poisson counts by presence; they cost force on the spot and hold no ground."""
    state = ensemble.state
    raids = poisson(ensemble.random_by_province("fight:raids"), p.raid_rate * insurgency(state))
    left = left_after(p.raid_loss, raids)
    for g, camp in enumerate(ensemble.groups.camp):
        if camp != Camp.ISLAMIC_STATE:
            state.force[g] *= left
    ensemble.monthly.attacks_is = raids.sum(axis=0)
    ensemble.note("raid", raids)


def _note(ensemble: Ensemble, attacks: Attacks, won: Array) -> None:
    """Note gains and failures."""
    camp, monthly, w, j = attacks.attacker, ensemble.monthly, attacks.w, attacks.j
    tried, failed = np.zeros(ensemble.n_worlds), np.zeros((len(ensemble.provinces), ensemble.n_worlds))
    tried[w], failed[j, w] = 1.0, 1.0
    gained = np.zeros_like(failed)
    gained[:, won] = failed[:, won]
    failed[:, won] = 0.0
    ensemble.note(f"{key(camp)}_gain", gained)
    ensemble.note(f"{key(camp)}_repelled", failed)
    monthly.offensives[camp] += tried
    monthly.gains[camp, won] += 1.0
    if camp == Camp.ISLAMIC_STATE:
        monthly.attacks_is = monthly.attacks_is + tried
