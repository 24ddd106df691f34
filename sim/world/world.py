"""A world bundle: what rules work on. State is last month's until a rule replaces it; intent is what actors decided this month."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.world.axes import Array, Camp, Instrument, Leader, Patron, Row
from sim.world.chance import Chance
from sim.world.events import EventLog
from sim.world.geography import Assets, Provinces
from sim.world.groups import Groups
from sim.world.state import Records, State


@dataclass
class Intent:
    """What the actors decided this month. Axes: K partners, J instruments, L leaders, C camps, G groups, P provinces."""

    effort: Array  # (K, J, worlds) effort by instrument
    place: Array  # (K, J, P, worlds) shares of that effort by province
    stake: Array  # (K, P, worlds) how much a partner cares about a province, 0..1
    pull: Array  # (L, P, worlds) how much a leader wants force in a province
    sustain: Array  # (L, worlds) manpower that a leader sustains, relative to the start
    target: Array  # (G, P, worlds) intended shares of a group by province
    outside: Array  # (G, worlds) intended share outside Syria
    value: Array  # (C, P, worlds) worth of a province to a camp that thinks of attacking, 0..1
    reluctance: Array  # (C, worlds) what an offensive must promise beyond its cost
    air: Array  # (C, P, worlds) air support, 0..1
    guarantee: dict[str, Row]  # commitment of each guarantor of a zone, 1 at the start
    israel: Array  # (P, worlds) strikes a month that Israel would make on a fully visible target
    us: Array  # (P, worlds) the same for the United States
    pressure: Row  # (worlds,) Israeli and US pressure on Russia, 0..1
    pooled: Array  # (P, worlds) pooled intelligence against the Islamic State, 0..1
    sanctions: Row  # (worlds,) weight of sanctions, 0..1
    crossing: Row  # (worlds,) how open the crossing from Iraq is, 0..1
    publicity: Row  # (worlds,) how loudly Russia advertises, 0..1
    aversion: Row  # (worlds,) how much Iran minds Russian display, 1 if it minds as much as an average interest
    tender: dict[str, Row]  # what the government weighs in a tender

    @staticmethod
    def blank(provinces: int, groups: int, worlds: int) -> "Intent":
        """No decisions yet: zeros of the right shapes."""
        k, j, leaders, c = len(Patron), len(Instrument), len(Leader), len(Camp)

        def zeros(*shape: int) -> Array:
            return np.zeros((*shape, worlds))

        return Intent(
            effort=zeros(k, j),
            place=zeros(k, j, provinces),
            stake=zeros(k, provinces),
            pull=zeros(leaders, provinces),
            sustain=np.ones((leaders, worlds)),
            target=zeros(groups, provinces),
            outside=zeros(groups),
            value=zeros(c, provinces),
            reluctance=zeros(c),
            air=zeros(c, provinces),
            guarantee={},
            israel=zeros(provinces),
            us=zeros(provinces),
            pressure=zeros(),
            pooled=zeros(provinces),
            sanctions=zeros(),
            crossing=zeros(),
            publicity=zeros(),
            aversion=zeros(),
            tender={},
        )


@dataclass
class Flows:
    """What happened within a month, kept for measuring and for later steps of the same month."""

    incidents: Array  # (F, worlds)
    incidents_at: Array  # (P, worlds)
    strikes: Array  # (P, worlds)
    offensives: Row
    attacks_is: Row
    bargains: Row
    hand_overs: Row
    quarrels: Row  # economic incidents from tenders
    uncovered: Array  # (P, worlds) losses without air cover
    campaign: Array  # (P, worlds) joint operations under way, 0..1

    @staticmethod
    def blank(provinces: int, fields: int, worlds: int) -> "Flows":
        """A month in which nothing happened yet."""

        def place() -> Array:
            return np.zeros((provinces, worlds))

        def row() -> Row:
            return np.zeros(worlds)

        return Flows(np.zeros((fields, worlds)), place(), place(), row(), row(), row(), row(), row(), place(), place())


@dataclass
class World:
    """Many worlds at once, with everything that a rule may read."""

    provinces: Provinces
    assets: Assets
    groups: Groups
    traits: dict[str, Array]  # group traits, (G, worlds)
    state: State
    records: Records
    chance: Chance
    log: EventLog
    month: int = 0
    intent: Any = None
    seen: Any = None
    flows: Any = None
    reference: Any = None
    manpower: Any = None  # (G, worlds) at the start

    @property
    def worlds(self) -> int:
        """Number of columns, padding included."""
        return int(self.state.fallen.shape[0])

    def luck(self, name: str) -> Row:
        """One uniform per world of a source of chance this month, shape (worlds,)."""
        return self.chance.row(name, self.month)

    def luck_by_province(self, name: str) -> Array:
        """A uniform per province and world, shape (P, worlds), ordered by ISO code whatever the order of the axis."""
        return self.chance.uniforms(name, self.month, len(self.provinces))[self.provinces.iso_rank]

    def note(self, name: str, count: Array, text: str = "") -> None:
        """Note an event of this month; see `EventLog.note`."""
        self.log.note(name, self.month, count, text)
