"""3. Fight, the choice: each camp weighs every target (a province and who defends it) against doing nothing, by logit choice.

What it weighs is what it expects to gain: the prize times the chance of winning, less what failure and the offensive itself cost.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.processes.combat import Attacks, chance_of_winning
from sim.model.processes.offensive_choice import MAX_LOG_ODDS, ActiveWorlds, CombatContext, Front, active_worlds, massed
from sim.model.state.dimensions import FIGHTING_CAMPS, TINY, Array, Camp, Row
from sim.model.state.state import State


@dataclass
class Targets:
    """The targets that some camp can attack in some active world, camp by camp, in the order in which a draw runs through them."""

    attacker: Int[Array, " targets"]
    defender: Int[Array, " targets"]
    province: Int[Array, " targets"]
    weight: Float[Array, "targets active"]  # logit weight, zero where the attacker cannot attack
    chance: Float[Array, "targets active"]  # of winning


def would_attack(state: State, context: CombatContext, uniforms: Float[Array, "armed worlds"]) -> Bool[Array, "armed worlds"]:
    """Which camps would launch an offensive if they were sure to win it, wherever others hold ground they want. The others need not look
    at the front: no chance of winning makes an offensive more attractive.
    """
    fight, everywhere = context.fight, active_worlds(np.arange(uniforms.shape[-1]), uniforms.shape[-1])
    wanted = context.wanted & (state.control > TINY)
    attacker, defender, province = np.nonzero(wanted.any(axis=-1))
    prize, price = _stakes(context, everywhere, state, attacker, defender, province)
    total = _totals(attacker, _odds(fight.precision, prize - price) * wanted[attacker, defender, province])
    return uniforms * (1.0 + total) < (1.0 + TINY) * total  # with some room for rounding


def launched(
    context: CombatContext, front: Front, choosing: Bool[Array, "armed active"], uniforms: Float[Array, "armed worlds"]
) -> Attacks:
    """The offensives that the camps `choosing` in each active world launch there: logit choice among targets and doing nothing."""
    targets = target_weights(context, front, choosing)
    total = _totals(targets.attacker, targets.weight)
    drawn = front.active.of(uniforms)
    camp, column = (drawn * (1.0 + total) < total).nonzero()  # doing nothing weighs 1
    if not camp.size:
        return Attacks.none()
    point = drawn[camp, column] * (1.0 + total[camp, column])
    own = targets.attacker[:, np.newaxis] == camp
    passed = np.where(own, targets.weight[:, column], 0.0).cumsum(axis=0) <= point
    last = np.searchsorted(targets.attacker, camp, side="right") - 1
    target = np.minimum(passed.sum(axis=0), last)
    return Attacks(camp, front.active.index[column], targets.province[target], targets.defender[target], targets.chance[target, column])


def target_weights(context: CombatContext, front: Front, choosing: Bool[Array, "armed active"]) -> Targets:
    """Logit weight and chance of winning of each target of the camps that are `choosing` in each active world."""
    active, fight, battle = front.active, context.fight, context.battle
    able, log_mass = massed(context, front)
    able &= choosing[:, np.newaxis]
    feasible = active.of(context.wanted) & able[:, np.newaxis] & (front.control > TINY)
    attacker, defender, place = feasible.any(axis=-1)[..., context.by_iso].nonzero()
    province = context.by_iso[place]
    edge = log_mass[attacker, province] - front.log_guard[defender, province]
    helped = (defender == Camp.ISLAMIC_STATE) * 1.0 - (attacker == Camp.ISLAMIC_STATE)  # by pooled intelligence: the attacker, or its enemy
    edge += helped[:, np.newaxis] * active.listed(context.log_pooled, province)
    chance = chance_of_winning(edge, active.of(battle.decisiveness))
    prize, price = _stakes(context, active, front, attacker, defender, province)
    gain = chance * prize - (1.0 - chance) * active.of(fight.failure) - price
    weight = _odds(active.of(fight.precision), gain) * feasible[attacker, defender, province]
    return Targets(attacker, defender, province, weight, chance)


def _stakes(
    context: CombatContext,
    active: ActiveWorlds,
    now: Front | State,
    attacker: Int[Array, " targets"],
    defender: Int[Array, " targets"],
    province: Int[Array, " targets"],
) -> tuple[Float[Array, "targets active"], Float[Array, "targets active"]]:
    """Prize and price of an offensive on each target, as things stand now.

    The prize is the smaller the less the defender has left there. The price is higher when exhausted; momentum overrides reluctance and
    zones.
    """
    of, fight = active.of, context.fight
    left = np.minimum(1.0, now.control / np.maximum(of(context.battle.take), TINY))
    prize = active.listed(context.value, attacker, defender, province) * left[defender, province]
    cost = of(fight.cost) + of(fight.exhausted) * now.exhaustion
    price = active.listed(context.hindrance, attacker, defender, province)
    price *= (1.0 - of(fight.momentum) * now.momentum)[attacker]
    price += cost[attacker]
    return prize, price


def _odds(precision: Row, gain: Float[Array, "targets active"]) -> Float[Array, "targets active"]:
    """Odds of each target against doing nothing."""
    return np.exp(np.minimum(precision * gain, MAX_LOG_ODDS))


def _totals(attacker: Int[Array, " targets"], weight: Float[Array, "targets active"]) -> Float[Array, "armed active"]:
    """Sums of weights by attacking camp, whose targets stand one after the other."""
    ends = np.bincount(attacker, minlength=len(FIGHTING_CAMPS)).cumsum().tolist()
    return np.array([np.add.reduce(weight[start:end], axis=0) for start, end in zip([0, *ends], ends, strict=False)])
