"""1. Shocks: what happens to Syria from outside or by accident, each a small monthly chance. Scripted events are in `sim.model`."""

from dataclasses import dataclass

from sim.world.axes import Field, Row
from sim.world.parameters import RATE, SHARE, parameter
from sim.world.world import World


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


def step(world: World, p: Shocks) -> None:
    """Draw the month's shocks and apply them."""
    state = world.state
    escalates = world.luck("shock:escalation") < p.escalation_rate
    crisis = world.luck("shock:crisis") < p.crisis_rate
    surges = world.luck("shock:surge") < p.surge_rate
    contact = world.luck("shock:contact") < p.contact_rate
    state.escalation = state.escalation * (1.0 - p.fading) + p.escalation_size * escalates
    state.surge = state.surge * (1.0 - p.fading) + p.surge_size * surges
    state.coffers = state.coffers * (1.0 - p.crisis_size * crisis)
    channel = state.channel.copy()
    channel[Field.MILITARY] *= 1.0 - p.contact_cost * contact
    state.channel = channel
    for name, happened in (("escalation", escalates), ("crisis", crisis), ("surge", surges), ("contact_lost", contact)):
        world.note(name, happened)
