"""Where chunks run: in this process, or in worker processes behind `concurrent.futures.Executor` (a cluster fits too)."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from typing import Any

from sim.experiment.chunk import Chunk, ChunkError, Interrupted, Job, run_chunk

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_TICK = 0.2  # seconds between looks at the workers' progress


class Pulse:
    """What a run and its workers share: world-months done so far, and whether to stop."""

    def __init__(self, context: Any = None, on_month: Callable[[], None] | None = None) -> None:
        self._stop = threading.Event() if context is None else context.Event()
        self._shared = None if context is None else context.Value("q", 0)
        self._own, self._merged, self._on_month = 0, 0, on_month

    def month(self, worlds: int) -> None:
        """Note that `worlds` worlds have done a month. Raises Interrupted when the run is to stop."""
        if self._shared is None:
            self._own += worlds
        else:
            with self._shared.get_lock():
                self._shared.value += worlds
        if self._on_month is not None:
            self._on_month()
        if self._stop.is_set():
            raise Interrupted

    def stop(self) -> None:
        """Ask every worker to stop after the month it is in."""
        self._stop.set()

    @property
    def done(self) -> int:
        """World-months done; on an executor that does not share the pulse, those of finished chunks."""
        return max(self._merged, int(self._own if self._shared is None else self._shared.value))

    def merge(self, world_months: int) -> None:
        """Note that a chunk is finished."""
        self._merged += world_months


_pulse: Pulse | None = None  # of this process; a job is sent without it


def work(job: Job) -> Chunk:
    """A job, wherever it runs."""
    return run_chunk(job, None if _pulse is None else _pulse.month)


class Here(Executor):
    """Does each job at once in this process (`--jobs 1`)."""

    def __init__(self, pulse: Pulse) -> None:
        global _pulse
        _pulse = pulse

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Do it now; what came of it stands in the future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:
            future.set_exception(fault)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Forget the pulse of this run."""
        global _pulse
        _pulse = None


def processes(jobs: int) -> tuple[Executor, Pulse]:
    """A pool of `jobs` worker processes, and the pulse it shares with this one.

    Workers come from a server process that has loaded the model once, so its pages are shared; each keeps to one thread, because
    the chunks are what runs in parallel.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["sim.model", __name__])
    pulse = Pulse(context)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(pulse,)), pulse


def end_processes(executor: Executor) -> None:
    """End the workers and the server they came from, which would hold the model in memory for as long as this process lives."""
    executor.shutdown(wait=True, cancel_futures=True)
    stop = getattr(getattr(forkserver, "_forkserver", None), "_stop", None)  # there is no public way; without it, only memory is lost
    if isinstance(executor, ProcessPoolExecutor) and stop is not None:
        stop()


def _start_worker(pulse: Pulse) -> None:
    """Ctrl-C reaches every process of a terminal: only the one that started the run acts on it, and its workers leave with it."""
    global _pulse
    _pulse = pulse
    gc.freeze()  # what was loaded before the fork stays shared if the collector never walks over it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def in_order(jobs: Sequence[Job], executor: Executor, ahead: int, on_tick: Callable[[], None]) -> Iterator[Chunk]:
    """The chunks of `jobs` in their order, with at most `ahead` under way or waiting, so that few are held. Raises ChunkError."""
    todo, under_way = deque(jobs), deque["Future[Chunk]"]()
    while todo or under_way:
        while todo and len(under_way) < ahead:
            under_way.append(executor.submit(work, todo.popleft()))
        if not wait([under_way[0]], timeout=_TICK).done:
            on_tick()
            continue
        try:
            chunk = under_way.popleft().result()
        except BrokenProcessPool:
            raise ChunkError("a worker process ended without a word (killed, or out of memory)") from None
        on_tick()
        yield chunk
