"""`manifest.json`: what was run, with which versions, and a hash of every file, so that results can be checked and repeated."""

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_key import model_version
from sim.experiment.storage.chunk_reader import Chunks
from sim.experiment.storage.manifest_file import HASHES, MANIFEST
from sim.experiment.storage.publishing import hashes
from sim.experiment.storage.result_folder import FORMAT
from sim.experiment.storage.sealed_json import sealed
from sim.experiment.storage.whole_files import write_text
from sim.scenario import Scenario, assumed_share
from sim.text.suggestions import printable

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


def write_manifest(folder: Path, settings: RunSettings, chunks: Mapping[str, Chunks], names: Mapping[str, str]) -> None:
    """Write the manifest of a folder as it stands (again, after files were added). `names` are the provinces' names by ISO code."""
    write_text(folder / MANIFEST, sealed(manifest(folder, settings, chunks, names)))


def manifest(folder: Path, settings: RunSettings, chunks: Mapping[str, Chunks], names: Mapping[str, str]) -> dict[str, Any]:
    """All that is needed to repeat a run, and which chunks it consists of; no path of this machine, nothing of when or how fast it ran."""
    scenarios = {s.name: describe(s) | _worlds(chunks[s.name]) for s in settings.scenarios if s.name in chunks}
    return {
        "format": FORMAT,
        "command": printable(settings.command),
        "digest": settings.digest(),
        "worlds": settings.n_worlds,
        "seed": settings.seed,
        "draws": settings.draws,
        "months": settings.months,
        "overrides": [printable(text) for text in settings.overrides],
        "design": describe_design(settings),
        "complete": [one["worlds"] for one in scenarios.values()] == [settings.n_worlds] * len(settings.scenarios),
        "provinces": dict(names),
        "scenarios": scenarios,
        "versions": versions(),
        HASHES: hashes(folder, MANIFEST),
    }


def describe(scenario: Scenario) -> dict[str, Any]:
    """A scenario as the manifest names it."""
    return {
        "question": printable(scenario.question),
        "basis": scenario.basis,
        "extends": scenario.extends,
        "root": scenario.root,
        "start": scenario.start,
        "months": scenario.months,
        "digest": scenario.digest(),
        "parameters": len(scenario.settings),
        "assumed_share": round(assumed_share(scenario), 4),
    }


def describe_design(settings: RunSettings) -> dict[str, Any] | None:
    """The design whose rows were run; None for worlds of their own."""
    rows = settings.rows
    if rows is None:
        return None
    factors = dict.fromkeys(rows.quantiles, "quantile") | dict.fromkeys(rows.values, "value")
    points, lucks = len(set(rows.point.tolist())), len(set(rows.luck.tolist()))
    return {"points": points, "lucks": lucks, "factors": factors, "digest": rows.digest()}


def _worlds(chunks: Chunks) -> dict[str, Any]:
    """How many worlds a scenario has, and its chunks: first world, how many, key."""
    return {"worlds": sum(worlds for _, worlds in chunks), "chunks": [[*span, file.key] for span, file in chunks.items()]}


def versions() -> dict[str, str]:
    """Versions of Python, of the libraries that the results depend on, and of the model itself: a hash of its rules and data."""
    found = {"python": platform.python_version(), "machine": platform.machine(), "model": model_version()}
    return found | {name: _version(name) for name in LIBRARIES}


@cache
def _version(library: str) -> str:
    """The version of a library, looked up once: that reads a file of its installation."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"
