"""8. Reckon: ground becomes leverage and standing, danger is felt, money comes in, and the government survives or falls.

The government falls with its core territory. A small chance of a coup or insolvency, lowered by diplomacy (R52), counts only money
and standing, nothing that the fighting counts, so that one retreat is not counted twice.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Camp, Instrument, Leader, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, RATE, SHARE, parameter
from sim.model.state.sensing import backing, people_held


@dataclass
class Reckon:
    """How the month is reckoned up."""

    core_needed: Row = parameter(SHARE, "share of core territory held below which the government falls (R47)")
    within_rate: Row = parameter(SHARE, "chance a month of a fall from within when coffers are as at the start")
    insolvency: Row = parameter(FACTOR, "how steeply that chance rises with lost coffers (exponent)")
    diplomacy: Row = parameter(SHARE, "share of that chance that full standing of its partners takes away (R52)")
    loss_felt: Row = parameter(FACTOR, "how strongly lost core territory is felt as danger (R46, R47)")
    threat_felt: Row = parameter(FACTOR, "how strongly threatened core territory is felt as danger")
    alarm: Row = parameter(SHARE, "weight of the last month in how endangered things look")
    memory_of_ground: Row = parameter(SHARE, "share of recovered ground that stops counting as recovered in a month")
    standing_from_ground: Row = parameter(FACTOR, "standing that Russia gains from recovered core territory (R41)")
    standing_from_talks: Row = parameter(RATE, "standing gained a month per unit of Russian diplomacy (R41)")
    standing_from_display: Row = parameter(RATE, "standing gained a month at full publicity (R57, R64)")
    standing_fading: Row = parameter(SHARE, "share of standing lost in a month")
    leverage_pace: Row = parameter(SHARE, "share of the way a month to the weight in a settlement that ground held gives (R62)")
    income_from_land: Row = parameter(RATE, "coffers gained a month from people and oil under control")
    oil_share: Row = parameter(SHARE, "share of the income from land that comes from oil rather than people")
    evasion_recovers: Row = parameter(SHARE, "share of what sanctions cost that full evasion with the partners brings back (R34)")
    income_from_partners: Row = parameter(
        RATE, "coffers gained a month from the partners' credit and oil at their effort of the start (R34)"
    )
    income_from_contracts: Row = parameter(RATE, "coffers gained a month when all assets on its ground are under contract")
    spending: Row = parameter(SHARE, "share of the coffers spent in a month")
    sanctions_cost: Row = parameter(FACTOR, "how much full sanctions cut income from land (R83)")
    road_open: Row = parameter(SHARE, "share of a corridor province that must be held for its road to be wholly open")
    road_raids: Row = parameter(SHARE, "how far full Islamic State presence closes a road")
    russia_stays: Row = parameter(SHARE, "share of Russia's foreign force that stays after the government's fall")
    iran_stays: Row = parameter(SHARE, "share of Iran-backed force that stays after it")
    contracts_kept: Row = parameter(SHARE, "chance that a foreign contract outlives it")


def step(ensemble: Ensemble, p: Reckon) -> None:
    """Reckon up the month."""
    state = ensemble.state
    fell = _falls(ensemble, p)
    _after_fall(ensemble, p, fell)
    perceive(ensemble, p)
    _standing(ensemble, p)
    _money(ensemble, p)
    state.recovered = state.recovered * (1.0 - p.memory_of_ground)
    remember(ensemble)
    _note_lost(ensemble)


def remember(ensemble: Ensemble) -> None:
    """What actors will see next month of what the others did in this one: display, pressure and restraint."""
    state, intent = ensemble.state, ensemble.intent
    state.publicity, state.pressure = intent.publicity, intent.pressure
    state.restraint = intent.at(Partner.RUSSIA, Instrument.RESTRAINT)


def perceive(ensemble: Ensemble, p: Reckon, alarm: Row | None = None) -> None:
    """Danger, threat and the land route as actors will see them; with `alarm` 1, at once (at the start)."""
    state = ensemble.state
    pace = p.alarm if alarm is None else alarm
    core = ensemble.perceived.worth / ensemble.perceived.worth.sum(axis=0)
    threat = ensemble.perceived.worth * ensemble.perceived.opposed
    state.threat = state.threat + pace * (threat - state.threat)
    lost = (core * (1.0 - state.people[Camp.GOVERNMENT])).sum(axis=0)
    felt = p.loss_felt * lost + p.threat_felt * (core * ensemble.perceived.opposed).sum(axis=0)
    state.danger = state.danger + pace * (1.0 - np.exp(-felt) - state.danger)
    state.leverage = state.leverage + (p.leverage_pace if alarm is None else alarm) * (leverage(ensemble) - state.leverage)
    state.land_route = land_route(ensemble, p)


def leverage(ensemble: Ensemble) -> Row:
    """The government's weight in a settlement: people under its control, as far as it could go on fighting (R62), (worlds,)."""
    return people_held(ensemble.state, ensemble.provinces) * (1.0 - ensemble.state.fallen)


def land_route(ensemble: Ensemble, p: Reckon) -> Row:
    """Connectivity of the way from Iraq to Damascus: its weakest province, times how open the crossing is, (worlds,)."""
    state = ensemble.state
    on_route = ensemble.provinces.traits["iraq_corridor"][:, 0] > 0.0
    held = np.minimum(1.0, state.control[Camp.GOVERNMENT] / np.maximum(p.road_open, TINY)) * (1.0 - p.road_raids * state.presence)
    return held[on_route].min(axis=0) * ensemble.intent.crossing


