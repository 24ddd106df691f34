"""Chunks made on a cluster: Dask's executor, reached by the address of its scheduler or by the file that the scheduler wrote.

Work goes out as scenario and range (about 100 kB, 30 compressed). A worker that sees the folder of results writes its chunks there;
any other sends them back. Workers share no memory with the run, so progress counts finished chunks. How to set one up: docs/cluster.md.
"""

import asyncio
import hashlib
import json
import logging
import os
import platform
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pyarrow as pa

from sim.experiment.execution.executors import RunSignals
from sim.experiment.execution.process_pool import WorkerDeath
from sim.experiment.execution.worker import ChunkTask, WorkerResult, work
from sim.experiment.recording.chunk import ChunkError
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_key import key_of, model_version

_PATIENCE = 10  # seconds for the scheduler to answer
_ENDING = 2  # seconds for it to take leave
_LOOK = 1.0  # seconds between looks at who works
_IN_LINE = 2  # tasks for each thread of a worker: one under way, one ready
_ADDRESS = re.compile(r"((tcp|tls)://)?[^/\s]+:[0-9]{1,5}")
_RIGHT = "give the address that the scheduler printed (tcp://HOST:PORT), or the file of `dask scheduler --scheduler-file FILE`"


class ClusterError(OSError):
    """The cluster can do no more of this run: its scheduler is gone, or a worker would give other results."""


class ClusterExecutor:
    """Makes chunks on the workers of a Dask cluster, as many as there are at any time."""

    def __init__(self, client: Any) -> None:
        self.signals = RunSignals()
        self._client, self._address = client, client.scheduler.address
        # Not pure: the same task in a later run is done again, since its file may be gone.
        self._executor: Executor = client.get_executor(pure=False)
        self._threads, self._looked = 0, -_LOOK
        self._here = versions()

    def submit(self, task: ChunkTask) -> "Future[WorkerResult]":
        """Send it out. The folder goes as an absolute path, since workers may have been started anywhere."""
        result: Future[WorkerResult] = Future()
        try:
            sent = self._executor.submit(work_there, replace(task, folder=task.folder.absolute()), self._here)
        except Exception as fault:
            result.set_exception(self._lost(fault))
        else:
            sent.add_done_callback(lambda ended: self._pass_on(ended, task, result))
        return result

    def ahead(self) -> int:
        """Two for every thread of those who work now. Raises ClusterError when the scheduler is gone."""
        if time.monotonic() - self._looked > _LOOK:
            try:
                self._threads = sum(self._client.nthreads().values())
            except Exception as fault:
                raise self._lost(fault) from None
            self._looked = time.monotonic()
        return _IN_LINE * max(self._threads, 1)

    def end(self) -> None:
        """Take back what is in line, and leave. A worker finishes the chunk it is in; where it sees the folder, that chunk is kept."""
        for leave in (lambda: self._executor.shutdown(wait=False), lambda: self._client.close(timeout=_ENDING)):
            with suppress(Exception):  # there may be no scheduler any more
                leave()

    def _pass_on(self, ended: "Future[WorkerResult]", task: ChunkTask, result: "Future[WorkerResult]") -> None:
        """Pass on what came of a task, with Dask's faults in our words."""
        from distributed.scheduler import KilledWorker

        try:
            result.set_result(replace(ended.result(), task=task))
        except CancelledError as fault:
            result.set_exception(self._lost(fault))
        except KilledWorker as fault:
            result.set_exception(WorkerDeath(str(fault)))
        except (OSError, ChunkError, MemoryError) as fault:
            result.set_exception(fault)
        except Exception as fault:
            result.set_exception(ClusterError(f"a worker could not take its task: {type(fault).__name__}: {fault}"))

    def _lost(self, fault: BaseException) -> ClusterError:
        return ClusterError(f"the scheduler at {self._address} answers no more ({type(fault).__name__})")


def work_there(task: ChunkTask, wanted: dict[str, str]) -> WorkerResult:
    """A task, on a worker. Raises ClusterError where the worker, which may have joined late, would not give the bits that are wanted."""
    unlike = differences(wanted) or ("" if key_of(task.job) == task.key else "it reads this scenario in another way")
    if unlike:
        raise ClusterError(f"the worker on {platform.node()} is not like this installation: {unlike}; see docs/cluster.md")
    return work(task)


def versions() -> dict[str, str]:
    """What must be the same wherever chunks are made, so that their bytes are the same."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python, "NumPy": np.__version__, "PyArrow": pa.__version__, "the model": model_version()[:12]}


def differences(wanted: dict[str, str]) -> str:
    """In what this process is not as wanted, in words; nothing if it is."""
    here = versions()
    return ", ".join(f"{name} is {here.get(name)}, not {one}" for name, one in wanted.items() if here.get(name) != one)


def last_digits() -> str:
    """A hash of what NumPy's functions give here: they have other code for other CPUs, which differs in last digits."""
    x = np.linspace(0.01, 5.0, 10_001)
    return hashlib.sha256(b"".join(f(x).tobytes() for f in (np.exp, np.log, np.log1p, np.tanh, lambda x: x**1.37))).hexdigest()


