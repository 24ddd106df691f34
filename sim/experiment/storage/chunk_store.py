"""The finished chunks of a folder of results: files that appear whole, found again by their keys.

`chunks/SCENARIO/FIRST-LAST.KEY.zip`. Nothing here is ever changed: a chunk of another version has another key, so several runs may write
into one folder, and no finished world is lost. What a result consists of is said by its manifest.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.experiment.recording.chunk import ChunkJob
from sim.experiment.storage.chunk_reader import ChunkFile, Chunks, DamagedChunk
from sim.experiment.storage.result_folder import CHUNKS, RANGE_FILE, read_manifest
from sim.experiment.storage.whole_files import is_abandoned_part, is_plain_file, is_plain_folder, write_bytes, write_text

README = "README.txt"
_TEXT = """\
Finished worlds, a file for each scenario and range of worlds. The letters in a file's name are a hash of all that determines it
(scenario as resolved, start, seed, worlds, version of the model), so `spheres run` finds what it need not run again.
`spheres export` writes tables from them; `spheres tidy` removes those that the result beside them does not use.
"""


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
        for path in self.half_written():
            path.unlink(missing_ok=True)

    def half_written(self) -> list[Path]:
        """Files that killed runs left half written, more than an hour ago."""
        folders = [self.folder / CHUNKS, *range_folders(self.folder / CHUNKS)]
        return [path for folder in folders if is_plain_folder(folder) for path in folder.glob(".*.part") if is_abandoned_part(path)]

    def path(self, job: ChunkJob, key: str) -> Path:
        """Where a chunk's file stands."""
        return chunk_path(self.folder, job.scenario.name, job.first_world, job.n_worlds, key)

    def has(self, job: ChunkJob, key: str) -> bool:
        """Whether a chunk is there and whole; one that is damaged will be run again, and its file replaced."""
        try:
            ChunkFile(self.path(job, key)).check(job)
        except DamagedChunk:
            return False
        return True

    def add(self, job: ChunkJob, key: str, content: bytes) -> None:
        """Write a chunk's file. Raises OSError (a full disk), and then leaves nothing of it."""
        path = self.path(job, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)

    def unused(self, used: Iterable[Path]) -> Iterator[Path]:
        """Chunks that are none of `used`; files of other names, and what lies behind a link, are no chunks of ours."""
        kept = set(used)
        yield from (path for path in range_files(self.folder / CHUNKS, ".zip") if path not in kept)


def chunk_path(folder: Path, scenario: str, first_world: int, worlds: int, key: str) -> Path:
    """Where the file of a chunk stands in a folder of results."""
    return range_path(folder / CHUNKS, scenario, first_world, worlds, key, "zip")


def chunks_being_published(work: Path, folder: Path) -> dict[str, Chunks]:
    """The chunks of a result that is being made, by scenario: named by its manifest, kept in the folder where it will stand."""
    scenarios = read_manifest(work)["scenarios"]
    return {
        name: {(first, n): ChunkFile(chunk_path(folder, name, first, n, key)) for first, n, key in about["chunks"]}
        for name, about in scenarios.items()
    }


def range_path(place: Path, scenario: str, first_world: int, worlds: int, key: str, ending: str) -> Path:
    """Where the file of a range of worlds stands in `chunks/` or `failures/`."""
    return place / scenario / f"{first_world:07d}-{first_world + worlds - 1:07d}.{key}.{ending}"


def range_folders(place: Path) -> list[Path]:
    """The folders of scenarios in `chunks/` or `failures/`, links aside."""
    return [path for path in sorted(place.iterdir()) if is_plain_folder(path)] if is_plain_folder(place) else []


def range_files(place: Path, ending: str) -> Iterator[Path]:
    """The files of ranges of worlds in `chunks/` or `failures/`, by their exact names, links aside."""
    for folder in range_folders(place):
        for path in sorted(folder.iterdir()):
            if path.suffix == ending and RANGE_FILE.fullmatch(path.name) and is_plain_file(path):
                yield path
