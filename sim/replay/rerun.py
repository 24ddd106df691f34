"""Worlds of finished results run again: their rows compared to the bit, and their events recorded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.experiment.recording.chunk import Chunk, ChunkJob, ChunkRecorder, Factory, collect, model_of
from sim.experiment.recording.world_tables import ROW_TABLES, table_columns
from sim.experiment.storage.results import Result
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Pursuit
from sim.model.observation.measure_catalogue import HOLDINGS, OUTCOMES, PROVINCE, TERRITORIES, WHOLE
from sim.model.state.dimensions import Array
from sim.model.state.event_log import EventRecord
from sim.replay.divergence.score_decomposition import effort_shares
from sim.scenario import Scenario

_HOLDINGS = {measure.name: i for i, measure in enumerate(WHOLE)}
_INFLUENCE = [i for i, measure in enumerate(PROVINCE) if measure.name.startswith("influence_")]


@dataclass(frozen=True)
class Replay:
    """A world run again. `differences` are the columns in which its rows are not those of the results (none, if all is well).

    `compared` counts the values that were compared. `influence` (months + 1, powers, provinces) and `spheres` (months + 1, provinces),
    indices into SPHERES, begin with the start. `provinces` are names by ISO code, in the order of arrays. `effort` (months, goals) is the
    share of its actor's effort that each goal of `pursuits` gets. `holdings`: what the partners held before the government's
    fall and keep, by the names of HOLDINGS; all 0 where it stands.
    """

    scenario: Scenario
    world: int
    provinces: dict[str, str]
    outcome: str
    territory: str
    events: tuple[EventRecord, ...]
    compared: int
    differences: tuple[str, ...]
    influence: Array
    spheres: Array
    pursuits: tuple[Pursuit, ...]
    effort: Array
    holdings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Courses:
    """What a Replay has month by month, with the worlds as the last axis."""

    influence: Array
    spheres: Array
    effort: Array
    pursuits: tuple[Pursuit, ...]


def replay(
    result: Result, scenario: str, world: int, factory: Factory | None = None, prepare: Callable[[Any], None] | None = None
) -> Replay:
    """Run one world of a result again, as `replay_worlds` runs several."""
    return replay_worlds(result, scenario, (world,), factory, prepare)[0]


def replay_worlds(
    result: Result,
    scenario: str,
    worlds: Iterable[int],
    factory: Factory | None = None,
    prepare: Callable[[Any], None] | None = None,
) -> list[Replay]:
    """Run some worlds of a scenario again, all in one model, in ascending order. A world comes out as it would alone.

    `prepare` is given the model before its first month, to look on; it must change nothing. Raises SettingsError if there is no such
    scenario or world, or it cannot be read.
    """
    result.about(scenario, "--scenario")
    numbers = tuple(sorted(set(worlds)))
    stored = {table: _stored_rows(result, scenario, table, numbers) for table in ROW_TABLES}
    seed, draws = int(result.manifest["seed"]), bool(result.manifest["draws"])
    scattered = None if len(numbers) == 1 else numbers
    rows = None if result.rows is None else result.rows.take(list(numbers))
    job = ChunkJob(result.scenario(scenario), numbers[0], len(numbers), seed, draws, factory, scattered, rows)
    model = model_of(job, record_events=True)
    try:
        record = ChunkRecorder(job, model)
        influence, spheres, effort = [record.start.province[_INFLUENCE]], [record.start.sphere[0]], []
        if prepare is not None:
            prepare(model)
        for month in range(model.months):
            model.step()
            record.add(month, model)
            observed = model.observe()
            influence.append(np.stack([observed.province[PROVINCE[i].name] for i in _INFLUENCE]))
            spheres.append(np.array(model.snapshot().sphere))
            agenda = _agenda(model)
            if agenda is not None:
                effort.append(effort_shares(agenda)[:, : len(numbers)])
        chunk = collect(job, model, record)
        events, pursuits = tuple(model.log.records), agenda.plan.pursuits if agenda is not None else ()
    finally:
        model.close()
    courses = _Courses(np.array(influence), np.array(spheres), np.array(effort) if effort else np.zeros((0, 0, len(numbers))), pursuits)
    return _by_world(chunk, events, courses, stored)


def _agenda(model: Any) -> Agenda | None:
    """What all actors want this month and spend on it; None for a model without actors."""
    agenda: Agenda | None = getattr(getattr(model, "ensemble", None), "agenda", None)
    return agenda


def _by_world(chunk: Chunk, events: Sequence[EventRecord], courses: _Courses, stored: dict[str, pa.Table]) -> list[Replay]:
    """The replay of each world of a chunk; `courses` are those of all its worlds."""
    rerun = {table: pa.table(columns) for table, columns in table_columns(chunk).items()}
    is_same = not any(_differences(table, rerun[table], stored[table]) for table in ROW_TABLES)  # else one by one
    compared = sum(table.num_rows * table.num_columns for table in rerun.values()) // len(chunk.job.numbers)
    replays = []
    for i, world in enumerate(chunk.job.numbers):
        tables = () if is_same else ROW_TABLES
        rows = {table: (_rows_of(rerun[table], world), _rows_of(stored[table], world)) for table in tables}
        replays.append(
            Replay(
                scenario=chunk.job.scenario,
                world=world,
                provinces=dict(zip(chunk.iso, chunk.names, strict=True)),
                outcome=OUTCOMES[int(chunk.outcome[i])],
                territory=TERRITORIES[int(chunk.territory[i])],
                events=tuple(event for event in events if event.world == i),
                compared=compared,
                differences=tuple(name for table, pair in rows.items() for name in _differences(table, *pair)),
                influence=courses.influence[..., i],
                spheres=courses.spheres[..., i],
                pursuits=courses.pursuits,
                effort=courses.effort[..., i],
                holdings={measure.name: float(chunk.whole[_HOLDINGS[measure.name], i]) for measure in HOLDINGS},
            )
        )
    return replays


def _stored_rows(result: Result, scenario: str, table: str, worlds: Sequence[int]) -> pa.Table:
    """The rows of some worlds in a table of their chunks, each of which is read once."""
    files = dict.fromkeys(result.chunk(scenario, world) for world in worlds)
    tables = [file.table(table) for file in files]
    return pa.concat_tables([rows.filter(pc.is_in(rows.column("world"), pa.array(worlds, rows.column("world").type))) for rows in tables])


def _rows_of(table: pa.Table, world: int) -> pa.Table:
    return table.filter(pc.equal(table.column("world"), world))


def _differences(table: str, rerun: pa.Table, stored: pa.Table) -> list[str]:
    """The columns in which the rows differ."""
    if rerun.column_names != stored.column_names or rerun.num_rows != stored.num_rows:
        return [f"{table}: other columns or rows"]
    return [f"{table}.{name}" for name in rerun.column_names if not _same(rerun.column(name), stored.column(name))]


def _same(rerun: pa.ChunkedArray, stored: pa.ChunkedArray) -> bool:
    """Equal to the bit: floating-point columns are compared as the bits they are."""
    if pa.types.is_floating(rerun.type):
        return rerun.type == stored.type and _bits(rerun) == _bits(stored)
    if pa.types.is_dictionary(rerun.type):
        return bool(rerun.cast(pa.string()).equals(stored.cast(pa.string())))
    return bool(rerun.equals(stored))


def _bits(column: pa.ChunkedArray) -> tuple[bytes, bytes]:
    return column.fill_null(0.0).to_numpy().tobytes(), column.is_null().to_numpy().tobytes()
