"""8b. Danger as the government's partners see it, threatened ground, weight in a settlement, and the land route from Iraq.

Perceptions follow events by degrees. Actors decide on them next month, and on what the others showed of themselves in this one.
"""

import numpy as np
from jaxtyping import Bool, Float

from sim.model.processes.month_end import MonthEnd, core_shares
from sim.model.state.dimensions import TINY, Array, ByProvince, Camp, Instrument, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.sensing import people_held


def step(ensemble: Ensemble, p: MonthEnd, at_once: bool = False) -> None:
    """Update danger, threat, leverage and the land route, by degrees or (at the start) at once; keep what others showed this month."""
    state, intent, perceived = ensemble.state, ensemble.intent, ensemble.perceived
    full = np.ones(ensemble.n_worlds)
    alarm, leverage_pace = (full, full) if at_once else (p.alarm, p.leverage_pace)
    danger = danger_felt(core_shares(perceived.worth), state.people[Camp.GOVERNMENT], perceived.opposed, p)
    held = people_held(state, ensemble.provinces)
    state.threat = moved_towards(state.threat, perceived.worth * perceived.opposed, alarm)
    state.danger = moved_towards(state.danger, danger, alarm)
    state.leverage = moved_towards(state.leverage, settlement_leverage(held, state.fallen), leverage_pace)
    on_route = ensemble.provinces.traits["iraq_corridor"][:, 0] > 0.0
    state.land_route = land_route(state.control[Camp.GOVERNMENT], state.presence, intent.crossing, on_route, p)
    state.publicity, state.pressure = intent.publicity, intent.pressure
    state.restraint = intent.placed[:, Instrument.RESTRAINT]


def moved_towards(level: Float[Array, "*axes worlds"], target: Float[Array, "*axes worlds"], pace: Row) -> Float[Array, "*axes worlds"]:
    """A level after it has gone a share `pace` of the way to its target."""
    return level + pace * (target - level)


def danger_felt(core: ByProvince, people: ByProvince, opposed: ByProvince, p: MonthEnd) -> Row:
    """Danger to the government, (worlds,), 0..1: core territory (shares `core`) whose people it has lost, or that is threatened (R46, R47).

    `people` (P, worlds) is its share of each province's people, `opposed` (P, worlds) the hostile share of strength on its ground.
    """
    lost = (core * (1.0 - people)).sum(axis=0)
    felt = p.loss_felt * lost + p.threat_felt * (core * opposed).sum(axis=0)
    return 1.0 - np.exp(-felt)


def settlement_leverage(people_share: Row, fallen: Row) -> Row:
    """The government's weight in a settlement: people under its control, as far as it could go on fighting (R62), (worlds,)."""
    return people_share * (1.0 - fallen)


def land_route(control: ByProvince, presence: ByProvince, crossing: Row, on_route: Bool[Array, " provinces"], p: MonthEnd) -> Row:
    """Connectivity of the way from Iraq to Damascus, (worlds,), 0..1: its weakest province, times how open the crossing is.

    `control` and `presence` (P, worlds) are the government's ground and Islamic State presence, `on_route` (P,) a mask.
    """
    held = np.minimum(1.0, control / np.maximum(p.road_open, TINY)) * (1.0 - p.road_raids * presence)
    return held[on_route].min(axis=0) * crossing
