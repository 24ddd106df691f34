"""What a reader sees of a result, through the library: numbers, tables, files and the page, as hashes."""

import hashlib
import json
import os
from dataclasses import fields
from pathlib import Path

import pandas as pd

from .project import RESULT

NONE = {"result": "none"}
_PAGE = "compare/compare.html"
_BESIDE = ("compare", "tables", "plots", "worlds")  # folders of a result that are there once a command has made them


def view(project: Path) -> dict[str, str]:
    """What is to be seen of the result of a project: NONE if there is none; `error` says why it cannot be read."""
    from sim import open_results
    from sim.experiment.run_settings import SettingsError
    from sim.report.figures.data import figure_data

    os.chdir(project)
    try:
        results = open_results(RESULT)
    except SettingsError as error:
        known = "is an unfinished run" in str(error) or "There are no results in" in str(error)
        return NONE if known else {"error": str(error)}
    try:
        (result,) = results._results
        seen = {"manifest": _hash(json.dumps(result.manifest, sort_keys=True).encode())}
        for scenario in results.scenarios:
            seen[f"worlds of {scenario}"] = _hash(_text(results.table(scenario)))
            seen[f"scenario {scenario}"] = result.scenario(scenario).digest()
        comparison = results.comparison
        for field in fields(comparison):
            value = getattr(comparison, field.name)
            seen[f"comparison, {field.name}"] = _hash(_text(value) if isinstance(value, pd.DataFrame) else repr(value).encode())
        seen["figures"] = _hash(repr(figure_data.read(RESULT)).encode())
    except SettingsError as error:
        return {"error": str(error)}
    return seen | files(project)


def files(project: Path) -> dict[str, str]:
    """The files of the result as they stand, without those that only commands read."""
    folder = project / RESULT
    listed = [path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix in (".csv", ".parquet")]
    listed += [
        path for name in _BESIDE if not (folder / name).is_symlink() for path in sorted((folder / name).rglob("*")) if path.is_file()
    ]
    return {path.relative_to(folder).as_posix(): _hash(path.read_bytes()) for path in listed if not _is_hidden(path.relative_to(folder))}


def difference(seen: dict[str, str], old: dict[str, str], new: dict[str, str]) -> str:
    """In which places something is neither as in the old result nor as in the new one; or which are old and which new."""
    if "error" in seen:
        return f"cannot be read: {seen['error']}"
    odd = [name for name in {**old, **new, **seen} if seen.get(name) not in (old.get(name), new.get(name))]
    if odd:
        return f"neither old nor new: {', '.join(sorted(odd)[:6])}"
    stale = [name for name in {**old, **new} if old.get(name) != new.get(name) and seen.get(name) == old.get(name)]
    fresh = [name for name in {**old, **new} if old.get(name) != new.get(name) and seen.get(name) == new.get(name)]
    return f"half old ({', '.join(sorted(stale)[:4])}), half new ({', '.join(sorted(fresh)[:4])})"


def _text(table: pd.DataFrame) -> bytes:
    return table.to_csv().encode()


def _is_hidden(path: Path) -> bool:
    return any(name.startswith(".") for name in path.parts)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
