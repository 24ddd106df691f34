"""Results of the fake model, made once, and a folder to work in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from experiment.fake_model import FakeModel, scenario
from sim.experiment.run import run
from sim.experiment.settings import Settings
from sim.world.parameters import Change

WORLDS = 60


def settings(name: str = "a", **more: object) -> Settings:
    """A baseline and two scenarios, one with a larger and one with a fixed budget."""
    scenarios = (scenario(), scenario("more_money", Change("scale", 1.5)), scenario("fixed", Change("set", 0.6)))
    values: dict[str, object] = {"scenarios": scenarios, "worlds": WORLDS, "command": "spheres run"}
    return Settings(name=name, **(values | more))  # type: ignore[arg-type]


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
