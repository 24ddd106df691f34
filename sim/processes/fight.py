"""3. Fight: camps may launch offensives; fronts do not move by themselves (a contest that pulls control to the force ratio melts them).

Each camp weighs every (province, defender) against doing nothing, by logit choice over what it expects to gain. After a win there may
be another round in the same month, so that losses can cascade within weeks. Raids of the Islamic State take no ground.
"""

from dataclasses import dataclass

import numpy as np

from sim.processes.battle import Attacks, Battle, chance_of_winning, resolve
from sim.world.assessment import camp_strength
from sim.world.axes import TINY, Array, Camp, Field, Instrument, Leader, Patron, Row, key
from sim.world.chance import poisson
from sim.world.geography import neighbour_sum
from sim.world.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter
from sim.world.world import World
from sim.world.zones import Zone, ZoneTraits

ROUNDS = 6  # the most offensives that one camp can win in a month; two for each is what its stream of luck holds


@dataclass
class Fight:
    """How camps choose to attack, and what multiplies their strength."""

    precision: Row = parameter(WEIGHT, "how sharply camps choose where to attack (logit precision)")
    cost: Row = parameter(FACTOR, "what an offensive costs, in units of the prize")
    failure: Row = parameter(FACTOR, "what a failed offensive costs besides, in units of the prize")
    momentum: Row = parameter(SHARE, "how far full momentum overrides the cost of breaking a zone and the reluctance")
    momentum_fading: Row = parameter(SHARE, "share of momentum that fades in a month")
    air: Row = parameter(FACTOR, "what full air support adds to strength on the ground (complements, R01, R42)")
    air_half: Row = parameter(FACTOR, "air effort in a province at which half of that is reached")
    joint_command: Row = parameter(FACTOR, "what joint command through a full military channel adds (R07)")
    lead: Row = parameter(FACTOR, "what a lead adds that fits the means: Russian where air carries, Iranian where its ground force does (R68)")
    pooled: Row = parameter(FACTOR, "what pooled intelligence adds against the Islamic State (R50)")
    raid_rate: Row = parameter(RATE, "Islamic State raids a month in a province of full presence")
    raid_loss: Row = parameter(SHARE, "share of the force on the spot that a raid costs")
    morale_return: Row = parameter(SHARE, "share of the way back to its starting level that morale recovers in a month")


def step(world: World, p: Fight, battle: Battle, zones: tuple[Zone, ...], strengths: dict[str, ZoneTraits]) -> None:
    """The month's raids and offensives, camp after camp."""
    state = world.state
    state.control, state.force, state.morale = state.control.copy(), state.force.copy(), state.morale.copy()
    state.momentum = state.momentum * (1.0 - p.momentum_fading)
    state.morale += p.morale_return * (world.reference.morale - state.morale)
    world.seen.air_share = air_share(world.intent.air[Camp.GOVERNMENT], p.air_half)
    boost = boosts(world, p)
    barrier = barriers(world, zones, strengths)
    _raid(world, p)
    asset_luck = world.chance.uniforms("fight:assets", world.month, len(world.assets))
    for camp in Camp:
        luck = world.chance.uniforms(f"fight:{key(camp)}", world.month, 2 * ROUNDS)
        _campaign(world, p, battle, camp, boost, barrier, luck, asset_luck)


def _campaign(
    world: World, p: Fight, battle: Battle, camp: Camp, boost: Array, barrier: Array, luck: Array, asset_luck: Array
) -> None:
    """One camp's offensives of the month: a first round in every world, further rounds where the last was won."""
    active = np.arange(world.worlds)
    for turn in range(ROUNDS):
        attacks = launched(world, p, battle, camp, boost, barrier, luck[2 * turn], active)
        if attacks.w.size == 0:
            return
        won = resolve(world, battle, attacks, luck[2 * turn + 1], asset_luck)
        _note(world, attacks, won)
        if won.size == 0:
            return
        active = np.repeat(won, 2) if won.size == 1 else won  # never an array of one world


def launched(
    world: World, p: Fight, battle: Battle, camp: Camp, boost: Array, barrier: Array, luck: Row, active: Array
) -> Attacks:
    """The offensives that a camp launches in the active worlds: logit choice among targets and doing nothing."""
    others = [other for other in Camp if other != camp]
    weight, chance = _options(world, p, battle, camp, others, boost, barrier, active)
    total = weight.sum(axis=(0, 1))
    launch = luck[active] * (1.0 + total) < total
    chosen = np.flatnonzero(launch)
    if chosen.size == 0:
        return Attacks(camp, chosen, chosen, chosen, luck[:0])
    order = np.argsort(world.provinces.iso_rank)
    n_places = len(order)
    weights = weight[:, :, chosen][:, order].reshape(len(others) * n_places, -1)
    point = luck[active][chosen] * (1.0 + total[chosen])
    option = np.minimum((np.cumsum(weights, axis=0) <= point).sum(axis=0), weights.shape[0] - 1)
    d_local, j = option // n_places, order[option % n_places]
    d = np.array([int(other) for other in others])[d_local]
    return Attacks(camp, active[chosen], j, d, chance[d_local, j, chosen])


