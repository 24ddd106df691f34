"""`manifest.json`: what was run, with which versions, and a hash of every file, so that results can be checked and repeated."""

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.experiment.folder import MANIFEST
from sim.experiment.settings import Settings
from sim.scenario import Scenario, assumed_share

LIBRARIES = (
    "syria-spheres",
    "numpy",
    "mesa",
    "networkx",
    "pandas",
    "pyarrow",
    "ruamel.yaml",
    "altair",
    "vl-convert-python",
)


def write_manifest(folder: Path, settings: Settings) -> None:
    """Write the manifest of a folder as it stands (again, after files were added)."""
    text = json.dumps(manifest(folder, settings), indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def manifest(folder: Path, settings: Settings) -> dict[str, Any]:
    """All that is needed to repeat a run; no path of this machine, and nothing of when or how fast it ran."""
    return {
        "command": settings.command,
        "digest": settings.digest(),
        "worlds": settings.worlds,
        "seed": settings.seed,
        "draws": settings.draws,
        "months": settings.months,
        "overrides": list(settings.overrides),
        "scenarios": {s.name: describe(s) for s in settings.scenarios},
        "versions": versions(),
        "sha256": {str(p.relative_to(folder).as_posix()): file_hash(p) for p in sorted(folder.rglob("*")) if _counts(p)},
    }


def describe(scenario: Scenario) -> dict[str, Any]:
    """A scenario as the manifest names it."""
    return {
        "question": scenario.question,
        "basis": scenario.basis,
        "extends": scenario.extends,
        "root": scenario.root,
        "start": scenario.start,
        "months": scenario.months,
        "digest": scenario.digest(),
        "parameters": len(scenario.settings),
        "assumed_share": round(assumed_share(scenario), 4),
    }


def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that the results depend on."""
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _counts(path: Path) -> bool:
    return path.is_file() and path.name != MANIFEST
