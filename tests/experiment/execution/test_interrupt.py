"""Ctrl-C, and being ended: within seconds, with finished worlds kept and no process left behind."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from experiment.conftest import subprocess_environment

SCRIPT = """
import sys
from experiment.conftest import settings
from experiment.fake_model import Slow, scenario
from sim.experiment.execution.runner import run

if __name__ == "__main__":
    try:
        run(settings(jobs=int(sys.argv[1]), chunk=20, scenarios=(scenario(months=10), scenario("long", months=1000))), factory=Slow)
    except KeyboardInterrupt:
        sys.exit(130)
"""


def begun(tmp_path: Path, jobs: int) -> "subprocess.Popen[bytes]":
    """A long run in a process group of its own, once it has a finished chunk and its workers are busy with the next."""
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, "script.py", str(jobs)]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # also where the tests themselves run in the background and ignore it
    process = subprocess.Popen(command, cwd=tmp_path, env=subprocess_environment(), start_new_session=True, preexec_fn=heed)
    until = time.monotonic() + 30
    while not list(tmp_path.rglob("*.zip")) and time.monotonic() < until:
        time.sleep(0.05)
    assert process.poll() is None
    return process


def members(group: int) -> list[int]:
    """The living processes of a process group."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, owner = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(owner) == group and state != "Z":
            found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_ctrl_c_stops_within_seconds_and_keeps_what_is_finished(tmp_path: Path, jobs: int) -> None:
    process = begun(tmp_path, jobs)
    pressed = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert time.monotonic() - pressed < 20, "a chunk of the long scenario alone takes a hundred seconds"
    assert len(list(tmp_path.rglob("*.zip"))) >= 1 and not list(tmp_path.rglob("*.part"))
    assert {p.name for p in (tmp_path / "results/a").iterdir()} == {"chunks"}
    assert not list((tmp_path / "results/a/chunks").glob(f".{16 * '[0-9a-f]'}")), "no token is left"
    time.sleep(0.5)
    assert members(process.pid) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_workers_leave_with_a_run_that_is_killed(tmp_path: Path) -> None:
    process = begun(tmp_path, 2)
    assert len(members(process.pid)) > 2
    process.kill()
    process.wait(timeout=60)
    until = time.monotonic() + 60
    while members(process.pid) and time.monotonic() < until:
        time.sleep(0.2)
    assert members(process.pid) == []
