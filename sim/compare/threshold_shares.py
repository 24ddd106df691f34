"""The index behind each class of outcome, with its threshold, and how the share of the class moves where every threshold is moved.

A class is a threshold on an index, so its share can change much where the index hardly moves: many worlds lie near the threshold. Then the
class and the index are read together.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sim.compare.compared_scenarios import ComparedScenario
from sim.experiment.recording.world_tables import moved_names
from sim.model.observation.measure_catalogue import PARTNER_OUTCOMES

COLUMNS = ("scenario", "quantity", "index", "threshold", "worlds", "share", "share_lower", "share_higher")


class BehindClass(NamedTuple):
    """The index behind a class, and the definition that is its threshold; `mirrored`: the class begins below 1 less that."""

    name: str
    definition: str
    mirrored: bool = False


# As `classification.outcomes` defines them. Breakdown and a recentred government rest on numbers that are no index of the tables.
INDEX_BEHIND = {
    "delimited_agreed": BehindClass("delimitation", "delimited"),
    "delimited_tacit": BehindClass("delimitation", "delimited"),
    "condominium": BehindClass("delimitation", "delimited"),
    "russian_primacy": BehindClass("balance", "primacy"),
    "iranian_primacy": BehindClass("balance", "primacy", mirrored=True),
}


def threshold_table(side: ComparedScenario) -> pd.DataFrame:
    """A row for each class between the partners: its index and threshold (empty where it has none), and its shares of all worlds with the
    thresholds as they are, a quarter lower and a quarter higher. Raises DamagedChunk, SettingsError.
    """
    settings = side.result.scenario(side.scenario).settings
    columns = ("outcome", *moved_names("outcome"))
    counts, n_worlds = np.zeros((len(PARTNER_OUTCOMES), len(columns)), dtype=np.int64), 0
    for file in side.files.values():
        table = file.table("worlds", list(columns))
        counts += np.stack([_counted(table.column(name)) for name in columns], axis=1)
        n_worlds += table.num_rows
    rows = []
    for name, shares in zip(PARTNER_OUTCOMES, counts / n_worlds, strict=True):
        behind = INDEX_BEHIND.get(name)
        known = settings.get(f"definitions.{behind.definition}") if behind else None  # None also for a model without these definitions
        behind = behind if known else None
        threshold = known.central() if known else np.nan
        index = behind.name if behind else ""
        rows.append((side.name, f"outcome:{name}", index, 1.0 - threshold if behind and behind.mirrored else threshold, n_worlds, *shares))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _counted(column: pa.ChunkedArray) -> np.ndarray:
    """How many worlds are of each class between the partners."""
    codes = pc.index_in(column.cast(pa.string()), value_set=pa.array(PARTNER_OUTCOMES))
    return np.bincount(pc.drop_null(codes).to_numpy(), minlength=len(PARTNER_OUTCOMES))
