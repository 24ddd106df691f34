"""What a world carries besides its state: what actors see, what they intend, what happened this month, and the start to compare with."""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import Array, Camp, Instrument, Leader, Partner, Row


@dataclass
class Perception:
    """Last month's world as all actors see it. P provinces, C camps, K partners."""

    worth: Array  # (P, worlds) core territory, the most valued province 1
    quality: Array  # (G, worlds) fighting worth of a thousand fighters
    strength: Array  # (C, P, worlds) fighting strength on the ground
    force: Array  # (K, P, worlds) force of each partner's groups
    side: Array  # (P, worlds) force of the government's camp
    felt: Array  # (K, P, worlds) how much a partner's presence is felt, 0..1
    spread: Array  # (C, P, worlds) each camp's ground by province, shares of it
    won: Array  # (C, worlds) share of each camp's ground that it did not hold at the start
    opposed: Array  # (P, worlds) share of hostile strength in and around the government's ground
    visible_force: Row  # (worlds,) force at which a presence is half felt
    open_value: Array  # (P, worlds) assets open to tender, counted
    held: Array  # (3, P, worlds) assets held by Russia, Iran, others, counted
    air_share: Array  # (P, worlds) how much of the full effect of air support the government's camp has, 0..1


@dataclass
class Intent:
    """What the actors decided this month. Axes: K partners, J instruments, L leaders, C camps, G groups, P provinces."""

    effort: Array  # (K, J, worlds) effort by instrument
    place: Array  # (K, J, P, worlds) shares of that effort by province
    stake: Array  # (K, P, worlds) how much a partner cares about a province, 0..1
    pull: Array  # (L, P, worlds) how much a leader wants force in a province
    sustain: Array  # (L, worlds) manpower that a leader sustains, relative to the start
    sent: Array  # (L, worlds) share of its foreign groups that a leader sends to Syria, 1 as in 2021
    target: Array  # (G, P, worlds) intended shares of a group by province
    outside: Array  # (G, worlds) intended share outside Syria
    value: Array  # (C, C, P, worlds) worth of a province to a camp that thinks of attacking another camp there, 0..1
    reluctance: Array  # (C, C, worlds) what an offensive on another camp must promise beyond its cost
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

    def at(self, partner: Partner, instrument: Instrument) -> Array:
        """A partner's effort with an instrument by province, (P, worlds)."""
        return self.effort[partner, instrument] * self.place[partner, instrument]

    def press(self, amount: Row) -> None:
        """Add pressure on Russia over Iran (R78): what is left to press for shrinks with each that presses."""
        self.pressure = 1.0 - (1.0 - self.pressure) * np.exp(-amount)

    @staticmethod
    def blank(provinces: int, groups: int, worlds: int) -> "Intent":
        """No decisions yet: zeros of the right shapes."""
        k, j, leaders, c = len(Partner), len(Instrument), len(Leader), len(Camp)

        def zeros(*shape: int) -> Array:
            return np.zeros((*shape, worlds))

        return Intent(
            effort=zeros(k, j),
            place=zeros(k, j, provinces),
            stake=zeros(k, provinces),
            pull=zeros(leaders, provinces),
            sustain=np.ones((leaders, worlds)),
            sent=np.ones((leaders, worlds)),
            target=np.broadcast_to(0.0, (groups, provinces, worlds)),  # written as a whole
            outside=zeros(groups),
            value=zeros(c, c, provinces),
            reluctance=zeros(c, c),
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
class MonthlyRecord:
    """What happened within a month, kept for measuring and for later steps of the same month."""

    incidents: Array  # (F, worlds)
    incidents_at: Array  # (P, worlds)
    strikes: Array  # (P, worlds)
    strikes_us: Row
    offensives: Array  # (C, worlds) launched by each camp
    gains: Array  # (C, worlds) offensives that took ground
    attacks_is: Row
    bargains: Row
    hand_overs: Row
    quarrels: Row  # economic incidents from tenders
    won_over_iran: Row  # tenders that Russian firms won over a serious Iranian bid (R33)
    uncovered: Array  # (P, worlds) losses without air cover
    campaign: Array  # (P, worlds) joint operations under way, 0..1

    @staticmethod
    def blank(provinces: int, fields: int, worlds: int) -> "MonthlyRecord":
        """A month in which nothing happened yet."""

        def place() -> Array:
            return np.zeros((provinces, worlds))

        def row() -> Row:
            return np.zeros(worlds)

        def camps() -> Array:
            return np.zeros((len(Camp), worlds))

        return MonthlyRecord(
            incidents=np.zeros((fields, worlds)),
            incidents_at=place(),
            strikes=place(),
            strikes_us=row(),
            offensives=camps(),
            gains=camps(),
            attacks_is=row(),
            bargains=row(),
            hand_overs=row(),
            quarrels=row(),
            won_over_iran=row(),
            uncovered=place(),
            campaign=place(),
        )


@dataclass
class Reference:
    """The start at rest. Axes as in `State` and `Intent`; the last axis is worlds, or 1 where central."""

    effort: Array
    pull: Array
    own: Array
    deployment: Array
    control: Array
    rooted: Array
    coffers: Row
    people: Array
    morale: Array
    thinness: Array
    presence: Array
    air_share: Array
    pooled: Array
