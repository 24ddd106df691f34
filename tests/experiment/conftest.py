"""Results of the fake model, made once, and a folder to work in."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from experiment.fake_model import FakeModel, scenario
from sim.experiment.execution.runner import run
from sim.experiment.recording.chunk import Factory
from sim.experiment.run_settings import RunSettings
from sim.model.state.parameters import Change

PROJECT = Path(__file__).parents[2]
WORLDS = 60


def settings(name: str = "a", **more: object) -> RunSettings:
    """A baseline and two scenarios, one with a larger and one with a fixed budget."""
    scenarios = (scenario(), scenario("more_money", Change("scale", 1.5)), scenario("fixed", Change("set", 0.6)))
    values: dict[str, object] = {"scenarios": scenarios, "n_worlds": WORLDS, "command": "spheres run"}
    return RunSettings(name=name, **(values | more))  # type: ignore[arg-type]


def subprocess_environment() -> dict[str, str]:
    """The environment of a script that imports the program and these tests."""
    return os.environ | {"PYTHONPATH": os.pathsep.join((str(PROJECT), str(PROJECT / "tests")))}


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


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Finished runs of the fake model, each made once in a session; not to be changed by tests."""
    folders: dict[str, Path] = {}

    def find(name: str = "a", factory: Factory = FakeModel, **more: object) -> Path:
        key = repr((name, factory, more))
        if key not in folders:
            asked = settings(name, **more)
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(tmp_path_factory.mktemp("run"))
                run(asked, factory=factory)
                folders[key] = asked.folder.absolute()
        return folders[key]

    return find


@pytest.fixture
def results(here: Path, runs: Callable[..., Path]) -> Callable[..., Path]:
    """Results of the fake model in the current folder: a copy of a finished run, or what stands there, run on."""

    def make(name: str = "a", **more: object) -> Path:
        asked = settings(name, **more)
        if asked.folder.exists():
            run(asked, factory=FakeModel)
        else:
            shutil.copytree(runs(name, **more), asked.folder)
        return here / asked.folder

    return make
