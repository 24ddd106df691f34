"""`spheres run` as an analyst types it, in a temporary folder."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from command_line import files, typed
from stored import table
from typer.testing import CliRunner

from sim.cli import app
from sim.simulation import Spheres


def test_the_baseline_is_run_too_and_the_summary_is_printed(done: Path) -> None:
    text = (done / "printed.txt").read_text()
    assert re.search(r"^baseline +\d", text, re.MULTILINE) and re.search(r"^israel_escalates +\d", text, re.MULTILINE)
    for beginning in ("24 worlds are too few to call any difference significant", "How accurate: ", "What to be careful about: "):
        assert re.search(rf"^{beginning}.+\.$", text, re.MULTILINE)
    assert "parameters are assumed" in text and text.endswith("on a page: spheres compare results/short\n")
    assert table(done / "results/short").groupby("scenario").size().to_dict() == {"baseline": 24, "israel_escalates": 24}


def test_the_number_of_processes_changes_no_number(done: Path) -> None:
    words = ("run", "scenarios/israel_escalates.yaml", "--worlds", "24", "--months", "14", "--no-plots", "--quiet")
    answer = typed(done, *words, "--jobs", "1", "--name", "alone")
    assert answer.exit_code == 0 and answer.stderr == ""
    one, two = (json.loads((done / f"results/{name}/manifest.json").read_text()) for name in ("short", "alone"))
    assert one["sha256"] == two["sha256"] and "comparison.parquet" in one["sha256"] and one["scenarios"] == two["scenarios"]
    for short, alone in zip(*(sorted((done / f"results/{name}/chunks").rglob("*.zip")) for name in ("short", "alone")), strict=True):
        assert short.read_bytes() == alone.read_bytes()


def test_the_same_settings_reuse_all_worlds_and_fewer_need_a_name(done: Path) -> None:
    words = ("run", "baseline", "--months", "2", "--no-plots", "--name", "again", "--jobs", "1")
    assert "3 worlds were run. Tables" in typed(done, *words, "--worlds", "3").stdout
    before = (done / "results/again/manifest.json").read_text()
    answer = typed(done, *words, "--worlds", "3")
    assert answer.exit_code == 0 and "0 worlds were run, 3 were there already" in answer.stdout
    assert "nothing to run, 3 worlds reused" in answer.stderr
    answer = typed(done, *words, "--worlds", "2")
    assert answer.exit_code == 2 and "--name again-2" in answer.stderr and "--replace" in answer.stderr
    assert (done / "results/again/manifest.json").read_text() == before
    assert typed(done, *words, "--worlds", "2", "--replace").exit_code == 0


def test_worlds_are_added_until_a_half_width_is_reached(done: Path) -> None:
    words = ("run", "baseline", "--months", "2", "--no-plots", "--quiet", "--jobs", "2", "--name", "sure")
    answer = typed(done, *words, "--until-halfwidth", "0.005", "--worlds", "2500")
    assert answer.exit_code == 0, answer.stderr
    said = json.loads((done / "results/sure/manifest.json").read_text())
    precision = pd.read_csv(done / "results/sure/precision.csv")
    assert said["worlds"] == 2500 or precision.half_width.max() <= 0.005
    assert "How accurate: shares to within" in answer.stdout
    assert ("Every interval is within ±0.5 points" in answer.stdout) == (precision.half_width.max() <= 0.005)
    assert ("±0.5 points (--until-halfwidth 0.005) was not reached" in answer.stdout) == (precision.half_width.max() > 0.005)


@pytest.mark.parametrize("text", ["0", "-0.1", "1", "two", "0.0001", "1e-9", "nan"])
def test_an_impossible_half_width_is_refused(done: Path, text: str) -> None:
    before = files(done)
    answer = typed(done, "run", "baseline", f"--until-halfwidth={text}")
    assert answer.exit_code == 2 and "--until-halfwidth: " in answer.stderr and files(done) == before


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


def test_every_error_of_a_file_and_an_option_is_reported_at_once(here: Path) -> None:
    (here / "scenarios/wrong.yaml").write_text(MISSPELT)
    before = files(here)
    answer = typed(here, "run", "scenarios/wrong.yaml", "--worlds", "0")
    assert answer.exit_code == 2 and answer.stdout == "" and files(here) == before
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
def test_mistyped_options_are_answered_and_nothing_is_written(done: Path, words: tuple[str, ...], said: str) -> None:
    before = files(done)
    answer = typed(done, "run", *words)
    assert answer.exit_code == 2 and said in answer.stderr
    assert files(done) == before


def test_a_world_that_fails_is_reported_recorded_and_run_again_with_retry(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    failure = json.loads(record.read_text())
    assert failure["world"] == 0 and "no such number" in failure["traceback"] and len(failure["parameters"]) > 300
    assert CliRunner().invoke(app, words).exit_code == 1
    answer = CliRunner().invoke(app, [*words, "--retry"])
    assert answer.exit_code == 0 and "6 worlds were run, 6 were there already" in answer.stdout and not answer.stderr
    assert not (here / "results/some/failures").exists()
