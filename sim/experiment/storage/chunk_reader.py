"""How the file of a chunk is read, part by part; chunk_writer.py writes it. No other module opens one."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.recording.histograms import Series
from sim.experiment.recording.influence_codes import summed
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_writer import ABOUT
from sim.model.state.dimensions import Array

REMEDY = "The same `spheres run` makes it again."
_ZSTD = pa.Codec("zstd")
_UNREADABLE = (zipfile.BadZipFile, pa.ArrowException, KeyError, ValueError, EOFError, OSError)


class DamagedChunk(SettingsError):
    """A file that is missing, not whole, or not the chunk that it should be."""


def check(content: bytes, key: str) -> None:
    """Make sure that bytes are those of a chunk, whole, and of this key. Raises DamagedChunk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            bad = file.testzip()
            if bad is not None:
                raise DamagedChunk(f"{bad} in it is damaged")
            if json.loads(file.read(ABOUT)).get("key") != key:
                raise DamagedChunk("it is another chunk")
    except _UNREADABLE as error:
        raise DamagedChunk(str(error)) from None


@dataclass(frozen=True)
class ChunkFile:
    """A chunk's file, read part by part. Every reading raises DamagedChunk where the file is missing or not what it should be."""

    path: Path

    @property
    def key(self) -> str:
        """The key in the file's name."""
        return self.path.name.split(".")[1]

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the chunk is: its key, scenario, worlds, months, provinces, goals, and the type and shape of its arrays."""
        about: dict[str, Any] = json.loads(self._member(ABOUT))
        return about

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table of the chunk's worlds, whole or some columns of it (those that it has)."""
        content = self._member(f"{name}.parquet")
        try:
            with pq.ParquetFile(pa.BufferReader(content)) as file:
                known = set(file.schema.names)
                wanted = None if columns is None else [column for column in columns if column in known]
                return file.read(columns=wanted, use_threads=False)
        except _UNREADABLE as error:
            raise self._damaged(error) from None

    def add_series(self, whole: Series) -> None:
        """Add the months of the chunk's worlds to those of its scenario."""
        part = Series(whole.layout, self.about["months"], 0)
        part.counts, part.sums, part.n_worlds = self._array("month_counts"), self._array("month_sums"), self.about["worlds"]
        part.fallen_sums, part.standing = self._array("fallen_sums"), self._array("month_worlds")
        whole.merge(part)

    def events(self) -> Array:
        """Counts of events, (kinds, months, provinces + 1)."""
        return self._array("events")

    def influence_codes(self) -> Array:
        """Influence in steps of 1/255, (months, powers, provinces, worlds) uint8."""
        return summed(self._array("sway"))

    def snapshot_worlds(self) -> Array:
        """Worlds in which the government stands, and in which it has fallen, at each snapshot, (snapshots, 2)."""
        return self._array("snapshot_worlds")

    def spheres(self) -> Array:
        """Worlds by sphere, where the government stands and where it has fallen, (snapshots, 2, provinces, SPHERES)."""
        return self._array("spheres")

    def contracts(self) -> Array:
        """Assets by sector and holder, added up over worlds that stand and over fallen ones, (snapshots, 2, sectors, bidders + open)."""
        return self._array("contracts")

    def goals(self) -> list[tuple[str, str]]:
        """Actor and goal of each row of `effort_sums`."""
        pairs = (text.partition(".") for text in self.about["goals"].split())
        return [(actor, goal) for actor, _, goal in pairs]

    def effort_sums(self) -> Array:
        """Effort by goal, added up in fixed point over the worlds that stand at the horizon, (goals, provinces + 1).

        The last column is for the whole country. The effort of each world is in the columns `effort_ACTOR_GOAL` of table `worlds`.
        """
        return self._array("effort")

    def _array(self, name: str) -> Array:
        content = self._member(f"{name}.zst")
        try:
            kind, *shape = self.about["arrays"][name]
            dtype = np.dtype(kind)
            size = int(np.prod(shape)) * dtype.itemsize
            planes = np.frombuffer(_ZSTD.decompress(content, size), np.uint8).reshape(dtype.itemsize, -1)
        except _UNREADABLE as error:
            raise self._damaged(error) from None
        array = np.empty(shape, dtype)
        for place, plane in enumerate(planes):
            array.view(np.uint8).reshape(-1, dtype.itemsize)[:, place] = plane
        return array

    def _member(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as file:
                return file.read(name)
        except _UNREADABLE as error:
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> DamagedChunk:
        return DamagedChunk(f"{self.path} is missing or damaged ({error}). {REMEDY}")


Chunks = Mapping[tuple[int, int], ChunkFile]  # of one scenario, by first world and number of worlds
