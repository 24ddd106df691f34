"""The folder of results: what may be written where, and how files and folders appear whole or not at all."""

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from sim.experiment.run_settings import RunSettings, SettingsError

MANIFEST = "manifest.json"
CHUNKS = "chunks"
FAILURES = "failures"
TABLES = "tables"
COMPARE = "compare"
PARTED = "worlds"
_LOCK = ".lock"
_STAY = (CHUNKS, FAILURES)
_PARTS = (
    "months.parquet",
    "events.parquet",
    "comparison.parquet",
    "summary.csv",
    "precision.csv",
    "effort.csv",
    "columns.csv",
    "patterns.csv",
    TABLES,
    COMPARE,
    PARTED,
)


def check_place(settings: RunSettings) -> None:
    """Whether results may go where they are to go. Raises SettingsError if other files stand there, or results that say more."""
    place = settings.folder
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise SettingsError(f"{place} is there already and is not a folder; choose another with --name.")
    if not place.exists() or not any(place.iterdir()):
        return
    if not (place / MANIFEST).exists() and (place / CHUNKS).is_dir():
        return  # a first run that was stopped
    try:
        there = read_manifest(place)
    except SettingsError:
        raise SettingsError(f"{place} holds files that are not results of a run; choose another with --name.") from None
    less = "" if settings.replace else _less(there, settings)
    if less:
        raise SettingsError(
            f"{place} holds results {less}. Choose another name with --name, for instance --name {settings.name}-2, or say --replace: "
            "then tables and pictures are made anew, and finished worlds are kept all the same."
        )


def _less(there: dict[str, Any], settings: RunSettings) -> str:
    """What a result would lose if this run took its place, in words; nothing if it only grows or has changed scenarios."""
    if (there.get("seed"), there.get("draws")) != (settings.seed, settings.draws):
        was = f"of seed {there.get('seed')}{'' if there.get('draws', True) else ' without draws'}"
        return f"{was}, not of seed {settings.seed}{'' if settings.draws else ' without draws'}"
    worlds = there.get("worlds", 0)
    if settings.halfwidth is None and isinstance(worlds, int) and worlds > settings.n_worlds:
        return f"of {worlds:,} worlds, and {settings.n_worlds:,} would be fewer"
    missing = sorted(set(there["scenarios"]) - {s.name for s in settings.scenarios})
    return f"of scenarios that this run has not: {', '.join(missing[:6])}{', ...' if len(missing) > 6 else ''}" if missing else ""


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of results. Raises SettingsError if there is none that can be read."""
    path = folder / MANIFEST
    if not path.exists() and (folder / CHUNKS).is_dir():
        raise SettingsError(
            f"{folder} is an unfinished run: the same `spheres run` continues it; with --as-it-is it makes a result of what is there."
        )
    if not path.exists():
        raise SettingsError(f"There are no results in {folder}/ (it has no {MANIFEST}). `spheres run` makes some, in results/default/.")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise SettingsError(f"{path} cannot be read; name a folder that `spheres run` has written.") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("scenarios"), dict):
        raise SettingsError(f"{path} is not the manifest of a run; name a folder that `spheres run` has written.")
    return manifest


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """While this lasts, no other run puts its result into the folder. The lock goes with the process that holds it."""
    with FileLock(place / CHUNKS / _LOCK):
        yield


def put_result(work: Path, place: Path) -> None:
    """Put a new result in the place of an old one, beside the chunks and what is no part of it; its manifest comes last."""
    old = {*_PARTS, *(file.partition("/")[0] for file in _listed(place))} - {*_STAY, "", ".", ".."}
    new = {path.name for path in work.iterdir()}
    (place / MANIFEST).unlink(missing_ok=True)
    for path in (place / name for name in sorted(old - new)):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    for name in sorted(new, key=lambda name: (name == MANIFEST, name)):
        put(work / name, place / name)


def _listed(place: Path) -> list[str]:
    """The files of the result that stands in a folder, by its manifest."""
    try:
        return list(read_manifest(place)["sha256"])
    except (SettingsError, KeyError, TypeError):
        return []


@contextmanager
def building(place: Path) -> Iterator[Path]:
    """A temporary folder beside `place`; it takes the place when the block ends well, and vanishes otherwise."""
    with staging(place) as work:
        yield work
        put(work, place)


@contextmanager
def staging(place: Path) -> Iterator[Path]:
    """A temporary folder beside `place`, which vanishes with what is left in it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        work.chmod(0o777 & ~_umask())
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def put(work: Path, place: Path) -> None:
    """Move a file or folder to `place`, in place of what stands there; what stood there comes back if the move fails."""
    if not place.is_dir():
        os.replace(work, place)
        return
    old = work.with_name(f".{work.name}.old")
    os.replace(place, old)
    try:
        os.replace(work, place)
    except OSError:
        os.replace(old, place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file that appears whole or not at all. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, also if the machine stops. Raises OSError."""
    part = path.with_name(f".{path.name}.{socket.gethostname()}-{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
