"""The folder of results: built beside its place, then put there whole, or not at all."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.experiment.settings import Settings, SettingsError

MANIFEST = "manifest.json"


def check_place(settings: Settings) -> None:
    """Whether results may go where they are to go. Raises SettingsError if other results, or other files, stand there."""
    place = settings.folder
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise SettingsError(f"{place} is there already and is not a folder; choose another with --name.")
    if not place.exists() or not any(place.iterdir()):
        return
    try:
        there = read_manifest(place)
    except SettingsError:
        raise SettingsError(f"{place} holds files that are not results of a run; choose another with --name.") from None
    if there.get("digest") != settings.digest():
        raise SettingsError(
            f"{place} holds results of other settings ({_told(there)}; now {_told(_short(settings))}). "
            f"Choose another name with --name, for instance --name {settings.name}-2, or delete {place} first."
        )


def _short(settings: Settings) -> dict[str, Any]:
    names = [s.name for s in settings.scenarios]
    return {"scenarios": names, "worlds": settings.worlds, "seed": settings.seed, "draws": settings.draws}


def _told(manifest: dict[str, Any]) -> str:
    """The settings in few words; the scenarios' own numbers are behind the digest alone."""
    draws = "" if manifest.get("draws", True) else ", no draws"
    names = manifest.get("scenarios", ())
    return f"{len(names)} scenario{'s' * (len(names) != 1)}, {manifest.get('worlds')} worlds, seed {manifest.get('seed')}{draws}"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of results. Raises SettingsError if there is none that can be read."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise SettingsError(f"{path} cannot be read; name a folder that `spheres run` has written.") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("scenarios"), dict):
        raise SettingsError(f"{path} is not the manifest of a run; name a folder that `spheres run` has written.")
    return manifest


@contextmanager
def building(place: Path) -> Iterator[Path]:
    """A temporary folder beside `place`; it takes the place when the block ends well, and vanishes otherwise."""
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        yield work
        work.chmod(0o777 & ~_umask())
        put(work, place)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def put(work: Path, place: Path) -> None:
    """Move `work` to `place`, in place of what stands there; what stood there comes back if the move fails."""
    old = work.with_name(work.name + ".old")
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(work, place)
    except OSError:
        if old.exists():
            os.replace(old, place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_text(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
