"""Part `cluster`: a run on a Dask cluster of this machine, whose workers or scheduler are killed, are of another version, or are slow.

However it ends, no chunk is wrong: the same run without a cluster, continued from what is there, gives the files of an undisturbed one.
Without the library `distributed` nothing is tried, and that is said.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import chdir, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import numpy as np
from experiment.conftest import chunk_hashes, hashes, settings
from experiment.fake_model import FakeModel, Slow
from experiment.local_cluster import PROJECT, Dask, with_two_workers

from sim.experiment.execution.dask_executor import ClusterError, cluster
from sim.experiment.execution.runner import run as run_settings
from sim.experiment.recording.chunk import ChunkError
from sim.experiment.run_settings import RunSettings, SettingsError

from .tally import Budget, Tally

_LIMIT = 120.0  # seconds for a case
_CHUNK = 20


@dataclass
class Trouble:
    """A cluster in a folder, the run on it, and random numbers that say when something happens."""

    dask: Dask
    asked: RunSettings
    random: np.random.Generator

    def later(self, do: Callable[[], object]) -> None:
        """Do something when some chunks are finished."""
        after = int(self.random.integers(0, 4))

        def wait() -> None:
            until = time.monotonic() + _LIMIT / 2
            while len(list((self.asked.folder / "chunks").rglob("*.zip"))) < after and time.monotonic() < until:
                time.sleep(0.02)
            do()

        Thread(target=wait, daemon=True).start()


def kill_a_worker(trouble: Trouble) -> None:
    """One of two workers is killed; the other goes on."""
    with_two_workers(trouble.dask)
    trouble.later(trouble.dask.workers[0].kill)


def kill_all_workers(trouble: Trouble) -> None:
    """Both are killed, and others join."""
    with_two_workers(trouble.dask)

    def replace() -> None:
        for worker in list(trouble.dask.workers):
            worker.kill()
        trouble.dask.add("--no-nanny")

    trouble.later(replace)


def kill_the_scheduler(trouble: Trouble) -> None:
    """Nobody answers any more."""
    with_two_workers(trouble.dask)
    trouble.later(trouble.dask.scheduler.kill)


def start_another_version(trouble: Trouble) -> None:
    """A worker has another version of the model."""
    other = trouble.dask.folder / "other"
    shutil.copytree(PROJECT / "sim", other / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "sim" / "simulation.py").open("a") as file:
        file.write("\n# another version\n")
    trouble.dask.add("--no-nanny")
    trouble.dask.add("--no-nanny", project=other)


def slow_a_worker(trouble: Trouble) -> None:
    """A worker stands still for some seconds."""
    with_two_workers(trouble.dask)
    slow = trouble.dask.workers[0].pid

    def stop() -> None:
        with suppress(ProcessLookupError):
            os.kill(slow, signal.SIGSTOP)
            time.sleep(float(trouble.random.uniform(1.0, 4.0)))
            os.kill(slow, signal.SIGCONT)

    trouble.later(stop)


CASES = (kill_a_worker, kill_the_scheduler, start_another_version, slow_a_worker, kill_all_workers)
_REFUSALS = (ClusterError, SettingsError, ChunkError)  # with a sentence, which the command prints


def run(budget: Budget) -> Tally:
    """One kind of trouble after the other until the budget is spent."""
    tally, random = Tally("cluster"), budget.random("cluster")
    if find_spec("distributed") is None:
        print("cluster: distributed is not installed, so nothing is tried", flush=True)
        return tally
    with tempfile.TemporaryDirectory(prefix="cluster-") as scratch:
        expected = _undisturbed(Path(scratch) / "undisturbed")
        while budget.goes_on(tally.tried):
            case = CASES[tally.tried % len(CASES)]
            _try(case, Path(scratch) / f"case-{tally.tried}", random, expected, tally)
            tally.tried += 1
    return tally


def _try(case: Callable[[Trouble], None], here: Path, random: np.random.Generator, expected: dict[str, str], tally: Tally) -> None:
    here.mkdir()
    (here / "dask").mkdir()
    name = (case.__doc__ or "").rstrip(".")
    with chdir(here):
        asked, begun = settings("k", chunk=_CHUNK), time.monotonic()
        dask = Dask(here / "dask")
        try:
            case(Trouble(dask, asked, random))
            with cluster(str(dask.file)) as place:
                run_settings(asked, factory=Slow, executor=place)
        except _REFUSALS as refusal:
            if len(str(refusal)) < 20 or case in (kill_a_worker, slow_a_worker):
                tally.fail("wrong", f"{name}: {type(refusal).__name__}: {refusal}")
        except Exception as fault:
            tally.fail("tracebacks", f"{name}: {type(fault).__name__}: {fault}")
        finally:
            dask.end()
        if time.monotonic() - begun > _LIMIT:
            tally.fail("hangs", f"{name}: took {time.monotonic() - begun:.0f} s")
        run_settings(asked, factory=_quick())
        found = hashes(asked.folder) | chunk_hashes(asked.folder)
    if odd := sorted(path for path in {*found, *expected} if found.get(path) != expected.get(path)):
        tally.fail("wrong", f"{name}: continued, it gives other files than undisturbed: {', '.join(odd[:6])}")
    shutil.rmtree(here)


def _undisturbed(here: Path) -> dict[str, str]:
    here.mkdir()
    with chdir(here):
        asked = settings("k", chunk=_CHUNK)
        run_settings(asked, factory=_quick())
        return hashes(asked.folder) | chunk_hashes(asked.folder)


def _quick() -> type[FakeModel]:
    """The slow model without its waiting, under the same name: its chunks have the same keys."""
    return type("Slow", (FakeModel,), {})
