"""Running a model and keeping everything that comes out, so that two runs can be compared to the bit."""

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from sim.scenario import Scenario
from sim.simulation import Spheres

# A setting in which offensives happen, are won several times a month, and governments fall.
STRESS = {
    "russia.means.budget": 0.05,
    "iran.means.budget": 0.05,
    "opposition.strength": 2.5,
    "zones.northwest.strength": 0.0,
    "opposition.reluctance": 0.2,
}

Results = dict[str, np.ndarray]


def results(scenario: Scenario, months: int, values: dict[str, float] | None = None, **arguments: Any) -> Results:
    """Every number that a run gives: measures month by month, and the horizon. `worlds` is the last axis of each array."""
    model = Spheres(scenario, months=months, **arguments, **(values or {}))
    series: dict[str, list[np.ndarray]] = {}
    while model.running:
        model.step()
        now = model.observe()
        for scope in ("province", "whole"):
            for name, array in getattr(now, scope).items():
                series.setdefault(f"{scope}.{name}", []).append(array.copy())
    found = {name: np.stack(one) for name, one in series.items()}
    horizon = model.finish()
    for field in fields(horizon):
        value = getattr(horizon, field.name)
        value = vars(value) if is_dataclass(value) else value
        parts = value.items() if isinstance(value, dict) else [("", value)]
        found |= {f"horizon.{field.name}.{name}": np.array(array) for name, array in parts}
    model.close()
    return found


def differing(one: Results, other: Results, columns: slice = slice(None), before: int | None = None) -> list[str]:
    """Names of arrays that differ in any bit; `columns` picks worlds of `one`, `before` keeps the months before it only."""
    assert one.keys() == other.keys()
    names = [name for name in one if before is None or not name.startswith("horizon.")]
    return [name for name in names if not np.array_equal(one[name][..., columns][:before], other[name][:before])]
