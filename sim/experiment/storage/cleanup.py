"""Which files of a folder of results are no part of the result: chunks of other versions, seeds or numbers of worlds, and leftovers."""

from pathlib import Path

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_store import ChunkStore, range_files
from sim.experiment.storage.result_folder import EXPLORE, FAILURES, PARTED, locked, release_dead
from sim.experiment.storage.results import Result
from sim.experiment.storage.staging import sweep, sweep_within
from sim.experiment.storage.whole_files import is_abandoned_part, remove_empty


def unused(folder: Path) -> list[Path]:
    """Chunks that the result does not use. Raises SettingsError if there is no result."""
    result = Result(folder)
    return list(ChunkStore(folder).unused(file.path for name in result.scenarios for file in result.files(name).values()))


def unused_size(folder: Path) -> tuple[int, int]:
    """How many they are, and their bytes."""
    sizes = [path.stat().st_size for path in unused(folder)]
    return len(sizes), sum(sizes)


def tidy(folder: Path) -> tuple[int, int]:
    """Remove them, the records of chunks that failed, and what killed runs left; returns how many files, and their bytes.

    Raises SettingsError if there is no result, or while a run holds the folder. Only files of this program's own names are removed.
    """
    Result(folder)  # there is one
    with locked(folder):
        if release_dead(folder):
            raise SettingsError(f"A run is under way in {folder}, and nothing is removed while it is; wait until it has ended.")
        store = ChunkStore(folder)
        gone = [*unused(folder), *range_files(folder / FAILURES, ".json"), *store.half_written()]
        gone += [path for path in folder.glob(".*.part") if is_abandoned_part(path)]
        size = sum(path.stat().st_size for path in gone)
        for path in gone:
            path.unlink(missing_ok=True)
            remove_empty(path.parent, folder)
        left = sweep(folder) + sweep_within(folder) + sweep_within(folder / PARTED) + sweep_within(folder / EXPLORE)
    return len(gone) + left, size
