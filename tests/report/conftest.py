"""Made-up results and the page of a small comparison, made once for all tests of the report."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from sim.compare.comparison import Comparison
from sim.exploration.outcome import parse_outcome
from sim.report.figures.data import figure_data
from sim.report.figures.data.figure_data import Results
from sim.report.page.page import write_page

from . import made_page
from .figures.test_sensitivity_figure import FOUND
from .synthetic import results


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder of three scenarios with 200 worlds each."""
    return results(tmp_path_factory.mktemp("results") / "made_up")


@pytest.fixture(scope="session")
def made_up(folder: Path) -> Results:
    """The same, read."""
    return figure_data.read(folder)


@pytest.fixture(scope="session")
def compared() -> Comparison:
    """The small comparison with all that a page shows."""
    return made_page.comparison()


@pytest.fixture(scope="session")
def page_file(compared: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small comparison, made by the first process of the tests that asks for it."""
    folder = tmp_path_factory.getbasetemp()
    file = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "small_comparison.html"
    with FileLock(f"{file}.lock"):
        matters = (FOUND, replace(FOUND, outcome=parse_outcome("delimitation")))
        return file if file.exists() else write_page(file, compared, made_page.stories(compared), matters=matters)
