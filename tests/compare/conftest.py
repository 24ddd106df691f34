"""Results of the fake model, made once for all tests of comparison."""

from pathlib import Path
from typing import NamedTuple

import pytest
from experiment.conftest import settings
from experiment.fake_model import FakeModel

from sim.experiment.execution.runner import RunOutcome, run


class FakeRun(NamedTuple):
    """A finished run of the fake model, and its folder of results."""

    ended: RunOutcome
    folder: Path


@pytest.fixture(scope="session")
def fake(tmp_path_factory: pytest.TempPathFactory) -> FakeRun:
    """A baseline, and scenarios with a larger and a fixed budget, in three chunks; not to be changed by tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("fake"))
        asked = settings(chunk=20)
        return FakeRun(run(asked, factory=FakeModel), asked.folder.absolute())
