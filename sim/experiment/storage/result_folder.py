"""The folder of results: what may be written where, what a new result makes of the old one, and who holds the folder."""

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from sim.experiment.run_settings import RunSettings, SettingsError
from sim.experiment.storage import publishing
from sim.experiment.storage.manifest_file import CONTENTS, HASHES, MANIFEST, read_json, read_list
from sim.experiment.storage.manifest_shape import check_shape
from sim.experiment.storage.sealed_json import CHECKSUM, is_whole
from sim.experiment.storage.whole_files import is_plain_folder

CHUNKS = "chunks"
FAILURES = "failures"
TABLES = "tables"
COMPARE = "compare"
PARTED = "worlds"
EXPLORE = "explore"
EXPLORER_PAGE = "explore.html"
FORMAT = 5  # of a folder of results; higher when tables or columns are added or change their names or meaning
_LOCK = ".lock"
_AGAIN = "The `spheres run` that made it makes it anew, and keeps finished worlds."
_TOKEN = re.compile(r"\.[0-9a-f]{16}")
RANGE_FILE = re.compile(r"[0-9]{7,}-[0-9]{7,}\.[0-9a-f]{20}\.(zip|json)")  # a chunk, or the record of one that failed
_ADDED = ("patterns.csv", "verdicts.md")  # what commands add to a result
_EXPORTS = [f"{TABLES}/{name}.{ending}" for name in ("worlds", "provinces", "groups", "starts", "years") for ending in ("parquet", "csv")]


def check_place(settings: RunSettings) -> None:
    """Whether results may go where they are to go. Raises SettingsError if other files stand there, or results that say more."""
    place = settings.folder
    if (place.is_symlink() or place.exists()) and not place.is_dir():
        raise SettingsError(f"{place} is there already and is not a folder; choose another with --name.")
    if not place.exists() or not any(place.iterdir()):
        return
    finish_publishing(place)
    is_ours = _is_ours(place)
    if is_ours and not (place / MANIFEST).exists():
        return  # a first run that was stopped
    try:
        there = read_manifest(place)
    except SettingsError:
        if is_ours:
            return  # its manifest is damaged: this run makes it anew
        raise SettingsError(f"{place} holds files that are not results of a run; choose another with --name.") from None
    less = "" if settings.replace else _less(there, settings)
    if less:
        raise SettingsError(
            f"{place} holds results {less}. Choose another name with --name, for instance --name {settings.name}-2, or say --replace: "
            "then tables and pictures are made anew, and finished worlds are kept all the same."
        )


def _is_ours(place: Path) -> bool:
    """Whether a run has begun in a folder: it has our lock, or chunks, or nothing but the empty folder for them."""
    chunks = place / CHUNKS
    if (chunks / _LOCK).exists() or any(RANGE_FILE.fullmatch(path.name) for path in chunks.glob("*/*.zip")):
        return True
    return list(place.iterdir()) == [chunks] and is_plain_folder(chunks) and not any(chunks.iterdir())


