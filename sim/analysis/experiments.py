"""Stored worlds as the pair of experiments and outcomes that EMA Workbench's analyses take (PRIM, feature scoring and others)."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sim.experiment.recording.effort_measures import EFFORTS
from sim.experiment.recording.world_tables import PARAM, world_column
from sim.model.observation.measure_catalogue import WHOLE
from sim.model.state.dimensions import Array

MODEL = "spheres"
LABELS = ("point", "luck", "scenario", "policy", "model")  # columns of experiments that are no parameters
_CLASSES = ("outcome", "territory")
Experiments = tuple[pd.DataFrame, dict[str, Array]]


def experiments_of(tables: Iterable[tuple[str, pd.DataFrame]]) -> Experiments:
    """Experiments, a row for each world, and outcomes, (worlds,) by name, from tables `worlds` by scenario.

    Columns of experiments: a parameter each, as the number that the world has; `point` and `luck` (which rows of different scenarios pair
    by); and as in EMA Workbench `scenario` (the world), `policy` (the scenario of this project) and `model`. Outcomes: every index and
    effort as numbers, `outcome` and `territory` as texts.
    """
    frames, worlds = [], []
    for name, table in tables:
        parameters = table[[column for column in table if column.startswith(PARAM)]].rename(columns=lambda c: c.removeprefix(PARAM))
        labels = {"point": table["point"], "luck": table["luck"], "scenario": table["world"], "policy": name, "model": MODEL}
        frames.append(parameters.assign(**labels))
        worlds.append(table)
    experiments = pd.concat(frames, ignore_index=True)
    for label in ("scenario", "policy", "model"):
        experiments[label] = experiments[label].astype("category")
    every = pd.concat(worlds, ignore_index=True)
    numbers = [*(world_column(measure) for measure in WHOLE), *(measure.name for measure in EFFORTS)]
    outcomes = {name: every[name].to_numpy(dtype=np.float64) for name in numbers}
    return experiments, outcomes | {name: every[name].astype(str).to_numpy(dtype=object) for name in _CLASSES}
