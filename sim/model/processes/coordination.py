"""7. Coordinate: what both contest breeds incidents, these become friction, channels settle them, and skill carries over between fields.

Friction and channels are kept per field (military, economic, diplomatic). What spills over to other fields is incidents, not standing
friction, and only as far as compartmentalisation lets it (R36). Exchanges of posts and tenders are in `bargaining.py`.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.processes.departure import apart
from sim.model.state.dimensions import TINY, Array, BoolRow, ByProvince, Field, Instrument, Partner, Row, stacked
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, MONTHS, RATE, SCALE, SHARE, parameter
from sim.model.state.random_streams import poisson


@dataclass
class CoordinationParameters:
    """How relations between Russia and Iran worsen and recover."""

    command_disputes: Row = parameter(
        RATE, "incidents a month where both are fully present and as much is contested as on average (R23, R75)"
    )
    joint_activity: Row = parameter(FACTOR, "how much joint operations multiply occasions for incidents (R61)")
    cover_resented: Row = parameter(SHARE, "chance that losses without air cover become an incident (R05, R12)")
    publicity_resented: Row = parameter(
        RATE, "diplomatic incidents a month at full publicity, if the other wanted nothing but no display (R13, R59)"
    )
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
    carry_over: Row = parameter(SHARE, "how far what the military channel can do beyond another serves that other field too (R43)")
    disuse: Row = parameter(SHARE, "share of a channel lost a month without use")
    crisis_use: Row = parameter(SHARE, "share of their contacts that the partners keep up while the partnership is broken")
    diplomacy_half: Row = parameter(SCALE, "diplomatic effort at which a channel is half used")
    evasion_pace: Row = parameter(SHARE, "share of the way a month to the evasion that sanctions call for (R34, R83)")
    tolerance: Row = parameter(FACTOR, "friction, all fields, that the partnership bears in quiet times")
    need: Row = parameter(FACTOR, "how much danger to the government raises tolerance (R37)")
    shared_pressure: Row = parameter(FACTOR, "how much evading sanctions together raises tolerance (R34)")
    patience: Row = parameter(MONTHS, "months above tolerance before the partnership breaks")
    mending: Row = parameter(SHARE, "share of tolerance below which friction must fall for it to mend")


def step(ensemble: Ensemble, p: CoordinationParameters) -> None:
    """Incidents, friction, channels, evasion, and whether the partnership holds."""
    state, monthly, records, now = ensemble.state, ensemble.monthly, ensemble.records, float(ensemble.month)
    contested, usable = contest(ensemble), usable_channels(state.channel, p.carry_over)
    monthly.incidents_at, monthly.incidents = _incidents(ensemble, p, contested, usable)
    first = (monthly.incidents.sum(axis=0) > 0.0) & (records.incident_month < 0.0)
    records.incident_month = np.where(first, now, records.incident_month)
    weight = {Field.MILITARY: p.weight_military, Field.ECONOMIC: p.weight_economic, Field.DIPLOMATIC: p.weight_diplomatic}
    new = monthly.incidents * stacked(Field, weight)
    new[Field.MILITARY] = p.weight_military * (monthly.incidents_at * gravity(contested)).sum(axis=0)
    state.friction = settled_friction(state.friction, new, usable, p)
    state.channel = grown_channels(state.channel, _use(ensemble, p), p)
    usable = usable_channels(state.channel, p.carry_over)
    state.evasion = evasion_after(state.evasion, ensemble.intent.sanctions, usable[Field.DIPLOMATIC], p)
    bound = tolerance(state.danger, state.evasion, p)
    pressing = presses(state.friction.sum(axis=0), bound, state.partnership_broken, p)
    state.partnership_broken, state.months_strained, breaks, mends = partnership_after(
        pressing, state.partnership_broken, state.months_strained, state.fallen, p
    )
    first = breaks & (records.breakdown_month < 0.0)
    records.breakdown_month = np.where(first, now, records.breakdown_month)
    records.months_broken = records.months_broken + state.partnership_broken
    ensemble.note("breakdown", breaks)
    ensemble.note("mended", mends)


def settled_friction(
    friction: Float[Array, "fields worlds"],
    new: Float[Array, "fields worlds"],
    channel: Float[Array, "fields worlds"],
    p: CoordinationParameters,
) -> Float[Array, "fields worlds"]:
    """Friction by field after a month: some fades, channels settle some, incidents add, those of other fields spill over, (F, worlds)."""
    spill = (1.0 - p.compartmentalisation) * (new.sum(axis=0) - new)
    return friction * (1.0 - np.minimum(1.0, p.forgetting + p.settling * channel)) + new + spill


def grown_channels(
    channel: Float[Array, "fields worlds"], use: Float[Array, "fields worlds"], p: CoordinationParameters
) -> Float[Array, "fields worlds"]:
    """Channels after a month, (F, worlds): each is built by its own use alone, and fades without (R06, R81)."""
    return np.clip(channel + p.learning * use * (1.0 - channel) - p.disuse * (1.0 - use) * channel, 0.0, 1.0)


def usable_channels(channel: Float[Array, "fields worlds"], carry_over: Row) -> Float[Array, "fields worlds"]:
    """What channels can be used for, (F, worlds): each its own strength, and part of what the military one has beyond it (R43)."""
    return channel + carry_over * np.maximum(0.0, channel[Field.MILITARY] - channel)


def evasion_after(evasion: Row, sanctions: Row, channel: Row, p: CoordinationParameters) -> Row:
    """Cooperation in evading sanctions after a month, (worlds,): it approaches what sanctions call for, as far as the diplomatic channel
    carries it (the geometric mean of both, R34).
    """
    return evasion + p.evasion_pace * (np.sqrt(sanctions * channel) - evasion)


def contested_at(stake: Float[Array, "partners provinces worlds"]) -> ByProvince:
    """What both partners contest in each province, (P, worlds): the geometric mean of their stakes."""
    return np.sqrt(stake[Partner.RUSSIA] * stake[Partner.IRAN])


def overlap_at(felt: Float[Array, "partners provinces worlds"]) -> ByProvince:
    """Where both partners' presence is felt, (P, worlds), 0..1."""
    return felt[Partner.RUSSIA] * felt[Partner.IRAN]


