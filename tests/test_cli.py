"""The commands as an analyst types them, in a temporary folder."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from stored import table
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.simulation import Spheres

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the scenarios of the project in it."""
    shutil.copytree(PROJECT / "scenarios", tmp_path / "scenarios")
    return tmp_path


def spheres(here: Path, *words: str, columns: int = 160) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    environment = os.environ | {"COLUMNS": str(columns), "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, "-m", "sim.cli", *words],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def typed(here: Path, *words: str) -> Result:
    """What a command answers without a process of its own, which is quicker; for wrong words, of which there are many kinds."""
    with contextlib.chdir(here):
        answer = CliRunner().invoke(app, words)
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def files(here: Path) -> set[str]:
    """Every file below a folder."""
    return {str(p.relative_to(here)) for p in here.rglob("*")}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the baseline and one scenario were run without pictures."""
    here = tmp_path_factory.mktemp("done")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    words = (
        "run",
        "scenarios/israel_escalates.yaml",
        "--worlds",
        "24",
        "--months",
        "14",
        "--jobs",
        "2",
        "--no-plots",
        "--name",
        "short",
    )
    answer = spheres(here, *words)
    assert answer.returncode == 0, answer.stderr
    (here / "printed.txt").write_text(answer.stdout)
    return here


def test_the_root_is_run_too_and_the_table_is_printed(done: Path) -> None:
    text = (done / "printed.txt").read_text()
    assert re.search(r"^baseline +\d", text, re.MULTILINE) and re.search(r"^israel_escalates +\d", text, re.MULTILINE)
    assert re.search(r"^israel_escalates: .+\.$", text, re.MULTILINE) and "parameters are assumed" in text and "results/short" in text
    assert table(done / "results/short").groupby("scenario").size().to_dict() == {"baseline": 24, "israel_escalates": 24}


def test_the_number_of_processes_changes_no_number(done: Path) -> None:
    words = ("run", "scenarios/israel_escalates.yaml", "--worlds", "24", "--months", "14", "--no-plots", "--quiet")
    answer = spheres(done, *words, "--jobs", "1", "--name", "alone")
    assert answer.returncode == 0 and answer.stderr == ""
    one, two = (json.loads((done / f"results/{name}/manifest.json").read_text()) for name in ("short", "alone"))
    assert one["sha256"] == two["sha256"] and "comparison.parquet" in one["sha256"] and one["scenarios"] == two["scenarios"]
    for short, alone in zip(*(sorted((done / f"results/{name}/chunks").rglob("*.zip")) for name in ("short", "alone")), strict=True):
        assert short.read_bytes() == alone.read_bytes()


@pytest.mark.parametrize(("scenario", "world"), [("baseline", 0), ("israel_escalates", 23)])
def test_replay_gives_the_rows_to_the_bit_and_tells_the_story(done: Path, scenario: str, world: int) -> None:
    answer = spheres(done, "replay", "results/short", "--scenario", scenario, "--world", str(world))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith(f"Invented world {world} of '{scenario}'") and "to the bit" in answer.stdout
    assert re.search(r"^20\d\d-\d\d  ", answer.stdout, re.MULTILINE)


def test_the_same_settings_reuse_all_worlds_and_fewer_need_a_name(done: Path) -> None:
    words = ("run", "baseline", "--months", "2", "--no-plots", "--name", "again", "--jobs", "1")
    assert "3 worlds were run. Tables" in spheres(done, *words, "--worlds", "3").stdout
    before = (done / "results/again/manifest.json").read_text()
    answer = spheres(done, *words, "--worlds", "3")
    assert answer.returncode == 0 and "0 worlds were run, 3 were there already" in answer.stdout
    assert "nothing to run, 3 worlds reused" in answer.stderr
    answer = spheres(done, *words, "--worlds", "2")
    assert answer.returncode == 2 and "--name again-2" in answer.stderr and "--replace" in answer.stderr
    assert (done / "results/again/manifest.json").read_text() == before
    assert spheres(done, *words, "--worlds", "2", "--replace").returncode == 0


def test_worlds_are_added_until_a_half_width_is_reached(done: Path) -> None:
    words = ("run", "baseline", "--months", "2", "--no-plots", "--quiet", "--jobs", "2", "--name", "sure")
    answer = spheres(done, *words, "--until-halfwidth", "0.005", "--worlds", "2500")
    assert answer.returncode == 0, answer.stderr
    said = json.loads((done / "results/sure/manifest.json").read_text())
    sure = pd.read_csv(done / "results/sure/precision.csv")
    assert said["worlds"] == 2500 or sure.half_width.max() <= 0.005
    assert "How sure: shares to ±" in answer.stdout
    assert ("No interval is wider than ±0.5 points" in answer.stdout) == (sure.half_width.max() <= 0.005)
    assert ("±0.5 points (--until-halfwidth 0.005) were not reached" in answer.stdout) == (sure.half_width.max() > 0.005)


@pytest.mark.parametrize("text", ["0", "-0.1", "1", "two", "0.0001", "1e-9", "nan"])
def test_a_half_width_that_is_none_is_refused(here: Path, text: str) -> None:
    before = files(here)
    answer = typed(here, "run", "baseline", f"--until-halfwidth={text}")
    assert answer.exit_code == 2 and "--until-halfwidth: " in answer.stderr and files(here) == before


def test_the_tables_of_every_world_are_exported_and_chunks_tidied(done: Path) -> None:
    words = ("run", "baseline", "--months", "2", "--no-plots", "--quiet", "--jobs", "1", "--name", "exported")
    assert [spheres(done, *words, "--worlds", number).returncode for number in ("3", "5")] == [0, 0]
    answer = spheres(done, "export", "results/exported", "worlds", "--csv")
    assert answer.returncode == 0 and "results/exported/tables/worlds.csv" in answer.stdout
    assert list(pd.read_csv(done / "results/exported/tables/worlds.csv").world) == [0, 1, 2, 3, 4]
    answer = spheres(done, "export", "results/exported", "wolds")
    assert answer.returncode == 2 and "Did you mean 'worlds'?" in answer.stderr
    assert "1 files removed" in spheres(done, "tidy", "exported").stdout
    assert spheres(done, "replay", "results/exported", "--scenario", "baseline", "--world", "4").returncode == 0
    for words in (("tidy", "nowhere"), ("export", "results/nowhere")):
        answer = spheres(done, *words)
        assert answer.returncode == 2 and "nowhere" in answer.stderr and "Traceback" not in answer.stderr


def test_a_new_scenario_is_in_order_and_runs(here: Path) -> None:
    assert spheres(here, "new", "mine", "--from", "baseline").returncode == 0
    answer = spheres(here, "check", "scenarios/mine.yaml")
    assert answer.returncode == 0 and "OK scenarios/mine.yaml: 120 months from 2021-06" in answer.stdout
    again = spheres(here, "new", "mine")
    assert again.returncode == 2 and "is there already" in again.stderr
    answer = spheres(here, "run", "scenarios/mine.yaml", "--worlds", "2", "--months", "2", "--jobs", "1", "--no-plots")
    assert answer.returncode == 0 and (here / "results/mine/summary.csv").exists()


def test_all_scenarios_of_the_project_are_in_order() -> None:
    answer = spheres(PROJECT, "check")
    assert answer.returncode == 0, answer.stderr
    assert sum(line.startswith("OK ") for line in answer.stdout.splitlines()) == len(list((PROJECT / "scenarios").glob("*.yaml")))


MISSPELT = """\
extends: baseline
question: What if strikes doubled?
basis: report
set:
  israel.strike_rat: {scale: 2}
  iran.interests.regime_survival: yes
events:
  - {month: 2031-13, set: {israel.strike_rate: 1}, because: a test}
"""


def test_every_fault_of_a_file_is_answered_at_once(here: Path) -> None:
    (here / "scenarios/wrong.yaml").write_text(MISSPELT)
    before = files(here)
    answer = spheres(here, "run", "scenarios/wrong.yaml", "--worlds", "0")
    assert answer.returncode == 2 and answer.stdout == "" and files(here) == before
    assert re.search(
        r"^scenarios/wrong.yaml, line 5: 'israel.strike_rat' is not a parameter. "
        r"Did you mean 'israel.strike_rate' \([a-z ]+, [\d.]+ to [\d.]+\)\?$",
        answer.stderr,
        re.MULTILINE,
    )
    assert "scenarios/wrong.yaml, line 6" in answer.stderr and "scenarios/wrong.yaml, line 8" in answer.stderr
    assert "--worlds: 0 is too small; give a whole number from 1 to 10,000,000." in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--worlds", "many"), "--worlds: 'many' is not a whole number"),
        (("--worlds", "10000001"), "--worlds: 10,000,001 is too large"),
        (("--months", "0"), "--months: 0 is too small; give a whole number from 1 to 1,200."),
        (("--months", "nan"), "--months: 'nan'"),
        (("--seed", "-1"), "--seed: -1 is too small"),
        (("--jobs", "0"), "--jobs: 0 is too small"),
        (("--name", "../x"), "--name: '../x' cannot be the name of a folder"),
        (("--name", "/tmp/x"), "--name"),
        (("--set", "nothing"), "must be path=value"),
        (("--set", "israel.strike_rat=3"), "Did you mean 'israel.strike_rate'"),
        (("--set", "israel.strike_rate=true"), "israel.strike_rate"),
        (("scenarios/none.yaml",), "does not exist"),
        (("basline",), "Did you mean 'baseline'"),
        (("--wrlds", "3"), "--worlds"),
    ],
)
def test_wrong_words_are_answered_and_nothing_is_written(here: Path, words: tuple[str, ...], said: str) -> None:
    before = files(here)
    answer = typed(here, "run", *words)
    assert answer.exit_code == 2 and said in answer.stderr
    assert files(here) == before


@pytest.mark.parametrize("name", ["../x", "Mine", "a b", "", "x.yaml", "baseline"])
def test_a_bad_name_for_a_new_scenario_is_refused(here: Path, name: str) -> None:
    before = files(here)
    answer = typed(here, "new", name)
    assert answer.exit_code == 2 and answer.stderr and files(here) == before


@pytest.mark.parametrize(("words", "said"), [(("none", "--world", "1"), "manifest.json"), ((".", "--world", "one"), "--world: 'one'")])
def test_a_replay_of_nothing_is_refused(here: Path, words: tuple[str, ...], said: str) -> None:
    answer = typed(here, "replay", *words, "--scenario", "baseline")
    assert answer.exit_code == 2 and said in answer.stderr


def test_a_world_that_fails_is_told_recorded_and_tried_again_when_asked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    words = ["run", "israel_escalates", "--worlds", "6", "--months", "3", "--no-plots", "--quiet", "--jobs", "1", "--name", "some"]
    step = Spheres.step

    def stumble(model: Spheres) -> None:
        if model.assumptions.name == "israel_escalates" and model.month == 2:
            raise ArithmeticError("no such number")
        step(model)

    with monkeypatch.context() as broken:
        broken.setattr(Spheres, "step", stumble)
        answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 1 and re.search(r"^baseline +\d", answer.stdout, re.MULTILINE), answer.stderr
    assert "failed: israel_escalates, world 0 (of worlds 0 to 5): ArithmeticError: no such number" in answer.stderr
    assert "results/some/failures/" in answer.stderr and "--retry" in answer.stderr
    (record,) = (here / "results/some/failures").rglob("*.json")
    told = json.loads(record.read_text())
    assert told["world"] == 0 and "no such number" in told["traceback"] and len(told["parameters"]) > 300
    assert CliRunner().invoke(app, words).exit_code == 1
    answer = CliRunner().invoke(app, [*words, "--retry"])
    assert answer.exit_code == 0 and "6 worlds were run, 6 were there already" in answer.stdout and not answer.stderr
    assert not (here / "results/some/failures").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited as on a full disk through the resource module")
def test_a_full_disk_is_told_and_finished_worlds_are_kept(here: Path) -> None:
    import resource

    words = ("run", "israel_escalates", "--worlds", "30", "--no-plots", "--quiet", "--jobs", "2", "--name", "full")
    command = [sys.executable, "-m", "sim.cli", *words, "--months", "12"]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    answer = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=200, check=False, preexec_fn=limit)
    assert answer.returncode == 1 and "cannot be written: File too large" in answer.stderr and "Traceback" not in answer.stderr
    assert "Finished worlds are kept in results/full/chunks/" in answer.stderr and not list(here.rglob("*.part"))
    assert spheres(here, *words, "--months", "12").returncode == 0


def test_ctrl_c_ends_the_command_with_130(here: Path) -> None:
    words = [sys.executable, "-m", "sim.cli", "run", "baseline", "--worlds", "20000", "--jobs", "2", "--name", "long"]
    process = subprocess.Popen(words, cwd=here, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 60
    while not (here / "results").exists() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(3)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "stopped. Finished worlds are kept in results/long/chunks/" in said and "Traceback" not in said
    assert [p.name for p in (here / "results").iterdir()] == ["long"] and not list(here.rglob("*.part"))


def test_the_version_is_told(here: Path) -> None:
    answer = spheres(here, "--version")
    assert answer.returncode == 0 and re.fullmatch(r"spheres \d+\.\d+\.\d+\n", answer.stdout)
