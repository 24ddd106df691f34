"""Intentions: what the actors decided this month, for the processes to carry out."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Camp, Instrument, Leader, Partner, Row


@dataclass
class Intent:
    """What the actors decided this month."""

    effort: Float[Array, "partners instruments worlds"]  # effort by instrument
    place: Float[Array, "partners instruments provinces worlds"]  # shares of that effort by province
    stake: Float[Array, "partners provinces worlds"]  # how much a partner cares about a province, 0..1
    pull: Float[Array, "leaders provinces worlds"]  # how much a leader wants force in a province
    sustain: Float[Array, "leaders worlds"]  # manpower that a leader sustains, relative to the start
    sent: Float[Array, "leaders worlds"]  # share of its foreign groups that a leader sends to Syria, 1 as in 2021
    target: Float[Array, "groups provinces worlds"]  # intended shares of a group by province
    outside: Float[Array, "groups worlds"]  # intended share outside Syria
    value: Float[Array, "camps camps provinces worlds"]  # worth of a province to a camp that thinks of attacking another camp there, 0..1
    reluctance: Float[Array, "camps camps worlds"]  # what an offensive on another camp must promise beyond its cost
    air: Float[Array, "camps provinces worlds"]  # air support, 0..1
    guarantee: dict[str, Row]  # commitment of each guarantor of a zone, 1 at the start
    israel: Float[Array, "provinces worlds"]  # strikes a month that Israel would make on a fully visible target
    us: Float[Array, "provinces worlds"]  # the same for the United States
    pressure: Row  # Israeli and US pressure on Russia, 0..1
    pooled: Float[Array, "provinces worlds"]  # pooled intelligence against the Islamic State, 0..1
    sanctions: Row  # weight of sanctions, 0..1
    crossing: Row  # how open the crossing from Iraq is, 0..1
    publicity: Row  # how loudly Russia advertises, 0..1
    aversion: Row  # how much Iran minds Russian display, 1 if it minds as much as an average interest
    tender: dict[str, Row]  # what the government weighs in a tender

    def at(self, partner: Partner, instrument: Instrument) -> ByProvince:
        """A partner's effort with an instrument by province."""
        return self.effort[partner, instrument] * self.place[partner, instrument]

    def press(self, amount: Row) -> None:
        """Add pressure on Russia over Iran (R78): what is left to press for shrinks with each that presses."""
        self.pressure = 1.0 - (1.0 - self.pressure) * np.exp(-amount)

    @staticmethod
    def blank(n_provinces: int, n_groups: int, n_worlds: int) -> "Intent":
        """No decisions yet: zeros of the right shapes."""

        def zeros(*axes: type[IntEnum], by_province: bool = False) -> Array:
            return np.zeros((*(len(axis) for axis in axes), *((n_provinces,) if by_province else ()), n_worlds))

        return Intent(
            effort=zeros(Partner, Instrument),
            place=zeros(Partner, Instrument, by_province=True),
            stake=zeros(Partner, by_province=True),
            pull=zeros(Leader, by_province=True),
            sustain=np.ones((len(Leader), n_worlds)),
            sent=np.ones((len(Leader), n_worlds)),
            target=np.broadcast_to(0.0, (n_groups, n_provinces, n_worlds)),  # written as a whole
            outside=np.zeros((n_groups, n_worlds)),
            value=zeros(Camp, Camp, by_province=True),
            reluctance=zeros(Camp, Camp),
            air=zeros(Camp, by_province=True),
            guarantee={},
            israel=zeros(by_province=True),
            us=zeros(by_province=True),
            pressure=zeros(),
            pooled=zeros(by_province=True),
            sanctions=zeros(),
            crossing=zeros(),
            publicity=zeros(),
            aversion=zeros(),
            tender={},
        )
