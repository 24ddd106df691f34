"""Part `limits`: commands where something is missing or scarce, and whether they work or say so.

Open files, the size of files, space on the disk, folders that cannot be written, shared memory, the folders of the user, standard streams.
A command works (exit status 0, and the files of an undisturbed one) or says in a sentence what is missing (1 or 2); without the limit the
same command then does its work (`after_kill.py`). Disks and read-only folders need root on Linux; without it these cases are left out.
"""

import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from . import mounts
from .after_kill import Found, Undisturbed, look
from .kills import EXPORT, MORE, PAGE, RUN, remember_pages
from .project import NAME, RESULT, add_strangers, contents, copy, new_project, visible
from .reading import view
from .stops import with_jobs
from .tally import Budget, Tally
from .warm import Ended, Running, apart, command, load

COMMANDS: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = (
    (RUN, ()),
    (with_jobs(RUN), ()),
    (MORE, (RUN,)),
    (with_jobs(MORE), (RUN,)),
    (PAGE, (RUN,)),
    (EXPORT, (RUN,)),
    (("tidy", NAME), (RUN, MORE)),
)
_ENOUGH = 400_000_000  # bytes of a disk
_READ_ONLY = ("results", str(RESULT), f"{RESULT}/chunks", f"{RESULT}/chunks/baseline", ".")


@dataclass(frozen=True)
class Limit:
    """Something scarce: in words; what a process does to itself; and what is done to the project around it, by a context manager."""

    words: str
    within: Callable[[], None] = lambda: None
    around: Callable[[Path], object] | None = None


@dataclass
class Ready:
    """A command with the project before it, and after it, undisturbed."""

    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...]
    scratch: Path
    made: list[Undisturbed] = field(default_factory=list)

    def undisturbed(self) -> Undisturbed:
        """Made when it is first needed."""
        if not self.made:
            project = new_project(self.scratch / "before")
            for words in self.before:
                _well(project, words)
            add_strangers(project)
            done = copy(project, self.scratch / "after")
            _well(done, self.words)
            seen = apart(view, copy(project, self.scratch / "seen"))
            self.made.append(Undisturbed(self.words, project, contents(project), contents(done), seen, apart(view, done), []))
        return self.made[0]


