"""3f. Withdrawal: under heavy losses the government gives up what cannot be held for what must be (R02: triage of the army).

A province is given up the likelier the more the government has lost of its core territory of late, the more its garrison is outmatched,
and the less the province is worth. The garrison keeps together and goes to its own side next door.
"""

import numpy as np

from sim.model.processes.abandoned_ground import claims, hand_over, masses
from sim.model.processes.combat import Battle, PlaceDraws
from sim.model.processes.ground_loss import GroundLoss, LeftGround
from sim.model.processes.month_end import core_shares
from sim.model.state.dimensions import TINY, ByProvince, Camp, Row, never_alone
from sim.model.state.ensemble import Ensemble


def step(ensemble: Ensemble, p: GroundLoss, battle: Battle, draws: PlaceDraws, day: int) -> None:
    """Decide which provinces the government gives up this month, and leave them."""
    state, perceived = ensemble.state, ensemble.perceived
    lost = state.recent_loss[Camp.GOVERNMENT]
    losing = (lost.max(axis=0) > 0.0) & (p.withdrawal > 0.0) & (state.fallen == 0.0)
    if not losing.any():
        return
    held, worth = state.control[Camp.GOVERNMENT], perceived.worth
    hostile = perceived.opposed / np.maximum(held, TINY)
    chance = withdrawal_chance(p, stress(core_shares(worth), lost), hostile, worth) * ((held > TINY) & losing)
    if not chance.any():
        return
    gives_up = ensemble.random_by_province("fight:withdrawal") < chance
    world = np.flatnonzero(gives_up.any(axis=0))
    if world.size:
        world = never_alone(world)
        share = np.take(gives_up, world, axis=-1).astype(float)
        ensemble.intent.value[Camp.GOVERNMENT] *= ~gives_up  # who leaves a province does not attack it in that month
        claim = claims(ensemble, p, masses(ensemble, battle, world), Camp.GOVERNMENT, world)
        hand_over(ensemble, p, battle, LeftGround(Camp.GOVERNMENT, world, share, "withdrawal", day, orderly=True), draws, claim)


def stress(core: ByProvince, lost: ByProvince) -> Row:
    """Share of its core territory (shares `core`) that the government has lost of late, (worlds,)."""
    return (core * lost).sum(axis=0)


def withdrawal_chance(p: GroundLoss, stress: Row, hostile: ByProvince, worth: ByProvince) -> ByProvince:
    """Chance this month that a province is given up, (P, worlds): under stress, as far as it is outmatched, and of little worth."""
    outmatched = np.clip((hostile - p.outmatched) / np.maximum(1.0 - p.outmatched, TINY), 0.0, 1.0)
    return p.withdrawal * np.minimum(1.0, stress / np.maximum(p.heavy_losses, TINY)) * outmatched * (1.0 - worth)