def _falls(ensemble: Ensemble, p: Reckon) -> Row:
    """Which governments fall this month: 1 where they do."""
    state, records = ensemble.state, ensemble.records
    core = ensemble.perceived.worth / ensemble.perceived.worth.sum(axis=0)
    standing_up = state.fallen == 0.0
    by_ground = standing_up & ((core * state.people[Camp.GOVERNMENT]).sum(axis=0) < p.core_needed)
    shortfall = np.maximum(0.0, 1.0 - (state.coffers + TINY) / (ensemble.start.coffers + TINY))
    shield = 1.0 - p.diplomacy * state.standing
    chance = np.minimum(1.0, p.within_rate * np.exp(p.insolvency * shortfall) * shield)
    within = standing_up & ~by_ground & (ensemble.random_row("reckon:within") < chance)
    ensemble.note("collapse_ground", by_ground)
    ensemble.note("collapse_within", within)
    fell = by_ground | within
    records.collapse_month = np.where(fell, float(ensemble.month), records.collapse_month)
    state.fallen = np.where(fell, 1.0, state.fallen)
    return fell


def _after_fall(ensemble: Ensemble, p: Reckon, fell: Array) -> None:
    """What a fall leaves: its ground goes to the opposition, its army dissolves, partners keep what the scenario says."""
    if not fell.any():
        return
    state, groups = ensemble.state, ensemble.groups
    state.control, state.people = _passed_on(state.control, fell), _passed_on(state.people, fell)
    state.towns = np.where(fell & (state.towns == Camp.GOVERNMENT), np.int8(Camp.OPPOSITION), state.towns)
    force, reserve = state.force.copy(), state.reserve.copy()
    bases = ensemble.provinces.traits["bases"] > 0.0
    for g in groups.of_camp(Camp.GOVERNMENT):
        stays = np.zeros_like(fell, dtype=float)
        if groups.leader[g] == Leader.RUSSIA and groups.foreign[g]:
            stays = p.russia_stays * bases
        elif groups.leader[g] == Leader.IRAN:
            stays = p.iran_stays + np.zeros_like(bases)
        kept = np.where(fell, force[g] * stays, force[g])
        if groups.foreign[g]:
            reserve[g] += (force[g] - kept).sum(axis=0)
        force[g] = kept
    state.force, state.reserve = force, reserve
    void = fell & (ensemble.chance.uniforms("reckon:contracts", ensemble.month, len(ensemble.assets)) >= p.contracts_kept)
    state.holder = np.where(void, np.int8(-1), state.holder)
    state.ground = np.where(fell & (state.ground == Camp.GOVERNMENT), np.int8(Camp.OPPOSITION), state.ground)
    state.primacy = np.where(fell, 0.0, state.primacy)


def _passed_on(share: Array, fell: Array) -> Array:
    """Shares by camp, (C, P, worlds), after what the government had passes to the opposition."""
    passed = share.copy()
    passed[Camp.OPPOSITION] += np.where(fell, share[Camp.GOVERNMENT], 0.0)
    passed[Camp.GOVERNMENT] = np.where(fell, 0.0, share[Camp.GOVERNMENT])
    return passed


def _standing(ensemble: Ensemble, p: Reckon) -> None:
    """Recovered ground, talks and display give Russia standing (R41, R57, R64)."""
    state = ensemble.state
    core = ensemble.perceived.worth / ensemble.perceived.worth.sum(axis=0)
    won = p.standing_from_ground * (core * np.minimum(1.0, state.recovered)).sum(axis=0) * p.memory_of_ground
    talks = p.standing_from_talks * ensemble.intent.effort[Partner.RUSSIA, Instrument.DIPLOMACY]
    shown = p.standing_from_display * ensemble.intent.publicity
    gain = (won + talks + shown) * (1.0 - state.standing)
    state.standing = np.clip(state.standing + gain - p.standing_fading * state.standing, 0.0, 1.0)


def _money(ensemble: Ensemble, p: Reckon) -> None:
    """Coffers: land, less what sanctions cost and evasion does not bring back (R34, R83), aid, contracts; spending."""
    state = ensemble.state
    held = state.control[Camp.GOVERNMENT]
    oil = ensemble.provinces.traits["oil"]
    people = people_held(state, ensemble.provinces)
    land = (1.0 - p.oil_share) * people + p.oil_share * (held * oil).sum(axis=0) / oil.sum()
    contracted = ensemble.perceived.held.sum(axis=(0, 1)) / len(ensemble.assets)
    aid = backing(ensemble)
    sanctioned = p.sanctions_cost * ensemble.intent.sanctions * (1.0 - p.evasion_recovers * state.evasion * aid)
    income = p.income_from_land * land * (1.0 - sanctioned) + p.income_from_partners * aid + p.income_from_contracts * contracted
    state.coffers = np.clip(state.coffers + income - p.spending * state.coffers, 0.0, 1.0)


def _note_lost(ensemble: Ensemble) -> None:
    """First month in which a province mostly held has lost a quarter of the whole to others."""
    records = ensemble.records
    lost = (records.control_start > 0.5) & (ensemble.state.control[Camp.GOVERNMENT] <= records.control_start - 0.25)
    new = lost & (records.lost_month < 0.0)
    records.lost_month = np.where(new, float(ensemble.month), records.lost_month)
    ensemble.note("province_lost", new)
