"""What each actor's effort goes to, as a tidy table: by goal, in the whole country and in each province.

Means over months and over the worlds in which the government stands at the horizon.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.recording.histograms import FIXED_POINT
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.state.dimensions import Array

COLUMNS = ("scenario", "actor", "goal", "province", "effort", "share")


def effort_table(scenario: str, files: Iterable[ChunkFile], iso: Sequence[str]) -> pd.DataFrame:
    """Effort of a scenario, COLUMNS: a row for each goal and place where anything is spent, COUNTRY for the whole country.

    `share` is that of the goal in the actor's effort in that place. Raises DamagedChunk.
    """
    sums: Array | None = None
    n_worlds, goals = 0, []
    for file in files:
        part = file.effort_sums()
        sums = part if sums is None else sums + part
        n_worlds, goals = n_worlds + int(file.snapshot_worlds()[-1, 0]), file.goals()
    if sums is None or not n_worlds:
        return pd.DataFrame(columns=list(COLUMNS))
    mean = sums / (FIXED_POINT * n_worlds)
    share = _shares(mean, [actor for actor, _ in goals])
    places = (*iso, COUNTRY)
    rows = [
        (scenario, *goals[row], places[column], mean[row, column], share[row, column]) for row, column in np.argwhere(sums > 0).tolist()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _shares(mean: Array, actors: Sequence[str]) -> Array:
    """Each goal's share in its actor's effort, place by place; (goals, places)."""
    whose = np.array(actors)
    total = np.stack([mean[whose == actor].sum(axis=0) for actor in actors])
    return np.divide(mean, total, out=np.zeros(mean.shape), where=total > 0.0)


def write_effort(path: Path, tables: Sequence[pd.DataFrame]) -> None:
    """Write the effort of all scenarios for a spreadsheet."""
    pd.concat(tables, ignore_index=True).to_csv(path, index=False, float_format="%.6g", lineterminator="\n", encoding="utf-8")


def read_effort(path: Path) -> pd.DataFrame:
    """The table as it was written. Raises FileNotFoundError."""
    texts = dict.fromkeys(COLUMNS[:4], str)
    return pd.read_csv(path, dtype=texts, keep_default_na=False, encoding="utf-8")
