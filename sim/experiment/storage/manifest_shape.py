"""What a manifest must look like before anything in it is used: kinds, bounds, and names that stay within the folder and on the line.

The checksum of a manifest shows damage; this shows a manifest that no run has written. What is checked here need not be doubted elsewhere.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sim.experiment.run_settings import MOST_SEED, MOST_WORLDS, SettingsError
from sim.text.suggestions import printable, quote

Check = Callable[[Any], bool]
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_SHOWN = 200, 1_000_000, 82  # characters
_MOST_MONTHS, _MOST_FORMAT = 1200, 1_000_000
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_HASH = re.compile(r"[0-9a-f]{64}")
_DIGEST = re.compile(r"[0-9a-f]{8,64}")
_KEY = re.compile(r"[0-9a-f]{8,64}")
_PLACE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def check_shape(path: Path, manifest: dict[str, Any], is_current: bool) -> dict[str, Any]:
    """The manifest that a file holds, if it is one that a run has written. Raises SettingsError, with the file and what is wrong in it.

    `is_current`: it should be in the format of this version; of others only what is said about them is checked.
    """
    wrong = _wrong(manifest, _CURRENT if is_current else _ANY) or (_wrong_scenario(manifest["scenarios"]) if is_current else "")
    if wrong:
        raise SettingsError(f"{path} is not as `spheres run` wrote it: {wrong}. Run the scenarios again, or name another folder.")
    return manifest


def _wrong(entries: Mapping[str, Any], checks: Mapping[str, tuple[str, Check]]) -> str:
    """What is wrong first, in words, or nothing."""
    for key, (meaning, holds) in checks.items():
        if not holds(entries.get(key)):
            given = f"is {_shown(entries[key])}" if key in entries else "is missing"
            return f"'{key}' {given} and must be {meaning}"
    return ""


def _wrong_scenario(scenarios: Mapping[str, Any]) -> str:
    """What is wrong first with the scenarios, or nothing."""
    if not scenarios:
        return "it has no scenarios"
    for name, about in scenarios.items():
        if not is_name(name):
            return f"{quote(name)} cannot be the name of a scenario"
        if not isinstance(about, dict):
            return f"of '{name}' it gives {_shown(about)} and must give its facts"
        wrong = _wrong(about, _SCENARIO) or _wrong_chunks(about)
        if wrong:
            return f"of '{name}', {wrong}"
    return ""


def _wrong_chunks(about: Mapping[str, Any]) -> str:
    """Whether chunks are ranges of worlds one after the other, which add up to the worlds."""
    end = 0
    for chunk in about["chunks"]:
        if not (isinstance(chunk, list) and len(chunk) == 3 and _whole(0, MOST_WORLDS)(chunk[0]) and _whole(1, MOST_WORLDS)(chunk[1])):
            return f"a chunk is {_shown(chunk)} and must be [first world, worlds, key]"
        first, worlds, key = chunk
        if not _matches(_KEY)(key):
            return f"the key of a chunk is {_shown(key)}"
        if first < end:
            return f"the chunk at world {first} overlaps the one before it"
        end = first + worlds
    total = sum(worlds for _, worlds, _ in about["chunks"])
    return "" if total == about["worlds"] else f"'worlds' is {about['worlds']} and its chunks have {total}"


def is_name(text: Any) -> bool:
    """Whether a text can be the name of a scenario: of a file, on a line, within its folder."""
    return (
        _is_line(text) and 0 < len(text) <= _LONGEST_NAME and text[0] != "." and not re.search(r"[/\\:*?\"<>|]", text) and ".." not in text
    )


def _shown(value: Any) -> str:
    """A value as a message shows it, short and on one line."""
    if isinstance(value, (dict, list)):
        return "a list" if isinstance(value, list) else "a map"
    text = quote(value) if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and printable(value) == value and len(value) <= _LONGEST_TEXT


def _short_line(value: Any) -> bool:
    return _is_line(value) and len(value) <= _LONGEST_NAME


def _whole(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high


def _matches(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _map(key: Check, value: Check) -> Check:
    return lambda entries: isinstance(entries, dict) and all(key(k) and value(v) for k, v in entries.items())


def _list(entry: Check, least: int = 0) -> Check:
    return lambda entries: isinstance(entries, list) and len(entries) >= least and all(map(entry, entries))


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool)


def _is_share(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0.0 <= value <= 1.0


def _is_design(value: Any) -> bool:
    counted = isinstance(value, dict) and all(_whole(1, MOST_WORLDS)(value.get(key)) for key in ("points", "lucks"))
    return counted and _map(_short_line, _short_line)(value.get("factors")) and _matches(_DIGEST)(value.get("digest"))


_ANY: Mapping[str, tuple[str, Check]] = {
    "format": (f"a whole number from 1 to {_MOST_FORMAT}", _or_none(_whole(1, _MOST_FORMAT))),
    "command": ("a command on one line", _or_none(_is_line)),
}
_CURRENT = {
    "format": _ANY["format"],
    "command": ("a command on one line", _is_line),
    "digest": ("a hash", _matches(_DIGEST)),
    "worlds": (f"a whole number from 1 to {MOST_WORLDS:,}", _whole(1, MOST_WORLDS)),
    "seed": ("a whole number from 0", _whole(0, MOST_SEED)),
    "draws": ("true or false", _is_truth),
    "months": (f"a whole number from 1 to {_MOST_MONTHS}, or null", _or_none(_whole(1, _MOST_MONTHS))),
    "overrides": ("a list of texts", _list(_is_line)),
    "design": ("the facts of a design, or null", _or_none(_is_design)),
    "complete": ("true or false", _is_truth),
    "provinces": ("a map of names by code, such as SY-DI", _map(_matches(_PLACE), _short_line)),
    "versions": ("a map of texts", _map(_short_line, _short_line)),
    "sha256": ("a map of hashes by file", _map(_is_line, _matches(_HASH))),
}
_SCENARIO: Mapping[str, tuple[str, Check]] = {
    "question": ("a text on one line", _is_line),
    "basis": ("a word", _short_line),
    "extends": ("a name, or null", _or_none(is_name)),
    "root": ("a name", is_name),
    "start": ("a month, such as 2021-06", _matches(_MONTH)),
    "months": (f"a whole number from 1 to {_MOST_MONTHS}", _whole(1, _MOST_MONTHS)),
    "digest": ("a hash", _matches(_DIGEST)),
    "parameters": ("a whole number", _whole(0, MOST_WORLDS)),
    "assumed_share": ("a share from 0 to 1", _is_share),
    "worlds": (f"a whole number from 1 to {MOST_WORLDS:,}", _whole(1, MOST_WORLDS)),
    "chunks": ("a list of at least one chunk", _list(lambda chunk: True, least=1)),
}
