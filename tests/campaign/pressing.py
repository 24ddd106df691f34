"""Commands that are killed or stopped at a moment: forked from a process that has all loaded, or in a process of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .warm import Ended, Running

IN_TIME = 5.0  # seconds from the first signal until nothing is left
HEARD = (signal.SIGINT, signal.SIGTERM)
_BEYOND = 15.0  # seconds after which what has not ended is killed


@dataclass(frozen=True)
class Press:
    """Signals: which one, how long after the start of the command, how often and how far apart, to its process or to its group."""

    number: int
    at: float
    times: int = 1
    gap: float = 0.1
    to_group: bool = True

    def __str__(self) -> str:
        often = f" {self.times} times, {self.gap:.2f} s apart" if self.times > 1 else ""
        return f"{signal.Signals(self.number).name}{often} after {self.at:.3f} s to {'the group' if self.to_group else 'the process'}"


@dataclass(frozen=True)
class Stopped:
    """How a command ended, how long after the first signal, and which of its processes were there when the time was up."""

    ended: Ended
    seconds: float
    left: list[str]


def pressed(here: Path, words: Sequence[str], press: Press) -> Stopped:
    """Run a command in a forked process, with a group of its own, and send it signals."""
    from sim.cli import main
    from sim.experiment.execution import stop_signals

    def child() -> None:
        os.setpgrp()
        os.chdir(here)
        sys.argv = ["spheres", *words]
        stop_signals.listen()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        main()

    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)  # so that a signal waits until the child listens
    try:
        running = Running(child)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
    with suppress(OSError):
        os.setpgid(running.pid, running.pid)
    begun = _press(running.pid, press)
    ended = running.wait(max(_BEYOND - (time.monotonic() - begun), 0.1))
    return Stopped(ended, time.monotonic() - begun, _left(running.pid, begun))


def pressed_apart(here: Path, words: Sequence[str], press: Press) -> Stopped:
    """The same for the command itself, once it listens: before that, Python starts, and answers for itself."""
    out, err = here.parent / "out", here.parent / "err"
    with out.open("wb") as said, err.open("wb") as complained:
        process = subprocess.Popen(
            [sys.executable, "-m", "sim.cli", *words],
            cwd=here,
            stdout=said,
            stderr=complained,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
    while process.poll() is None and not _listens(process.pid):
        time.sleep(0.01)
    begun = _press(process.pid, press)
    hung = False
    try:
        process.wait(max(_BEYOND - (time.monotonic() - begun), 0.1))
    except subprocess.TimeoutExpired:
        hung = True
        process.kill()
    seconds = time.monotonic() - begun
    ended = Ended(process.wait(), out.read_text(errors="replace"), err.read_text(errors="replace"), hung)
    return Stopped(ended, seconds, _left(process.pid, begun))


def _press(pid: int, press: Press) -> float:
    """Send the signals; returns when the first one went."""
    time.sleep(press.at)
    begun = time.monotonic()
    for again in range(press.times):
        if again:
            time.sleep(press.gap)
        with suppress(ProcessLookupError, PermissionError):
            (os.killpg if press.to_group else os.kill)(pid, press.number)
    return begun


def _left(group: int, begun: float) -> list[str]:
    """The processes of a group that are there when the time is up; they are killed."""
    while (found := members(group)) and time.monotonic() - begun < IN_TIME:
        time.sleep(0.02)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    return found


def members(group: int) -> list[str]:
    """The living processes of a process group, with their commands."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, owner = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            words = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if int(owner) == group and state != "Z":
            found.append(f"{entry.name}: {words[:80]}")
    return found


def _listens(pid: int) -> bool:
    """Whether a process catches SIGTERM, which Python by itself does not."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), "0")
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)
