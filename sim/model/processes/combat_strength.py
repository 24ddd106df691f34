"""3a. Strength: what multiplies the force on the ground. Air and ground power are complements (R01, R42); joint command and a lead that
fits the means multiply the government's (R07, R68); morale rests partly on backers and pay.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import TINY, Array, ByProvince, Camp, Partner, Row
from sim.model.state.parameters import FACTOR, SCALE, SHARE, parameter


@dataclass
class Strength:
    """What multiplies strength, and what morale rests on."""

    air: Row = parameter(FACTOR, "what full air support adds to strength on the ground (complements, R01, R42)")
    air_half: Row = parameter(SCALE, "air effort in a province at which half of that is reached")
    joint_command: Row = parameter(FACTOR, "what joint command through a full military channel adds (R07)")
    lead: Row = parameter(FACTOR, "what a fitting lead adds: of the partner whose air power or ground force carries the campaign (R68)")
    morale_return: Row = parameter(SHARE, "share of the way a month to the morale that backing and pay sustain")
    backed: Row = parameter(SHARE, "share of a camp's morale that rests on its outside backers")
    paid: Row = parameter(SHARE, "share of the government's morale that rests on its coffers")


BACKERS = {Camp.OPPOSITION: "turkey", Camp.SDF: "united_states"}  # whose commitment stands behind the camps without partners


def unbacked(backing: Row, guarantee: Mapping[str, Row]) -> Float[Array, "camps worlds"]:
    """How far each camp's outside backers have left it, relative to the start; nobody backs the Islamic State."""
    gone = np.zeros((len(Camp), *backing.shape))
    gone[Camp.GOVERNMENT] = 1.0 - backing
    for camp, backer in BACKERS.items():
        gone[camp] = 1.0 - guarantee[backer]
    return gone


def sustained_morale(
    p: Strength, at_start: Float[Array, "camps worlds"], gone: Float[Array, "camps worlds"], unpaid: Row
) -> Float[Array, "camps worlds"]:
    """Morale that each camp tends to: its level at the start, less as backers are `gone` or the government is `unpaid`."""
    lost = p.backed * gone
    lost[Camp.GOVERNMENT] += p.paid * unpaid
    return np.clip(at_start * (1.0 - lost), 0.0, 1.0)


def air_share(air: Float[Array, "*shape"], half: Row) -> Float[Array, "*shape"]:
    """How much of the full effect of air support is reached, 0..1."""
    return air / (air + half)


def evenness(command: Float[Array, "partners provinces worlds"]) -> ByProvince:
    """How evenly the partners share command, 0..1: the geometric over the arithmetic mean of their efforts, 0 where one commands alone."""
    return 2.0 * np.sqrt(command[Partner.RUSSIA] * command[Partner.IRAN]) / (command.sum(axis=0) + TINY)


def joint_operations(command: Float[Array, "partners provinces worlds"], broken: Row) -> ByProvince:
    """How far the partners operate together, 0..1; not at all while the partnership is broken."""
    return evenness(command) * (1.0 - broken)


def boosts(
    p: Strength,
    air: Float[Array, "camps provinces worlds"],
    command: Float[Array, "partners provinces worlds"],
    channel: Row,
    broken: Row,
    flying: Float[Array, "partners provinces worlds"],
    ground: Float[Array, "partners provinces worlds"],
) -> Float[Array, "camps provinces worlds"]:
    """What multiplies each camp's strength: air, and for the government joint command and a fitting lead.

    `channel` is the partners' military one, `flying` each partner's share of the air effort, `ground` its forces' share of the side.
    """
    flown = air_share(air, p.air_half)
    boost = 1.0 + p.air * flown
    both = command.sum(axis=0) + TINY
    joint = p.joint_command * channel * evenness(command) * (1.0 - broken)
    fits = command / both * np.maximum(flown[Camp.GOVERNMENT] * flying, ground)
    fit = fits.sum(axis=0)
    boost[Camp.GOVERNMENT] *= (1.0 + joint) * (1.0 + p.lead * fit * np.minimum(1.0, both))
    return boost
