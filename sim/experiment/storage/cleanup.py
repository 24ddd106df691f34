"""Which files of a folder of results are no part of the result: chunks of other versions, seeds or numbers of worlds."""

from pathlib import Path

from sim.experiment.storage.chunk_store import ChunkStore
from sim.experiment.storage.result_folder import FAILURES
from sim.experiment.storage.results import Result


def unused(folder: Path) -> list[Path]:
    """Chunks that the result does not use. Raises SettingsError if there is no result."""
    result = Result(folder)
    return list(ChunkStore(folder).unused(file.path for name in result.scenarios for file in result.files(name).values()))


def unused_size(folder: Path) -> tuple[int, int]:
    """How many they are, and their bytes."""
    sizes = [path.stat().st_size for path in unused(folder)]
    return len(sizes), sum(sizes)


def tidy(folder: Path) -> tuple[int, int]:
    """Remove them, and the records of chunks that failed; returns how many files that were, and their bytes."""
    gone = unused(folder) + sorted((folder / FAILURES).rglob("*.json"))
    size = sum(path.stat().st_size for path in gone)
    for path in gone:
        path.unlink()
    for place in {path.parent for path in gone} | {folder / FAILURES}:
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
    return len(gone), size
