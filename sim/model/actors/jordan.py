"""Jordan: one of three brokers of the southern zone (R77); it wants a quiet border."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.agenda import Agenda
from sim.model.actors.indicators import mean_within
from sim.model.state.dimensions import Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import SHARE, parameter


@dataclass
class Jordan:
    """Parameters of Jordan."""

    commitment: Row = parameter(SHARE, "its commitment to a quiet south, 1 as when the zone was brokered (R77)")
    alarm: Row = parameter(SHARE, "how much Iran-backed force in the south weakens its trust in the government's side")


class JordanActor(Actor[Jordan]):
    """Amman."""

    section = "jordan"

    def act(self, ensemble: Ensemble, p: Jordan, agenda: Agenda, intent: Intent) -> None:
        """Stand by the southern zone, less so the more Iran-backed force sits inside the exclusion distance."""
        near = mean_within(ensemble.provinces.exclusion, ensemble.perceived.target)
        intent.guarantee["jordan"] = np.maximum(0.0, p.commitment * (1.0 - p.alarm * near))
