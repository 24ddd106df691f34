"""7. Coordinate: overlap breeds incidents, incidents become friction, channels settle them, and skill carries over between fields.

Friction and channels are kept per field (military, economic, diplomatic). What spills over to other fields is incidents, not standing
friction, and only as far as compartmentalisation lets it (R36). Bargains over provinces are in `bargain.py`.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Camp, Field, Instrument, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, MONTHS, RATE, SCALE, SHARE, parameter
from sim.model.state.random_streams import poisson
from sim.model.state.sensing import insurgency


@dataclass
class Coordinate:
    """How the partners fall out and make up."""

    command_disputes: Row = parameter(RATE, "incidents a month where both partners' presence and operations are full (R23, R61, R75)")
    joint_activity: Row = parameter(FACTOR, "how much joint operations multiply occasions for incidents (R61)")
    cover_resented: Row = parameter(SHARE, "chance that losses without air cover become an incident (R05, R12)")
    publicity_resented: Row = parameter(RATE, "diplomatic incidents a month at full publicity (R13, R59)")
    strikes_resented: Row = parameter(RATE, "diplomatic incidents per strike that Russia's presence does not prevent (R39, ours)")
    tenders_resented: Row = parameter(SHARE, "chance that a serious bid lost to the partner becomes an incident (R32)")
    framework: Row = parameter(SHARE, "how far a framework settles who may bid for what; 0 as in 2021 (R32)")
    avoidance: Row = parameter(SHARE, "share of incidents that a full channel keeps from arising")
    primacy_calm: Row = parameter(SHARE, "share of incidents that an agreed primacy keeps from arising")
    weight_military: Row = parameter(FACTOR, "friction from a military incident")
    weight_economic: Row = parameter(FACTOR, "friction from an economic incident")
    weight_diplomatic: Row = parameter(FACTOR, "friction from a diplomatic incident")
    compartmentalisation: Row = parameter(
        SHARE, "how far fields are kept apart: share of a field's incidents that does not spill over (R36)"
    )
    forgetting: Row = parameter(SHARE, "share of friction that fades in a month in any case")
    settling: Row = parameter(SHARE, "share of friction that a full channel settles in a month (R06, R23)")
    learning: Row = parameter(RATE, "growth of a channel a month in full use (R06, R81)")
    carry_over: Row = parameter(SHARE, "how far skill learned in the military field carries over to the others (R43)")
    disuse: Row = parameter(SHARE, "share of a channel lost a month without use")
    crisis_use: Row = parameter(SHARE, "share of their contacts that the partners keep up while the partnership is broken")
    diplomacy_half: Row = parameter(SCALE, "diplomatic effort at which a channel is half used")
    evasion_pace: Row = parameter(SHARE, "share of the way a month to the evasion that sanctions call for (R34, R83)")
    tolerance: Row = parameter(FACTOR, "friction, all fields, that the partnership bears in quiet times")
    need: Row = parameter(FACTOR, "how much danger to the government raises tolerance (R37)")
    shared_pressure: Row = parameter(FACTOR, "how much evading sanctions together raises tolerance (R34)")
    patience: Row = parameter(MONTHS, "months above tolerance before the partnership breaks")
    mending: Row = parameter(SHARE, "share of tolerance below which friction must fall for it to mend")


def step(ensemble: Ensemble, p: Coordinate) -> None:
    """Incidents, friction, channels, evasion, and whether the partnership holds."""
    state, monthly = ensemble.state, ensemble.monthly
    monthly.incidents_at, counts = _incidents(ensemble, p)
    monthly.incidents = counts
    first = (counts.sum(axis=0) > 0.0) & (ensemble.records.incident_month < 0.0)
    ensemble.records.incident_month = np.where(first, float(ensemble.month), ensemble.records.incident_month)
    weight = np.stack([p.weight_military, p.weight_economic, p.weight_diplomatic])
    state.friction = settled_friction(state.friction, counts * weight, state.channel, p)
    state.channel = grown_channels(state.channel, _use(ensemble, p), p)
    called_for = ensemble.intent.sanctions * state.channel[Field.DIPLOMATIC]
    state.evasion = state.evasion + p.evasion_pace * (np.sqrt(called_for) - state.evasion)
    _hold_or_break(ensemble, p)


def settled_friction(friction: Array, new: Array, channel: Array, p: Coordinate) -> Array:
    """Friction by field after a month: some fades, channels settle some, incidents add, others' incidents spill over, (F, worlds)."""
    spill = (1.0 - p.compartmentalisation) * (new.sum(axis=0) - new)
    return friction * (1.0 - np.minimum(1.0, p.forgetting + p.settling * channel)) + new + spill


