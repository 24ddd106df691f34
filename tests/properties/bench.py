"""Worlds in which every parameter can be given its own value, and the list of what must hold in any of them."""

from dataclasses import fields, replace

import numpy as np

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.observation.observers import Observation
from sim.model.state.dimensions import Bidder, Camp, Power, keys
from sim.model.state.parameters import Change, ParameterValue
from sim.model.state.state import State
from sim.scenario import Scenario
from sim.simulation import Spheres

Rows = dict[str, np.ndarray]

SHARES = [
    "control",
    "pockets",
    "people",
    "roots",
    "presence",
    "morale",
    "momentum",
    "exhaustion",
    "operation_memory",
    "posture",
    "garrisons_gone",
    "threat",
    "army_quality",
    "coffers",
    "evasion",
    "standing",
    "leverage",
    "danger",
    "publicity",
    "pressure",
    "left_alone",
    "local_roots",
    "land_route",
    "channel",
    "partnership_broken",
    "fallen",
]


class Given(Spheres):
    """A model whose parameters are given row by row, as a scenario could set them, or with `root` as a root file could.

    `rows` gives (worlds,) for some paths. Paths that are not given keep their central values, and a root that is not given its own.
    """

    def __init__(self, scenario: Scenario, rows: Rows, months: int, root: bool = False) -> None:
        self._given, self._root = rows, root
        worlds = len(next(iter(rows.values())))
        marked = {path: s.changed(Change("add", 0.0)) if path in rows else s for path, s in scenario.settings.items()}
        super().__init__(replace(scenario, settings=marked), worlds=worlds, months=months, draws=False)

    def _row(self, setting: ParameterValue) -> np.ndarray:
        given = setting.changes or (self._root and setting.path in self._given)
        return self._given[setting.path] if given else super()._row(setting)


def faults(model: Spheres) -> dict[str, np.ndarray]:
    """What does not hold, with the worlds in which it does not, for the month just done."""
    state, found = model.ensemble.state, {}
    for name, bad in (*_faults_of_state(state), *_faults_of_measures(model.observe())):
        worlds = bad.reshape(-1, bad.shape[-1]).any(axis=0)
        if worlds.any():
            found[name] = np.flatnonzero(worlds)
    return found


def _faults_of_state(state: State):
    for field in fields(state):
        value = getattr(state, field.name)
        yield f"{field.name} is not a number", ~np.isfinite(value)
        if field.name not in ("primacy", "holder", "tenders_agreed", "exchanged"):
            yield f"{field.name} is negative", value < 0.0
    for name in SHARES:
        yield f"{name} is above one", getattr(state, name) > 1.0 + 1e-9
    for name in ("control", "people"):
        yield f"{name} does not sum to one", np.abs(getattr(state, name).sum(axis=0) - 1.0) > 1e-9
    for name in ("primacy", "tenders_agreed"):
        yield f"{name} is beyond one", np.abs(getattr(state, name)) > 1.0
    yield "holder is nobody that there is", ~np.isin(state.holder, (-1, *Bidder))
    yield "an issue is exchanged for none that there is", (state.exchanged < -1) | (state.exchanged >= len(state.exchanged))
    yield "an exchange has one side only", _one_sided(state.exchanged)
    yield "a contract is in force without a holder", state.in_force & (state.holder < 0)
    for name in ("ground", "towns"):
        yield f"{name} is nobody's that there is", ~np.isin(getattr(state, name), tuple(Camp))


def _one_sided(exchanged: np.ndarray) -> np.ndarray:
    """Issues that were exchanged for one which was not exchanged for them."""
    back = np.take_along_axis(exchanged, np.maximum(exchanged, 0).astype(np.intp), axis=0)
    return (exchanged >= 0) & (back != np.arange(len(exchanged))[:, np.newaxis])


def _faults_of_measures(seen: Observation):
    for measures, found in ((PROVINCE, seen.province), (WHOLE, seen.whole)):
        for m in measures:
            yield f"{m.name} is not a number", ~np.isfinite(found[m.name])
            if (m.low, m.high) in ((0, 1), (-1, 1)) and m.unit in ("share", "index"):
                beyond = (found[m.name] < m.low - 1e-9) | (found[m.name] > m.high + 1e-9)
                yield f"{m.name} is beyond its range", beyond
    influence = sum(seen.province[f"influence_{power}"] for power in keys(Power))
    yield "influence does not sum to one", np.abs(influence - 1.0) > 1e-6
