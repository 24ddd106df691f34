"""The state of many worlds at once. `worlds` is the last axis of every array; rules replace arrays, they never hold state elsewhere."""

from dataclasses import dataclass, field

from sim.model.state.dimensions import Array, Row


@dataclass
class State:
    """Everything that the next month depends on. Axes: C camps, P provinces, G groups, K partners, A assets, F fields."""

    control: Array  # (C, P, worlds) share of each province's ground by camp, sums to 1 over camps
    people: Array  # (C, P, worlds) share of each province's people on each camp's ground, sums to 1 over camps
    force: Array  # (G, P, worlds) thousand fighters
    reserve: Array  # (G, worlds) thousand fighters outside Syria, or of a local group whose camp has no ground left
    roots: Array  # (K, P, worlds) 0..1
    presence: Array  # (P, worlds) Islamic State presence without ground, 0..1
    holder: Array  # (A, worlds) Bidder index, or -1 where no foreign or private holder
    ground: Array  # (A, worlds) Camp index: on whose ground an asset lies
    towns: Array  # (T, worlds) Camp index: who holds a town
    morale: Array  # (C, worlds) 0..1
    momentum: Array  # (C, worlds) 0..1, after wins, fading
    exhaustion: Array  # (C, worlds) 0..1, after offensives against a firm defence, fading
    recovered: Array  # (P, worlds) ground won back by the government of late, fading
    threat: Array  # (P, worlds) 0..1, how endangered the government's ground looks
    strike_memory: Array  # (P, worlds) strikes per month of late
    army_quality: Row  # (worlds,) 0..1
    coffers: Row  # (worlds,) 0..1
    evasion: Row  # (worlds,) 0..1
    standing: Row  # (worlds,) 0..1
    leverage: Row  # (worlds,) 0..1
    danger: Row  # (worlds,) 0..1
    publicity: Row  # (worlds,) 0..1
    pressure: Row  # (worlds,) 0..1, Israeli and US pressure on Russia over Iran
    land_route: Row  # (worlds,) 0..1, from Iraq to Damascus and Lebanon
    restraint: Array  # (P, worlds) Russian effort spent there on holding Iran-backed groups back
    channel: Array  # (F, worlds) 0..1
    friction: Array  # (F, worlds) >= 0
    heat: Array  # (P, worlds) incidents of late, fading
    primacy: Array  # (P, worlds) -1 Iran .. 1 Russia, agreed
    credit: Array  # (K, worlds) what a partner is owed for having yielded
    strained: Row  # (worlds,) months in a row above (positive) or below tolerance
    broken: Row  # (worlds,) 1 while the partnership is broken
    fallen: Row  # (worlds,) 1 after the government's fall
    escalation: Row  # (worlds,) regional tension above the usual, fading
    surge: Row  # (worlds,) Islamic State activity above the usual, fading


@dataclass
class Records:
    """First months of what happens once (month index, -1 before), and what a run is compared with."""

    collapse_month: Row
    breakdown_month: Row
    incident_month: Row
    lost_month: Array  # (P, worlds)
    months_broken: Row
    control_start: Array  # (P, worlds) the government's share of the ground at the start
    people_start: Array  # (P, worlds) its share of the people
    arrangement: dict[str, Row] = field(default_factory=dict)  # indices that class the partners' outcome, kept as at the fall