def _options(
    world: World, p: Fight, battle: Battle, camp: Camp, others: list[Camp], boost: Array, barrier: Array, active: Array
) -> tuple[Array, Array]:
    """Logit weight and chance of winning of each (defender, province), each (3, P, active worlds)."""
    whole = active.size == world.worlds

    def at(x: Array) -> Array:
        return x if whole else np.take(x, active, axis=-1)

    state, intent = world.state, world.intent
    strength = camp_strength(at(state.force), at(world.seen.quality), world.groups.camp) * at(boost)
    control = at(state.control)
    mass = strength[camp] + at(battle.reach) * neighbour_sum(strength[camp], world.provinces.borders)
    reached = (control[camp] + neighbour_sum(control[camp], world.provinces.borders) > TINY) | (camp == Camp.ISLAMIC_STATE)
    open_to = reached & (mass > TINY)
    momentum = at(p.momentum) * at(state.momentum)[camp]
    value, reluctance = at(intent.value)[camp], at(intent.reluctance)[camp]
    weights, chances = [], []
    for other in others:
        pooled = 1.0 + at(p.pooled) * at(intent.pooled) if Camp.ISLAMIC_STATE in (camp, other) else 1.0
        help_attack = pooled if other == Camp.ISLAMIC_STATE else 1.0
        help_defence = pooled if camp == Camp.ISLAMIC_STATE else 1.0
        guard = (strength[other] + at(battle.home_guard) * control[other]) * at(battle.defence_advantage) * help_defence
        chance = chance_of_winning(mass * at(state.morale)[camp] * help_attack, guard * at(state.morale)[other], at(battle.decisiveness))
        prize = value * np.minimum(1.0, control[other] / at(battle.take))
        against = at(p.cost) + (reluctance + at(barrier[camp, other])) * (1.0 - momentum)
        gain = chance * prize - (1.0 - chance) * at(p.failure) - against
        weights.append(np.exp(at(p.precision) * gain) * (open_to & (control[other] > TINY)))
        chances.append(chance)
    return np.stack(weights), np.stack(chances)


def air_share(air: Array, half: Row) -> Array:
    """How much of the full effect of air support is reached, 0..1."""
    return air / (air + half)


def boosts(world: World, p: Fight) -> Array:
    """What multiplies each camp's strength by province, (C, P, worlds): air for all, joint command and a fitting lead for the government."""
    intent, state = world.intent, world.state
    boost = 1.0 + p.air * air_share(intent.air, p.air_half)
    command = intent.effort[:, Instrument.COMMAND, np.newaxis, :] * intent.place[:, Instrument.COMMAND]
    both = command.sum(axis=0) + TINY
    together = 2.0 * np.sqrt(command[Patron.RUSSIA] * command[Patron.IRAN]) / both
    joint = p.joint_command * state.channel[Field.MILITARY] * together * (1.0 - state.broken)
    russian_lead = command[Patron.RUSSIA] / both
    iran_ground = state.force[world.groups.of_leader(Leader.IRAN)].sum(axis=0) / (world.seen.side + TINY)
    fit = russian_lead * world.seen.air_share + (1.0 - russian_lead) * np.minimum(1.0, iran_ground)
    boost[Camp.GOVERNMENT] *= (1.0 + joint) * (1.0 + p.lead * fit * np.minimum(1.0, both))
    world.flows.campaign = together * (1.0 - state.broken) * np.maximum(state.threat, state.presence * state.control[Camp.GOVERNMENT])
    return boost


def barriers(world: World, zones: tuple[Zone, ...], strengths: dict[str, ZoneTraits]) -> Array:
    """What breaking a zone costs by attacker, defender and province, (C, C, P, worlds): its strength as far as its guarantors stand by it."""
    barrier = np.zeros((len(Camp), len(Camp), len(world.provinces), world.worlds))
    for zone in zones:
        stands = sum(world.intent.guarantee[name] for name in zone.guarantors) / len(zone.guarantors)
        one, two = sorted(zone.camps)
        cost = strengths[zone.key].strength * stands * zone.inside
        barrier[one, two] += cost
        barrier[two, one] += cost
    return barrier


def _raid(world: World, p: Fight) -> None:
    """Islamic State raids: Poisson counts by presence; they cost force on the spot and hold no ground."""
    state = world.state
    activity = state.presence * (1.0 + state.surge)
    raids = poisson(world.luck_by_province("fight:raids"), p.raid_rate * activity)
    state.force *= np.exp(np.log1p(-p.raid_loss) * raids)
    world.flows.attacks_is = raids.sum(axis=0)
    world.note("raid", raids)


def _note(world: World, attacks: Attacks, won: Array) -> None:
    """Note gains and failures."""
    gained = np.zeros((len(world.provinces), world.worlds))
    failed = gained.copy()
    is_won = np.isin(attacks.w, won)
    gained[attacks.j[is_won], attacks.w[is_won]] = 1.0
    failed[attacks.j[~is_won], attacks.w[~is_won]] = 1.0
    world.note(f"{key(attacks.attacker)}_gain", gained)
    world.note(f"{key(attacks.attacker)}_repelled", failed)
    count = gained.sum(axis=0) + failed.sum(axis=0)
    world.flows.offensives = world.flows.offensives + count
    if attacks.attacker == Camp.ISLAMIC_STATE:
        world.flows.attacks_is = world.flows.attacks_is + count
