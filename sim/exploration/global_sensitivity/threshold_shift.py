"""How far the share of an outcome depends on how it is defined: all thresholds of the classes moved by a quarter, in the same worlds."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.compare.world_values import CLASSES
from sim.experiment.recording.world_tables import moved_names
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.exploration.outcome import Outcome
from sim.exploration.stored_worlds import StoredWorlds
from sim.model.observation.measure_catalogue import FALLEN
from sim.model.state.dimensions import Row
from sim.statistics.small_samples import paired_share_interval

_WITHOUT = (FALLEN, "collapsed")  # classes that no threshold defines
LOWER, HIGHER = "a quarter lower", "a quarter higher"


class ThresholdShift(NamedTuple):
    """The share of worlds with an outcome as its thresholds are and `moved`, and the difference with its 95 % interval (paired)."""

    moved: str
    share: float
    moved_share: float
    low: float
    high: float
    worlds: int

    @property
    def difference(self) -> float:
        """How much the share moves."""
        return self.moved_share - self.share


def has_thresholds(outcome: Outcome) -> bool:
    """Whether an outcome is a class with thresholds, and of the whole country, whose classes with moved thresholds are stored."""
    quantity = outcome.quantity
    return quantity.kind in CLASSES and quantity.province == COUNTRY and quantity.class_name not in _WITHOUT


def threshold_shifts(worlds: StoredWorlds, outcome: Outcome) -> list[ThresholdShift]:
    """The share with all thresholds a quarter lower, and a quarter higher; nothing for an outcome without thresholds."""
    if not has_thresholds(outcome):
        return []
    kind, name = outcome.quantity.kind, outcome.quantity.class_name
    columns = (kind, *moved_names(kind))
    files = [file for (first, _), file in worlds.result.files(worlds.scenario.name).items() if first <= worlds.numbers[-1]]
    tables = [file.table("worlds", ["world", *columns]) for file in files]
    chosen = np.isin(np.concatenate([table.column("world").to_numpy() for table in tables]), worlds.numbers)
    has = {column: np.concatenate([_has(table, column, name) for table in tables])[chosen] for column in columns}
    return [_shift(words, has[kind], has[moved]) for words, moved in zip((LOWER, HIGHER), columns[1:], strict=True)]


def _shift(words: str, now: Row, moved: Row) -> ThresholdShift:
    more, fewer, n = (moved & ~now).sum(), (now & ~moved).sum(), len(now)
    low, high = paired_share_interval(np.array([more]), np.array([fewer]), n)
    return ThresholdShift(words, float(now.mean()), float(moved.mean()), float(low[0]), float(high[0]), n)


def _has(table: pa.Table, column: str, name: str) -> Row:
    return np.asarray(pc.fill_null(pc.equal(table.column(column).cast(pa.string()), name), False).to_numpy(zero_copy_only=False))
