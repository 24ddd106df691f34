"""1. Shocks: what happens to Syria from outside or by accident, each a small monthly chance. Scripted events are in `sim.simulation`."""

from dataclasses import dataclass

from jaxtyping import Float

from sim.model.processes.departure import apart
from sim.model.state.dimensions import Array, BoolRow, Field, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import RATE, SHARE, parameter


@dataclass
class Shocks:
    """Chances a month and sizes of shocks."""

    escalation_rate: Row = parameter(SHARE, "chance a month of a regional escalation (R27, R39)")
    escalation_size: Row = parameter(RATE, "how much an escalation adds to regional tension")
    crisis_rate: Row = parameter(SHARE, "chance a month of a blow to the government's finances")
    crisis_size: Row = parameter(SHARE, "share of the coffers lost in such a blow")
    surge_rate: Row = parameter(SHARE, "chance a month of a surge of Islamic State activity (R73)")
    surge_size: Row = parameter(RATE, "how much a surge adds to Islamic State activity")
    contact_rate: Row = parameter(SHARE, "chance a month that a main contact between the partners is lost (R53)")
    contact_cost: Row = parameter(SHARE, "share of the military channel that such a loss costs (R08; may be none)")
    fading: Row = parameter(SHARE, "share of tension or surge that fades in a month")


def step(ensemble: Ensemble, p: Shocks) -> None:
    """Draw the month's shocks and apply them."""
    state = ensemble.state
    escalates = ensemble.random_row("shock:escalation") < p.escalation_rate
    crisis = (ensemble.random_row("shock:crisis") < p.crisis_rate) & (state.fallen == 0.0)
    surges = ensemble.random_row("shock:surge") < p.surge_rate
    contact = (ensemble.random_row("shock:contact") < p.contact_rate) & ~apart(state.gone)
    state.escalation = faded(state.escalation, p.fading, p.escalation_size, escalates)
    state.surge = faded(state.surge, p.fading, p.surge_size, surges)
    state.coffers = state.coffers * (1.0 - p.crisis_size * crisis)
    state.channel = damaged(state.channel, p.contact_cost, contact)
    for name, happened in (("escalation", escalates), ("crisis", crisis), ("surge", surges), ("contact_lost", contact)):
        ensemble.note(name, happened)


def faded(level: Row, fading: Row, size: Row, happened: BoolRow) -> Row:
    """A level above the usual a month later: part of it fades, a new shock adds its size."""
    return level * (1.0 - fading) + size * happened


def damaged(channel: Float[Array, "fields worlds"], cost: Row, lost: BoolRow) -> Float[Array, "fields worlds"]:
    """The partners' channels after a main contact is lost, which the military one suffers from."""
    after = channel.copy()
    after[Field.MILITARY] *= 1.0 - cost * lost
    return after
