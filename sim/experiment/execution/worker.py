"""What a worker does, here or on another machine: make a chunk, and put its file where it belongs or send it back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.execution.failures import ChunkFailure, diagnose
from sim.experiment.recording.chunk import ChunkError, ChunkJob, run_chunk
from sim.experiment.storage import chunk_writer
from sim.experiment.storage.chunk_store import ChunkStore
from sim.experiment.storage.result_folder import is_held


@dataclass(frozen=True)
class ChunkTask:
    """A job, its key, and the folder of results, which a worker of another machine may or may not see."""

    job: ChunkJob
    key: str
    folder: Path
    token: str = ""


@dataclass(frozen=True)
class WorkerResult:
    """What a task came to: a file in its place, its `content` where the worker does not see the folder, or a failure."""

    task: ChunkTask
    content: bytes | None = None
    failure: ChunkFailure | None = None


class WriteError(OSError):
    """A chunk could not be written: the disk is full, or the folder may not be written to."""


def work(task: ChunkTask, on_month: Callable[[int], None] | None = None) -> WorkerResult:
    """Do a task. Raises WriteError, and Interruption where the run is to stop; an error in the model is part of the result."""
    store = ChunkStore(task.folder)
    shared = is_held(task.folder, task.token)
    if shared and store.has(task.job, task.key):  # another run was quicker
        return WorkerResult(task)
    try:
        content = chunk_writer.packed(run_chunk(task.job, on_month), task.key)
    except ChunkError as fault:
        return WorkerResult(task, failure=diagnose(task.job, fault, on_month))
    if not shared:
        return WorkerResult(task, content)
    keep(store, task, content)
    return WorkerResult(task)


def keep(store: ChunkStore, task: ChunkTask, content: bytes) -> None:
    """Write a chunk's file. Raises WriteError."""
    try:
        store.add(task.job, task.key, content)
    except OSError as fault:
        raise WriteError(f"{store.path(task.job, task.key)} cannot be written: {fault.strerror or fault}") from None
