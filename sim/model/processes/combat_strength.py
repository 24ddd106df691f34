"""3a. Strength: what multiplies the force on the ground. Air and ground power are complements (R01, R42); joint command and a lead that
fits the means multiply the government's (R07, R68); morale rests partly on backers and pay.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Camp, Field, Instrument, Leader, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.parameters import FACTOR, SCALE, SHARE, parameter
from sim.model.state.sensing import backing, insurgency


@dataclass
class Strength:
    """What multiplies strength, and what morale rests on."""

    air: Row = parameter(FACTOR, "what full air support adds to strength on the ground (complements, R01, R42)")
    air_half: Row = parameter(SCALE, "air effort in a province at which half of that is reached")
    joint_command: Row = parameter(FACTOR, "what joint command through a full military channel adds (R07)")
    lead: Row = parameter(FACTOR, "what a fitting lead adds: Russian where air carries, Iranian where its ground force does (R68)")
    morale_return: Row = parameter(SHARE, "share of the way a month to the morale that backing and pay sustain")
    backed: Row = parameter(SHARE, "share of a camp's morale that rests on its outside backers")
    paid: Row = parameter(SHARE, "share of the government's morale that rests on its coffers")


def sustained_morale(ensemble: Ensemble, p: Strength) -> Array:
    """Morale that each camp tends to, (C, worlds): its level at the start, more with more backing, less as backers leave or
    pay fails.
    """
    intent, reference = ensemble.intent, ensemble.start
    pay = np.minimum(1.0, ensemble.state.coffers / (reference.coffers + TINY))
    lost = np.zeros_like(reference.morale)
    lost[Camp.GOVERNMENT] = p.backed * (1.0 - backing(ensemble)) + p.paid * (1.0 - pay)
    lost[Camp.OPPOSITION] = p.backed * (1.0 - intent.guarantee["turkey"])
    lost[Camp.SDF] = p.backed * (1.0 - intent.guarantee["united_states"])
    return np.clip(reference.morale * (1.0 - lost), 0.0, 1.0)


def air_share(air: Array, half: Row) -> Array:
    """How much of the full effect of air support is reached, 0..1."""
    return air / (air + half)


def boosts(ensemble: Ensemble, p: Strength) -> Array:
    """What multiplies each camp's strength by province, (C, P, worlds): air, and for the government joint command and a fitting lead."""
    intent, state = ensemble.intent, ensemble.state
    boost = 1.0 + p.air * air_share(intent.air, p.air_half)
    command = intent.effort[:, Instrument.COMMAND, np.newaxis, :] * intent.place[:, Instrument.COMMAND]
    both = command.sum(axis=0) + TINY
    together = 2.0 * np.sqrt(command[Partner.RUSSIA] * command[Partner.IRAN]) / both
    joint = p.joint_command * state.channel[Field.MILITARY] * together * (1.0 - state.broken)
    russian_lead = command[Partner.RUSSIA] / both
    iran_ground = sum_of(state.force, ensemble.groups.of_leader(Leader.IRAN)) / (ensemble.perceived.side + TINY)
    fit = russian_lead * ensemble.perceived.air_share + (1.0 - russian_lead) * np.minimum(1.0, iran_ground)
    boost[Camp.GOVERNMENT] *= (1.0 + joint) * (1.0 + p.lead * fit * np.minimum(1.0, both))
    ensemble.monthly.campaign = (
        together * (1.0 - state.broken) * np.maximum(state.threat, insurgency(state) * state.control[Camp.GOVERNMENT])
    )
    return boost
