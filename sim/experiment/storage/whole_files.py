"""Files that appear whole or not at all, also if the machine stops."""

import contextlib
import os
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

ABANDONED = 3600.0  # seconds; what a killed run left half written is swept when it is older
_PART = re.compile(r"\..+\.[^/]*-[0-9]+\.part")


def write_text(path: Path, text: str) -> None:
    """Write a text file that appears whole or not at all. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, also if the machine stops. Raises OSError."""
    with _written(path, content) as part:
        os.replace(part, path)


def write_new(path: Path, text: str) -> None:
    """As `write_text`, and only where nothing stands. Raises FileExistsError, or another OSError."""
    with _written(path, text.encode("utf-8")) as part:
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            path.open("xb").close()
            os.replace(part, path)


@contextlib.contextmanager
def _written(path: Path, content: bytes) -> Iterator[Path]:
    """What is to become a file, whole, beside its place; gone after the block, unless it has been moved."""
    part = path.with_name(f".{path.name}.{socket.gethostname()}-{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        part.unlink(missing_ok=True)


def is_abandoned_part(path: Path) -> bool:
    """Whether this is a half-written file of `write_bytes` that nobody goes on with."""
    return bool(_PART.fullmatch(path.name)) and is_plain_file(path) and age(path) > ABANDONED


def age(path: Path) -> float:
    """Seconds since a file or folder was changed; 0 where that cannot be known, negative if the clock was set back since."""
    try:
        return time.time() - path.lstat().st_mtime
    except OSError:
        return 0.0


def is_plain_file(path: Path) -> bool:
    """Whether this is a file, not a link to one."""
    return path.is_file() and not path.is_symlink()


def is_plain_folder(path: Path) -> bool:
    """Whether this is a folder, not a link to one."""
    return os.path.isdir(path) and not os.path.islink(path)


def plain_files(folder: Path) -> Iterator[Path]:
    """All files in a folder and its sub-folders, in order, but links and what lies behind them."""
    for path in sorted(folder.iterdir()):
        if is_plain_folder(path):
            yield from plain_files(path)
        elif is_plain_file(path):
            yield path


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder outlast a stop of the machine, where the system can do that."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_tree(folder: Path) -> None:
    """Make sure that a folder's files outlast a stop of the machine. Raises OSError (a full disk)."""
    for path in plain_files(folder):
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    for place in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync_folder(place)


def remove_empty(folder: Path, within: Path) -> None:
    """Remove a folder and those above it, up to `within`, as far as they are empty."""
    while folder != within and is_plain_folder(folder) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
