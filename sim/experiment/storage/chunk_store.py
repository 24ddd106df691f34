"""The finished chunks of a folder of results: files that appear whole, found again by their keys.

`chunks/SCENARIO/FIRST-LAST.KEY.zip`. Nothing here is ever changed: a chunk of another version has another key, so several runs may write
into one folder, and no finished world is lost. What a result consists of is said by its manifest.
"""

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.experiment.recording.chunk import ChunkJob
from sim.experiment.storage import chunk_reader
from sim.experiment.storage.result_folder import CHUNKS, write_bytes, write_text

README = "README.txt"
_TEXT = """\
Finished worlds, a file for each scenario and range of worlds. The letters in a file's name are a hash of all that determines it
(scenario as resolved, start, seed, worlds, version of the model), so `spheres run` finds what it need not run again.
`spheres export` writes tables from them; `spheres tidy` removes those that the result beside them does not use.
"""
_ABANDONED = 3600.0  # seconds; a file takes well under one to write, so what is older was left by a run that was killed


class ChunkStore:
    """The chunks of one folder of results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        """Make the folder, and take away what killed runs left half written. Raises OSError."""
        place = self.folder / CHUNKS
        place.mkdir(parents=True, exist_ok=True)
        if not (place / README).is_file():
            write_text(place / README, _TEXT)
        for path in (*place.rglob(".*.part"), *place.glob(f".{16 * '[0-9a-f]'}")):
            if _age(path) > _ABANDONED:
                path.unlink(missing_ok=True)

    @contextmanager
    def token(self) -> Iterator[str]:
        """A word that stands in the folder during a run, by which a worker knows whether it sees the same folder."""
        token = secrets.token_hex(8)
        path = self.folder / CHUNKS / f".{token}"
        path.touch()
        try:
            yield token
        finally:
            path.unlink(missing_ok=True)

    def is_here(self, token: str) -> bool:
        """Whether this is the folder of the run that has this token."""
        return (self.folder / CHUNKS / f".{token}").is_file()

    def path(self, job: ChunkJob, key: str) -> Path:
        """Where a chunk's file stands."""
        return chunk_path(self.folder, job.scenario.name, job.first_world, job.n_worlds, key)

    def has(self, job: ChunkJob, key: str) -> bool:
        """Whether a chunk is there and whole; one that is damaged is taken away, so that it will be run again."""
        path = self.path(job, key)
        try:
            chunk_reader.check(path.read_bytes(), key)
        except FileNotFoundError:
            return False
        except chunk_reader.DamagedChunk:
            path.unlink(missing_ok=True)
            return False
        return True

    def add(self, job: ChunkJob, key: str, content: bytes) -> None:
        """Write a chunk's file. Raises OSError (a full disk), and then leaves nothing of it."""
        path = self.path(job, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)

    def unused(self, used: Iterable[Path]) -> Iterator[Path]:
        """Chunks that are none of `used`."""
        kept = {path.resolve() for path in used}
        yield from (path for path in sorted((self.folder / CHUNKS).rglob("*.zip")) if path.resolve() not in kept)


def chunk_path(folder: Path, scenario: str, first_world: int, worlds: int, key: str) -> Path:
    """Where the file of a chunk stands in a folder of results."""
    return folder / CHUNKS / scenario / f"{first_world:07d}-{first_world + worlds - 1:07d}.{key}.zip"


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
