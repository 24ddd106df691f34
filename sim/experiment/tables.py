"""The tables of worlds, provinces and groups: one row per scenario and world (and province), from the arrays of a chunk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from sim.experiment.blocks import BlockWriter, constant, words
from sim.experiment.chunk import Chunk
from sim.scenario import Scenario
from sim.world.axes import Array
from sim.world.calendar import month_name
from sim.world.measures import OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE, Measure

PARAM = "param:"
START = "start_"
ROW_TABLES = ("worlds", "provinces", "groups", "starts", "years")


def drawn_paths(scenarios: Sequence[Scenario], draws: bool) -> tuple[str, ...]:
    """The parameters that have a column in the worlds table: those drawn in at least one of the scenarios, by name."""
    if not draws:
        return ()
    return tuple(sorted({path for s in scenarios for path, setting in s.settings.items() if setting.drawn}))


def group_names(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """The armed groups that have a column in the groups table: all groups of all starts, in their order."""
    return tuple(dict.fromkeys(group for s in scenarios for group in s.start_state["groups"]))


def calendar(scenario: Scenario) -> tuple[str, ...]:
    """The months of a scenario by name, in order."""
    return tuple(month_name(scenario.start, i) for i in range(scenario.months))


def world_column(measure: Measure) -> str:
    """The column of an index in `worlds.parquet`, where `territory` is the class and `territory_share` the index behind it."""
    return "territory_share" if measure.name == "territory" else measure.name


def worlds_columns(chunk: Chunk, paths: Sequence[str]) -> dict[str, pa.Array]:
    """Columns of `worlds.parquet`, a row per world."""
    scenario, n = chunk.job.scenario, chunk.job.worlds
    months = calendar(scenario)
    columns: dict[str, pa.Array] = {
        "scenario": constant(scenario.name, n),
        "world": pa.array(_numbers(chunk)),
        "outcome": words(chunk.outcome, OUTCOMES),
        "territory": words(chunk.territory, TERRITORIES),
        "collapse_month": words(chunk.collapse_month, months),
        "breakdown_month": words(chunk.breakdown_month, months),
        "incident_month": words(chunk.incident_month, months),
    }
    columns |= moved_columns("outcome", chunk.moved_outcome, OUTCOMES) | moved_columns("territory", chunk.moved_territory, TERRITORIES)
    for name, classes, texts in (("outcome", chunk.start.outcome, OUTCOMES), ("territory", chunk.start.territory, TERRITORIES)):
        columns |= {START + name: words(classes[0], texts)} | moved_columns(START + name, classes[1:], texts)
    columns |= {world_column(measure): pa.array(chunk.whole[i]) for i, measure in enumerate(WHOLE)}
    return columns | {PARAM + path: pa.array(_parameter(chunk, path)) for path in paths}


def provinces_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `provinces.parquet`, a row per world and province."""
    months = calendar(chunk.job.scenario)
    columns = _keys(chunk) | {
        "sphere": words(_by_world(chunk.sphere), SPHERES),
        "lost_month": words(_by_world(chunk.lost_month), months),
    }
    columns |= moved_columns("sphere", np.stack([_by_world(sphere) for sphere in chunk.moved_sphere]), SPHERES)
    return columns | {measure.name: pa.array(_by_world(chunk.province[i])) for i, measure in enumerate(PROVINCE)}


def starts_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `starts.parquet`, a row per world and province before the first month; flows have none."""
    sphere = np.stack([_by_world(codes) for codes in chunk.start.sphere])
    columns = _keys(chunk) | {"sphere": words(sphere[0], SPHERES)} | moved_columns("sphere", sphere[1:], SPHERES)
    return columns | {m.name: pa.array(_by_world(chunk.start.province[i])) for i, m in enumerate(PROVINCE) if not m.flow}


def moved_columns(name: str, classes: Array, texts: tuple[str, ...]) -> dict[str, pa.Array]:
    """A class with its thresholds a quarter lower and higher, as two columns."""
    return {column: words(codes, texts) for column, codes in zip(moved_names(name), classes, strict=True)}


def moved_names(name: str) -> tuple[str, str]:
    """The columns of a class with its thresholds a quarter lower and higher."""
    return f"{name}_lower", f"{name}_higher"


def years_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `years.parquet`, a row per world and year, the start first."""
    count = chunk.years.shape[0]
    columns = {
        "scenario": constant(chunk.job.scenario.name, count * chunk.job.worlds),
        "world": pa.array(np.repeat(_numbers(chunk), count)),
        "year": pa.array(np.tile(np.arange(count, dtype=np.int16), chunk.job.worlds)),
    }
    return columns | {world_column(measure): pa.array(_by_world(chunk.years[:, i])) for i, measure in enumerate(WHOLE)}


def groups_columns(chunk: Chunk, groups: Sequence[str]) -> dict[str, pa.Array]:
    """Columns of `groups.parquet`, a row per world and province; a group that a start does not have is empty."""
    rows = chunk.job.worlds * len(chunk.iso)
    columns = _keys(chunk)
    for group in groups:
        known = group in chunk.groups
        columns[f"force_{group}"] = pa.array(_by_world(chunk.force[chunk.groups.index(group)])) if known else pa.nulls(rows, pa.float32())
    return columns


def _keys(chunk: Chunk) -> dict[str, pa.Array]:
    places = np.tile(np.arange(len(chunk.iso), dtype=np.int32), chunk.job.worlds)
    return {
        "scenario": constant(chunk.job.scenario.name, len(places)),
        "world": pa.array(np.repeat(_numbers(chunk), len(chunk.iso))),
        "province": words(places, chunk.iso),
        "name": words(places, chunk.names),
    }


def _numbers(chunk: Chunk) -> Array:
    first = chunk.job.first_world
    return np.arange(first, first + chunk.job.worlds, dtype=np.int32)


def _by_world(array: Array) -> Array:
    """(provinces, worlds) as one column, world by world."""
    return np.ascontiguousarray(array.T).ravel()


def _parameter(chunk: Chunk, path: str) -> Array:
    """A drawn parameter in every world; where this scenario does not draw it, the number it sets; NaN where its start does not know it."""
    if path in chunk.drawn:
        return chunk.drawn[path]
    setting = chunk.job.scenario.settings.get(path)
    return np.full(chunk.job.worlds, np.nan if setting is None else setting.central(), dtype=np.float32)


class RowTables:
    """The tables with a row per world and more, written into `folder` chunk by chunk in the order of scenarios and worlds."""

    def __init__(self, folder: Path, scenarios: Sequence[Scenario], draws: bool) -> None:
        self._paths, self._groups = drawn_paths(scenarios, draws), group_names(scenarios)
        self._writers = tuple(BlockWriter(folder / f"{table}.parquet") for table in ROW_TABLES)

    def add(self, chunk: Chunk) -> None:
        """The rows of a chunk."""
        columns = (
            worlds_columns(chunk, self._paths),
            provinces_columns(chunk),
            groups_columns(chunk, self._groups),
            starts_columns(chunk),
            years_columns(chunk),
        )
        for writer, some in zip(self._writers, columns, strict=True):
            writer.add(some, chunk.job.worlds)

    def end(self) -> None:
        """A scenario is complete."""
        for writer in self._writers:
            writer.end()

    def close(self) -> None:
        """All scenarios are complete."""
        for writer in self._writers:
            writer.close()
