"""`spheres explain` as an analyst types it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from provenance.project_copy import PROJECT
from typer.testing import CliRunner

from sim.cli import app


def spheres(here: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end, in a folder."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "sim.cli", "explain", *words]
    return subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=100, check=False)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("analyst")
    shutil.copytree(PROJECT / "scenarios", folder / "scenarios")
    return folder


def test_a_claim_is_explained_in_plain_lines(here: Path) -> None:
    done = spheres(here, "R43", "--quick")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith("R43, a claim of the report\n")
    assert "\x1b" not in done.stdout and str(here) not in done.stdout and str(PROJECT) not in done.stdout
    assert all(len(line) <= 100 for line in done.stdout.splitlines() if "http" not in line)


def test_a_misspelt_name_is_answered_with_status_2(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    done = CliRunner().invoke(app, ["explain", "iran.interests.militia_entrenchmnt"])
    assert done.exit_code == 2 and done.stdout == ""
    told = "'iran.interests.militia_entrenchmnt' was not found in the model. Did you mean 'iran.interests.militia_entrenchment'?\n"
    assert done.stderr == told
    assert not list(here.glob("results*"))


def test_without_scenarios_of_its_own_a_folder_has_those_that_ship(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["explain", "learning_stays_military", "--quick"])
    assert done.exit_code == 0 and "It extends baseline." in done.stdout


def test_a_reader_who_has_read_enough_is_no_fault(here: Path) -> None:
    words = [sys.executable, "-m", "sim.cli", "explain", "groups", "--quick"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        words, cwd=here, env=os.environ | {"PYTHONPATH": str(PROJECT)}, stdout=writer, stderr=-1, timeout=100, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
