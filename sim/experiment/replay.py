"""One world of finished results run again: its rows compared to the bit, and its story told."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.experiment.bins import Layout, Series
from sim.experiment.blocks import BLOCK
from sim.experiment.chunk import Chunk, Factory, Job, collect, model_of, start_of
from sim.experiment.folder import read_manifest
from sim.experiment.manifest import file_hash
from sim.experiment.resolved import read_resolved
from sim.experiment.settings import SettingsError
from sim.experiment.tables import PARAM, ROW_TABLES, groups_columns, provinces_columns, starts_columns, worlds_columns, years_columns
from sim.experiment.years import Years
from sim.scenario import Scenario


@dataclass(frozen=True)
class Replay:
    """A world run again: `differences` are columns in which its rows are not those of the results (none, if all is well)."""

    chunk: Chunk
    told: tuple[Any, ...]
    compared: int
    differences: tuple[str, ...]


def replay(folder: Path, scenario: str, world: int, factory: Factory | None = None) -> Replay:
    """Run a world of a folder of results again. Raises SettingsError if there are no such results, scenario or world."""
    manifest = read_manifest(folder)
    _check(folder, manifest, scenario, world)
    there = {table: _rows(folder, table, manifest, scenario, world) for table in ROW_TABLES}
    job = Job(_scenario(folder, manifest, scenario), world, 1, int(manifest["seed"]), bool(manifest["draws"]), factory)
    model = model_of(job, tell=True)
    try:
        begin = model.unchanged()
        start, years = start_of(begin), Years(begin.whole, model.months, 1)
        for _ in range(model.months):
            model.step()
            years.add(model.observe().whole)
        layout = Layout(len(model.provinces.iso))
        chunk = collect(job, model, Series(layout, 0, 1).packed(), years.rows(), start)
        told = tuple(one for one in model.log.told if one.world == 0)
    finally:
        model.close()
    here = {table: pa.table(_columns(table, chunk, there[table].column_names)) for table in ROW_TABLES}
    differences = [name for table in ROW_TABLES for name in _differences(table, here[table], there[table])]
    return Replay(chunk, told, sum(rows.num_rows * rows.num_columns for rows in here.values()), tuple(differences))


def _check(folder: Path, manifest: dict[str, Any], scenario: str, world: int) -> None:
    names = list(manifest["scenarios"])
    if scenario not in names:
        raise SettingsError(f"--scenario: there is no '{scenario[:60]}' in {folder}; there are {', '.join(names)}.")
    worlds = manifest.get("worlds", 0)
    if not isinstance(worlds, int) or not 0 <= world < worlds:
        raise SettingsError(f"--world: {folder} has worlds 0 to {worlds - 1:,}, not {world:,}.")


def _scenario(folder: Path, manifest: dict[str, Any], name: str) -> Scenario:
    """The scenario as it was run, from the results' own file."""
    path = folder / "scenarios" / f"{name}.yaml"
    if not path.is_file() or manifest.get("sha256", {}).get(f"scenarios/{name}.yaml") != file_hash(path):
        raise SettingsError(f"{path} is missing or was edited since the run; run the scenarios again.")
    scenario = read_resolved(path)
    if scenario.digest() != manifest["scenarios"][name].get("digest"):
        raise SettingsError(f"{path} does not give the scenario of the run (another version of the program?); run the scenarios again.")
    return scenario


def _rows(folder: Path, table: str, manifest: dict[str, Any], scenario: str, world: int) -> pa.Table:
    """The rows of a world in a table of the results. Raises SettingsError if the table is not as it was written."""
    path = folder / f"{table}.parquet"
    block = list(manifest["scenarios"]).index(scenario) * -(-manifest["worlds"] // BLOCK) + world // BLOCK
    try:
        with pq.ParquetFile(path) as file:
            rows = file.read_row_group(block)
        return rows.filter(pc.equal(rows.column("world"), world))
    except (OSError, KeyError, pa.ArrowException):
        raise SettingsError(f"{path} is missing or damaged; run the scenarios again.") from None


def _differences(table: str, here: pa.Table, there: pa.Table) -> list[str]:
    """The columns in which the rows differ."""
    if here.column_names != there.column_names or here.num_rows != there.num_rows:
        return [f"{table}: other columns or rows"]
    return [f"{table}.{name}" for name in here.column_names if not _same(here.column(name), there.column(name))]


def _columns(table: str, chunk: Chunk, names: list[str]) -> dict[str, pa.Array]:
    if table == "worlds":
        return worlds_columns(chunk, [name.removeprefix(PARAM) for name in names if name.startswith(PARAM)])
    if table == "provinces":
        return provinces_columns(chunk)
    if table == "starts":
        return starts_columns(chunk)
    if table == "years":
        return years_columns(chunk)
    return groups_columns(chunk, [name.removeprefix("force_") for name in names if name.startswith("force_")])


def _same(here: pa.ChunkedArray, there: pa.ChunkedArray) -> bool:
    """Equal to the bit: floating-point columns are compared as the bits they are."""
    if pa.types.is_floating(here.type):
        return here.type == there.type and _bits(here) == _bits(there)
    if pa.types.is_dictionary(here.type):
        return bool(here.cast(pa.string()).equals(there.cast(pa.string())))
    return bool(here.equals(there))


def _bits(column: pa.ChunkedArray) -> tuple[bytes, list[bool]]:
    return column.fill_null(0.0).to_numpy().tobytes(), column.is_null().to_pylist()