@contextmanager
def cluster(where: str, say: Callable[[str], None] = lambda text: None) -> Iterator[ClusterExecutor]:
    """The cluster at an address, or of a scheduler file, once it has a worker; `say` is called when it has none.

    Raises SettingsError: no such cluster, no library, or workers of other versions.
    """
    distributed = need_distributed()
    import dask

    address = address_of(where)
    with dask.config.set({"distributed.comm.timeouts.connect": f"{_PATIENCE}s"}):
        client = _client(distributed, address, where)
        executor, over = ClusterExecutor(client), Event()
        try:
            _wait_for_workers(client, address, say)
            _check(client)
            _warn(client, say)
            Thread(target=_watch, args=(client, say, over), daemon=True).start()
            yield executor
        finally:
            over.set()
            executor.end()


def need_distributed() -> Any:
    """The library of the cluster. Raises SettingsError when it is not installed."""
    try:
        import distributed  # here, since it is an extra
    except ImportError:
        raise SettingsError(
            "`--cluster` needs the library distributed, which is not installed; get it with: pip install -c constraints.txt -e '.[cluster]'"
        ) from None
    return distributed


def address_of(where: str) -> str:
    """The address of a scheduler, from what was typed. Raises SettingsError."""
    path = Path(where)
    if not os.path.isfile(path):  # no error for a name that no file can have
        if _ADDRESS.fullmatch(where):
            return where
        raise SettingsError(f"--cluster: there is no file {where}, and it is no address; {_RIGHT}.")
    try:
        address = json.loads(path.read_text(encoding="utf-8"))["address"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        address = None
    if not isinstance(address, str):
        raise SettingsError(f"--cluster: {where} is not the file of a scheduler; {_RIGHT}.")
    return address


def _client(distributed: Any, address: str, where: str) -> Any:
    """The client of a scheduler that answers. Raises SettingsError."""
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is said in our words
    try:
        asyncio.run(_greet(distributed, address))  # first, since a client that fails on its way takes long to leave
        return distributed.Client(address, timeout=_PATIENCE, set_as_default=False, name="spheres")
    except Exception as fault:  # what sockets raise, a certificate that is missing, something else at that port
        named = where if where == address else f"{address}, as named in {where}"
        reason = (str(fault) or type(fault).__name__).splitlines()[0]
        raise SettingsError(f"--cluster: no scheduler answers at {named}: {reason}. Is it still running? If so, {_RIGHT}.") from None


async def _greet(distributed: Any, address: str) -> None:
    comm = await distributed.core.connect(address, timeout=_PATIENCE, **distributed.Security().get_connection_args("client"))
    comm.abort()


def _wait_for_workers(client: Any, address: str, say: Callable[[str], None]) -> None:
    """Return once there is one. Raises SettingsError when the scheduler leaves meanwhile."""
    try:
        if client.nthreads():
            return
        say(f"The cluster at {address} has no workers yet; waiting for one.")
        while not client.nthreads():
            time.sleep(_LOOK / 4)
    except OSError as fault:
        raise SettingsError(f"--cluster: {address} answers no more ({fault}).") from None


def _check(client: Any) -> None:
    """Ask the scheduler, which reads tasks too, and all workers. Raises SettingsError. Who joins later finds out with its first task."""
    wanted = versions()
    try:
        found = {"the scheduler": client.run_on_scheduler(differences, wanted)}
    except Exception as fault:
        found = {"the scheduler": f"{type(fault).__name__}: {fault}"}
    for worker, unlike in client.run(differences, wanted, on_error="return").items():
        if not isinstance(unlike, OSError):  # one that is gone
            found[f"worker {worker}"] = unlike if isinstance(unlike, str) else f"{type(unlike).__name__}: {unlike}"
    unfit = [f"{name}: {unlike}" for name, unlike in found.items() if unlike]
    if unfit:
        more = f" (and {len(unfit) - 1} more)" if len(unfit) > 1 else ""
        raise SettingsError(
            f"--cluster: not like this installation is {unfit[0]}{more}. Start scheduler and workers from the same version of the project, "
            "installed with the same constraints.txt; otherwise results could differ in their last digits."
        )


def _warn(client: Any, say: Callable[[str], None]) -> None:
    """Tell what costs time, or last digits."""
    if any(threads > 1 for threads in client.nthreads().values()):
        say("notice: there are workers with several threads, which are hardly faster than one; start them with --nthreads 1.")
    if any(digits != last_digits() for digits in client.run(last_digits, on_error="return").values() if isinstance(digits, str)):
        say("notice: workers have other CPUs than this machine, so results may differ from its own in last digits (docs/cluster.md).")


def _watch(client: Any, say: Callable[[str], None], over: Event) -> None:
    """Say when no worker is left, and when one is back."""
    some = True
    while not over.wait(_LOOK):
        try:
            now = bool(client.nthreads())
        except Exception:
            return  # the run itself finds out
        if some and not now:
            say("The cluster has no workers now; waiting for one. Ctrl-C stops, and finished worlds are kept.")
        elif now and not some:
            say("The cluster has workers again.")
        some = now
