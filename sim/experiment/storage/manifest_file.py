"""The lists of files that folders carry (`manifest.json` of a result, `contents.json` of a report), read with care."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.sealed_json import CHECKSUM, is_whole

MANIFEST = "manifest.json"
CONTENTS = "contents.json"
HASHES = "sha256"
_LARGEST = 64_000_000  # bytes; thousands of scenarios take a tenth of it


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises OSError, and ValueError where it is none, or far too large."""
    if not path.is_file():
        raise ValueError("it is not a file")  # a pipe would keep its reader waiting for ever
    if path.stat().st_size > _LARGEST:
        raise ValueError("it is too large")
    try:
        return json.loads(path.read_bytes().decode("utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def read_list(path: Path) -> Mapping[str, Any] | None:
    """The list of files in a folder, or None where there is none, or it is damaged."""
    try:
        read = read_json(path)
    except (OSError, ValueError):
        return None
    listed = read.get(HASHES) if isinstance(read, dict) else None
    if not isinstance(listed, dict) or (CHECKSUM in read and not is_whole(read)):
        return None
    return {**read, HASHES: {name: text for name, text in listed.items() if _is_inside(name)}}


def check_hash(folder: Path, listing: Mapping[str, Any], name: str) -> bool:
    """Whether a file of a folder is as the list says."""
    try:
        return bool(listing[HASHES].get(name) == file_hash(folder / name))
    except (OSError, KeyError, AttributeError, TypeError):
        return False


def check_contents(folder: Path, name: str, remedy: str) -> None:
    """Make sure that a file of a report is as it was written. Raises SettingsError, with the remedy, where it is missing or damaged."""
    listing = read_list(folder / CONTENTS)
    if listing is None or not check_hash(folder, listing, name):
        raise SettingsError(f"{folder / name} is missing or damaged, or was changed since it was written. {remedy}")


def file_hash(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_inside(name: object) -> bool:
    """Whether a name in a list is that of a file within the folder."""
    parts = name.split("/") if isinstance(name, str) else [""]
    return all(part not in ("", ".", "..") and "\\" not in part and "\0" not in part and ":" not in part for part in parts)