def contest(ensemble: Ensemble) -> ByProvince:
    """What both partners contest in each province, (P, worlds), relative to the mean over provinces at the start."""
    start = ensemble.start.contested
    return contested_at(ensemble.intent.stake) / np.where(start > 0.0, start, 1.0)


def gravity(contested: ByProvince) -> ByProvince:
    """What an incident weighs, (P, worlds): 1 where as much is contested as on average at the start, nothing for nothing, at most 2."""
    return 2.0 * contested / (1.0 + contested)


def acting(placed: Float[Array, "partners instruments provinces worlds"]) -> ByProvince:
    """How much the partners do in each province, (P, worlds): the mean of their shares of effort placed there, 1 where spread evenly."""
    spent = placed.sum(axis=1)
    total = spent.sum(axis=1, keepdims=True)
    share = spent / np.where(total > 0.0, total, 1.0)
    return share.mean(axis=0) * share.shape[1]


def dispute_rate(overlap: ByProvince, activity: ByProvince, primacy: ByProvince, calm: Row, p: CoordinationParameters) -> ByProvince:
    """Command disputes expected this month by province, (P, worlds): fewer where a primacy is agreed and the channel calms (R23, R61)."""
    settled = 1.0 - p.primacy_calm * np.abs(primacy)
    return p.command_disputes * overlap * activity * settled * calm


def left_uncovered(felt: Float[Array, "partners provinces worlds"], air: Float[Array, "partners worlds"]) -> ByProvince:
    """How far a partner that relies on the other's aircraft is felt, (P, worlds): its losses without cover are resented (R05, R12)."""
    relies = 1.0 - (air + TINY) / (air.sum(axis=0) + len(air) * TINY)
    return (felt * relies[:, np.newaxis]).sum(axis=0)


def diplomatic_rate(display: Row, unprevented: Row, calm: Row, p: CoordinationParameters) -> Row:
    """Diplomatic incidents expected this month, (worlds,): display that the other minds, and strikes that a partner's presence does not
    prevent (R13, R59).
    """
    return (p.publicity_resented * display + p.strikes_resented * unprevented) * calm


