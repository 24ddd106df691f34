"""Results of the fake model, made once, and a folder to work in."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from experiment.fake_model import FakeModel, scenario
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import RunSettings
from sim.model.state.parameters import Change

WORLDS = 60


def settings(name: str = "a", **more: object) -> RunSettings:
    """A baseline and two scenarios, one with a larger and one with a fixed budget."""
    scenarios = (scenario(), scenario("more_money", Change("scale", 1.5)), scenario("fixed", Change("set", 0.6)))
    values: dict[str, object] = {"scenarios": scenarios, "n_worlds": WORLDS, "command": "spheres run"}
    return RunSettings(name=name, **(values | more))  # type: ignore[arg-type]


def hashes(folder: Path) -> dict[str, str]:
    """Every file of a result but its manifest and chunks, by its hash."""
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"]
    return {str(p.relative_to(folder)): _hash(p) for p in files if p.relative_to(folder).parts[0] not in ("chunks", "failures")}


def chunk_hashes(folder: Path) -> dict[str, str]:
    """Every chunk of a folder of results, by its hash."""
    return {str(p.relative_to(folder)): _hash(p) for p in (folder / "chunks").rglob("*.zip")}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def results(here: Path) -> Callable[..., Path]:
    """Run the fake model; gives the folder of results."""

    def make(name: str = "a", **more: object) -> Path:
        asked = settings(name, **more)
        run(asked, factory=FakeModel)
        return here / asked.folder

    return make
