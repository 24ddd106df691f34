"""Small disks, read-only folders and no shared memory, in a mount namespace of this process, so that nobody else sees them."""

import ctypes
import os
import sys
from pathlib import Path

_NEW_MOUNTS = 0x00020000
_READ_ONLY, _REMOUNT, _BIND, _RECURSIVE, _PRIVATE, _DETACH = 1, 32, 4096, 16384, 1 << 18, 2


def apart_from_others() -> bool:
    """From now on this process and its children have mounts of their own; False where that is not allowed (it takes root)."""
    if sys.platform != "linux":
        return False
    try:
        _call("unshare", _NEW_MOUNTS)
        mount("none", Path("/"), None, _RECURSIVE | _PRIVATE)
    except OSError:
        return False
    return True


def small_disk(place: Path, size: int) -> None:
    """A disk of so many bytes at a folder."""
    mount("tmpfs", place, "tmpfs", 0, f"size={size}")


def resize(place: Path, size: int) -> None:
    """Another size for it."""
    mount("none", place, None, _REMOUNT, f"size={size}")


def make_read_only(place: Path) -> None:
    """A folder that cannot be written, with all in it, until `unmount`."""
    mount(str(place), place, None, _BIND)
    mount("none", place, None, _REMOUNT | _BIND | _READ_ONLY)


def unmount(place: Path) -> None:
    """As it was before."""
    _call("umount2", str(place).encode(), _DETACH)


def mount(source: str, place: Path, kind: str | None, flags: int, options: str = "") -> None:
    """The system's call of that name. Raises OSError."""
    _call("mount", source.encode(), str(place).encode(), kind.encode() if kind else None, ctypes.c_ulong(flags), options.encode() or None)


def _call(name: str, *arguments: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
