"""What all actors share: each is a Mesa agent that reads last month's world and writes what it intends."""

from typing import Any

import mesa

from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent


class Actor(mesa.Agent):
    """An actor of the model; `section` names its parameters. All actors decide on the same last month (simultaneous activation)."""

    section: str = ""

    def __init__(self, model: mesa.Model, name: str) -> None:
        super().__init__(model)
        self.name = name

    def decide(self) -> None:
        """Write this actor's intentions for the month into the model's world."""
        ensemble: Ensemble = self.model.ensemble
        self.intend(ensemble, self.parameters(self.model.p), ensemble.intent)

    def parameters(self, p: Any) -> Any:
        """The actor's own section of the parameters."""
        return getattr(p, self.section)

    def intend(self, ensemble: Ensemble, p: Any, intent: Intent) -> None:
        """Read `world`, write `intent`. Implemented by each actor."""
        raise NotImplementedError