def _incidents(
    ensemble: Ensemble, p: CoordinationParameters, contested: ByProvince, usable: Float[Array, "fields worlds"]
) -> tuple[ByProvince, Float[Array, "fields worlds"]]:
    """The month's incidents by province, (P, worlds), and by field, (F, worlds)."""
    state, monthly, intent, felt = ensemble.state, ensemble.monthly, ensemble.intent, ensemble.perceived.felt
    both = (1.0 - apart(state.gone)) * (1.0 - state.fallen)  # two partners, and a government over whose posts and tenders they disagree
    calm = both * (1.0 - p.avoidance * usable)
    activity = np.sqrt(contested * acting(intent.placed)) * (1.0 + p.joint_activity * monthly.campaign)
    expected = dispute_rate(overlap_at(felt), activity, state.primacy, calm[Field.MILITARY], p)
    disputes = poisson(ensemble.random_by_province("coordinate:command"), expected)
    cover, economic = np.zeros(disputes.shape), np.zeros(ensemble.n_worlds)
    if np.count_nonzero(monthly.uncovered):  # losses without cover are rare
        resented = np.minimum(1.0, both * p.cover_resented * monthly.uncovered * left_uncovered(felt, intent.effort[:, Instrument.AIR]))
        cover = (ensemble.random_by_province("coordinate:cover") < resented).astype(float)
    if np.count_nonzero(monthly.quarrels):
        quarrel_chance = p.tenders_resented * (1.0 - p.framework) * calm[Field.ECONOMIC]
        economic = poisson(ensemble.random_row("coordinate:tenders"), monthly.quarrels * quarrel_chance)
    display = (intent.publicity * intent.aversion[::-1]).sum(axis=0)  # each partner's display, by how much the other minds it
    expected = diplomatic_rate(display, monthly.unprevented.sum(axis=0), calm[Field.DIPLOMATIC], p)
    diplomatic = poisson(ensemble.random_row("coordinate:publicity"), expected)
    ensemble.note("incident_command", disputes)
    ensemble.note("incident_cover", cover)
    ensemble.note("incident_economic", economic)
    ensemble.note("incident_diplomatic", diplomatic)
    by_province = disputes + cover
    by_field = {Field.MILITARY: by_province.sum(axis=0), Field.ECONOMIC: economic, Field.DIPLOMATIC: diplomatic}
    return by_province, stacked(Field, by_field)


def _use(ensemble: Ensemble, p: CoordinationParameters) -> Float[Array, "fields worlds"]:
    """How much each channel is used, 0..1, (F, worlds): joint operations, tenders, diplomacy; less while the partnership is broken,
    not at all while one of them is gone.
    """
    monthly, effort = ensemble.monthly, ensemble.intent.effort
    kept = (1.0 - (1.0 - p.crisis_use) * ensemble.state.partnership_broken) * (1.0 - apart(ensemble.state.gone))
    talks = np.minimum(effort[Partner.RUSSIA, Instrument.DIPLOMACY], effort[Partner.IRAN, Instrument.DIPLOMACY])
    use = {
        Field.MILITARY: np.minimum(1.0, monthly.campaign.max(axis=0) + monthly.incidents[Field.MILITARY]),
        Field.ECONOMIC: np.maximum(p.framework, np.minimum(1.0, monthly.incidents[Field.ECONOMIC])),
        Field.DIPLOMATIC: talks / (talks + p.diplomacy_half + TINY),
    }
    return stacked(Field, use) * kept


def tolerance(danger: Row, evasion: Row, p: CoordinationParameters) -> Row:
    """Friction that the partnership bears, (worlds,): more when the government is in danger or both evade sanctions together (R34, R37)."""
    return p.tolerance * (1.0 + p.need * danger + p.shared_pressure * evasion)


def presses(friction: Row, bound: Row, broken: Row, p: CoordinationParameters) -> BoolRow:
    """Whether friction presses for a change, (worlds,): above tolerance towards a break, well below it, once broken, towards mending."""
    return np.where(broken > 0.0, friction < p.mending * bound, friction > bound)


def partnership_after(
    pressing: BoolRow, broken: Row, strained: Row, fallen: Row, p: CoordinationParameters
) -> tuple[Row, Row, BoolRow, BoolRow]:
    """Whether the partnership is broken, months under pressure, whether it breaks now, and whether it mends now, each (worlds,).

    Pressure for long enough turns it. Nothing breaks after the government's fall.
    """
    is_broken = broken > 0.0
    strained = np.where(pressing, strained + 1.0, 0.0)
    turns = strained >= p.patience
    breaks, mends = turns & ~is_broken & (fallen == 0.0), turns & is_broken
    return np.where(breaks, 1.0, np.where(mends, 0.0, broken)), np.where(breaks | mends, 0.0, strained), breaks, mends
