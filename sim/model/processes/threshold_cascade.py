"""3d. Routs: garrisons leave without a battle when their side's fresh losses near them pass what they bear (ours).

A threshold cascade (Granovetter 1978): garrisons differ in the losses at which they leave, evenly about a middle value. Those that leave
add to the losses that the others see, so that a rout can run through a province and on to the next within weeks, or stop by itself.
Morale, outside backing and pay hold them (R46, R47), and strength: losses weigh by the hostile share of what can be brought to a province,
one where it is even, nothing where no enemy is near. What falls more than a province away is not felt.
"""

import numpy as np
from jaxtyping import Float, Int

from sim.model.processes.abandoned_ground import claims, hand_over, masses
from sim.model.processes.combat import Battle, PlaceDraws
from sim.model.processes.ground_loss import GroundLoss, LeftGround
from sim.model.state.dimensions import ARMED, FIGHTING_CAMPS, TINY, Array, Camp, Row, key, never_alone
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import neighbour_sum

Support = tuple[Float[Array, "camps worlds"], Float[Array, "camps worlds"]]  # outside backing and pay of each camp, 1 as at the start


def step(
    ensemble: Ensemble, p: GroundLoss, battle: Battle, draws: PlaceDraws, day: int, seen: Float[Array, "camps worlds"], support: Support
) -> bool:
    """Let garrisons leave, camp by camp, as losses now stand; whether any did. They look again when more is lost than they have `seen`."""
    total = ensemble.state.recent_loss.sum(axis=1)
    more = total > seen
    if not more[ARMED].any():
        seen[:] = total
        return False
    bear = bearable(p, ensemble.state.morale, *support)
    lowest = bear * (1.0 - p.spread)
    shaken = more & (2.0 * total > lowest)  # felt losses are at most twice their sum
    if not shaken[ARMED].any():
        seen[:] = total
        return False
    any_left = False
    for camp in FIGHTING_CAMPS:
        if any_left:  # what a camp before has left is lost to it, and to some won back
            total[camp] = ensemble.state.recent_loss[camp].sum(axis=0)
            shaken[camp] = (total[camp] > seen[camp]) & (2.0 * total[camp] > lowest[camp])
        world = np.flatnonzero(shaken[camp])
        if world.size:
            any_left |= _leave(ensemble, p, battle, draws, camp, never_alone(world), bear[camp], day)
    seen[:] = total
    return any_left


def support_of(gone: Float[Array, "camps worlds"], pay: Row) -> Support:
    """How far outside backers stand by each camp, and how far it is paid, relative to the start: from how far backers are `gone`, and the
    government's pay.
    """
    paid = np.ones(gone.shape)
    paid[Camp.GOVERNMENT] = pay
    return 1.0 - gone, paid


def bearable(
    p: GroundLoss,
    morale: Float[Array, "camps worlds"],
    support: Float[Array, "camps worlds"],
    paid: Float[Array, "camps worlds"],
) -> Float[Array, "camps worlds"]:
    """Losses that the middle garrison bears: less with low morale, without backing (`support`, 1 as at the start), unpaid."""
    support = np.maximum(0.0, support)
    upheld = 1.0 - p.backed + p.backed * 2.0 * support / (1.0 + support)  # full backing counts 1, at most twice that
    return p.firmness * morale * upheld * (1.0 - p.paid + p.paid * paid)


def felt_losses(
    lost: Float[Array, "provinces worlds"], near: Row, hostile: Float[Array, "provinces worlds"], neighbours: Int[Array, "provinces most"]
) -> Float[Array, "provinces worlds"]:
    """Fresh losses as the garrisons of each province feel them: those there, next door in part, by the `hostile` share of strength."""
    return 2.0 * hostile * (lost + near * neighbour_sum(lost, neighbours))


def share_leaving(felt: Float[Array, "provinces worlds"], bear: Row, spread: Row) -> Float[Array, "provinces worlds"]:
    """Share of all garrisons whose threshold is passed: thresholds are spread evenly about `bear` by the share `spread`."""
    lowest = bear * (1.0 - spread)
    return np.clip((felt - lowest) / np.maximum(2.0 * bear * spread, TINY), 0.0, 1.0)


def _leave(ensemble: Ensemble, p: GroundLoss, battle: Battle, draws: PlaceDraws, camp: Camp, world: Array, bear: Row, day: int) -> bool:
    """Garrisons of a camp leave in the worlds where losses may pass what they bear; whether any did."""
    state = ensemble.state
    mass = masses(ensemble, battle, world)
    claim = claims(ensemble, p, mass, camp, world)
    hostile = claim.sum(axis=0) / (claim.sum(axis=0) + mass[camp] + TINY)
    lost = np.take(state.recent_loss[camp], world, axis=-1)
    felt = felt_losses(lost, p.nearness[world], hostile, ensemble.provinces.neighbours)
    passed = share_leaving(felt, bear[world], p.spread[world])
    before = np.take(state.garrisons_gone[camp], world, axis=-1)
    more = np.maximum(0.0, passed - before) / np.maximum(1.0 - before, TINY)
    more *= np.take(state.control[camp], world, axis=-1) > TINY
    if not more.any():
        return False
    left = LeftGround(camp, world, more, f"{key(camp)}_rout", day)
    gone = hand_over(ensemble, p, battle, left, draws, claim)
    state.garrisons_gone[camp][:, world] = before + (1.0 - before) * gone
    return bool(gone.any())
