"""How a folder of files takes the place of an earlier one, so that whoever reads sees the old one or the new one, never half.

The new files are built elsewhere (staging.py), synced, and moved as one folder to `NEW` in the place: that rename is the commit point.
Before it, nothing of the old files has changed. After it, the files are moved into their places one by one, the list of them last; a
process that is killed meanwhile leaves the rest to the next that looks (`complete`). The list is a JSON file with the files' hashes. Only
files that a list names are ever replaced or removed, and never through a link.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.interrupts import uninterrupted
from sim.experiment.storage.manifest_file import CONTENTS, HASHES, file_hash, read_list
from sim.experiment.storage.sealed_json import sealed
from sim.experiment.storage.staging import let_go, staging
from sim.experiment.storage.whole_files import (
    is_plain_file,
    is_plain_folder,
    plain_files,
    remove_empty,
    sync_folder,
    sync_tree,
    write_text,
)

NEW = ".new"
Stale = Callable[[Path, Mapping[str, Any] | None, Mapping[str, Any]], Iterable[Path]]  # what a new list makes stale: place, old, new


@contextmanager
def building(place: Path) -> Iterator[Path]:
    """A temporary folder; when the block ends well, its files take the place of those that an earlier one put into `place`."""
    with staging(place) as work:
        yield work
        write_contents(work)
        publish(work, place, CONTENTS)


def write_contents(folder: Path) -> None:
    """List the files of a folder with their hashes in the folder itself."""
    write_text(folder / CONTENTS, sealed({HASHES: hashes(folder, CONTENTS)}))


def hashes(folder: Path, *besides: str) -> dict[str, str]:
    """SHA-256 of every file of a folder, by its path in it; hidden files aside, and some at the top of it."""
    paths = [(path.relative_to(folder).as_posix(), path) for path in plain_files(folder)]
    return {name: file_hash(path) for name, path in paths if name not in besides and not name.startswith(".")}


def publish(work: Path, place: Path, listing: str, stale: Stale | None = None) -> None:
    """Put the files of `work` into `place`; its list, the file `listing`, comes last.

    `stale` says what else goes, being about the old files. Raises OSError or SettingsError; then all is as before.
    """
    place.mkdir(parents=True, exist_ok=True)
    complete(place, listing, stale)
    let_go(work)
    _check_targets(place, (path.relative_to(work) for path in plain_files(work)))
    sync_tree(work)
    with uninterrupted():
        _commit(work, place)
        complete(place, listing, stale)


def complete(place: Path, listing: str, stale: Stale | None = None) -> None:
    """Move what was committed into its places, if a process was killed before it had done so. Raises OSError."""
    new = place / NEW
    if not is_plain_folder(new):
        return
    now = read_list(new / listing)
    if now is not None:
        before = read_list(place / listing)
        names = set(now[HASHES])
        gone = [place / name for name in (before or {}).get(HASHES, {}) if name not in names]
        for path in (*gone, *(stale(place, before, now) if stale else ())):
            _remove(path, place)
        try:
            sources = [path for path in plain_files(new) if path != new / listing]
        except FileNotFoundError:  # another process was quicker
            return
        for source in sources:
            _move(source, place / source.relative_to(new))
        _move(new / listing, place / listing)
        sync_folder(place)
    shutil.rmtree(new, ignore_errors=True)


def _commit(work: Path, place: Path) -> None:
    """Move a folder to NEW in one step, also from another drive."""
    try:
        os.replace(work, place / NEW)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        near = place / f"{NEW}.copy"
        shutil.rmtree(near, ignore_errors=True)
        shutil.copytree(work, near)
        sync_tree(near)
        os.replace(near, place / NEW)
    sync_folder(place)


def _check_targets(place: Path, names: Iterable[Path]) -> None:
    """Whether every file can go to its place. Raises SettingsError where a link or a folder of someone else is in its way."""
    for name in names:
        inside = [place / above for above in name.parents[:-1]]
        for folder in inside:
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                raise SettingsError(f"{folder} is a link or a file, where a folder of results goes; move it away.")
        if (place / name).is_dir():
            raise SettingsError(f"{place / name} is a folder, where a file of results goes; move it away.")


def _move(source: Path, target: Path) -> None:
    """Move a file; another process may have been quicker."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(source, target)
    except FileNotFoundError:
        if not target.exists():
            raise


def _remove(path: Path, place: Path) -> None:
    """Remove a file of ours that may be gone already, and the folders that are empty then; nothing behind a link."""
    above = path.relative_to(place).parents[:-1]
    is_other = os.path.lexists(path) and not is_plain_file(path)
    if ".." in path.parts or is_other or any((place / folder).is_symlink() for folder in above):
        return
    path.unlink(missing_ok=True)
    remove_empty(path.parent, place)
