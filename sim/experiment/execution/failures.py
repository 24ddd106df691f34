"""Chunks that failed: which world, with what fault and which numbers, written down so that the others can go on.

`failures/SCENARIO/FIRST-LAST.KEY.json`. A chunk that failed is not run again unless that is asked for; one of another version is another.
"""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.experiment.recording.chunk import ChunkError, ChunkJob, Interruption, model_of, run_chunk
from sim.experiment.storage.chunk_store import range_path
from sim.experiment.storage.manifest_file import read_json
from sim.experiment.storage.result_folder import FAILURES
from sim.experiment.storage.sealed_json import is_whole, sealed
from sim.experiment.storage.whole_files import remove_empty, write_text


@dataclass(frozen=True)
class ChunkFailure:
    """Why a chunk failed. `world` is the first that does so alone, with its parameters; None where only the whole chunk does."""

    job: ChunkJob
    fault: str
    traceback: str
    world: int | None = None
    parameters: dict[str, float] | None = None

    @property
    def where(self) -> str:
        """Scenario and worlds, in words."""
        at = f"world {self.world:,}" if self.world is not None else ""
        span = f"worlds {self.job.first_world:,} to {self.job.first_world + self.job.n_worlds - 1:,}"
        return f"{self.job.scenario.name}, {f'{at} (of {span})' if at and self.job.n_worlds > 1 else at or span}"


class FailureStore:
    """The records in one folder of results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FAILURES

    def path(self, job: ChunkJob, key: str) -> Path:
        """Where the record of a chunk stands."""
        return range_path(self.folder, job.scenario.name, job.first_world, job.n_worlds, key, "json")

    def add(self, failure: ChunkFailure, key: str) -> None:
        """Write a record. Raises OSError."""
        path = self.path(failure.job, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, sealed(self._described(failure)))

    def read(self, job: ChunkJob, key: str) -> ChunkFailure | None:
        """The record of a chunk, if it failed before; a record that is damaged is none."""
        try:
            record = read_json(self.path(job, key))
        except (OSError, ValueError):
            return None
        if not isinstance(record, dict) or not is_whole(record):
            return None
        return ChunkFailure(job, str(record["fault"]), str(record["traceback"]), record["world"], record["parameters"])

    def remove(self, job: ChunkJob, key: str) -> None:
        """The chunk has been finished after all."""
        path = self.path(job, key)
        path.unlink(missing_ok=True)
        remove_empty(path.parent, self.folder.parent)

    def _described(self, failure: ChunkFailure) -> dict[str, Any]:
        job = failure.job
        return {
            "scenario": job.scenario.name,
            "first_world": job.first_world,
            "worlds": job.n_worlds,
            "seed": job.seed,
            "draws": job.draws,
            "world": failure.world,
            "fault": failure.fault,
            "traceback": failure.traceback,
            "parameters": failure.parameters,
        }


def diagnose(job: ChunkJob, fault: ChunkError, on_month: Callable[[int], None] | None = None) -> ChunkFailure:
    """Find the world at fault by running halves of the chunk, then halves of the half that fails."""
    least, found = job, fault
    while least.n_worlds > 1:
        for half in _halves(least):
            again = _fault_of(half, on_month)
            if again is not None:
                least, found = half, again
                break
        else:
            break  # the worlds fail only together
    text = "".join(traceback.format_exception(found.__cause__ or found)).strip()
    if least.n_worlds > 1:
        return ChunkFailure(job, fault.what, text)
    return ChunkFailure(job, found.what, text, least.first_world, _parameters(least))


def _halves(job: ChunkJob) -> Iterator[ChunkJob]:
    low = job.n_worlds // 2
    for part in (slice(0, low), slice(low, job.n_worlds)):
        rows = None if job.rows is None else job.rows.take(part)
        yield replace(job, first_world=job.first_world + part.start, n_worlds=part.stop - part.start, rows=rows)


def _fault_of(job: ChunkJob, on_month: Callable[[int], None] | None) -> ChunkError | None:
    try:
        run_chunk(job, on_month)
    except ChunkError as fault:
        return fault
    return None


def _parameters(job: ChunkJob) -> dict[str, float] | None:
    """Every parameter of one world, as it drew it; None where not even the start can be made."""
    values = {path: setting.central() for path, setting in job.scenario.settings.items()}
    try:
        model = model_of(job)
    except (Interruption, KeyboardInterrupt):
        raise
    except Exception:
        return None
    try:
        return values | {path: float(row[0]) for path, row in model.drawn.items()}
    finally:
        model.close()
