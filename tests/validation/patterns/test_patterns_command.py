"""`spheres patterns` as an analyst types it, in a temporary folder."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from stored import write_manifest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.validation.patterns.evaluation_text import failures_first
from sim.validation.patterns.pattern_file import load_patterns

PROJECT = Path(__file__).resolve().parents[3]


def typed(*words: str) -> Result:
    """Run a command to its end, in the current folder."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small run of the baseline and one scenario that it is compared with."""
    here = tmp_path_factory.mktemp("patterns")
    (here / "scenarios").mkdir()
    for name in ("baseline", "fields_not_kept_apart"):
        shutil.copy(PROJECT / "scenarios" / f"{name}.yaml", here / "scenarios")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        answer = typed("run", "--worlds", "20", "--months", "36", "--name", "small", "--no-plots", "--quiet", "--jobs", "1")
    assert answer.exit_code == 0, answer.stderr
    return here


@pytest.fixture
def done(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, as the current one."""
    monkeypatch.chdir(small)
    return small


@pytest.fixture
def mine(done: Path) -> str:
    """A patterns file that can be evaluated on the small run."""
    (done / "mine.yaml").write_text(
        "apart:\n  says: Fields kept apart soften friction.\n  claims: [R36]\n  role: held out\n  expect: at least 0.5\n"
        "  scenarios: fields_not_kept_apart\n  differs: {of: friction, years: [1, 3], more_than: baseline}\n"
        "impossible:\n  says: Everything is struck.\n  claims: [R35]\n  role: held out\n  expect: at least 0.5\n"
        "  scenarios: all\n  level: {of: delimitation, at_least: 0.99}\n"
        "start:\n  says: Friction is not below zero.\n  claims: []\n  role: used for fitting\n  expect: at least 0.5\n"
        "  level: {of: friction, at_least: 0}\n"
    )
    return "mine.yaml"


def test_every_pattern_that_ships_is_evaluated_or_said_not_to_be(done: Path) -> None:
    told = typed("patterns", "results/small")
    assert told.exit_code == 0, told.stderr
    for pattern in load_patterns():
        assert pattern.name in told.stdout, pattern.name
    assert told.stdout.index("USED FOR FITTING") < told.stdout.index("HELD OUT") < told.stdout.index("BY SCENARIO")
    assert "NOT EVALUATED" in told.stdout and "it needs 120 months, and there are 36" in told.stdout
    assert "israel_escalates: it is not in these results" in told.stdout.replace("\n    ", " ")
    assert max(len(line) for line in told.stdout.splitlines()) <= 100 and not any(line.endswith(" ") for line in told.stdout.splitlines())


def test_failures_are_printed_first(done: Path) -> None:
    lines = typed("patterns", "results/small", "--role", "held_out").stdout.split("BY SCENARIO")[0].splitlines()
    names = {pattern.name for pattern in load_patterns()}
    verdicts = [" ".join(line.split("  ")[-1].split()) for line in lines if line.startswith("  ") and line.split()[0] in names]
    places = [failures_first(verdict) for verdict in verdicts]
    assert places == sorted(places) and len(set(places)) == 3


def test_failures_are_shown_and_are_no_fault(done: Path, mine: str) -> None:
    told = typed("patterns", "results/small", "--file", mine)
    assert told.exit_code == 0, told.stderr
    lines = told.stdout.splitlines()
    failed = next(line for line in lines if line.startswith("  impossible"))
    assert failed.endswith("not as the report expects") and " 0 (0-16)" in failed
    assert any("fields_not_kept_apart against baseline" in line for line in lines)
    table = pd.read_csv(done / "results/small/patterns.csv")
    assert table.groupby("pattern").size().to_dict() == {"apart": 1, "impossible": 2, "start": 1}
    row = table.set_index("pattern").loc["apart"]
    assert row.rival == 0.0 and row.difference > 0.0 and row.difference_low < row.difference < row.difference_high
    assert not [path for path in (done / "results/small").iterdir() if path.name.startswith(".")]


def test_role_and_scenario_narrow_what_is_printed_not_what_is_written(done: Path, mine: str) -> None:
    speaks = typed("patterns", "results/small", "--file", mine, "--role", "held_out", "--scenario", "fields_not_kept_apart").stdout
    assert "USED FOR FITTING" not in speaks and "BY SCENARIO" not in speaks and "  impossible" in speaks and "  apart" in speaks
    assert len(pd.read_csv(done / "results/small/patterns.csv")) == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("results/none",), "There are no results in results/none/"),
        (("results/small", "--scenario", "baselin"), "--scenario: there is no 'baselin' in results/small. Did you mean 'baseline'?"),
        (("results/small", "--role", "outcome"), "--role: 'outcome' is not a role; give fitted or held_out"),
        (("results/small", "--file", "nothing.yaml"), "nothing.yaml: does not exist."),
    ],
)
def test_bad_input_is_answered_with_status_2(done: Path, words: tuple[str, ...], told: str) -> None:
    table = done / "results/small/patterns.csv"
    table.unlink(missing_ok=True)
    answer = typed("patterns", *words)
    assert answer.exit_code == 2 and told in answer.stderr and not answer.stdout and not table.exists()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda folder: shutil.rmtree(folder / "chunks/baseline"), "is missing or damaged"),
        (lambda folder: _forget_chunks(folder / "manifest.json"), "must be a list of at least one chunk"),
    ],
)
def test_results_without_their_worlds_say_what_to_do(done: Path, mine: str, harm: Callable[[Path], None], said: str) -> None:
    old = done / "results/old"
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(done / "results/small", old)
    harm(old)
    answer = typed("patterns", "results/old", "--file", mine)
    assert answer.exit_code == 2 and said in answer.stderr and ("spheres run" in answer.stderr or "run the scenarios" in answer.stderr)


def _forget_chunks(path: Path) -> None:
    said = json.loads(path.read_text())
    for about in said["scenarios"].values():
        del about["chunks"]
    write_manifest(path.parent, said)
