"""A small result for the explorer: 1,000 worlds of the baseline over a year, run once for all its tests."""

from pathlib import Path

import pytest

from sim.experiment.execution.runner import run
from sim.experiment.run_settings import RunSettings
from sim.explorer.explorer_data import ExplorerData, read_explorer_data
from sim.scenario import Scenario

WORLDS, MONTHS = 1000, 12


@pytest.fixture(scope="session")
def small_result(baseline: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the result; not to be changed by tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("explorer"))
        run(RunSettings((baseline.with_months(MONTHS),), "small", n_worlds=WORLDS, command="spheres run"))
        return Path("results/small").absolute()


@pytest.fixture(scope="session")
def small_data(small_result: Path) -> ExplorerData:
    """What the page carries of it."""
    return read_explorer_data(small_result, "baseline")
