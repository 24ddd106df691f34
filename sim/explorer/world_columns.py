"""What the explorer keeps of each world, one byte a number: the same columns from a stored result and from a model that has just run.

A paired difference is then taken between columns of the same world, whichever way they came about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from jaxtyping import UInt8

from sim.compare.quantities import OBSERVED_FALL
from sim.compare.world_values import CLASSES
from sim.experiment.recording.annual_values import AnnualValues
from sim.experiment.recording.influence_codes import LEVELS
from sim.experiment.recording.world_tables import world_column
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.model.observation.measure_catalogue import WHOLE
from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Array, Power, Row, keys

# The measures of the whole country that the explorer shows, by their columns. Each costs a byte a year and world.
SHOWN = (
    *("delimitation", "balance", "overlap", "agreed", "friction", "incidents", "bargains"),
    *("channel_military", "channel_economic", "channel_diplomatic"),
    *("iran_force", "russia_force", "exclusion_force", "strikes"),
    *("contracts_russia", "contracts_iran", "dependence_russia", "dependence_iran"),
    *("territory_share", "morale", "coffers", "land_route", "standing", "settlement_leverage"),
    "collapsed",
)
MEASURES = {world_column(measure): measure for measure in WHOLE}
_PLACES = [list(MEASURES).index(name) for name in SHOWN]  # of the shown measures among all
_ROOM = 0.25  # of the span of stored values, left free above them (and below, where values can be negative) for worlds yet to be run


@dataclass(frozen=True)
class Scale:
    """The values that bytes 0 and 255 stand for, (indices,) both; those beyond are cut off."""

    low: Row
    high: Row

    def codes(self, values: Array) -> UInt8[Array, "..."]:
        """Bytes of values whose first axis is the indices."""
        shape = (-1, *[1] * (values.ndim - 1))
        low, high = self.low.reshape(shape), self.high.reshape(shape)
        return np.rint((np.clip(values, low, high) - low) / (high - low) * LEVELS).astype(np.uint8)


@dataclass(frozen=True)
class WorldColumns:
    """So many worlds, in bytes: the last axis of each array is the worlds.

    `classes` (3, n): place of the outcome in OUTCOMES, of the territory in TERRITORIES, and 1 where the government had fallen by
    OBSERVED_FALL. `horizon` (indices, n) and `years` (indices, years + 1, n; means of stocks, sums of flows, the start first): the
    measures SHOWN. `influence` (powers, provinces, n): shares at the horizon. `spheres` (provinces, n): places in SPHERES.
    """

    classes: UInt8[Array, "three worlds"]
    horizon: UInt8[Array, "indices worlds"]
    years: UInt8[Array, "indices years worlds"]
    influence: UInt8[Array, "powers provinces worlds"]
    spheres: UInt8[Array, "provinces worlds"]

    def __len__(self) -> int:
        return self.classes.shape[-1]

    def arrays(self) -> dict[str, Array]:
        """The arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def take(self, worlds: Any) -> "WorldColumns":
        """Some of the worlds, by slice or index."""
        return WorldColumns(**{name: np.ascontiguousarray(array[..., worlds]) for name, array in self.arrays().items()})


@dataclass(frozen=True)
class RawColumns:
    """The same with `horizon` and `years` as numbers, before a scale is known."""

    classes: Array
    horizon: Array
    years: Array
    influence: Array
    spheres: Array

    def coded(self, scale: Scale) -> WorldColumns:
        """In bytes."""
        return WorldColumns(self.classes, scale.codes(self.horizon), scale.codes(self.years), self.influence, self.spheres)


Columns = TypeVar("Columns", RawColumns, WorldColumns)


def joined(parts: Sequence[Columns]) -> Columns:
    """The worlds of several parts, one after the other."""
    first = parts[0]
    return type(first)(**{one.name: np.concatenate([getattr(part, one.name) for part in parts], axis=-1) for one in fields(first)})


def scale_of(columns: RawColumns) -> Scale:
    """A scale on which these worlds fit, with room for others: 0 to 1 where a measure is bounded so."""
    flat = [np.concatenate([horizon, years.ravel()]) for horizon, years in zip(columns.horizon, columns.years, strict=True)]
    ends = []
    for name, values in zip(SHOWN, flat, strict=True):
        measure = MEASURES[name]
        if measure.unit in ("share", "index") and measure.high <= 1.0:
            ends.append((measure.low, measure.high))
            continue
        low, high = float(values.min()), float(values.max())
        room = _ROOM * max(high - low, 1e-6)
        ends.append((low - room if low < 0.0 else 0.0, high + room))
    return Scale(np.array([low for low, _ in ends]), np.array([high for _, high in ends]))


def read_chunk(file: ChunkFile) -> RawColumns:
    """The worlds of a stored chunk. Raises DamagedChunk."""
    n, provinces = file.about["worlds"], len(file.about["provinces"])
    worlds = file.table("worlds", ["outcome", "territory", "collapse_month", *SHOWN])
    years = file.table("years", list(SHOWN))
    sphere = file.table("provinces", ["sphere"])
    fell = pc.fill_null(pc.less_equal(worlds.column("collapse_month").cast(pa.string()), OBSERVED_FALL), False)
    classes = [_codes(worlds, "outcome"), _codes(worlds, "territory"), np.asarray(fell.to_numpy(), dtype=np.uint8)]
    return RawColumns(
        classes=np.stack(classes),
        horizon=np.stack([worlds.column(name).to_numpy() for name in SHOWN]).astype(np.float64),
        years=np.stack([years.column(name).to_numpy().reshape(n, -1).T for name in SHOWN]).astype(np.float64),
        influence=np.ascontiguousarray(file.influence_codes()[-1]),
        spheres=np.ascontiguousarray(_codes(sphere, "sphere").reshape(n, provinces).T),
    )


def run_columns(model: Any, on_month: Callable[[], None] | None = None) -> RawColumns:
    """The worlds of a model that has not begun, run to the horizon. `on_month` is called after each month, and may raise to end the run."""
    years = AnnualValues(model.unchanged().whole, model.months, model.n_worlds)
    while model.running:
        model.step()
        years.add(model.observe().whole)
        if on_month is not None:
            on_month()
    end, last = model.finish(), model.observe()
    fell = np.asarray(end.collapse_month)
    by_then = (fell >= 0) & (fell <= month_index(model.assumptions.start, OBSERVED_FALL))
    shares = np.array([last.province[f"influence_{power}"] for power in keys(Power)]).clip(0.0, 1.0)
    return RawColumns(
        classes=np.stack([np.asarray(end.outcome), np.asarray(end.territory), by_then]).astype(np.uint8),
        horizon=np.stack([np.asarray(end.whole[MEASURES[name].name], dtype=np.float32) for name in SHOWN]).astype(np.float64),
        years=years.rows()[:, _PLACES].swapaxes(0, 1).astype(np.float64),
        influence=np.rint(shares * LEVELS).astype(np.uint8),
        spheres=np.asarray(end.sphere, dtype=np.uint8),
    )


def _codes(table: pa.Table, name: str) -> Array:
    """Which class each row is of, as its place among CLASSES."""
    return np.asarray(pc.index_in(table.column(name).cast(pa.string()), value_set=pa.array(CLASSES[name])).to_numpy(), dtype=np.uint8)
