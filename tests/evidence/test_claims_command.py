"""`spheres doubts` as an analyst types it, in a temporary folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.validation.claim_ablation import claim_ablation as doubts
from sim.validation.claim_ablation.ablation_file import load_doubts

PROJECT = Path(__file__).parents[2]


def spheres(here: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "sim.cli", *words]
    return subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=100, check=False)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the baseline in it."""
    folder = tmp_path_factory.mktemp("doubts")
    (folder / "scenarios").mkdir()
    for file in (PROJECT / "scenarios").glob("*.yaml"):
        shutil.copy(file, folder / "scenarios")
    return folder


def test_all_claims_are_run_tabled_and_told(here: Path) -> None:
    answer = spheres(here, "doubts", "short", "--worlds", "20", "--months", "2")
    assert answer.returncode == 0, answer.stderr
    assert [file.name for file in (here / "results/short").iterdir()] == ["doubts.csv"]
    table = pd.read_csv(here / "results/short/doubts.csv")
    assert {"R01", "R36", "R43", "R78"} <= set(table["claim"]) and "R71" not in set(table["claim"])
    assert table.groupby(["claim", "way"]).size().nunique() == 1, "every claim is tried on the same conclusions"
    assert "20 worlds of baseline, 2 months from 2021-06" in answer.stdout
    assert "cannot be taken back" in answer.stdout and "R71: who leads" in answer.stdout and "results/short/doubts.csv" in answer.stdout
    assert "running" in answer.stderr and "0 s left" in answer.stderr


def test_an_older_table_of_its_own_is_replaced_quietly(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    monkeypatch.setattr(doubts, "load_doubts", lambda scenario: load_doubts(scenario)[:2])
    (here / "results/old").mkdir(parents=True)
    (here / "results/old/doubts.csv").write_text("claim\nR99\n")
    answer = CliRunner().invoke(app, ["doubts", "old", "--worlds", "20", "--months", "2", "--quiet"])
    assert answer.exit_code == 0 and answer.stderr == ""
    assert sorted(set(pd.read_csv(here / "results/old/doubts.csv")["claim"])) == ["R01", "R02"]


FAULTS = (
    (("doubts", "--worlds", "2"), "--worlds: 2 is too small"),
    (("doubts", "--months", "x"), "--months: 'x' is not a whole number"),
    (("doubts", "../x"), "cannot be the name of a folder"),
    (("doubts", "other"), "results/other holds other files"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[1])
def test_what_is_typed_wrong_is_answered_and_nothing_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, fault: tuple[tuple[str, ...], str]
) -> None:
    monkeypatch.chdir(here)
    (here / "results/other").mkdir(parents=True, exist_ok=True)
    (here / "results/other/manifest.json").write_text("{}")
    before = sorted(here.rglob("*"))
    answer = CliRunner().invoke(app, [*fault[0]])
    assert answer.exit_code == 2 and fault[1] in answer.stderr and answer.stdout == ""
    assert sorted(here.rglob("*")) == before
