"""Executors that make chunks: in this process or in others on this machine; `dask_executor.py` has that of a cluster."""

import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from typing import Protocol

from sim.experiment.execution.failures import ChunkFailure
from sim.experiment.execution.process_pool import NoWorkers, ProcessPool, WorkerDeath
from sim.experiment.execution.worker import ChunkTask, WorkerResult, work
from sim.experiment.execution.worker_process import note
from sim.experiment.recording.chunk import Interruption

PATIENCE = 1.0  # seconds for workers to finish the month they are in
_TICK = 0.2  # seconds between looks at the workers' progress
_ENDED = "its process ended without an error message (killed, or out of memory)"


class SurroundingsNotice(UserWarning):
    """Something of this machine is missing, and the work goes on without it."""


class RunSignals:
    """What a run hears of its workers: how many world-months are done. In this process also whether to stop."""

    def __init__(self, on_month: Callable[[], None] | None = None) -> None:
        self._months = self._merged = 0
        self._stop, self._lock, self._on_month = False, threading.Lock(), on_month

    def month(self, worlds: int) -> None:
        """Note that `worlds` worlds have done a month. Raises Interruption when the run is to stop."""
        with self._lock:  # each worker is heard in a thread of its own
            self._months += worlds
        if self._on_month is not None:
            self._on_month()
        if self._stop:
            raise Interruption

    def stop(self) -> None:
        """Stop after the month that is under way."""
        self._stop = True

    @property
    def done(self) -> int:
        """World-months done; on an executor that does not tell of months, those of finished chunks."""
        return max(self._merged, self._months)

    def merge(self, world_months: int) -> None:
        """Note that a chunk is finished."""
        self._merged += world_months


class ExecutorAdapter(Protocol):
    """What a run needs of an executor: to submit tasks, how many at once, and what to do when it breaks."""

    signals: RunSignals

    def submit(self, task: ChunkTask) -> "Future[WorkerResult]":
        """Start a task, or queue it."""

    def ahead(self) -> int:
        """How many tasks may be under way or queued, so that no worker waits and few tasks are held."""

    def end(self) -> None:
        """Stop what is under way, within seconds."""


_signals: RunSignals | None = None  # of a run in this process


def work_here(task: ChunkTask) -> WorkerResult:
    """A task, in this process."""
    return work(task, None if _signals is None else _signals.month)


def work_there(task: ChunkTask) -> WorkerResult:
    """A task, in a worker process."""
    return work(task, note)


class InlineExecutor:
    """Does each task at once in this process (`--jobs 1`)."""

    def __init__(self, on_month: Callable[[RunSignals], None]) -> None:
        global _signals
        self.signals = _signals = RunSignals(on_month=lambda: on_month(self.signals))

    def submit(self, task: ChunkTask) -> "Future[WorkerResult]":
        """Do it now; its result is in the future."""
        future: Future[WorkerResult] = Future()
        try:
            future.set_result(work_here(task))
        except Exception as fault:
            future.set_exception(fault)
        return future

    def ahead(self) -> int:
        """One."""
        return 1

    def end(self) -> None:
        """Forget the signals of this run."""
        global _signals
        _signals = None


class ProcessExecutor:
    """Worker processes on this machine. Raises NoWorkers if none can be started."""

    def __init__(self, jobs: int) -> None:
        self._jobs, self.signals = jobs, RunSignals()
        self._pool = ProcessPool(jobs, self.signals.month)

    def submit(self, task: ChunkTask) -> "Future[WorkerResult]":
        """Hand it to a worker."""
        return self._pool.submit(work_there, task)

    def ahead(self) -> int:
        """One for every worker, and one queued."""
        return self._jobs + 1

    def end(self) -> None:
        """Stop the workers after the month they are in."""
        self._pool.end(PATIENCE)


def executor_for(jobs: int, on_month: Callable[[RunSignals], None]) -> ExecutorAdapter:
    """What makes the chunks of a run on this machine: several processes, or this one for one job and where no others can be started."""
    if jobs > 1:
        try:
            return ProcessExecutor(jobs)
        except NoWorkers as fault:
            _warn(fault)
    return InlineExecutor(on_month)


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """Worker processes, which leave with this one; none for one job, and where none can be started."""
    pool = None
    if jobs > 1:
        try:
            pool = ProcessPool(jobs)
        except NoWorkers as fault:
            _warn(fault)
    try:
        yield pool
    finally:
        if pool is not None:
            pool.end(0.0)


def _warn(fault: NoWorkers) -> None:
    warnings.warn(f"{fault}; going on in one process.", SurroundingsNotice, stacklevel=3)


def finished(tasks: Sequence[ChunkTask], executor: ExecutorAdapter, tick: Callable[[], None]) -> Iterator[WorkerResult]:
    """The results of tasks, as they end. Raises WriteError, and whatever else is no fault of a single chunk.

    A task whose process died is done again when the others are, one at a time, so that the one at fault is known by its name.
    """
    todo, under_way, later = deque(tasks), dict[Future[WorkerResult], ChunkTask](), list[ChunkTask]()
    while todo or under_way:
        while todo and len(under_way) < executor.ahead():
            task = todo.popleft()
            under_way[executor.submit(task)] = task
        ended = wait(under_way, timeout=_TICK, return_when=FIRST_COMPLETED).done
        tick()
        for future in ended:
            task = under_way.pop(future)
            if isinstance(future.exception(), WorkerDeath):
                later.append(task)
            else:
                yield future.result()
    for task in later:
        yield _alone(task, executor, tick)


def _alone(task: ChunkTask, executor: ExecutorAdapter, tick: Callable[[], None]) -> WorkerResult:
    """A task with no other beside it: if a process dies now, it is this task's doing."""
    future = executor.submit(task)
    while not wait([future], timeout=_TICK).done:
        tick()
    try:
        return future.result()
    except WorkerDeath:
        return WorkerResult(task, failure=ChunkFailure(task.job, _ENDED, ""))
