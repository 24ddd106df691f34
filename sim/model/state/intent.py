"""Intentions: what the actors decided this month, for the processes to carry out."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Camp, Instrument, Leader, Partner, Row

PARTNERS, INSTRUMENTS, LEADERS, CAMPS = (len(axis) for axis in (Partner, Instrument, Leader, Camp))
PLACED_INSTRUMENTS = int(Instrument.DIPLOMACY)  # those before it are what partners spend province by province


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

    def press(self, over: Float[Array, "partners worlds"]) -> None:
        """Add pressure over each partner, on the other one (R78): what is left to press for shrinks with each that presses."""
        self.pressure = 1.0 - (1.0 - self.pressure) * np.exp(-over[::-1])

    @staticmethod
    def blank(n_provinces: int, n_groups: int, n_worlds: int) -> "Intent":
        """No decisions yet: zeros of the right shapes, ones for what is as at the start."""
        place = (n_provinces, n_worlds)
        return Intent(
            effort=np.zeros((PARTNERS, INSTRUMENTS, n_worlds)),
            placed=np.zeros((PARTNERS, PLACED_INSTRUMENTS, *place)),
            stake=np.zeros((PARTNERS, *place)),
            contract_stake=np.zeros((PARTNERS, n_worlds)),
            pull=np.zeros((LEADERS, *place)),
            sustain=np.ones((LEADERS, n_worlds)),
            sent=np.ones((LEADERS, n_worlds)),
            drill=np.zeros((LEADERS, n_worlds)),
            target=np.broadcast_to(0.0, (n_groups, *place)),  # written as a whole
            outside=np.zeros((n_groups, n_worlds)),
            value=np.zeros((CAMPS, CAMPS, *place)),
            phasing=np.zeros(n_worlds),
            reluctance=np.zeros((CAMPS, CAMPS, n_worlds)),
            air=np.zeros((CAMPS, *place)),
            guarantee={},
            posted={},
            massed=np.zeros((CAMPS, *place)),
            operation_troops=np.zeros(n_worlds),
            operation_push=np.zeros(n_worlds),
            operation_north=np.zeros(n_worlds),
            strikes={},
            pressure=np.zeros((PARTNERS, n_worlds)),
            pooled=np.zeros(place),
            sanctions=np.zeros(n_worlds),
            crossing=np.zeros(n_worlds),
            publicity=np.zeros((PARTNERS, n_worlds)),
            aversion=np.zeros((PARTNERS, n_worlds)),
            tender={},
            favour=np.zeros((PARTNERS, *place)),
            local_rooting=np.zeros(place),
            access=np.ones((PARTNERS, *place)),
        )
