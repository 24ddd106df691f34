"""Iraq: the Baghdad centre (R49, R50, R71), strikes on the Islamic State (R70), and the PMU across the border (R19, R69)."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.agenda import Agenda
from sim.model.state.dimensions import Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import SHARE, parameter
from sim.model.state.sensing import insurgency


@dataclass
class Iraq:
    """Parameters of Iraq."""

    intelligence_centre: Row = parameter(SHARE, "how well the Baghdad centre pools intelligence on the border (R50)")
    own_strikes: Row = parameter(SHARE, "Iraqi strikes on the Islamic State in Deir ez-Zor (R70), added to pooled intelligence")
    crossing_open: Row = parameter(SHARE, "how open the crossing at Abu Kamal and the road through Iraq are to Iran's supplies (R10, R69)")


class IraqActor(Actor[Iraq]):
    """Baghdad, whose interest in this model is calm at the border."""

    section = "iraq"

    def act(self, ensemble: Ensemble, p: Iraq, agenda: Agenda, intent: Intent) -> None:
        """Pool intelligence and strike where the Islamic State sits at the border; keep the crossing as open as policy has it."""
        front = ensemble.provinces.traits["iraq_front"]
        alarm = insurgency(ensemble.state) * front
        help_given = p.intelligence_centre * front + p.own_strikes * alarm
        intent.pooled = np.minimum(1.0, np.maximum(intent.pooled, help_given))
        intent.crossing = p.crossing_open
