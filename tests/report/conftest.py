"""Made-up results, written and read once for all tests of the report."""

from pathlib import Path

import pytest

from sim.report.figures.data import figure_data
from sim.report.figures.data.figure_data import Results

from .synthetic import results


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder of three scenarios with 200 worlds each."""
    return results(tmp_path_factory.mktemp("results") / "made_up")


@pytest.fixture(scope="session")
def made_up(folder: Path) -> Results:
    """The same, read."""
    return figure_data.read(folder)
