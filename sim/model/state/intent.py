"""Intentions: what the actors decided this month, for the processes to carry out."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Camp, Instrument, Leader, Partner, Row

SIZE: dict[type[IntEnum], int] = {axis: len(axis) for axis in (Partner, Instrument, Leader, Camp)}
PLACED_INSTRUMENTS = Instrument.DIPLOMACY  # those before it are what partners spend province by province


@dataclass
class Intent:
    """What the actors decided this month."""

    effort: Float[Array, "partners instruments worlds"]  # effort by instrument
    placed: Float[Array, "partners placed provinces worlds"]  # the same by province, of instruments that are spent province by province
    stake: Float[Array, "partners provinces worlds"]  # how much a partner cares about having its way in a province, 0..1
    contract_stake: Float[Array, "partners worlds"]  # how much it cares about contracts, 0..1
    pull: Float[Array, "leaders provinces worlds"]  # how much a leader wants force in a province
    sustain: Float[Array, "leaders worlds"]  # manpower that a leader sustains, relative to the start
    sent: Float[Array, "leaders worlds"]  # share of its foreign groups that a leader sends to Syria, 1 as in 2021
    drill: Float[Array, "leaders worlds"]  # how much better a leader's groups may become behind quiet fronts, 0 for as at the start
    target: Float[Array, "groups provinces worlds"]  # intended shares of a group by province
    outside: Float[Array, "groups worlds"]  # intended share outside Syria
    value: Float[Array, "camps camps provinces worlds"]  # worth of a province to a camp that thinks of attacking another camp there, 0..1
    phasing: Row  # how far the government turns to its most dangerous enemy
    reluctance: Float[Array, "camps camps worlds"]  # what an offensive on another camp must promise beyond its cost
    air: Float[Array, "camps provinces worlds"]  # air support, 0..1
    guarantee: dict[str, Row]  # commitment of each guarantor of a zone, 1 at the start
    posted: dict[str, Row]  # how far a guarantor's troops on the spot bear that out; 1 where it is not named
    massed: Float[Array, "camps provinces worlds"]  # strength that an army masses from beyond the border
    operation_troops: Row  # how free Turkey is to send its army, 0..1
    operation_push: Row  # how much an operation against the SDF is worth to Turkey
    operation_north: Row  # how much one against others, or in defence of the opposition, is worth to it
    strikes: dict[str, ByProvince]  # strikes a month that an actor would make on a fully visible target
    pressure: Float[Array, "partners worlds"]  # Israeli and US pressure on a partner over the other one, 0..1
    pooled: Float[Array, "provinces worlds"]  # pooled intelligence against the Islamic State, 0..1
    sanctions: Row  # weight of sanctions, 0..1
    crossing: Row  # how open the crossing from Iraq is, 0..1
    publicity: Float[Array, "partners worlds"]  # how loudly a partner advertises, 0..1
    aversion: Float[Array, "partners worlds"]  # how much it minds the other's display: the weight of that among its interests
    tender: dict[str, Row]  # what the government weighs in a tender
    favour: Float[Array, "partners provinces worlds"]  # how far the government favours a partner over the other
    local_rooting: ByProvince  # effort by which local powers root themselves
    access: Float[Array, "partners provinces worlds"]  # how far it lets a partner root itself, 1 as with no favour

    def press(self, partner: Partner, amount: Row) -> None:
        """Add pressure on a partner over the other (R78): what is left to press for shrinks with each that presses."""
        self.pressure[partner] = 1.0 - (1.0 - self.pressure[partner]) * np.exp(-amount)

    @staticmethod
    def blank(n_provinces: int, n_groups: int, n_worlds: int) -> "Intent":
        """No decisions yet: zeros of the right shapes."""

        def zeros(*axes: type[IntEnum], by_province: bool = False) -> Array:
            sizes = tuple(map(SIZE.__getitem__, axes))
            return np.zeros((*sizes, n_provinces, n_worlds) if by_province else (*sizes, n_worlds))

        return Intent(
            effort=zeros(Partner, Instrument),
            placed=np.zeros((SIZE[Partner], PLACED_INSTRUMENTS, n_provinces, n_worlds)),
            stake=zeros(Partner, by_province=True),
            contract_stake=zeros(Partner),
            pull=zeros(Leader, by_province=True),
            sustain=np.ones((SIZE[Leader], n_worlds)),
            sent=np.ones((SIZE[Leader], n_worlds)),
            drill=zeros(Leader),
            target=np.broadcast_to(0.0, (n_groups, n_provinces, n_worlds)),  # written as a whole
            outside=np.zeros((n_groups, n_worlds)),
            value=zeros(Camp, Camp, by_province=True),
            phasing=zeros(),
            reluctance=zeros(Camp, Camp),
            air=zeros(Camp, by_province=True),
            guarantee={},
            posted={},
            massed=zeros(Camp, by_province=True),
            operation_troops=zeros(),
            operation_push=zeros(),
            operation_north=zeros(),
            strikes={},
            pressure=zeros(Partner),
            pooled=zeros(by_province=True),
            sanctions=zeros(),
            crossing=zeros(),
            publicity=zeros(Partner),
            aversion=zeros(Partner),
            tender={},
            favour=zeros(Partner, by_province=True),
            local_rooting=zeros(by_province=True),
            access=np.ones((SIZE[Partner], n_provinces, n_worlds)),
        )
