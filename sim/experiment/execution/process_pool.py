"""Worker processes on this machine, each led by a thread of this one over a pipe.

Unlike `concurrent.futures.ProcessPoolExecutor` it needs no semaphores and no shared memory (`/dev/shm`), a worker that is killed costs the
task that it had and no other, and it ends when it is told to, whatever the workers do. Workers come from a server process that has loaded
the model once, so its pages are shared (on Windows each loads it for itself); each keeps to one thread, because the tasks are what runs in
parallel.
"""

import contextlib
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any
from weakref import WeakSet

from sim.experiment.execution.stop_signals import helped_by
from sim.experiment.execution.worker_process import DONE, INTERRUPT, NOTE, work_on

_SURROUNDINGS = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    # for the C library of Linux: arrays in large pages of memory, which is kept for those that follow; others ignore it (docs/batches.md)
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456",
}
DEATH = "a worker process ended without an error message (killed, or out of memory)"
_STARTING = 1.0  # seconds that an end waits at most for a process that is just being started
Call = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class WorkerDeath(BrokenExecutor):
    """Worker processes ended while they had this task, perhaps because of another task; the executor and its other tasks go on."""


class NoWorkers(OSError):
    """No worker process can be started here."""


class ProcessPool(Executor):
    """Up to `jobs` worker processes. `on_note` hears, in threads of the pool, what tasks say by `worker_process.note`.

    Raises NoWorkers if not even one can be started (no more processes or open files).
    """

    def __init__(self, jobs: int, on_note: Callable[[int], None] = lambda note: None) -> None:
        for name, value in _SURROUNDINGS.items():  # of the processes that this one starts
            os.environ.setdefault(name, value)
        self._context, self._on_note, self._jobs = _context(), on_note, jobs
        self._calls: SimpleQueue[Call | None] = SimpleQueue()
        self._leaders = list[threading.Thread]()
        self._workers = dict[int, int]()  # process number, by that of its leader
        self._under_way, self._sending = dict["Future[Any]", Connection](), threading.Lock()  # lines to the workers that have a call
        self._unwanted = WeakSet["Future[Any]"]()  # calls to be ended as soon as a worker has them
        self._lock, self._is_over, self._is_starting = threading.Lock(), False, False
        first: SimpleQueue[OSError | None] = SimpleQueue()
        self._leaving = contextlib.ExitStack()
        self._leaving.enter_context(helped_by(self.kill))
        try:
            self._stop_read, self._stop_write = self._context.Pipe(duplex=False)
            self._add(first)
            if (fault := first.get()) is not None:
                raise fault
        except (OSError, RuntimeError) as fault:
            self.end(0.0)
            raise NoWorkers(f"no worker process can be started ({fault})") from None
        except BaseException:
            self.end(0.0)
            raise

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        """Hand a call to the next worker that is free. Its result, or WorkerDeath, is in the future."""
        if self._is_over:
            raise RuntimeError("the pool has ended")
        future: Future[Any] = Future()
        self._calls.put((future, function, arguments, named))
        if len(self._leaders) < self._jobs:
            with contextlib.suppress(RuntimeError):  # no more threads: those that are there do it
                self._add()
        return future

    def interrupt(self, future: "Future[Any]") -> None:
        """End one call and no other: before it begins, or at its next note, and then its future has Interruption."""
        if future.cancel():
            return
        with self._sending, contextlib.suppress(OSError):
            if (line := self._under_way.get(future)) is not None:
                line.send_bytes(INTERRUPT)
            else:
                self._unwanted.add(future)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End when what was submitted is done; with `cancel_futures`, when what is under way is."""
        self._close(cancel_futures)
        if wait:
            for leader in self._leaders:
                leader.join()
            self.end(0.0)

    def end(self, patience: float) -> None:
        """End: tasks that look for it stop at their next note; what is not gone after so many seconds is killed."""
        self._close(cancel=True)
        until = time.monotonic() + patience
        try:
            for leader in self._leaders:
                leader.join(max(until - time.monotonic(), 0.0))
        finally:
            self.kill()
            multiprocessing.active_children()  # closes what was open for those that have ended
            self._leaving.close()

    def kill(self) -> None:
        """End the workers at once, and the server they came from, which would hold the model for as long as this process lives."""
        self._close(cancel=True)
        for number in list(self._workers.values()):
            self._kill(number)
        _end_server()
        until = time.monotonic() + _STARTING
        while self._is_starting and time.monotonic() < until:  # a leader may just be about to start the server
            time.sleep(0.01)
            _end_server()

    def _close(self, cancel: bool) -> None:
        """Take no more calls; with `cancel`, start none either, and ask those under way to stop."""
        self._is_over = True
        while cancel:
            try:
                call = self._calls.get_nowait()
            except Empty:
                break
            if call is not None:
                call[0].cancel()
        if cancel and hasattr(self, "_stop_write"):
            with contextlib.suppress(OSError):
                self._stop_write.close()
        for _ in self._leaders:
            self._calls.put(None)

    def _add(self, started: "SimpleQueue[OSError | None] | None" = None) -> None:
        leader = threading.Thread(target=self._lead, args=(started,), daemon=True)
        leader.start()
        self._leaders.append(leader)

    def _lead(self, started: "SimpleQueue[OSError | None] | None") -> None:
        """Hand one call after the other to a worker, in a thread of its own; a worker that died has a successor."""
        line: Connection | None = None
        try:
            if started is not None:
                try:
                    line = self._start()
                except Exception as fault:
                    started.put(fault if isinstance(fault, OSError) else OSError(f"it ended at once, {type(fault).__name__}"))
                    return
                started.put(None)
            while (call := self._calls.get()) is not None:
                line = self._do(call, line)
        finally:
            if line is not None:
                line.close()

    def _do(self, call: Call, line: Connection | None) -> Connection | None:
        """Have one call done; returns the line to the worker, None if it is gone."""
        future, function, arguments, named = call
        if not future.set_running_or_notify_cancel():
            return line
        try:
            sent = pickle.dumps((function, arguments, named))
            line = self._living(line) or self._start()
        except (OSError, EOFError) as fault:
            future.set_exception(NoWorkers(f"no worker process can be started ({fault})"))
            return line
        except Exception as fault:
            future.set_exception(fault)
            return line
        try:
            answer = self._answer(line, sent, future)
        except Exception as fault:
            line.close()
            self._workers.pop(threading.get_ident(), None)
            future.set_exception(WorkerDeath(DEATH) if isinstance(fault, OSError | EOFError) else fault)
            return None
        if answer[0] == DONE:
            future.set_result(answer[1])
        else:
            future.set_exception(answer[1])
        return line

    def _living(self, line: Connection | None) -> Connection | None:
        """The line to a worker without a call, unless it has ended meanwhile, which costs no call then."""
        if line is None:
            return None
        with contextlib.suppress(OSError):
            if not line.poll():  # it says nothing by itself
                return line
        line.close()
        self._workers.pop(threading.get_ident(), None)
        return None

    def _answer(self, line: Connection, sent: bytes, future: "Future[Any]") -> Any:
        """What a worker answers to a call. Raises OSError or EOFError if it ended."""
        line.send_bytes(sent)
        with self._sending:
            self._under_way[future] = line
            if future in self._unwanted:
                line.send_bytes(INTERRUPT)
        try:
            while (answer := line.recv())[0] == NOTE:
                self._on_note(answer[1])
            return answer
        finally:
            with self._sending:  # what is sent after this would reach the next call
                del self._under_way[future]

    def _start(self) -> Connection:
        """A new worker; returns the line to it. Raises OSError or EOFError."""
        here, there = self._context.Pipe()
        try:
            with self._lock:  # one after the other
                self._is_starting = True
                try:
                    self._start_process(there)
                finally:
                    self._is_starting = False
        except BaseException:
            here.close()
            raise
        finally:
            there.close()
        return here

    def _start_process(self, line: Connection) -> None:
        if self._is_over:
            raise EOFError
        if self._context.get_start_method() == "forkserver":
            resource_tracker.ensure_running()  # first, since it lets Ctrl-C through once it has started
        if hasattr(signal, "pthread_sigmask"):  # of this thread; what is started by it inherits that: Ctrl-C is not for workers
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        process = self._context.Process(target=work_on, args=(line, self._stop_read), daemon=True)
        process.start()
        self._workers[threading.get_ident()] = process.pid
        if self._is_over:  # its end may have overlooked this one
            self._kill(process.pid)
            raise EOFError

    @staticmethod
    def _kill(number: int) -> None:
        with contextlib.suppress(OSError):
            os.kill(number, getattr(signal, "SIGKILL", signal.SIGTERM))


def _context() -> Any:
    """How processes are started here."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["sim.simulation", "sim.experiment.execution.executors"])
    return context


def _end_server() -> None:
    server: Any = getattr(forkserver, "_forkserver", None)  # there is no public way; without it, only memory is lost
    if (number := getattr(server, "_forkserver_pid", None)) is not None:
        with contextlib.suppress(OSError):
            os.kill(number, signal.SIGKILL)
            server._stop()
