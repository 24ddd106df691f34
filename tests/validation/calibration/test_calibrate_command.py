"""`spheres calibrate` as an analyst types it, with the real model and the real patterns."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.scenario import load_scenario
from sim.validation.calibration.problem import CalibrationProblem, choose_patterns
from sim.validation.calibration.search import shares
from sim.validation.calibration.trial_store import TrialStore
from sim.validation.patterns.pattern_file import load_patterns
from validation.calibration.made_up import PROJECT

WORDS = ("--parameters", "israel.strike_rate,fight.raid_rate", "--worlds", "12", "--months", "12")
OUTCOME = "delimited_by_class"
TABLE, SCENARIO = "results/calibrations/tried/trials.csv", "scenarios/calibrated/tried.yaml"
LOADED = "import sys; from sim.cli import main\ntry: main()\nfinally: print('optuna' in sys.modules)"


def typed(*words: str) -> Result:
    """Run a command to its end, in the current folder."""
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def files(here: Path) -> set[str]:
    return {str(path.relative_to(here)) for path in here.rglob("*")}


def workplace(here: Path) -> Path:
    """A folder with the scenarios of the project in it."""
    shutil.copytree(PROJECT / "scenarios", here / "scenarios", ignore=shutil.ignore_patterns("calibrated"))
    return here


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return workplace(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A folder in which a calibration was made, and what it answered."""
    folder = workplace(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        answer = typed("calibrate", "tried", *WORDS, "--trials", "6", "--jobs", "2")
    assert answer.exit_code == 0, answer.stderr
    return folder, answer


@pytest.fixture
def done(made: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, as the current one."""
    monkeypatch.chdir(made[0])
    return made[0]


def test_what_is_printed_can_be_read(made: tuple[Path, Result]) -> None:
    printed = made[1].stdout
    for said in (
        "6 trials on 'baseline'",
        "Pareto-optimal trials",
        "israel.strike_rate (strikes per month)",
        "Fitted, not evidence",
    ):
        assert said in printed, said
    table = printed.split("\nvalues ")[1].split("in total ")[0]
    assert table.count("\n") > 5 and max(len(line) for line in table.splitlines()) <= 100
    assert "s left" in made[1].stderr


def test_the_baseline_is_untouched_and_the_scenario_runs(done: Path) -> None:
    assert (done / "scenarios/baseline.yaml").read_bytes() == (PROJECT / "scenarios/baseline.yaml").read_bytes()
    answer = typed("run", SCENARIO, "--worlds", "8", "--months", "6", "--no-plots", "--jobs", "1", "--name", "ran")
    assert answer.exit_code == 0, answer.stderr
    assert "tried" in answer.stdout and (done / "results/ran/comparison.parquet").is_file()


def test_the_written_scenario_gives_the_shares_of_its_trial(done: Path) -> None:
    baseline, written = load_scenario("baseline").with_months(12), load_scenario(SCENARIO).with_months(12)
    patterns = choose_patterns(None, load_patterns(), baseline)
    paths = tuple(path for path in baseline.settings if path in WORDS[1].split(","))
    trials = TrialStore(CalibrationProblem("tried", baseline, paths, patterns, 12, 1)).trials.values()
    values = {path: written.settings[path].central() for path in paths}
    trial = next(one for one in trials if one.values == values)
    assert tuple(shares(CalibrationProblem("tried", written, (), patterns, 12, 1), {})) == trial.shares


def test_going_on_equals_doing_it_in_one_go_whatever_the_processes(made: tuple[Path, Result], here: Path) -> None:
    for trials in ("3", "6"):
        answer = typed("calibrate", "tried", *WORDS, "--trials", trials, "--jobs", "1", "--force", "--quiet")
        assert answer.exit_code == 0 and answer.stderr == "", answer.stderr
    for name in (TABLE, SCENARIO):
        assert (here / name).read_bytes() == (made[0] / name).read_bytes()
    assert answer.stdout == made[1].stdout


def test_other_settings_into_the_same_name_are_refused(done: Path) -> None:
    before = files(done)
    answer = typed("calibrate", "tried", *WORDS, "--trials", "6", "--seed", "2", "--force")
    assert answer.exit_code == 2 and "seed (1 there, now 2)" in answer.stderr
    answer = typed("calibrate", "tried", *WORDS, "--trials", "6")
    assert answer.exit_code == 2 and "give --force to replace it" in answer.stderr
    assert files(done) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*WORDS, "--patterns", OUTCOME), "outcomes are measured, never fitted"),
        ((*WORDS, "--patterns", "no_such_pattern_at_all"), "is not a pattern"),
        (("--parameters", "israel.strik_rate"), "Did you mean 'israel.strike_rate'"),
        ((*WORDS[:2], "--months", "6", "--patterns", "islamic_state_raids"), "it needs 12 months, and there are 6"),
        ((*WORDS, "--trials", "0"), "--trials: 0 is too small"),
        ((*WORDS, "--from", "baselin"), "Did you mean 'baseline'?"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(here: Path, words: tuple[str, ...], told: str) -> None:
    before = files(here)
    answer = typed("calibrate", "mine", *words)
    assert answer.exit_code == 2 and told in answer.stderr, answer.stderr
    assert answer.stdout == "" and files(here) == before


def test_a_missing_library_is_told_in_one_sentence(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    answer = typed("calibrate", "mine", *WORDS)
    assert answer.exit_code == 2 and "pip install -c constraints.txt -e '.[calibrate]'" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_other_commands_do_not_load_it(here: Path) -> None:
    command = [sys.executable, "-c", LOADED, "check", "scenarios/baseline.yaml"]
    answer = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, timeout=60, check=True)
    assert answer.stdout.endswith("False\n")


def _heed_ctrl_c() -> None:
    """Undo what a shell does to commands in the background: that they ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_keeps_the_finished_trials_and_says_how_to_go_on(here: Path) -> None:
    command = [sys.executable, "-m", "sim.cli", "calibrate", "tried", *WORDS, "--trials", "500", "--jobs", "1"]
    process = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(PROJECT)}, stderr=subprocess.PIPE, text=True, preexec_fn=_heed_ctrl_c
    )
    table, until = here / TABLE, time.monotonic() + 60
    while not (table.exists() and len(table.read_text().splitlines()) > 2) and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    kept = len(table.read_text().splitlines()) - 1
    assert f"Finished trials are stored ({kept}, in {TABLE}); the same command continues from there." in told
    assert not (here / "scenarios/calibrated").exists()
    answer = typed("calibrate", "tried", *WORDS, "--trials", str(kept + 1), "--jobs", "1", "--quiet")
    assert answer.exit_code == 0 and len(table.read_text().splitlines()) == kept + 2
