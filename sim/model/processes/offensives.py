"""3. Fight: camps may launch offensives; fronts do not move by themselves (a contest that pulls control to the force ratio melts them).

After a win there may be another round in the same month, so that losses can cascade within weeks. Raids of the Islamic State take no
ground. What a camp chooses is in `offensive_choice.py`, what multiplies strength in `combat_strength.py`, what follows in
`combat.py` and `combat_resolution.py`.
"""

import numpy as np
from jaxtyping import Float, Int

from sim.model.processes.combat import Attacks, Battle, PlaceDraws
from sim.model.processes.combat_resolution import resolve
from sim.model.processes.combat_strength import (
    Strength,
    air_share,
    boosts,
    joint_operations,
    sustained_morale,
    unbacked,
)
from sim.model.processes.offensive_choice import Barriers, CombatContext, Fight, active_worlds, barriers, front_of, launched
from sim.model.state.deescalation_zones import Zone, ZoneTraits
from sim.model.state.dimensions import TINY, Array, ByProvince, Camp, Field, Instrument, key, never_alone
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import force_by_partner
from sim.model.state.random_streams import left_after, poisson
from sim.model.state.sensing import backing, insurgency, pay

MAX_ROUNDS = 6  # the most offensives that one camp can win in a month; it fixes the length of a camp's random stream, two for each
ORDER_OF_CAMPS = (Camp.GOVERNMENT, Camp.OPPOSITION, Camp.SDF, Camp.ISLAMIC_STATE)  # whose campaign of a month is fought first


def step(ensemble: Ensemble, p: Fight, strength: Strength, battle: Battle, zones: tuple[Zone, ...], costs: dict[str, ZoneTraits]) -> None:
    """The month's raids and offensives: all camps choose a first one at the same time; who wins may go on."""
    state, intent, monthly = ensemble.state, ensemble.intent, ensemble.monthly
    for name in ("control", "people", "morale", "recently_recovered", "towns", "holder", "in_force", "ground"):
        setattr(state, name, getattr(state, name).copy())  # combat writes into these
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
    _fight_campaigns(ensemble, context_of(ensemble, p, battle, boost, barriers(intent.guarantee, zones, costs)))


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
    ensemble: Ensemble, p: Fight, battle: Battle, boost: Float[Array, "camps provinces worlds"], barrier: Barriers
) -> CombatContext:
    """What holds through the month's fighting."""
    return CombatContext(
        fight=p,
        battle=battle,
        boost=boost,
        barriers=barrier,
        value=ensemble.intent.value,
        reluctance=ensemble.intent.reluctance,
        pooled=ensemble.intent.pooled,
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


def _fight_campaigns(ensemble: Ensemble, context: CombatContext) -> None:
    """Every camp's offensives of the month; all choose the first one before any is fought."""
    draws = PlaceDraws(ensemble.chance, ensemble.month, len(ensemble.assets), len(ensemble.towns))
    uniforms = {camp: ensemble.chance.uniforms(f"fight:{key(camp)}", ensemble.month, 2 * MAX_ROUNDS) for camp in ORDER_OF_CAMPS}
    first = front_of(ensemble.state, context, active_worlds(np.arange(ensemble.n_worlds), ensemble.n_worlds))
    attacks = {camp: launched(context, first, camp, uniforms[camp][0]) for camp in ORDER_OF_CAMPS}
    for camp in ORDER_OF_CAMPS:
        _fight_campaign(ensemble, context, attacks[camp], uniforms[camp], draws)


def _fight_campaign(
    ensemble: Ensemble, context: CombatContext, attacks: Attacks, uniforms: Float[Array, "draws worlds"], draws: PlaceDraws
) -> None:
    """One camp's offensives of the month: the first, and further ones where the last was won."""
    for turn in range(MAX_ROUNDS):
        if attacks.world.size == 0:
            return
        won = resolve(ensemble, context.battle, attacks, uniforms[2 * turn + 1], draws)
        _record(ensemble, attacks, won)
        if won.size == 0 or turn + 1 == MAX_ROUNDS:
            return
        index = never_alone(won)
        front = front_of(ensemble.state, context, active_worlds(index, ensemble.n_worlds))
        attacks = launched(context, front, attacks.attacker, uniforms[2 * turn + 2])


def _record(ensemble: Ensemble, attacks: Attacks, won: Int[Array, " won"]) -> None:
    """Record gains and failures."""
    camp, monthly = attacks.attacker, ensemble.monthly
    tried, failed = np.zeros(ensemble.n_worlds), np.zeros((len(ensemble.provinces), ensemble.n_worlds))
    tried[attacks.world], failed[attacks.province, attacks.world] = 1.0, 1.0
    gained = np.zeros_like(failed)
    gained[:, won] = failed[:, won]
    failed[:, won] = 0.0
    ensemble.note(f"{key(camp)}_gain", gained)
    ensemble.note(f"{key(camp)}_repelled", failed)
    monthly.offensives[camp] += tried
    monthly.gains[camp, won] += 1.0
    if camp == Camp.ISLAMIC_STATE:
        monthly.attacks_is = monthly.attacks_is + tried
