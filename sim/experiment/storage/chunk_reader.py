"""How the file of a chunk is read, part by part; chunk_writer.py writes it. No other module opens one.

What is read is what was written: the container to the byte, each member by its check sum, and type, shape and size of what is in it before
it is unpacked. Whatever goes wrong in reading, the chunk is damaged.
"""

import errno
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from sim.experiment.recording.chunk import ChunkJob
from sim.experiment.recording.histograms import Series
from sim.experiment.recording.influence_codes import summed
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_container import Member, NotWhole, content, members
from sim.experiment.storage.chunk_layout import (
    MEMBERS,
    MOST_ABOUT,
    array_bytes,
    check_about,
    check_types,
    most_stored,
    open_table,
    shapes,
    sizes,
)
from sim.experiment.storage.chunk_writer import ABOUT
from sim.model.state.dimensions import Array

REMEDY = "The same `spheres run` makes it again."
_ZSTD = pa.Codec("zstd")
_NAME = re.compile(r"([0-9]{7,9})-([0-9]{7,9})\.([^.]+)\.zip")
_LONGEST_REASON = 120  # characters


class DamagedChunk(SettingsError):
    """A file (`path`) that is missing, not whole, or not the chunk that it should be."""

    def __init__(self, text: str, path: Path) -> None:
        super().__init__(text, path)
        self.path = path

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class ChunkFile:
    """A chunk's file, read part by part.

    Every reading raises DamagedChunk where the file is missing or not what it should be, OSError where it cannot be looked at.
    """

    path: Path

    @property
    def key(self) -> str:
        """The key in the file's name."""
        return self.path.name.split(".")[1]

    def check(self, job: ChunkJob) -> None:
        """Make sure that the file is whole and is the chunk of a job. Raises DamagedChunk, OSError."""
        with self._reading(), self._open() as file:
            about, listed = self._about(file), self._listed(file)
            wanted = job.scenario.name, job.scenario.digest(), job.seed, job.draws, job.scenario.months
            if tuple(about[key] for key in ("scenario", "digest", "seed", "draws", "months")) != wanted:
                raise NotWhole("it is another chunk")
            for name, member in listed.items():
                found = self._content(file, member, about)
                if name.endswith(".parquet"):
                    table = name.partition(".")[0]
                    with open_table(found, table, about) as whole:
                        check_types(table, whole.schema_arrow)

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the chunk is: its key, scenario, worlds, months, provinces, goals, and the type and shape of its arrays."""
        with self._reading(), self._open() as file:
            return self._about(file)

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table of the chunk's worlds, whole or some columns of it (those that it has)."""
        found = self._member(f"{name}.parquet")
        with self._reading(), open_table(found, name, self.about) as file:
            known = set(file.schema.names)
            wanted = None if columns is None else [column for column in columns if column in known]
            table = file.read(columns=wanted, use_threads=False)
            check_types(name, table.schema)
            return table

    def add_series(self, whole: Series) -> None:
        """Add the months of the chunk's worlds to those of its scenario."""
        if (self.about["months"], len(self.about["provinces"])) != (whole.months, whole.layout.provinces):
            raise self._damaged("it has other months or provinces than the scenario")
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
        packed = self._member(f"{name}.zst")
        with self._reading():
            kind, shape = shapes(*sizes(self.about))[name]
            dtype, size = np.dtype(kind), array_bytes(kind, shape)
            planes = np.frombuffer(_ZSTD.decompress(packed, size), np.uint8).reshape(dtype.itemsize, -1)
            array = np.empty(shape, dtype)
            for place, plane in enumerate(planes):
                array.view(np.uint8).reshape(-1, dtype.itemsize)[:, place] = plane
            return array

    def _member(self, name: str) -> bytes:
        """The content of a member, as it was written."""
        about = self.about
        with self._reading(), self._open() as file:
            return self._content(file, self._listed(file)[name], about)

    def _content(self, file: BinaryIO, member: Member, about: Mapping[str, Any]) -> bytes:
        if member.size > most_stored(member.name, *sizes(about)):
            raise NotWhole(f"{member.name} is too large")
        return content(file, member)

    def _about(self, file: BinaryIO) -> dict[str, Any]:
        member = self._listed(file)[ABOUT]
        if member.size > MOST_ABOUT:
            raise NotWhole(f"{ABOUT} is too large")
        about: dict[str, Any] = json.loads(content(file, member))
        check_about(about)
        named = _NAME.fullmatch(self.path.name)
        first, worlds = about["first_world"], about["worlds"]
        if named is None or (int(named[1]), int(named[2]), named[3]) != (first, first + worlds - 1, about["key"]):
            raise NotWhole("it is another chunk")
        return about

    def _listed(self, file: BinaryIO) -> dict[str, Member]:
        return members(file, os.fstat(file.fileno()).st_size, MEMBERS)

    def _open(self) -> BinaryIO:
        if not stat.S_ISREG(self.path.stat().st_mode):
            raise NotWhole("it is not a file")
        return self.path.open("rb")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Whatever goes wrong in here, the chunk is damaged: what reads Parquet, zstd and JSON may raise anything at odd bytes.

        But where the machine fails (too many open files, no right to read, no memory), that is raised: it says nothing of the chunk.
        """
        try:
            yield
        except DamagedChunk:
            raise
        except Exception as error:
            of_machine = isinstance(error, OSError) and error.errno not in (None, errno.ENOENT, errno.ENOTDIR)
            if of_machine or type(error) is MemoryError:
                raise
            raise self._damaged(_reason(error)) from None

    def _damaged(self, reason: str) -> DamagedChunk:
        return DamagedChunk(f"{self.path} is missing or damaged ({reason}). {REMEDY}", self.path)


def _reason(error: Exception) -> str:
    """What went wrong, in one line that can be printed anywhere."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    text = " ".join(str(error).split())[:_LONGEST_REASON]
    return (text if text.isprintable() else ascii(text)) or type(error).__name__


Chunks = Mapping[tuple[int, int], ChunkFile]  # of one scenario, by first world and number of worlds
