"""Tables of every world in one file each, for other programs: chunk by chunk, so that memory does not grow with the worlds."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from sim.experiment.recording.world_tables import encodings
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.result_folder import TABLES, locked
from sim.experiment.storage.results import Result
from sim.experiment.storage.staging import staging
from sim.experiment.storage.whole_files import is_plain_folder, sync_tree


class _Writer(Protocol):
    def write_table(self, table: pa.Table) -> None: ...

    def close(self) -> None: ...


def export(result: Result, tables: Sequence[str], csv: bool, on_chunk: Callable[[str], None] | None = None) -> list[Path]:
    """Write some of ROW_TABLES to `tables/` in the folder of results, as Parquet or CSV; returns the files.

    A column that a scenario does not have (it draws no such parameter, has no such group) is empty in its rows. `on_chunk` is told
    the table and scenario after each chunk. Raises SettingsError where chunks cannot be read, or another result has come meanwhile.
    """
    place = result.folder / TABLES
    if (place.exists() or place.is_symlink()) and not is_plain_folder(place):
        raise SettingsError(f"{place} is a link or a file, where the folder of exported tables goes; move it away.")
    written = []
    for name in tables:
        target = place / f"{name}.{'csv' if csv else 'parquet'}"
        with staging(place) as work:
            part = work / target.name
            _write(result, name, part, csv, on_chunk or (lambda text: None))
            sync_tree(work)
            with locked(result.folder):
                if not result.current():
                    raise SettingsError(f"{result.folder} was replaced by another result while tables were written; export them again.")
                place.mkdir(exist_ok=True)
                os.replace(part, target)
        written.append(target)
    return written


def _write(result: Result, name: str, path: Path, csv: bool, on_chunk: Callable[[str], None]) -> None:
    schema = _schema(result, name)
    with closing(_writer(path, schema, csv)) as writer:
        for scenario in result.scenarios:
            for file in result.files(scenario).values():
                writer.write_table(_as(file.table(name), schema))
                on_chunk(f"{name} of {scenario}")


def _writer(path: Path, schema: pa.Schema, csv: bool) -> _Writer:
    if csv:
        writer: _Writer = pyarrow.csv.CSVWriter(path, schema)
        return writer
    return pq.ParquetWriter(path, schema, compression="zstd", version="2.6", **encodings(schema))


def _schema(result: Result, name: str) -> pa.Schema:
    """All columns that any scenario has, in the order in which they are first met."""
    first = [next(iter(result.files(scenario).values())) for scenario in result.scenarios]
    return pa.unify_schemas([file.table(name).schema for file in first])


def _as(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table with all columns of a schema, those that it has not empty."""
    n, there = table.num_rows, set(table.column_names)
    columns = [table.column(f.name) if f.name in there else pa.nulls(n, f.type) for f in schema]
    return pa.table(columns, schema=schema)
