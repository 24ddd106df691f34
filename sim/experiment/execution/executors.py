"""Executors that make chunks: in this process or in others on this machine; `dask_executor.py` has that of a cluster."""

import ctypes
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import Any, Protocol

from sim.experiment.execution.failures import ChunkFailure
from sim.experiment.execution.worker import ChunkTask, WorkerResult, work
from sim.experiment.recording.chunk import Interruption

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_TICK = 0.2  # seconds between looks at the workers' progress
_ENDED = "its process ended without an error message (killed, or out of memory)"


class RunSignals:
    """What a run and its workers share: how many world-months are done, and whether to stop.

    No locks: a worker that is killed while it holds one would stop all others. A count lost now and then only shows in the progress.
    """

    def __init__(self, context: Any = None, on_month: Callable[[], None] | None = None) -> None:
        self._months = ctypes.c_longlong(0) if context is None else context.RawValue(ctypes.c_longlong, 0)
        self._stop = ctypes.c_bool(False) if context is None else context.RawValue(ctypes.c_bool, False)
        self._merged, self._on_month = 0, on_month

    def month(self, worlds: int) -> None:
        """Note that `worlds` worlds have done a month. Raises Interruption when the run is to stop."""
        self._months.value += worlds
        if self._on_month is not None:
            self._on_month()
        if self._stop.value:
            raise Interruption

    def stop(self) -> None:
        """Ask every worker to stop after the month it is in."""
        self._stop.value = True

    @property
    def done(self) -> int:
        """World-months done; on an executor that does not share the signals, those of finished chunks."""
        return max(self._merged, int(self._months.value))

    def merge(self, world_months: int) -> None:
        """Note that a chunk is finished."""
        self._merged += world_months


class WorkerDeath(BrokenExecutor):
    """Worker processes ended while they had this task, perhaps because of another task; the executor and its other tasks go on."""


class ExecutorAdapter(Protocol):
    """What a run needs of an executor: to submit tasks, how many at once, and what to do when it breaks."""

    signals: RunSignals

    def submit(self, task: ChunkTask) -> "Future[WorkerResult]":
        """Start a task, or queue it."""

    def ahead(self) -> int:
        """How many tasks may be under way or queued, so that no worker waits and few tasks are held."""

    def renew(self) -> None:
        """Replace what broke."""

    def end(self) -> None:
        """Stop what is under way, within seconds."""


_signals: RunSignals | None = None  # of this process; a task is sent without it


def work_here(task: ChunkTask) -> WorkerResult:
    """A task, wherever it is done."""
    return work(task, None if _signals is None else _signals.month)


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

    def renew(self) -> None:
        """Nothing can break."""

    def end(self) -> None:
        """Forget the signals of this run."""
        global _signals
        _signals = None


class ProcessExecutor:
    """Worker processes on this machine."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor, self.signals = processes(jobs)

    def submit(self, task: ChunkTask) -> "Future[WorkerResult]":
        """Hand it to a worker."""
        return self._executor.submit(work_here, task)

    def ahead(self) -> int:
        """One for every worker, and one queued."""
        return self._jobs + 1

    def renew(self) -> None:
        """New workers, which go on with the signals of the old ones."""
        end_processes(self._executor)
        self._executor, _ = processes(self._jobs, self.signals)

    def end(self) -> None:
        """Stop the workers after the month they are in."""
        self.signals.stop()
        end_processes(self._executor)


def processes(jobs: int, signals: RunSignals | None = None) -> tuple[Executor, RunSignals]:
    """A pool of `jobs` worker processes, and the signals it shares with this one.

    Workers come from a server process that has loaded the model once, so its pages are shared; each keeps to one thread, because
    the chunks are what runs in parallel.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["sim.simulation", __name__])
    signals = signals or RunSignals(context)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(signals,)), signals


def end_processes(executor: Executor) -> None:
    """End the workers and the server they came from, which would hold the model in memory for as long as this process lives."""
    executor.shutdown(wait=True, cancel_futures=True)
    server: Any = getattr(forkserver, "_forkserver", None)  # there is no public way; without it, only memory is lost
    if isinstance(executor, ProcessPoolExecutor) and (pid := getattr(server, "_forkserver_pid", None)) is not None:
        os.kill(pid, signal.SIGTERM)  # or it would wait for a worker that Ctrl-C left half started
        server._stop()


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """Worker processes, which leave with this one; none for one job."""
    if jobs == 1:
        yield None
        return
    executor, _ = processes(jobs)
    try:
        yield executor
    finally:
        end_processes(executor)


def _start_worker(signals: RunSignals) -> None:
    """Ctrl-C reaches every process of a terminal: only the one that started the run acts on it, and its workers leave with it."""
    global _signals
    _signals = signals
    gc.freeze()  # what was loaded before the fork stays shared if the collector never walks over it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def finished(tasks: Sequence[ChunkTask], executor: ExecutorAdapter, tick: Callable[[], None]) -> Iterator[WorkerResult]:
    """The results of tasks, as they end. Raises WriteError, and whatever else is no fault of a single chunk.

    When a process dies, the tasks that were under way are done again one at a time, so that the one at fault is known by its name;
    an executor that knows which they are reports them by WorkerDeath, and they are done when the others are.
    """
    todo, under_way, later = deque(tasks), dict[Future[WorkerResult], ChunkTask](), list[ChunkTask]()
    while todo or under_way:
        while todo and len(under_way) < executor.ahead():
            task = todo.popleft()
            under_way[executor.submit(task)] = task
        ended = wait(under_way, timeout=_TICK, return_when=FIRST_COMPLETED).done
        tick()
        try:
            for future in ended:
                if isinstance(future.exception(), WorkerDeath):
                    later.append(under_way.pop(future))
                    continue
                yield future.result()
                del under_way[future]
        except BrokenExecutor:
            suspects = list(under_way.values())
            under_way.clear()
            executor.renew()
            for task in suspects:
                yield _alone(task, executor, tick)
    for task in later:
        yield _alone(task, executor, tick)


def _alone(task: ChunkTask, executor: ExecutorAdapter, tick: Callable[[], None]) -> WorkerResult:
    """A task with no other beside it: if a process dies now, it is this task's doing."""
    future = executor.submit(task)
    while not wait([future], timeout=_TICK).done:
        tick()
    try:
        return future.result()
    except BrokenExecutor:
        executor.renew()
        return WorkerResult(task, failure=ChunkFailure(task.job, _ENDED, ""))
