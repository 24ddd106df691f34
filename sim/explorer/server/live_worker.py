"""What a worker process does for the explorer: some worlds, run with what was turned, as the columns that the page compares."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.experiment.execution.worker_process import note
from sim.explorer.world_columns import Scale, WorldColumns, run_columns
from sim.scenario import Scenario
from sim.simulation import Spheres


class RunPart(NamedTuple):
    """Worlds `first` to `first + n - 1` of a scenario under a seed; `quantiles` say by path where all of them draw a parameter."""

    scenario: Scenario
    quantiles: Mapping[str, float]
    seed: int
    first: int
    n: int
    scale: Scale


def load() -> None:
    """Nothing: what a run needs is loaded with this module."""


def run_part(part: RunPart) -> WorldColumns:
    """Run them to the horizon. Raises Interruption in the month in which that is asked for, and what the model raises."""
    quantiles = {path: [quantile] * part.n for path, quantile in part.quantiles.items()}
    model = Spheres(part.scenario, worlds=part.n, first_world=part.first, seed=part.seed, quantiles=quantiles)
    try:
        return run_columns(model, lambda: note(part.n)).coded(part.scale)
    finally:
        model.close()
