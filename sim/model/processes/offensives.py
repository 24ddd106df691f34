"""3. Fight: camps may launch offensives; fronts do not move by themselves (a contest that pulls control to the force ratio melts them).

A month has six rounds of five days. After a win there may be another offensive in the next round, and garrisons may leave without a
battle, so that losses can cascade within weeks. Raids of the Islamic State take no ground. What a camp chooses is in
`offensive_choice.py`, what multiplies strength in `combat_strength.py`, what follows in `combat.py` and `combat_resolution.py`; how
ground is lost without an assault in `threshold_cascade.py`, `withdrawal.py`, `risings.py` and `abandoned_ground.py`.
"""

import numpy as np
from jaxtyping import Float, Int

from sim.model.processes import risings, sieges, threshold_cascade, withdrawal
from sim.model.processes.combat import DAYS_A_MONTH, Attacks, Battle, PlaceDraws
from sim.model.processes.combat_resolution import resolve
from sim.model.processes.combat_strength import (
    Strength,
    air_share,
    boosts,
    joint_operations,
    sustained_morale,
    unbacked,
)
from sim.model.processes.ground_loss import GroundLoss
from sim.model.processes.offensive_choice import CombatContext, Fight, active_worlds, front_of, launched
from sim.model.processes.phasing import urgency
from sim.model.processes.sieges import Siege
from sim.model.state.deescalation_zones import Barriers
from sim.model.state.dimensions import TINY, Array, ByProvince, Camp, Field, Instrument, key, never_alone
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import force_by_partner
from sim.model.state.random_streams import left_after, poisson
from sim.model.state.sensing import backing, insurgency, pay

MAX_ROUNDS = 6  # the most offensives that one camp can win in a month; it fixes the length of a camp's random stream, two for each
CHANGED_IN_FIGHTING = (
    "control",
    "people",
    "morale",
    "recently_recovered",
    "towns",
    "holder",
    "in_force",
    "ground",
)
ORDER_OF_CAMPS = (Camp.GOVERNMENT, Camp.OPPOSITION, Camp.SDF, Camp.ISLAMIC_STATE)  # whose campaign of a month is fought first


def step(
    ensemble: Ensemble,
    p: Fight,
    strength: Strength,
    battle: Battle,
    loss: GroundLoss,
    siege: Siege,
    barrier: Barriers,
) -> None:
    """The month's raids and offensives, routs, withdrawals and risings; `barrier` is what breaking zones costs."""
    state, intent, monthly = ensemble.state, ensemble.intent, ensemble.monthly
    for name in CHANGED_IN_FIGHTING:
        setattr(state, name, getattr(state, name).copy())  # combat writes into these
    state.recent_loss = state.recent_loss * (1.0 - loss.fading)
    state.garrisons_gone = state.garrisons_gone * (1.0 - loss.fading)
    state.momentum = state.momentum * (1.0 - p.momentum_fading)
    state.exhaustion = state.exhaustion * (1.0 - p.recovery)
    state.morale += strength.morale_return * (_sustained(ensemble, strength) - state.morale)
    ensemble.perceived.air_share = air_share(intent.air[Camp.GOVERNMENT], strength.air_half)
    active = insurgency(state)
    raids = poisson(ensemble.random_by_province("fight:raids"), p.raid_rate * active)
    state.force = force_after_raids(state.force, left_after(p.raid_loss, raids), ensemble.groups.camp)
    monthly.attacks_is = raids.sum(axis=0)
    ensemble.note("raid", raids)
    command = intent.placed[:, Instrument.COMMAND]
    monthly.campaign = joint_operations(command, state.partnership_broken) * np.maximum(
        state.threat, active * state.control[Camp.GOVERNMENT]
    )
    boost = boosts(strength, intent.air, command, state.channel[Field.MILITARY], state.partnership_broken, *_carried(ensemble))
    before = state.control - state.pockets
    local_guard = loss.local_claim * ensemble.provinces.traits["local_power"]
    intent.value[Camp.GOVERNMENT] *= urgency(ensemble, barrier, intent.phasing)[:, np.newaxis]
    context = context_of(ensemble, p, battle, boost, barrier, local_guard)
    _fight(ensemble, context, loss)
    sieges.step(ensemble, siege, context, before)


def force_after_raids(
    force: Float[Array, "groups provinces worlds"], left: ByProvince, camps: tuple[Camp, ...]
) -> Float[Array, "groups provinces worlds"]:
    """Force after raids that leave the share `left` of everybody's but the Islamic State's."""
    after = force.copy()
    for group, camp in enumerate(camps):
        if camp != Camp.ISLAMIC_STATE:
            after[group] *= left
    return after


