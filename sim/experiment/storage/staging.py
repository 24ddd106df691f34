"""Temporary folders in which results are built, beside the place where they will stand; those that killed runs left are swept.

`.NAME.XXXXXXXX`. Whoever builds holds a lock on the file MARK in it, so that a folder in use is never taken for one that was left.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sim.experiment.storage.manifest_file import CONTENTS, MANIFEST
from sim.experiment.storage.whole_files import ABANDONED, age, is_plain_folder

MARK = ".building"
_locks: dict[Path, FileLock] = {}  # of the folders in which this process builds


@contextmanager
def staging(place: Path) -> Iterator[Path]:
    """A temporary folder beside `place` (beside the folder itself where that is a link); it vanishes with what is left in it."""
    place = place.resolve() if place.is_symlink() else place
    place.parent.mkdir(parents=True, exist_ok=True)
    sweep(place)
    work = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        _locks[work] = FileLock(work / MARK)
        _locks[work].acquire()
        work.chmod(0o777 & ~_umask())
        yield work
    finally:
        let_go(work)
        shutil.rmtree(work, ignore_errors=True)


def let_go(work: Path) -> None:
    """The building is done: take the mark away, so that the folder holds nothing but what was built."""
    if lock := _locks.pop(work, None):
        lock.release()
        (work / MARK).unlink(missing_ok=True)


def sweep(place: Path) -> int:
    """Remove the temporary folders of `place` that are older than an hour and that nobody builds in; returns how many they were."""
    place = place.resolve() if place.is_symlink() else place
    return _remove(_left(place.parent, re.escape(place.name)))


def sweep_within(folder: Path) -> int:
    """Remove those of all places directly in a folder."""
    return _remove(_left(folder, ".+")) if is_plain_folder(folder) else 0


def _left(folder: Path, place: str) -> list[Path]:
    """The temporary folders in a folder, of places of some name (a pattern), that are older than an hour and that nobody builds in."""
    name = re.compile(rf"\.{place}\.[a-z0-9_]{{8}}")
    found = [path for path in sorted(folder.iterdir()) if name.fullmatch(path.name)] if folder.is_dir() else []
    return [path for path in found if is_plain_folder(path) and age(path) > ABANDONED and _is_ours(path) and not _in_use(path)]


def _remove(left: list[Path]) -> int:
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _is_ours(folder: Path) -> bool:
    """Whether this program made a folder: it has its mark, or a list of its files, or what earlier versions wrote first, or nothing yet."""
    names = {path.name for path in folder.iterdir()}
    return not names or bool(names & {MARK, CONTENTS, MANIFEST, "months.parquet", "compare.html"})


def _in_use(folder: Path) -> bool:
    """Whether a process builds in a folder."""
    if not (folder / MARK).is_file():
        return False
    try:
        with FileLock(folder / MARK, timeout=0):
            return False
    except (Timeout, OSError):
        return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