def _less(there: dict[str, Any], settings: RunSettings) -> str:
    """What a result would lose if this run took its place, in words; nothing if it only grows or has changed scenarios."""
    if (there.get("seed"), there.get("draws")) != (settings.seed, settings.draws):
        was = f"of seed {there.get('seed')}{'' if there.get('draws', True) else ' without draws'}"
        return f"{was}, not of seed {settings.seed}{'' if settings.draws else ' without draws'}"
    design = None if settings.rows is None else settings.rows.digest()
    if (there.get("design") or {}).get("digest") != design and there.get("format") == FORMAT:
        return "of another design" if there.get("design") else "of worlds that are no design"
    worlds = there.get("worlds", 0)
    if settings.halfwidth is None and isinstance(worlds, int) and worlds > settings.n_worlds:
        return f"of {worlds:,} worlds, and {settings.n_worlds:,} would be fewer"
    missing = sorted(set(there["scenarios"]) - {s.name for s in settings.scenarios})
    return f"of scenarios that this run has not: {', '.join(missing[:6])}{', ...' if len(missing) > 6 else ''}" if missing else ""


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of results. Raises SettingsError if there is none that can be read, or it is damaged."""
    path = folder / MANIFEST
    is_there = os.path.exists(path)  # no error for a name that no file can have
    if not is_there and os.path.isdir(folder / CHUNKS):
        raise SettingsError(
            f"{folder} is an unfinished run: the same `spheres run` continues it; with --as-it-is it makes a result of what is there."
        )
    if not is_there:
        raise SettingsError(f"There are no results in {folder}/ (it has no {MANIFEST}). `spheres run` makes some, in results/default/.")
    try:
        manifest = read_json(path)
    except (OSError, ValueError):
        raise SettingsError(f"{path} cannot be read or is damaged. {_AGAIN}") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("scenarios"), dict):
        raise SettingsError(f"{path} is not the manifest of a run, or is damaged. {_AGAIN}")
    if not is_whole(manifest) if CHECKSUM in manifest else manifest.get("format") == FORMAT:  # other formats may have none
        raise SettingsError(f"{path} is damaged: it has not the checksum that belongs to it. {_AGAIN}")
    return check_shape(path, manifest, is_current=manifest.get("format") == FORMAT)


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """While this lasts, no other run puts its result into the folder. The lock goes with the process that holds it."""
    with FileLock(place / CHUNKS / _LOCK):
        yield


@contextmanager
def holding(place: Path) -> Iterator[str]:
    """While this lasts, a word stands in the folder's chunks by which workers know it, and `tidy` removes nothing from it."""
    token = secrets.token_hex(8)
    path = place / CHUNKS / f".{token}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(place):
        release_dead(place)
        held = FileLock(path)
        held.acquire()
    try:
        yield token
    finally:
        held.release()
        path.unlink(missing_ok=True)


def is_held(place: Path, token: str) -> bool:
    """Whether this is the folder that a run with this token holds."""
    return (place / CHUNKS / f".{token}").is_file()


def release_dead(place: Path) -> bool:
    """Take away what killed runs held a folder by; returns whether another run holds it still. To be called while it is locked."""
    is_in_use = False
    for path in sorted((place / CHUNKS).iterdir()):
        if not _TOKEN.fullmatch(path.name) or not path.is_file():
            continue
        try:
            with FileLock(path, timeout=0):
                pass
        except Timeout:
            is_in_use = True
        else:
            path.unlink(missing_ok=True)
    return is_in_use


def put_result(work: Path, place: Path) -> None:
    """Put a new result in the place of an old one, beside the chunks and what is no part of it."""
    publishing.publish(work, place, MANIFEST, _stale)


def finish_publishing(place: Path) -> None:
    """Move a new result, and pages beside it, into their places, where a process was killed in doing so.

    Raises SettingsError if that cannot be done for the result; pages can wait.
    """
    reports = [folder for folder in _report_folders(place) if is_plain_folder(folder / publishing.NEW)]
    is_due = os.path.isdir(place / publishing.NEW)
    if not is_due and not reports:
        return
    try:
        with locked(place):
            publishing.complete(place, MANIFEST, _stale)
            for folder in reports:
                publishing.complete(folder, CONTENTS)
    except OSError as error:
        if is_due:
            raise SettingsError(f"{place}: a new result has not been moved into its place yet, and cannot be: {error}.") from None


def _stale(place: Path, before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Iterator[Path]:
    """What commands have made of the result before: all of it, but the pages and tables of the same worlds."""
    yield from (place / name for name in _ADDED)
    if before is None or before.get("scenarios") != now.get("scenarios"):
        yield from (place / name for name in (*_EXPORTS, EXPLORER_PAGE))
        yield from _reports(place)


def _reports(place: Path) -> Iterator[Path]:
    """The files of the pages and divergences beside a result, by their lists."""
    for folder in _report_folders(place):
        listed = read_list(folder / CONTENTS) if is_plain_folder(folder) else None
        if listed is not None:
            yield from (folder / name for name in listed[HASHES])
        if listed is not None or (is_plain_folder(folder) and not any(folder.iterdir())):  # a kill may have left it empty
            yield folder / CONTENTS


def _report_folders(place: Path) -> list[Path]:
    """The folders of the page, of divergences and of answers of the commands that explore, and others that stand among those."""
    several = [place / PARTED, place / EXPLORE]
    return [place / COMPARE, *(folder for within in several if is_plain_folder(within) for folder in sorted(within.iterdir()))]