def context_of(
    ensemble: Ensemble, p: Fight, battle: Battle, boost: Float[Array, "camps provinces worlds"], barrier: Barriers, local_guard: ByProvince
) -> CombatContext:
    """What holds through the month's fighting."""
    return CombatContext(
        fight=p,
        battle=battle,
        boost=boost,
        barriers=barrier,
        value=ensemble.intent.value,
        reluctance=ensemble.intent.reluctance,
        massed=ensemble.intent.massed,
        pooled=ensemble.intent.pooled,
        local_guard=local_guard,
        quality=ensemble.perceived.quality,
        camp_of_group=ensemble.groups.camp,
        neighbours=ensemble.provinces.neighbours,
        by_iso=np.argsort(ensemble.provinces.iso_rank),
    )


def _sustained(ensemble: Ensemble, strength: Strength) -> Float[Array, "camps worlds"]:
    """Morale that each camp tends to."""
    gone = unbacked(backing(ensemble), ensemble.intent.guarantee)
    return sustained_morale(strength, ensemble.start.morale, gone, 1.0 - pay(ensemble))


def _carried(ensemble: Ensemble) -> tuple[Float[Array, "partners provinces worlds"], Float[Array, "partners provinces worlds"]]:
    """Each partner's share of the air effort and of the side's ground force, by province."""
    air = ensemble.intent.placed[:, Instrument.AIR]
    force = force_by_partner(ensemble.state.force, ensemble.groups)
    return air / (air.sum(axis=0) + TINY), np.minimum(1.0, force / (ensemble.perceived.side + TINY))


def _fight(ensemble: Ensemble, context: CombatContext, loss: GroundLoss) -> None:
    """The month in rounds of some days: each camp's offensives, risings, and garrisons that leave after what was lost.

    All camps choose their first offensive before any is fought; a camp goes on in the worlds where it has won.
    """
    draws = PlaceDraws(ensemble.chance, ensemble.month, len(ensemble.assets), len(ensemble.towns), ensemble.state.control.shape)
    withdrawal.step(ensemble, loss, context.battle, draws, 1)
    rises = risings.due(ensemble, loss, MAX_ROUNDS)
    outbreaks = set(np.unique(rises).astype(int).tolist())
    uniforms = {camp: ensemble.chance.uniforms(f"fight:{key(camp)}", ensemble.month, 2 * MAX_ROUNDS) for camp in ORDER_OF_CAMPS}
    first = front_of(ensemble.state, context, active_worlds(np.arange(ensemble.n_worlds), ensemble.n_worlds))
    attacks = {camp: launched(context, first, camp, uniforms[camp][0]) for camp in ORDER_OF_CAMPS}
    seen = np.zeros((len(Camp), ensemble.n_worlds))
    for turn in range(MAX_ROUNDS):
        day = 1 + turn * DAYS_A_MONTH // MAX_ROUNDS
        for camp in ORDER_OF_CAMPS:
            attacks[camp] = _round(ensemble, context, attacks[camp], uniforms[camp], draws, turn, day)
        if turn in outbreaks:
            risings.step(ensemble, loss, context.battle, draws, rises == turn, day)
        left = threshold_cascade.step(ensemble, loss, context.battle, draws, day, seen)
        if not left and not any(attack.world.size for attack in attacks.values()) and max(outbreaks) <= turn:
            return


def _round(
    ensemble: Ensemble,
    context: CombatContext,
    attacks: Attacks,
    uniforms: Float[Array, "draws worlds"],
    draws: PlaceDraws,
    turn: int,
    day: int,
) -> Attacks:
    """Fight a camp's offensives of a round; returns those that it launches next, where it has won."""
    if attacks.world.size == 0:
        return attacks
    won = resolve(ensemble, context.battle, attacks, uniforms[2 * turn + 1], draws, day)
    _record(ensemble, attacks, won, day)
    if won.size == 0 or turn + 1 == MAX_ROUNDS:
        return attacks.where(np.zeros(attacks.world.shape, dtype=bool))
    front = front_of(ensemble.state, context, active_worlds(never_alone(won), ensemble.n_worlds))
    return launched(context, front, attacks.attacker, uniforms[2 * turn + 2])


def _record(ensemble: Ensemble, attacks: Attacks, won: Int[Array, " won"], day: int) -> None:
    """Record gains and failures."""
    camp, monthly = attacks.attacker, ensemble.monthly
    tried, failed = np.zeros(ensemble.n_worlds), np.zeros((len(ensemble.provinces), ensemble.n_worlds))
    tried[attacks.world], failed[attacks.province, attacks.world] = 1.0, 1.0
    gained = np.zeros_like(failed)
    gained[:, won] = failed[:, won]
    failed[:, won] = 0.0
    ensemble.note(f"{key(camp)}_gain", gained, day=day)
    ensemble.note(f"{key(camp)}_repelled", failed, day=day)
    monthly.offensives[camp] += tried
    monthly.gains[camp, won] += 1.0
    if camp == Camp.ISLAMIC_STATE:
        monthly.attacks_is = monthly.attacks_is + tried
