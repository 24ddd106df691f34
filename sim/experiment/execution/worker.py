"""What a worker does, here or on another machine: make a chunk, and put its file where it belongs or send it back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.execution.failures import Failure, diagnose
from sim.experiment.recording.chunk import ChunkError, Job, run_chunk
from sim.experiment.storage import chunk_writer
from sim.experiment.storage.chunk_store import Store


@dataclass(frozen=True)
class Task:
    """A job, its key, and the folder of results, which a worker of another machine may or may not see."""

    job: Job
    key: str
    folder: Path
    token: str = ""


@dataclass(frozen=True)
class Done:
    """What came of a task: a file in its place, its `content` where the worker does not see the folder, or a failure."""

    task: Task
    content: bytes | None = None
    failure: Failure | None = None


class NoRoom(OSError):
    """A chunk could not be written: the disk is full, or the folder may not be written to."""


def work(task: Task, on_month: Callable[[int], None] | None = None) -> Done:
    """Do a task. Raises NoRoom, and Interrupted where the run is to stop; a fault of the model is told in what is returned."""
    store = Store(task.folder)
    shared = store.is_here(task.token)
    if shared and store.has(task.job, task.key):  # another run was quicker
        return Done(task)
    try:
        content = chunk_writer.packed(run_chunk(task.job, on_month), task.key)
    except ChunkError as fault:
        return Done(task, failure=diagnose(task.job, fault, on_month))
    if not shared:
        return Done(task, content)
    keep(store, task, content)
    return Done(task)


def keep(store: Store, task: Task, content: bytes) -> None:
    """Write a chunk's file. Raises NoRoom."""
    try:
        store.add(task.job, task.key, content)
    except OSError as fault:
        raise NoRoom(f"{store.path(task.job, task.key)} cannot be written: {fault.strerror or fault}") from None
