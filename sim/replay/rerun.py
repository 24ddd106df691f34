"""One world of finished results run again: its rows compared to the bit, and its story told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.experiment.recording.chunk import Chunk, Factory, Job, Record, collect, model_of
from sim.experiment.recording.world_tables import ROW_TABLES, table_columns
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import PROVINCE
from sim.model.state.dimensions import Array
from sim.model.state.event_log import EventRecord

_INFLUENCE = [i for i, measure in enumerate(PROVINCE) if measure.name.startswith("influence_")]


@dataclass(frozen=True)
class Replay:
    """A world run again: `differences` are columns in which its rows are not those of the results (none, if all is well).

    `influence` (months + 1, powers, provinces) and `spheres` (months + 1, provinces), indices into SPHERES, begin with the start.
    """

    chunk: Chunk
    told: tuple[EventRecord, ...]
    compared: int
    differences: tuple[str, ...]
    influence: Array
    spheres: Array


def replay(
    result: Result, scenario: str, world: int, factory: Factory | None = None, prepare: Callable[[Any], None] | None = None
) -> Replay:
    """Run a world of a result again. Raises SettingsError if there is no such scenario or world, or it cannot be read.

    `prepare` is given the model before its first month, to look on; it must change nothing.
    """
    result.about(scenario, "--scenario")
    file = result.chunk(scenario, world)
    there = {table: _rows(result, file, table, world) for table in ROW_TABLES}
    seed, draws = int(result.manifest["seed"]), bool(result.manifest["draws"])
    job = Job(result.scenario(scenario), world, 1, seed, draws, factory)
    model = model_of(job, record_events=True)
    try:
        record = Record(job, model)
        influence, spheres = [record.start.province[_INFLUENCE, :, 0]], [record.start.sphere[0, :, 0]]
        if prepare is not None:
            prepare(model)
        for month in range(model.months):
            model.step()
            record.add(month, model)
            seen = model.observe()
            influence.append(np.stack([seen.province[PROVINCE[i].name][:, 0] for i in _INFLUENCE]))
            spheres.append(model.snapshot().sphere[:, 0])
        chunk = collect(job, model, record)
        told = tuple(one for one in model.log.records if one.world == 0)
    finally:
        model.close()
    here = {table: pa.table(columns) for table, columns in table_columns(chunk).items()}
    differences = [name for table in ROW_TABLES for name in _differences(table, here[table], there[table])]
    compared = sum(rows.num_rows * rows.num_columns for rows in here.values())
    return Replay(chunk, told, compared, tuple(differences), np.array(influence), np.array(spheres))


def _rows(result: Result, file: ChunkFile, table: str, world: int) -> pa.Table:
    """The rows of a world in a table of its chunk."""
    rows = result.part(file, table)
    return rows.filter(pc.equal(rows.column("world"), world))


def _differences(table: str, here: pa.Table, there: pa.Table) -> list[str]:
    """The columns in which the rows differ."""
    if here.column_names != there.column_names or here.num_rows != there.num_rows:
        return [f"{table}: other columns or rows"]
    return [f"{table}.{name}" for name in here.column_names if not _same(here.column(name), there.column(name))]


def _same(here: pa.ChunkedArray, there: pa.ChunkedArray) -> bool:
    """Equal to the bit: floating-point columns are compared as the bits they are."""
    if pa.types.is_floating(here.type):
        return here.type == there.type and _bits(here) == _bits(there)
    if pa.types.is_dictionary(here.type):
        return bool(here.cast(pa.string()).equals(there.cast(pa.string())))
    return bool(here.equals(there))


def _bits(column: pa.ChunkedArray) -> tuple[bytes, list[bool]]:
    return column.fill_null(0.0).to_numpy().tobytes(), column.is_null().to_pylist()
