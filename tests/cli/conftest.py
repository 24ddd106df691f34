"""Folders to type commands in: one with scenarios alone, and one in which two scenarios were run."""

import shutil
from pathlib import Path

import pytest
from command_line import PROJECT, typed

RUN = ("run", "scenarios/israel_escalates.yaml", "--worlds", "24", "--months", "14", "--no-plots")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the scenarios of the project in it."""
    shutil.copytree(PROJECT / "scenarios", tmp_path / "scenarios")
    return tmp_path


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the baseline and one scenario were run by two processes, without figures."""
    here = tmp_path_factory.mktemp("done")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    answer = typed(here, *RUN, "--jobs", "2", "--name", "short")
    assert answer.exit_code == 0, answer.stderr
    (here / "printed.txt").write_text(answer.stdout)
    return here
