"""Which parameters act otherwise when a file sets them than when worlds draw them.

A world is measured against its own start at rest. A draw moves that start; what a file sets does not. So for parameters that the start
at rest reads, a saved scenario can give other numbers than the explorer, which runs draws. Found by building the start of one world
for each parameter both ways and comparing what it is measured against, bit by bit; nothing is run.
"""

from dataclasses import fields
from typing import Any, cast

import numpy as np

from sim.model.state.dimensions import BoolRow
from sim.model.state.reference import Reference
from sim.scenario import Scenario
from sim.simulation import Spheres

PLACE = 0.85  # of its range, where each parameter is turned to


def moved_by_draws(scenario: Scenario) -> frozenset[str]:
    """The paths of the parameters whose draws move the start at rest."""
    paths = [path for path, setting in scenario.settings.items() if setting.varies]
    quantiles = np.full((len(paths), len(paths)), 0.5)
    np.fill_diagonal(quantiles, PLACE)
    places: dict[str, Any] = dict(zip(paths, quantiles, strict=True))
    values: dict[str, Any] = {path: scenario.settings[path].row(row, len(paths)) for path, row in places.items()}
    luck = [0] * len(paths)
    models = Spheres(scenario, draws=False, luck=luck, quantiles=places), Spheres(scenario, draws=False, luck=luck, **values)
    drawn, given = (cast(Reference, model.ensemble.reference) for model in models)
    differ = np.zeros(len(paths), dtype=bool)
    for field in fields(Reference):
        differ |= _differ(getattr(drawn, field.name), getattr(given, field.name))[: len(paths)]
    for model in models:
        model.close()
    return frozenset(path for path, is_moved in zip(paths, differ, strict=True) if is_moved)


def _differ(one: Any, other: Any) -> BoolRow:
    """In which worlds, the last axis, two arrays differ."""
    unequal = np.asarray(one) != np.asarray(other)
    return np.asarray(unequal.any(axis=tuple(range(unequal.ndim - 1))))
