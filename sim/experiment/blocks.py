"""Parquet files written in blocks of a fixed number of worlds, so that memory stays flat and no file shows the chunking."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.world.axes import Array

BLOCK = 5000  # worlds in a row group; row group i of two scenarios holds the same worlds


def words(codes: Array, texts: tuple[str, ...]) -> pa.DictionaryArray:
    """A column of few different texts: `codes` index `texts`; a negative code is empty."""
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string()))


def constant(text: str, rows: int) -> pa.DictionaryArray:
    """A column that says the same in every row."""
    return words(np.zeros(rows, dtype=np.int32), (text,))


def open_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of a compressed table; only columns of few different texts are worth a dictionary."""
    texts = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    numbers = [field.name for field in schema if pa.types.is_floating(field.type)]
    return pq.ParquetWriter(path, schema, compression="zstd", version="2.6", use_dictionary=texts, use_byte_stream_split=numbers)


class BlockWriter:
    """One Parquet file. `add` takes columns of some worlds in order; `end` closes a scenario, so that blocks start afresh.

    Within a scenario every world has the same number of rows; scenarios may differ.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._rows = path, 0
        self._held: list[pa.Table] = []
        self._writer: pq.ParquetWriter | None = None

    def add(self, columns: dict[str, pa.Array], worlds: int) -> None:
        """The rows of further worlds. Raises ValueError if the columns differ from those before."""
        self._held.append(pa.table(columns))
        self._rows = BLOCK * (self._held[-1].num_rows // worlds)
        if sum(t.num_rows for t in self._held) >= self._rows:
            self._flush(whole_blocks_only=True)

    def end(self) -> None:
        """Write what is held: the scenario is complete."""
        self._flush(whole_blocks_only=False)

    def _flush(self, whole_blocks_only: bool) -> None:
        if not self._held:
            return
        table = pa.concat_tables(self._held).unify_dictionaries().combine_chunks()
        rows = table.num_rows - table.num_rows % self._rows if whole_blocks_only else table.num_rows
        if self._writer is None:
            self._writer = open_writer(self._path, table.schema)
        if rows:
            self._writer.write_table(table.slice(0, rows), row_group_size=self._rows)
        self._held = [table.slice(rows)] if rows < table.num_rows else []

    def close(self) -> None:
        """The table is complete."""
        self.end()
        if self._writer is not None:
            self._writer.close()