def grown_channels(channel: Array, use: Array, p: Coordinate) -> Array:
    """Channels after a month of use, (F, worlds): use builds them, and what the military one can do carries over to the others (R43)."""
    own = p.learning * use * (1.0 - channel)
    ahead = np.maximum(0.0, channel[Field.MILITARY] - channel)
    taught = p.learning * p.carry_over * ahead
    return np.clip(channel + own + taught - p.disuse * (1.0 - use) * channel, 0.0, 1.0)


def overlap_at(ensemble: Ensemble) -> Array:
    """Where both partners' presence is felt, (P, worlds), 0..1."""
    felt = ensemble.perceived.felt
    return felt[Partner.RUSSIA] * felt[Partner.IRAN]


def _incidents(ensemble: Ensemble, p: Coordinate) -> tuple[Array, Array]:
    """The month's incidents by province, (P, worlds), and by field, (F, worlds)."""
    state, monthly = ensemble.state, ensemble.monthly
    calm = 1.0 - p.avoidance * state.channel
    settled = 1.0 - p.primacy_calm * np.abs(state.primacy)
    activity = insurgency(state) * state.control[Camp.GOVERNMENT] + p.joint_activity * monthly.campaign
    disputes = poisson(
        ensemble.random_by_province("coordinate:command"),
        p.command_disputes * overlap_at(ensemble) * activity * settled * calm[Field.MILITARY],
    )
    bitter = np.minimum(1.0, p.cover_resented * monthly.uncovered * ensemble.perceived.felt[Partner.IRAN])
    cover = (ensemble.random_by_province("coordinate:cover") < bitter).astype(float)
    quarrel_chance = p.tenders_resented * (1.0 - p.framework) * calm[Field.ECONOMIC]
    economic = poisson(ensemble.random_row("coordinate:tenders"), monthly.quarrels * quarrel_chance)
    unshielded = (monthly.strikes * ensemble.perceived.felt[Partner.RUSSIA]).sum(axis=0)
    public_row = p.publicity_resented * ensemble.intent.publicity * ensemble.intent.aversion + p.strikes_resented * unshielded
    diplomatic = poisson(ensemble.random_row("coordinate:publicity"), public_row * calm[Field.DIPLOMATIC])
    ensemble.note("incident_command", disputes)
    ensemble.note("incident_cover", cover)
    ensemble.note("incident_economic", economic)
    ensemble.note("incident_diplomatic", diplomatic)
    at = disputes + cover
    return at, np.stack([at.sum(axis=0), economic, diplomatic])


def _use(ensemble: Ensemble, p: Coordinate) -> Array:
    """How much each channel is used, 0..1, (F, worlds): joint operations, tenders, diplomacy; less while the partnership is broken."""
    monthly, intent = ensemble.monthly, ensemble.intent
    kept = 1.0 - (1.0 - p.crisis_use) * ensemble.state.broken
    military = np.minimum(1.0, monthly.campaign.max(axis=0) + monthly.incidents[Field.MILITARY])
    economic = np.maximum(p.framework, np.minimum(1.0, monthly.incidents[Field.ECONOMIC]))
    talks = np.minimum(intent.effort[Partner.RUSSIA, Instrument.DIPLOMACY], intent.effort[Partner.IRAN, Instrument.DIPLOMACY])
    diplomatic = talks / (talks + p.diplomacy_half + TINY)
    return np.stack([military, economic, diplomatic]) * kept


def tolerance(ensemble: Ensemble, p: Coordinate) -> Row:
    """Friction that the partnership bears: more when the government is in danger and when evading sanctions together (R34, R37)."""
    return p.tolerance * (1.0 + p.need * ensemble.state.danger + p.shared_pressure * ensemble.state.evasion)


def _hold_or_break(ensemble: Ensemble, p: Coordinate) -> None:
    """Friction beyond tolerance for long enough breaks the partnership; friction well below it for as long mends it."""
    state, records = ensemble.state, ensemble.records
    total, bound = state.friction.sum(axis=0), tolerance(ensemble, p)
    broken = state.broken > 0.0
    pressing = np.where(broken, total < p.mending * bound, total > bound)
    state.strained = np.where(pressing, state.strained + 1.0, 0.0)
    turns = state.strained >= p.patience
    breaks, mends = turns & ~broken & (state.fallen == 0.0), turns & broken
    state.broken = np.where(breaks, 1.0, np.where(mends, 0.0, state.broken))
    state.strained = np.where(breaks | mends, 0.0, state.strained)
    first = breaks & (records.breakdown_month < 0.0)
    records.breakdown_month = np.where(first, float(ensemble.month), records.breakdown_month)
    records.months_broken = records.months_broken + state.broken
    ensemble.note("breakdown", breaks)
    ensemble.note("mended", mends)
