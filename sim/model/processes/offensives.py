"""3. Fight: camps may launch offensives; fronts do not move by themselves (a contest that pulls control to the force ratio melts them).

A month has six rounds of five days. After a win there may be another offensive in the next round, and garrisons may leave without a
battle, so that losses can cascade within weeks. Raids of the Islamic State take no ground. What a camp can attack is in
`offensive_choice.py`, what it chooses in `target_choice.py`, what multiplies strength in `combat_strength.py`, what follows in `combat.py`
and `combat_resolution.py`; how ground is lost without an assault in `threshold_cascade.py`, `withdrawal.py`, `risings.py` and
`abandoned_ground.py`.
"""

import numpy as np
from jaxtyping import Bool, Float, Int

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
from sim.model.processes.offensive_choice import CombatContext, Fight, active_worlds, front_of
from sim.model.processes.phasing import urgency
from sim.model.processes.sieges import Siege
from sim.model.processes.target_choice import launched, would_attack
from sim.model.processes.threshold_cascade import Support
from sim.model.state.deescalation_zones import Barriers
from sim.model.state.dimensions import FIGHTING_CAMPS, TINY, Array, ByProvince, Camp, Field, Instrument, key, never_alone
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
    gone, paid = unbacked(backing(ensemble), intent.guarantee), pay(ensemble)
    state.morale += strength.morale_return * (sustained_morale(strength, ensemble.start.morale, gone, 1.0 - paid) - state.morale)
    ensemble.perceived.air_share = air_share(intent.air[Camp.GOVERNMENT], strength.air_half)
    active = insurgency(state)
    raids = poisson(ensemble.random_by_province("fight:raids"), p.raid_rate * active)
    state.force = force_after_raids(state.force, left_after(p.raid_loss, raids), ensemble.groups.of_camp(Camp.ISLAMIC_STATE))
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
    draws = PlaceDraws(ensemble.chance, ensemble.month, len(ensemble.assets), len(ensemble.towns), state.control.shape)
    withdrawal.step(ensemble, loss, battle, draws, 1)
    context = context_of(ensemble, p, battle, boost, barrier, local_guard)
    _fight(ensemble, context, loss, draws, threshold_cascade.support_of(gone, paid))
    sieges.step(ensemble, siege, context, before)


def force_after_raids(
    force: Float[Array, "groups provinces worlds"], left: ByProvince, cells: list[int]
) -> Float[Array, "groups provinces worlds"]:
    """Force after raids that leave the share `left` of everybody's but that of the Islamic State's `cells`."""
    after = force * left
    after[cells] = force[cells]
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
        by_iso=ensemble.provinces.by_iso,
    )


def _carried(ensemble: Ensemble) -> tuple[Float[Array, "partners provinces worlds"], Float[Array, "partners provinces worlds"]]:
    """Each partner's share of the air effort and of the side's ground force, by province."""
    air = ensemble.intent.placed[:, Instrument.AIR]
    force = force_by_partner(ensemble.state.force, ensemble.groups)
    return air / (air.sum(axis=0) + TINY), np.minimum(1.0, force / (ensemble.perceived.side + TINY))


def _fight(ensemble: Ensemble, context: CombatContext, loss: GroundLoss, draws: PlaceDraws, support: Support) -> None:
    """The month in rounds of some days: each camp's offensives, risings, and garrisons that leave after what was lost.

    All camps choose their first offensive before any is fought, in the order of `FIGHTING_CAMPS`; a camp goes on where it has won.
    """
    rises = risings.due(ensemble, loss, MAX_ROUNDS)
    outbreaks = set(rises[rises >= 0.0].astype(int).tolist())
    n_worlds, month = ensemble.n_worlds, ensemble.month
    uniforms = np.stack([ensemble.chance.uniforms(f"fight:{key(camp)}", month, 2 * MAX_ROUNDS) for camp in FIGHTING_CAMPS])
    camp, world = would_attack(ensemble.state, context, uniforms[:, 0]).nonzero()
    attacks = _chosen(ensemble, context, camp, world, uniforms[:, 0])
    seen = np.zeros((len(Camp), n_worlds))
    for turn in range(MAX_ROUNDS):
        day = 1 + turn * DAYS_A_MONTH // MAX_ROUNDS
        if attacks.world.size:
            attacks = _round(ensemble, context, attacks, uniforms, draws, turn, day)
        if turn in outbreaks:
            risings.step(ensemble, loss, context.battle, draws, rises == turn, day)
        left = threshold_cascade.step(ensemble, loss, context.battle, draws, day, seen, support)
        if not left and not attacks.world.size and max(outbreaks, default=turn) <= turn:
            return


def _round(
    ensemble: Ensemble,
    context: CombatContext,
    attacks: Attacks,
    uniforms: Float[Array, "armed draws worlds"],
    draws: PlaceDraws,
    turn: int,
    day: int,
) -> Attacks:
    """Fight the offensives of a round, camp after camp in each world; returns those that are launched next, where they were won."""
    following = [Attacks.none()]
    for part in attacks.in_turn():
        won = resolve(ensemble, context.battle, part, uniforms[part.attacker, 2 * turn + 1, part.world], draws, day)
        _record(ensemble, part, won, day)
        if turn + 1 < MAX_ROUNDS and won.any():
            following.append(_chosen(ensemble, context, part.attacker[won], part.world[won], uniforms[:, 2 * turn + 2]))
    return Attacks.joined(following)


def _chosen(
    ensemble: Ensemble, context: CombatContext, camp: Int[Array, " choosers"], world: Int[Array, " choosers"], uniforms: Array
) -> Attacks:
    """The offensives that camps launch, each in the world where it may, by uniforms (armed, worlds)."""
    if not world.size:
        return Attacks.none()
    index, column = np.unique(world, return_inverse=True)
    active = active_worlds(never_alone(index), ensemble.n_worlds)
    choosing = np.zeros((len(FIGHTING_CAMPS), active.index.size), dtype=bool)
    choosing[camp, column] = True
    return launched(context, front_of(ensemble.state, context, active), choosing, uniforms)


def _record(ensemble: Ensemble, attacks: Attacks, won: Bool[Array, " attacks"], day: int) -> None:
    """Record gains and failures."""
    camp, world, monthly = attacks.attacker, attacks.world, ensemble.monthly
    for one, province, where, wins in zip(camp.tolist(), attacks.province.tolist(), world.tolist(), won.tolist(), strict=True):
        name = f"{key(Camp(one))}_gain" if wins else f"{key(Camp(one))}_repelled"
        ensemble.log.note_one(name, ensemble.month, province, where, day=day)
    monthly.offensives[camp, world] += 1.0
    monthly.gains[camp, world] += won
    monthly.attacks_is[world] += camp == Camp.ISLAMIC_STATE
