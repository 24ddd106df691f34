"""3g. Risings: local powers drive the government out of towns where they want to rule themselves and its grip has weakened (ours).

They arise from the wish for self-rule (`actors/local_powers.py`), where local powers are rooted, as far as the force above them, its
morale and its pay have fallen short of the start. Nothing rises where there are no local powers, or where they already hold what they
would take.
"""

import numpy as np
from jaxtyping import Bool

from sim.model.processes.abandoned_ground import hand_over, local_claims
from sim.model.processes.combat import Battle, PlaceDraws
from sim.model.processes.ground_loss import GroundLoss, LeftGround
from sim.model.state.dimensions import TINY, Array, ByProvince, Camp, Row, never_alone
from sim.model.state.ensemble import Ensemble
from sim.model.state.sensing import grip


def due(ensemble: Ensemble, p: GroundLoss, rounds: int) -> ByProvince:
    """In which of the month's rounds a rising breaks out in each province, (P, worlds); -1 where none does."""
    state, provinces, start = ensemble.state, ensemble.provinces, ensemble.start
    rises = np.full(state.local_roots.shape, -1.0)
    there = provinces.of_local_powers
    kept = (grip(ensemble)[there] + TINY) / (start.grip[there] + TINY)
    chance = rising_chance(p, ensemble.intent.local_rooting[there], state.local_roots[there], weakness(p.slack, kept))
    taken = state.control[Camp.LOCAL][there] / np.maximum(p.rising_share * state.local_roots[there], TINY)
    chance *= np.maximum(0.0, 1.0 - taken) * (state.control[Camp.GOVERNMENT][there] > TINY)
    if chance.any():
        drawn = ensemble.chance.uniforms("fight:rising", ensemble.month, len(there))
        rises[there] = np.where(drawn < chance, np.floor(rounds * drawn / np.maximum(chance, TINY * TINY)), -1.0)
    return rises


def weakness(slack: Row, kept: ByProvince) -> ByProvince:
    """How much grip is missing, (P, worlds), 0..1: none as long as the share lost, of which `kept` is left, is no more than the slack."""
    return np.clip((1.0 - kept - slack) / np.maximum(1.0 - slack, TINY), 0.0, 1.0)


def rising_chance(p: GroundLoss, wish: ByProvince, roots: ByProvince, weakness: ByProvince) -> ByProvince:
    """Chance this month of a rising, (P, worlds): the wish for self-rule there, times how rooted local powers are, times the `weakness`
    above them.
    """
    return np.minimum(1.0, p.rising * np.minimum(1.0, wish) * roots * weakness)


def step(ensemble: Ensemble, p: GroundLoss, battle: Battle, draws: PlaceDraws, rises: Bool[Array, "provinces worlds"], day: int) -> None:
    """Let risings break out where `rises` (P, worlds) says so; the garrison stays in what is left to it."""
    world = np.flatnonzero(rises.any(axis=0))
    if world.size:
        world = never_alone(world)
        roots = np.take(ensemble.state.local_roots, world, axis=-1)
        share = np.take(rises, world, axis=-1) * np.minimum(1.0, p.rising_share[world] * roots)
        left = LeftGround(Camp.GOVERNMENT, world, share, "rising", day, rises=True)
        claim = np.zeros((len(Camp), *share.shape))
        claim[Camp.LOCAL] = local_claims(ensemble, p, world)
        hand_over(ensemble, p, battle, left, draws, claim)