def run(budget: Budget, only: int | None = None) -> Tally:
    """Commands under limits, drawn at random, until the budget is spent; `only` the first few commands."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:  # whose mounts are its own
        return pool.submit(_run, budget, only).result()


def _run(budget: Budget, only: int | None) -> Tally:
    tally, random = Tally("limits"), budget.random("limits")
    has_mounts = mounts.apart_from_others()
    if not has_mounts:
        print("limits: disks and read-only folders need root; these cases are left out", flush=True)
    with tempfile.TemporaryDirectory(prefix="limits-") as scratch:
        place = Path(scratch)
        load(place / "memory")
        remember_pages(place / "memory")
        ready = [Ready(words, before, place / f"{at}") for at, (words, before) in enumerate(COMMANDS[:only])]
        while budget.goes_on(tally.tried):
            one, limit = ready[int(random.integers(len(ready)))], _limit(random, has_mounts)
            for kind, text in _tried(one.undisturbed(), limit, place / f"case-{tally.tried}"):
                tally.fail(kind, f"spheres {' '.join(one.words)}, {limit.words}: {text}")
            tally.tried += 1
    return tally


def _limit(random: np.random.Generator, has_mounts: bool) -> Limit:
    size = int(random.choice([0, 1, 100, 1_000, 10_000, 60_000, 200_000]) * random.uniform(0.5, 1.5))
    files = int(random.integers(3, 40))
    kinds = [
        Limit(f"{files} open files", lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))),
        Limit(f"files of {size:,} bytes", lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))),
        Limit("no home and no folder for temporary files", _without_folders),
        Limit("standard streams closed", lambda: os.closerange(0, 3)),
        Limit("standard output full", lambda: _to("/dev/full", 1)),
    ]
    if has_mounts:
        where = str(random.choice(_READ_ONLY))
        kinds += [
            Limit(f"a disk with {size * 4:,} bytes left", around=lambda project: _full(project, size * 4)),
            Limit(f"{where} cannot be written", around=lambda project: _read_only(project / where)),
            Limit("no /dev/shm", around=lambda project: _no_shared_memory()),
        ]
    return kinds[int(random.integers(len(kinds)))]


def _tried(ready: Undisturbed, limit: Limit, scratch: Path) -> list[Found]:
    """A command under a limit; what is wrong with its end, or after it."""
    project = scratch / "project"
    scratch.mkdir()
    with _around(limit, ready.before, project):
        ended = _under(project, ready.words, limit)
    found = _wrong(ended, limit)
    if not ended.status and visible(contents(project)) != visible(ready.tree_after):
        found.append(("wrong", "it ended well with other files than undisturbed"))
    return found + look(ready, project, scratch / "look", with_sweeping=False)


@contextmanager
def _around(limit: Limit, before: Path, project: Path) -> Iterator[None]:
    copy(before, project)
    if limit.around is None:
        yield
        return
    with limit.around(project):  # type: ignore[attr-defined]
        yield


@contextmanager
def _full(project: Path, left: int) -> Iterator[None]:
    """The project on a disk of its own, with so much left; then copied back."""
    disk = project.with_name("disk")
    project.rename(disk.with_name("original"))
    project.mkdir()
    mounts.small_disk(project, _ENOUGH)
    try:
        copy_into(disk.with_name("original"), project)
        free = os.statvfs(project)
        used = (free.f_blocks - free.f_bfree) * free.f_frsize
        mounts.resize(project, used + max(left, free.f_frsize))
        yield
        mounts.resize(project, _ENOUGH)
        copy(project, disk)
    finally:
        mounts.unmount(project)
    project.rmdir()
    disk.rename(project)


def copy_into(source: Path, target: Path) -> None:
    """Copy what is in a folder into another that is there."""
    for path in source.iterdir():
        if path.is_dir() and not path.is_symlink():
            copy(path, target / path.name)
        else:
            shutil.copy2(path, target / path.name, follow_symlinks=False)


@contextmanager
def _read_only(place: Path) -> Iterator[None]:
    """A folder that cannot be written, if it is there."""
    if not place.is_dir():
        yield
        return
    mounts.make_read_only(place)
    try:
        yield
    finally:
        mounts.unmount(place)


@contextmanager
def _no_shared_memory() -> Iterator[None]:
    mounts.small_disk(Path("/dev/shm"), 0)
    mounts.mount("none", Path("/dev/shm"), None, 32 | 1)
    try:
        yield
    finally:
        mounts.unmount(Path("/dev/shm"))


def _under(project: Path, words: Sequence[str], limit: Limit) -> Ended:
    from sim.cli import main

    def child() -> None:
        os.setpgrp()
        os.chdir(project)
        sys.argv = ["spheres", *words]
        limit.within()
        main()

    running = Running(child)
    ended = running.wait()
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)  # a helper that is just leaving
    return ended


def _wrong(ended: Ended, limit: Limit) -> list[Found]:
    if ended.hung:
        return [("hangs", "it did not end")]
    if ended.traceback:
        return [("tracebacks", ended.err.strip()[-500:])]
    found: list[Found] = []
    if ended.status not in (0, 1, 2):
        found.append(("wrong", f"it ended with {ended.status}: {ended.err.strip()[-300:]}"))
    is_silent = ended.status and not ended.err.strip()
    if is_silent and "streams closed" not in limit.words and "files of" not in limit.words:  # what it says goes into a file here
        found.append(("wrong", f"it ended with {ended.status} and said nothing"))
    return found


def _without_folders() -> None:
    os.environ.update(HOME="/nonexistent/home", TMPDIR="/nonexistent/tmp")
    tempfile.tempdir = None


def _to(path: str, number: int) -> None:
    os.dup2(os.open(path, os.O_WRONLY), number)


def _well(project: Path, words: Sequence[str]) -> None:
    ended = command(project, words, limit=600.0)
    if ended.status:
        raise RuntimeError(f"{' '.join(words)} ended with {ended.status}: {ended.err}")
