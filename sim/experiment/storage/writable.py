"""Whether results can be written, asked before anything is run."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.whole_files import is_plain_folder


def check_writable(place: Path, *within: str) -> None:
    """Whether files can be made in `place`, in folders `within` it and in theirs, and beside it. Raises SettingsError.

    Only folders that are there are asked; what the system does not know beforehand (a full disk) shows later.
    """
    for folder in (_above(place), place, *(folder for name in within for folder in _with_folders(place / name))):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise SettingsError(f"{folder}/ cannot be written ({_reason(folder)}), so nothing was run. {_RIGHT}")


_RIGHT = "Give this command where you may write."


def _above(place: Path) -> Path:
    """The folder that a place is in or would be made in: the nearest that is there."""
    place = place.absolute()
    return next(folder for folder in (place.resolve() if place.is_symlink() else place).parents if folder.exists())


def _with_folders(folder: Path) -> Iterator[Path]:
    yield folder
    if is_plain_folder(folder):
        yield from (path for path in sorted(folder.iterdir()) if is_plain_folder(path))


def _reason(folder: Path) -> str:
    """Why, in the system's words."""
    read_only = hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY
    return os.strerror(errno.EROFS if read_only else errno.EACCES)
