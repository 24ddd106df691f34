"""The file of a chunk: a zip of Parquet tables, of the months as whole numbers, and of what the chunk is.

The same worlds give the same bytes. Members are stored as they are, each with its check sum; nothing in them is ever unpickled.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.bins import Series
from sim.experiment.chunk import Chunk
from sim.experiment.tables import encodings, table_columns
from sim.world.axes import Array

FORMAT = 1
_ABOUT = "about.json"
_ZSTD = pa.Codec("zstd", compression_level=1)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip names a time; the same worlds should give the same bytes


class Damaged(ValueError):
    """A file that is not the chunk which it should be, or not whole."""


def packed(chunk: Chunk, key: str) -> bytes:
    """The bytes of a chunk's file."""
    job = chunk.job
    about = {
        "format": FORMAT,
        "key": key,
        "scenario": job.scenario.name,
        "digest": job.scenario.digest(),
        "first_world": job.first_world,
        "worlds": job.worlds,
        "seed": job.seed,
        "draws": job.draws,
        "months": chunk.series.months,
        "arrays": {name: [array.dtype.str, *array.shape] for name, array in _arrays(chunk).items()},
        "provinces": dict(zip(chunk.iso, chunk.names, strict=True)),
    }
    members = {_ABOUT: json.dumps(about, indent=1, ensure_ascii=False).encode()}
    members |= {f"{name}.parquet": _parquet(pa.table(columns)) for name, columns in table_columns(chunk).items()}
    members |= {f"{name}.zst": _squeezed(array) for name, array in _arrays(chunk).items()}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name, _LONG_AGO), content)
    return whole.getvalue()


def check(content: bytes, key: str) -> None:
    """Make sure that bytes are those of a chunk, whole, and of this key. Raises Damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            bad = file.testzip()
            if bad is not None:
                raise Damaged(f"{bad} in it is damaged")
            if json.loads(file.read(_ABOUT)).get("key") != key:
                raise Damaged("it is another chunk")
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError) as fault:
        raise Damaged(str(fault)) from None


class ChunkFile:
    """A chunk's file, read part by part. Every reading raises Damaged where the file is not what it should be."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def key(self) -> str:
        """The key in the file's name."""
        return self.path.name.split(".")[1]

    def about(self) -> dict[str, Any]:
        """What the chunk is: its key, scenario, worlds, months, provinces."""
        about: dict[str, Any] = json.loads(self._member(_ABOUT))
        return about

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table of the chunk's worlds, whole or some columns of it (those that it has)."""
        try:
            with pq.ParquetFile(pa.BufferReader(self._member(f"{name}.parquet"))) as file:
                known = set(file.schema.names)
                wanted = None if columns is None else [one for one in columns if one in known]
                return file.read(columns=wanted, use_threads=False)
        except pa.ArrowException as fault:
            raise Damaged(f"{self.path}: {name} cannot be read ({fault})") from None

    def add_series(self, whole: Series) -> None:
        """Add the months of the chunk's worlds to those of its scenario."""
        about = self.about()
        part = Series(whole.layout, about["months"], 0)
        part.counts, part.sums, part.worlds = self._array("month_counts", about), self._array("month_sums", about), about["worlds"]
        whole.merge(part)

    def events(self) -> Array:
        """Counts of events, (kinds, months, provinces + 1)."""
        return self._array("events", self.about())

    def _array(self, name: str, about: dict[str, Any]) -> Array:
        kind, *shape = about["arrays"][name]
        dtype = np.dtype(kind)
        size = int(np.prod(shape)) * dtype.itemsize
        raw = np.frombuffer(_ZSTD.decompress(self._member(f"{name}.zst"), size, asbytes=True), np.uint8)
        return np.ascontiguousarray(raw.reshape(dtype.itemsize, -1).T).view(dtype).reshape(shape)

    def _member(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as file:
                return file.read(name)
        except (zipfile.BadZipFile, KeyError, EOFError) as fault:
            raise Damaged(f"{self.path}: {fault}") from None


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", version="2.6", **encodings(table.schema))
    return sink.getvalue().to_pybytes()


def _arrays(chunk: Chunk) -> dict[str, Array]:
    """What is known by month, summed over the chunk's worlds."""
    return {"month_counts": chunk.series.counts, "month_sums": chunk.series.sums, "events": chunk.events}


def _squeezed(array: Array) -> bytes:
    """An array compressed byte by byte: first all first bytes of its numbers, then all second ones, which are mostly alike."""
    raw = np.ascontiguousarray(array).view(np.uint8).reshape(-1, array.dtype.itemsize)
    return bytes(_ZSTD.compress(np.ascontiguousarray(raw.T), asbytes=True))
