"""`spheres claims` as an analyst types it, in a temporary folder."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.scenario import Scenario, load_scenario
from sim.validation.claim_ablation import claim_ablation
from sim.validation.claim_ablation.ablation_file import Ablation, load_ablations

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the baseline in it."""
    folder = tmp_path_factory.mktemp("claims")
    (folder / "scenarios").mkdir()
    for file in (PROJECT / "scenarios").glob("*.yaml"):
        shutil.copy(file, folder / "scenarios")
    return folder


@pytest.fixture
def few(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder as the current one, with the first two ablations and those that no parameter can express."""
    monkeypatch.chdir(here)

    def some(scenario: Scenario) -> tuple[Ablation, ...]:
        every = load_ablations(scenario)
        return (*every[:2], *(ablation for ablation in every if not ablation.changes))

    monkeypatch.setattr(claim_ablation, "load_ablations", some)
    return here


def typed(*words: str) -> Result:
    """Run a command to its end, in the current folder."""
    return CliRunner().invoke(app, list(words))


def test_claims_are_run_tabled_and_printed(few: Path) -> None:
    answer = typed("claims", "short", "--worlds", "20", "--months", "2")
    assert answer.exit_code == 0, answer.stderr
    assert {file.name for file in (few / "results/short").iterdir()} == {"claims.csv", "contents.json"}
    table = pd.read_csv(few / "results/short/claims.csv")
    assert set(table["claim"]) == {"R01", "R02"}
    assert table.groupby(["claim", "way"]).size().nunique() == 1, "every claim is tried on the same conclusions"
    assert "20 worlds of baseline, 2 months from 2021-06" in answer.stdout
    assert "No parameter can express" in answer.stdout and "R71: who leads" in answer.stdout
    assert "results/short/claims.csv" in answer.stdout
    assert "running" in answer.stderr and "0 s left" in answer.stderr


def test_every_ablation_can_be_applied() -> None:
    baseline = load_scenario(PROJECT / "scenarios" / "baseline.yaml")
    ablations = load_ablations(baseline)
    assert {"R01", "R36", "R43", "R78"} <= {ablation.claim for ablation in ablations}
    for ablation in ablations:
        changed = ablation.applied(baseline).settings
        assert {path for path in changed if changed[path] != baseline.settings[path]} == {path for path, _ in ablation.changes}


def test_an_older_table_of_its_own_is_replaced_quietly_under_the_former_name_too(few: Path) -> None:
    (few / "results/old").mkdir(parents=True)
    (few / "results/old/claims.csv").write_text("claim\nR99\n")
    answer = typed("doubts", "old", "--worlds", "20", "--months", "2", "--quiet")
    assert answer.exit_code == 0 and answer.stderr == "`spheres doubts` is now called `spheres claims`.\n"
    assert sorted(set(pd.read_csv(few / "results/old/claims.csv")["claim"])) == ["R01", "R02"]
    listed = typed("--help").stdout
    assert "claims" in listed and "doubts" not in listed


FAULTS = (
    (("claims", "--worlds", "2"), "--worlds: 2 is too small"),
    (("claims", "--months", "x"), "--months: 'x' is not a whole number"),
    (("claims", "../x"), "cannot be the name of a folder"),
    (("claims", "other"), "results/other holds other files; choose another name, for instance: spheres claims other-2"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[1])
def test_what_is_typed_wrong_is_answered_and_nothing_written(few: Path, fault: tuple[tuple[str, ...], str]) -> None:
    (few / "results/other").mkdir(parents=True, exist_ok=True)
    (few / "results/other/manifest.json").write_text("{}")
    before = sorted(few.rglob("*"))
    answer = typed(*fault[0])
    assert answer.exit_code == 2 and fault[1] in answer.stderr and answer.stdout == ""
    assert sorted(few.rglob("*")) == before
