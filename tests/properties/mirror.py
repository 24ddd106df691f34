"""The two partners exchanged in everything: numbers and ranges, draws, groups, roots, holdings, guarantees. Results are exchanged too."""

from dataclasses import replace
from typing import Any

import numpy as np

from sim.model.observation.observers import Horizon, Observation
from sim.model.processes import tenders
from sim.model.state.dimensions import Bidder
from sim.model.state.geography import Provinces
from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario
from sim.simulation import Spheres

NAMES = {"russia": "iran", "iran": "russia"}
SWAP = [1, 0]
BIDDERS = [Bidder.IRAN, Bidder.RUSSIA, Bidder.OTHERS]
# Measures of one partner alone, which the other has none of: what they report of is compared in the state.
ONE_SIDED = {"standing", "publicity", "restraint", "exclusion_force", "exclusion_share", "tenders_won_over_iran"}
STATE = {  # how each part of the state that knows partners is exchanged
    "roots": lambda x: x[SWAP],
    "standing": lambda x: x[SWAP],
    "publicity": lambda x: x[SWAP],
    "pressure": lambda x: x[SWAP],
    "restraint": lambda x: x[SWAP],
    "left_alone": lambda x: x[SWAP],
    "gone": lambda x: x[SWAP],
    "primacy": lambda x: -x,
    "tenders_agreed": lambda x: -x,
    "holder": lambda x: np.choose(x + 1, [-1, Bidder.IRAN, Bidder.RUSSIA, Bidder.OTHERS]).astype(np.int8),
}


def other_path(path: str) -> str:
    """The same parameter of the other partner; any other parameter is its own."""
    parts = [NAMES.get(part, part) for part in path.split(".")]
    if parts[0] == "start" and "_" in parts[-1]:
        level, _, name = parts[-1].rpartition("_")
        parts[-1] = f"{level}_{NAMES.get(name, name)}"
    return ".".join(parts)


def mirrored(scenario: Scenario) -> Scenario:
    """The scenario with the partners exchanged in parameters and in the start."""
    settings = {path: replace(scenario.settings[other_path(path)], path=path) for path in scenario.settings}
    state = dict(scenario.start_state)
    state["groups"] = {key: {**row, "leader": NAMES.get(row["leader"], row["leader"])} for key, row in state["groups"].items()}
    for table in ("roots", "contracts", "memoranda"):
        state[table] = {NAMES.get(name, name): rows for name, rows in state[table].items()}
    return replace(scenario, settings=settings, start_state=state)


class Mirrored(Spheres):
    """A model of a mirrored scenario in which each partner draws what the other one draws in the scenario itself."""

    def __init__(self, scenario: Scenario, **arguments: Any) -> None:
        super().__init__(mirrored(scenario), **arguments)

    def _prepare(self, provinces: Provinces) -> None:
        super()._prepare(provinces)
        self._zones = tuple(replace(zone, guarantors=tuple(NAMES.get(name, name) for name in zone.guarantors)) for zone in self._zones)

    def _row(self, setting: ParameterValue) -> np.ndarray:
        return setting.row(self._quantiles.get(other_path(setting.path)), self._columns)


def awarded_mirrored(scores: np.ndarray, uniform: np.ndarray, awarded=tenders.awarded) -> np.ndarray:
    """Awards whose draws run through the bidders with the partners in the other order."""
    return STATE["holder"](awarded(scores[BIDDERS], uniform))


def measures(seen: Observation | Horizon) -> dict[str, np.ndarray]:
    """All measures that name partners alike, by scope and name, one row (worlds,) or (P, worlds) each."""
    found = {f"province.{name}": x for name, x in seen.province.items()} | {f"whole.{name}": x for name, x in seen.whole.items()}
    return {name: x for name, x in found.items() if name.partition(".")[2] not in ONE_SIDED}


def other_measure(name: str) -> str:
    """The same measure, by scope and name, of the other partner; any other measure is its own."""
    scope, _, measure = name.partition(".")
    return f"{scope}.{'_'.join(NAMES.get(part, part) for part in measure.split('_'))}"


def exchanged(found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The measures as they would be with the partners exchanged."""
    result = {name: found[other_measure(name)] for name in found}
    return result | {"whole.balance": 1.0 - found["whole.balance"], "province.primacy": -found["province.primacy"]}
