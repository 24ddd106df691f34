"""Every operation by which a process changes files below a folder, counted; and the process killed at the n-th of them.

For a forked process that runs one command: `Operations.install` replaces what Python opens, writes, syncs, closes, renames and removes
files by, and it stays replaced. Writes of pyarrow go past Python: there a kill comes before and after opening, writing and closing.
"""

import builtins
import io
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pyarrow.csv
import pyarrow.parquet

_OF_ONE_PATH = ("unlink", "remove", "rmdir", "mkdir", "utime", "chmod", "truncate")
_OF_TWO_PATHS = ("rename", "replace", "link", "symlink")
UNSYNCED = " (not all synced)"
_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Operations:
    """Counts operations below `root`, notes each as `n operation path` in the file `note`, and kills this process at number `at`.

    With `power_cut`, operations at which a power cut would cost something have UNSYNCED at the end of their line.

    A write has two numbers: before it, and when half of it is on disk. With `power_cut`, what was written and not synced is cut to half
    before the process dies, whatever its name is by then: a file system may keep a new name and lose what the file held.
    """

    def __init__(self, root: Path, note: Path, at: int | None = None, power_cut: bool = False) -> None:
        self.root, self.at, self.power_cut, self.count = str(root.resolve()), at, power_cut, 0
        self._note = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._unsynced: dict[tuple[int, int], int] = {}
        self._os = {name: getattr(os, name) for name in (*_OF_ONE_PATH, *_OF_TWO_PATHS, "open", "write", "fsync", "sendfile")}
        self._open = builtins.open

    def install(self) -> None:
        """Replace the functions, for good."""
        for name in _OF_ONE_PATH:
            setattr(os, name, self._counted(name, 0))
        for name in _OF_TWO_PATHS:
            setattr(os, name, self._counted(name, 1))
        os.open, os.write, os.fsync, os.sendfile = self._os_open, self._os_write, self._os_fsync, self._os_sendfile
        builtins.open = io.open = self._python_open  # type: ignore[assignment]
        pyarrow.parquet.ParquetWriter = pyarrow.parquet.core.ParquetWriter = _watched(self, pyarrow.parquet.ParquetWriter)
        pyarrow.csv.CSVWriter = _watched(self, pyarrow.csv.CSVWriter)

    def point(self, what: str, path: str) -> bool:
        """Count an operation. Returns whether this process is to die now, which is left to the caller where it does half of it first."""
        if not (path == self.root or path.startswith(self.root + os.sep)):
            return False
        self.count += 1
        self._os["write"](self._note, f"{self.count} {what} {path[len(self.root) + 1 :]}{UNSYNCED if self._unsynced else ''}\n".encode())
        return self.count == self.at

    def pass_or_die(self, what: str, path: str) -> None:
        """Count an operation that is whole or not at all."""
        if self.point(what, path):
            self.die()

    def die(self) -> NoReturn:
        """The end, with no chance to tidy up."""
        if self.power_cut:
            for handle in self._unsynced.values():
                os.ftruncate(handle, os.fstat(handle).st_size // 2)
        os.kill(os.getpid(), signal.SIGKILL)
        raise SystemExit(99)  # never reached

    def wrote(self, handle: int) -> None:
        """Something was written that is not synced yet."""
        about = os.fstat(handle)
        if self.power_cut and (about.st_dev, about.st_ino) not in self._unsynced:
            self._unsynced[about.st_dev, about.st_ino] = self._os["open"](f"/proc/self/fd/{handle}", os.O_WRONLY)

    def wrote_apart(self, path: str) -> None:
        """The same of a file that is written past Python."""
        if self.power_cut:
            handle = self._os["open"](path, os.O_WRONLY)
            self.wrote(handle)
            os.close(handle)

    def _synced(self, handle: int) -> None:
        about = os.fstat(handle)
        kept = self._unsynced.pop((about.st_dev, about.st_ino), None)
        if kept is not None:
            os.close(kept)

    def _counted(self, name: str, which: int) -> Callable[..., Any]:
        def operation(*arguments: Any, **options: Any) -> Any:
            path, within = arguments[which], options.get("dst_dir_fd" if which else "dir_fd")
            self.pass_or_die(name, path_of(path, within))
            return self._os[name](*arguments, **options)

        return operation

    def _os_open(self, path: Any, flags: int, *rest: Any, **options: Any) -> int:
        if flags & _CHANGES:
            self.pass_or_die("open", path_of(path, options.get("dir_fd")))
        return self._os["open"](path, flags, *rest, **options)

    def _os_write(self, handle: int, data: Any) -> int:
        path = path_of(handle)
        self.pass_or_die("write", path)
        if self.point("half a write", path):
            self._os["write"](handle, bytes(data)[: len(data) // 2])
            self.wrote(handle)
            self.die()
        if path.startswith(self.root):
            self.wrote(handle)
        return self._os["write"](handle, data)

    def _os_sendfile(self, out: int, *rest: Any, **options: Any) -> int:
        self.pass_or_die("copy", path_of(out))
        sent = self._os["sendfile"](out, *rest, **options)
        if path_of(out).startswith(self.root):
            self.wrote(out)
        return sent

    def _os_fsync(self, handle: int) -> None:
        self.pass_or_die("sync", path_of(handle))
        self._os["fsync"](handle)
        self._synced(handle)

    def _python_open(
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        path = path_of(file)
        if not set(mode) & set("wax+") or not path.startswith(self.root):
            return self._open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        self.pass_or_die("open", path)
        raw = _CountedFile(self, path, file, mode.replace("b", "").replace("t", ""), closefd, opener)
        if buffering == 0:
            return raw
        whole = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return whole if "b" in mode else io.TextIOWrapper(whole, encoding, errors, newline, line_buffering=buffering == 1)


class _CountedFile(io.FileIO):
    """A file of Python whose writes and closing are counted."""

    def __init__(self, operations: Operations, path: str, *arguments: Any) -> None:
        self._operations, self._path = operations, path
        super().__init__(*arguments)

    def write(self, data: Any) -> int:
        self._operations.pass_or_die("write", self._path)
        if self._operations.point("half a write", self._path):
            super().write(bytes(data)[: len(data) // 2])
            self._operations.wrote(self.fileno())
            self._operations.die()
        written = super().write(data)
        self._operations.wrote(self.fileno())
        return written

    def close(self) -> None:
        if not self.closed:
            self._operations.pass_or_die("close", self._path)
        super().close()


def _watched(operations: Operations, kind: Any) -> Callable[..., Any]:
    """A writer of pyarrow whose steps are counted, where it writes to a path."""

    class Watched:
        def __init__(self, where: Any, *rest: Any, **options: Any) -> None:
            self._path = path_of(where) if isinstance(where, str | os.PathLike) else ""
            self._writer = self._step("open", kind, where, *rest, **options)

        def write_table(self, *arguments: Any, **options: Any) -> None:
            self._step("write", self._writer.write_table, *arguments, **options)

        def close(self) -> None:
            self._step("close", self._writer.close)

        def __enter__(self) -> "Watched":
            return self

        def __exit__(self, *raised: object) -> None:
            self.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._writer, name)

        def _step(self, what: str, step: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
            if not self._path.startswith(operations.root):
                return step(*arguments, **options)
            operations.pass_or_die(what, self._path)
            done = step(*arguments, **options)
            operations.wrote_apart(self._path)
            operations.pass_or_die(f"after {what}", self._path)
            return done

    return Watched


def path_of(file: Any, within: int | None = None) -> str:
    """The absolute path of a path or an open file; the last name is not followed where it is a link."""
    if isinstance(file, int):
        try:
            return os.readlink(f"/proc/self/fd/{file}")
        except OSError:
            return ""
    path = os.fsdecode(file)
    if not os.path.isabs(path):
        path = os.path.join(os.getcwd() if within is None else path_of(within), path)
    folder, name = os.path.split(os.path.normpath(path))
    return os.path.join(os.path.realpath(folder), name)
