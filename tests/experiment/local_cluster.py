"""A Dask scheduler and workers in processes of their own, on this machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PATIENCE = 120  # seconds; a slow machine may take that long where others take two


class Dask:
    """A scheduler, and the workers that are started for it; their current folder is another than that of the run."""

    def __init__(self, folder: Path, allowed: int = 3) -> None:
        self.folder, self.file, self.workers = folder, folder / "scheduler.json", list["subprocess.Popen[bytes]"]()
        self.scheduler = self._begin(
            *("scheduler", "--port", "0", "--dashboard-address", "127.0.0.1:0"), DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=str(allowed)
        )
        wait_until(lambda: self.file.exists() and self.file.stat().st_size > 0)

    def add(self, *words: str, project: Path = PROJECT) -> "subprocess.Popen[bytes]":
        """Start a worker of one thread, with this version of the project or another."""
        known = ("worker", "--nthreads", "1", "--no-dashboard", "--death-timeout", str(PATIENCE))
        self.workers.append(self._begin(*known, *words, PYTHONPATH=os.pathsep.join(map(str, (project, PROJECT / "tests")))))
        return self.workers[-1]

    def _begin(self, *words: str, **more: str) -> "subprocess.Popen[bytes]":
        path = os.pathsep.join(map(str, (PROJECT, PROJECT / "tests")))
        environment = os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1", "DASK_TEMPORARY_DIRECTORY": str(self.folder)} | more
        command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--scheduler-file", str(self.file)]
        with (self.folder / f"{words[0]}{len(self.workers)}.log").open("wb") as log:
            return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True)

    def end(self) -> None:
        """Kill all of them, with the processes which they started."""
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=PATIENCE)


def wait_until(true: Callable[[], object]) -> None:
    """Wait for something to become true."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def with_two_workers(dask: Dask) -> Dask:
    """Two processes that end as soon as they are killed."""
    dask.add("--no-nanny")
    dask.add("--no-nanny")
    return dask
