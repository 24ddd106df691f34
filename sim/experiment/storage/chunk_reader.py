"""How the file of a chunk is read, part by part; archive.py writes it."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.recording.histograms import Series
from sim.experiment.recording.influence_codes import summed
from sim.experiment.storage.chunk_writer import ABOUT
from sim.model.state.dimensions import Array

_ZSTD = pa.Codec("zstd")


class Damaged(ValueError):
    """A file that is not the chunk which it should be, or not whole."""


def check(content: bytes, key: str) -> None:
    """Make sure that bytes are those of a chunk, whole, and of this key. Raises Damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            bad = file.testzip()
            if bad is not None:
                raise Damaged(f"{bad} in it is damaged")
            if json.loads(file.read(ABOUT)).get("key") != key:
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
        about: dict[str, Any] = json.loads(self._member(ABOUT))
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

    def sway(self) -> Array:
        """Influence in steps of 1/255, (months, powers, provinces, worlds) uint8."""
        return summed(self._array("sway", self.about()))

    def spheres(self) -> Array:
        """Worlds by sphere, (snapshots, provinces, SPHERES)."""
        return self._array("spheres", self.about())

    def contracts(self) -> Array:
        """Assets by sector and holder, added up over worlds, (snapshots, sectors, bidders + open)."""
        return self._array("contracts", self.about())

    def _array(self, name: str, about: dict[str, Any]) -> Array:
        kind, *shape = about["arrays"][name]
        dtype = np.dtype(kind)
        size = int(np.prod(shape)) * dtype.itemsize
        planes = np.frombuffer(_ZSTD.decompress(self._member(f"{name}.zst"), size), np.uint8).reshape(dtype.itemsize, -1)
        array = np.empty(shape, dtype)
        for place, plane in enumerate(planes):
            array.view(np.uint8).reshape(-1, dtype.itemsize)[:, place] = plane
        return array

    def _member(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as file:
                return file.read(name)
        except (zipfile.BadZipFile, KeyError, EOFError) as fault:
            raise Damaged(f"{self.path}: {fault}") from None


Chunks = Mapping[tuple[int, int], ChunkFile]  # of one scenario, by first world and number of worlds
