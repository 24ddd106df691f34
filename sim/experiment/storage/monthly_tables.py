"""The tables of months and events: a scenario's chunks merged as whole numbers, then written once."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.recording.histograms import QUANTILES, Layout, Series
from sim.experiment.recording.world_tables import calendar, constant, encodings, words
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.state.dimensions import Array
from sim.model.state.event_log import KINDS
from sim.scenario import Scenario

COUNTRY = "SY"  # the whole country, where a province's code would stand
MONTHS_FILE, EVENTS_FILE = "months.parquet", "events.parquet"


class MonthlyTables:
    """`months.parquet` and `events.parquet`, a row group per scenario."""

    def __init__(self, folder: Path) -> None:
        self._files = (folder / MONTHS_FILE, folder / EVENTS_FILE)
        self._writers: list[pq.ParquetWriter] = []

    def add(self, scenario: Scenario, iso: tuple[str, ...], files: Iterable[ChunkFile], worlds: int) -> None:
        """Merge the chunks of a scenario, which has so many worlds, and write it. Raises DamagedChunk."""
        series = Series(Layout(len(iso)), scenario.months, worlds)
        events: Array | None = None
        for file in files:
            file.add_series(series)
            counted = file.events()
            events = counted if events is None else events + counted
        if events is None:
            return
        tables = months_table(scenario, iso, series), events_table(scenario, iso, events)
        if not self._writers:
            self._writers = [_writer(path, table.schema) for path, table in zip(self._files, tables, strict=True)]
        for writer, table in zip(self._writers, tables, strict=True):
            writer.write_table(table, row_group_size=max(1, table.num_rows))

    def close(self) -> None:
        """All scenarios are written."""
        for writer in self._writers:
            writer.close()


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of a compressed table; only columns of few different texts are worth a dictionary."""
    return pq.ParquetWriter(path, schema, compression="zstd", version="2.6", **encodings(schema))


def months_table(scenario: Scenario, iso: tuple[str, ...], series: Series) -> pa.Table:
    """Mean and quantiles of every series, month by month, over the worlds that stand; and the mean over those that have fallen."""
    months, n = series.months, series.layout.series
    places = np.concatenate([np.tile(np.arange(len(iso)), len(PROVINCE)), np.full(len(WHOLE), len(iso))])
    names = tuple(dict.fromkeys(m.name for m in (*PROVINCE, *WHOLE)))
    measures = np.array([names.index(m.name) for m in PROVINCE for _ in iso] + [names.index(m.name) for m in WHOLE])
    columns = {
        "scenario": constant(scenario.name, months * n),
        "month": words(np.repeat(np.arange(months), n), calendar(scenario)),
        "province": words(np.tile(places, months), (*iso, COUNTRY)),
        "measure": words(np.tile(measures, months), names),
        "worlds": pa.array(series.worlds().astype(np.int32).ravel()),
        "mean": pa.array(series.means().astype(np.float32).ravel()),
        "fallen_mean": pa.array(series.fallen_means().astype(np.float32).ravel()),
    }
    for (name, _), values in zip(QUANTILES, series.quantiles(), strict=True):
        columns[name] = pa.array(values.astype(np.float32).ravel())
    return pa.table(columns)


def events_table(scenario: Scenario, iso: tuple[str, ...], counts: Array) -> pa.Table:
    """Counts of events over all worlds, where there were any; `counts` has shape (kinds, months, provinces + 1)."""
    kinds, months, places = np.nonzero(counts)
    columns = {
        "scenario": constant(scenario.name, len(kinds)),
        "month": words(months, calendar(scenario)),
        "province": words(places, (*iso, COUNTRY)),
        "kind": words(kinds, tuple(kind.name for kind in KINDS)),
        "count": pa.array(counts[kinds, months, places]),
    }
    return pa.table(columns)
