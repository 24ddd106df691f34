"""2. Operations across the border: Turkey's army enters a province for some months, beside the opposition (ours).

Each month Turkey weighs an operation in each province at its border against doing nothing, by logit choice. While one runs, its army
masses from its own side of the border, and the opposition's offensives there have that strength and its aircraft, and no reluctance.
After each more of its army stays in Syria. Where the opposition loses ground at the border it may come to its defence.
"""

import numpy as np
from jaxtyping import Bool

from sim.model.processes.offensive_choice import MAX_LOG_ODDS
from sim.model.state.deescalation_zones import Barriers
from sim.model.state.dimensions import TINY, Array, ByProvince, Camp, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.operations import Operations

TARGETS = (Camp.SDF, Camp.ISLAMIC_STATE)  # whom an operation is meant for; against the government it only defends


def step(ensemble: Ensemble, p: Operations, barriers: Barriers) -> None:
    """Operations end, begin, and add to the month's intentions."""
    state, intent = ensemble.state, ensemble.intent
    state.operation = np.maximum(0.0, state.operation - 1.0)
    state.operation_memory = state.operation_memory * (1.0 - p.fading)
    free = np.maximum.reduce(state.operation, axis=0) == 0.0
    worth = prize(ensemble, p)
    able = free & (worth > p.least)
    odds = np.exp(np.minimum(p.precision * utility(ensemble, p, barriers, worth), MAX_LOG_ODDS)) * able
    chance = p.readiness * intent.operation_troops * odds / (1.0 + np.add.reduce(odds, axis=0))
    begins = chosen(chance, ensemble.random_row("turkey:operation"), np.argsort(ensemble.provinces.iso_rank))
    if begins.any():
        ensemble.note("operation_turkey", begins)
        begun = begins.any(axis=0)
        state.operation = np.where(begins, p.duration, state.operation)
        state.operation_memory = np.where(begun, 1.0, state.operation_memory)
        state.posture = state.posture + p.stays * begun * (1.0 - state.posture)
    running = state.operation > 0.0
    if running.any():
        _support(ensemble, p, running)


def _support(ensemble: Ensemble, p: Operations, running: Bool[Array, "provinces worlds"]) -> None:
    """What running operations add to the opposition's offensives."""
    state, intent = ensemble.state, ensemble.intent
    intent.massed[Camp.OPPOSITION] += p.army * running
    intent.air[Camp.OPPOSITION] += p.air * running
    for enemy in TARGETS:
        worth = np.minimum(1.0, state.control[enemy] / np.maximum(p.strip, TINY))
        intent.value[Camp.OPPOSITION, enemy] = np.maximum(intent.value[Camp.OPPOSITION, enemy], running * worth)
        reluctance = intent.reluctance[Camp.OPPOSITION, enemy]
        intent.reluctance[Camp.OPPOSITION, enemy] = np.where(running.any(axis=0), np.minimum(0.0, reluctance), reluctance)


def utility(ensemble: Ensemble, p: Operations, barriers: Barriers, worth: ByProvince) -> ByProvince:
    """What an operation promises beyond its cost, (P, worlds), where its prize is `worth`; zones and US troops make it dearer."""
    state = ensemble.state
    beside_us = ensemble.provinces.traits["us_presence"] * ensemble.intent.guarantee["united_states"] * state.control[Camp.SDF]
    zone = barriers.get(frozenset((Camp.OPPOSITION, Camp.SDF)), 0.0) * (state.control[Camp.SDF] > 0.0)
    return worth - p.cost - p.weariness * state.operation_memory - p.shielded * beside_us - zone


def prize(ensemble: Ensemble, p: Operations) -> ByProvince:
    """What is at stake in a province at the border, (P, worlds).

    The SDF's ground counts, and beside ground of the opposition the Islamic State's and what the government has taken of late.
    """
    state, intent = ensemble.state, ensemble.intent
    clients = np.minimum(1.0, state.control[Camp.OPPOSITION] / np.maximum(p.strip, TINY))
    north = clients * np.minimum(1.0, state.control[Camp.ISLAMIC_STATE] + p.alarm * state.recently_recovered)
    return (intent.operation_push * state.control[Camp.SDF] + intent.operation_north * north) * ensemble.provinces.turkish_border


def chosen(chance: ByProvince, uniform: Row, by_iso: np.ndarray) -> np.ndarray:
    """Which province, if any, a uniform picks by these chances, (P, worlds), run through in the order of ISO codes."""
    result = np.zeros(chance.shape, dtype=bool)
    until = np.cumsum(chance[by_iso], axis=0)
    if not (uniform < until[-1]).any():
        return result  # no uniform picks any
    picked = (uniform < until) & (uniform >= until - chance[by_iso])
    result[by_iso] = picked & (picked.cumsum(axis=0) == 1)
    return result
