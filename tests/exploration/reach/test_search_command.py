"""`spheres search` as an analyst types it, with the real model in few worlds and months."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import PROJECT, typed

from sim.experiment.progress import Progress
from sim.experiment.storage.manifest_file import file_hash
from sim.exploration.reach.pattern_search import GENERATION
from sim.exploration.reach.reach_question import ReachQuestion, plane, wanted_outcome
from sim.exploration.reach.reach_study import fits, known_points, run_study
from sim.exploration.reach.row_log import RowLog
from sim.exploration.row_evaluation import evaluate
from sim.exploration.stored_worlds import read_worlds
from sim.scenario import load_scenario
from sim.scenario.design_rows import DesignRows

OVER = ("--over", "delimitation,balance", "--budget", "100", "--months", "2")
FOLDER = Path("results/searches/baseline-delimitation-balance")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a plane was searched, without any result beside it."""
    here = tmp_path_factory.mktemp("search")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    answer = typed(here, "search", *OVER, "--jobs", "1")
    assert answer.exit_code == 0, answer.stderr
    (here / "stdout.txt").write_text(answer.stdout)
    (here / "stderr.txt").write_text(answer.stderr)
    return here


def test_it_says_beforehand_what_it_does_and_afterwards_what_came_of_it(done: Path) -> None:
    beforehand, printed = (done / "stderr.txt").read_text(), (done / "stdout.txt").read_text()
    assert beforehand.startswith("100 random worlds of baseline, as many searched, and checks under other lucks: about ")
    assert "That takes about " in beforehand and "with 1 process" in beforehand
    for said in ("100 random worlds reach ", "With fewer than 1,000 worlds", "high delimitation, low balance", "rows.csv"):
        assert said in printed, said


def test_tables_and_figure_stand_whole_in_the_folder(done: Path) -> None:
    folder = done / FOLDER
    listed = json.loads((folder / "contents.json").read_text())["sha256"]
    assert set(listed) == {"cells.csv", "points.csv", "corners.csv", "quantiles.csv", "search.png", "search.svg"}
    assert all(file_hash(folder / name) == digest for name, digest in listed.items())
    cells, points, quantiles = (pd.read_csv(folder / name) for name in ("cells.csv", "points.csv", "quantiles.csv"))
    assert cells["random_worlds"].sum() == 100 and cells["searched"].sum() == 100
    only = cells["reached_by"] == "search only"
    assert len(points) == only.sum() and (cells["held"].notna() == only).all()
    assert ((points["held"] >= 0.5) == points["holds"]).all()
    assert len(quantiles) == len(points) + 8 and quantiles.drop(columns="point").stack().between(0, 1).all()


def test_the_tables_are_enough_to_run_a_shown_point_again(done: Path) -> None:
    folder, scenario = done / FOLDER, load_scenario("baseline", months=2)
    points, quantiles = pd.read_csv(folder / "points.csv"), pd.read_csv(folder / "quantiles.csv").set_index("point")
    luck, own = points["luck"].to_numpy(), quantiles.loc[points["point"]]
    values = evaluate(scenario, DesignRows(luck, luck, {path: own[path].to_numpy() for path in own}), plane("delimitation,balance", None))
    for name, row in zip(("delimitation", "balance"), values, strict=True):
        assert np.allclose(row, points[f"{name}_found"], rtol=1e-5, atol=0.0) and len(row) > 3


def test_a_second_call_runs_nothing_and_gives_the_same_files(done: Path) -> None:
    before = {path.name: path.read_bytes() for path in (done / FOLDER).iterdir()}
    again = typed(done, "search", *OVER, "--jobs", "1", "--quiet")
    assert again.exit_code == 0 and again.stderr == "" and "\n0 worlds were run." in again.stdout
    assert {path.name: path.read_bytes() for path in (done / FOLDER).iterdir()} == before


class _Stops(Progress):
    """Ctrl-C in the second generation."""

    def done(self, world_months: int) -> None:
        if world_months > 300 + GENERATION:
            raise KeyboardInterrupt


def test_a_search_that_is_stopped_and_damaged_goes_on_to_the_same_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    question = ReachQuestion("s", load_scenario("baseline", months=1), plane("delimitation,balance", None), budget=300)
    with pytest.raises(KeyboardInterrupt):
        run_study(question, RowLog(question), 1, _Stops(), None)
    path = tmp_path / "results/searches/s/rows.csv"
    kept = RowLog(question).n_rows
    assert kept == 300 + GENERATION
    lines = path.read_text().splitlines()
    digits = lines[1].rindex(",") - 1
    lines[1] = lines[1][:digits] + ("1" if lines[1][digits] != "1" else "2") + lines[1][digits + 1 :]
    path.write_text("\n".join(lines) + "\n" + "half a li")
    log = RowLog(question)
    assert log.damaged == 1 and log.n_rows < kept
    resumed, n_run = run_study(question, log, 2, Progress(), None)
    other = ReachQuestion("t", question.scenario, question.measures, budget=300)
    whole, n_whole = run_study(other, RowLog(other), 1, Progress(), None)
    assert n_run == n_whole - GENERATION
    assert np.array_equal(resumed.searched.values, whole.searched.values)
    assert resumed.cells is not None and whole.cells is not None
    assert np.array_equal(resumed.cells.checked.share, whole.cells.checked.share)
    assert [corner.found.deep for corner in resumed.cells.corners] == [corner.found.deep for corner in whole.cells.corners]


def test_a_search_that_is_killed_goes_on_to_the_same_files(tmp_path: Path) -> None:
    words = ("search", "--over", "delimitation,balance", "--budget", "100", "--months", "1", "--jobs", "1", "--quiet", "--name", "k")
    for name in ("killed", "whole"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scenarios").symlink_to(PROJECT / "scenarios")
    log = tmp_path / "killed/results/searches/k/rows.csv"
    command = [sys.executable, "-m", "sim.cli", *words]
    process = subprocess.Popen(command, cwd=tmp_path / "killed", env=os.environ | {"PYTHONPATH": str(PROJECT)})
    while not log.is_file() and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert log.is_file() and not (log.parent / "cells.csv").exists()
    for name in ("killed", "whole"):
        answer = typed(tmp_path / name, *words)
        assert answer.exit_code == 0, answer.stderr
    names = {"cells.csv", "points.csv", "corners.csv", "quantiles.csv", "rows.csv"}
    assert all((log.parent / n).read_bytes() == (tmp_path / "whole/results/searches/k" / n).read_bytes() for n in names)


def test_worlds_of_a_result_serve_as_random_ones_and_change_nothing(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "scenarios", tmp_path / "scenarios")
    run = typed(tmp_path, "run", "scenarios/baseline.yaml", "--worlds", "60", "--months", "2", "--name", "default", "--no-plots", "--quiet")
    assert run.exit_code == 0, run.stderr
    answer = typed(tmp_path, "search", *OVER, "--jobs", "1")
    assert answer.exit_code == 0 and "100 random worlds of baseline, 60 of them stored in results/default" in answer.stderr
    question = ReachQuestion("q", load_scenario("baseline", months=2), plane("delimitation,balance", None), budget=100)
    stored = read_worlds(tmp_path / "results/default", "baseline")
    known = known_points(question, stored)
    assert fits(question, stored) and known is not None and len(known) == 60
    rows = DesignRows(known.luck, known.luck, dict(zip(question.paths, known.quantiles, strict=True)))
    assert np.array_equal(evaluate(question.scenario, rows, question.outcomes), known.values)
    other = typed(tmp_path, "search", *OVER, "--jobs", "1", "--seed", "2", "--result", "results/default", "--name", "two")
    assert other.exit_code == 2 and "--result: the worlds of 'baseline'" in other.stderr


def test_a_rare_outcome_is_told_with_its_share_or_as_not_reached(done: Path) -> None:
    never = typed(done, "search", "balance>0.99", "--budget", "100", "--months", "1", "--jobs", "1", "--quiet")
    assert never.exit_code == 0, never.stderr
    assert "not reached in 100 random worlds, nor in as many searched ones" in never.stdout and "fewer than 3 %" in never.stdout
    assert "parameter" not in never.stdout
    often = typed(done, "search", "delimitation>0.4565", "--budget", "100", "--months", "1", "--jobs", "1", "--quiet")
    assert often.exit_code == 0, often.stderr
    assert "With every parameter at its central value it holds in" in often.stdout and "of 60 lucks" in often.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say what to look for"),
        (("iranian_primcy",), "OUTCOME: 'iranian_primcy' is no outcome or measure. Did you mean 'iranian_primacy'?"),
        (("balance",), "OUTCOME: 'balance' is a number in each world; say from where on it is meant, such as 'balance>0.6'"),
        (("--over", "balance"), "--over: two measures are needed"),
        (("--over", "balance,balance"), "--over: 'balance' is named twice"),
        (("--over", "balance,breakdown"), "--over: 'breakdown' is yes or no in each world"),
        (("breakdown", "--budget", "5", "--holds", "2"), "--holds: '2' is no share of lucks; give one from 0.05 to 1"),
        (("breakdown", "--budget", "5", "--holds", "2"), "--budget: 5 is too small"),
        (("breakdown", "--lucks", "3"), "--lucks: 3 is too small"),
        (("breakdown", "--scenario", "baselin"), "Did you mean 'baseline'?"),
        (("breakdown", "--name", "../x"), "cannot be the name of a folder"),
        (("breakdown", "--result", "results/none"), "There are no results in results/none/"),
    ],
)
def test_what_is_typed_wrong_is_answered_and_nothing_is_written(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    shutil.copytree(PROJECT / "scenarios", tmp_path / "scenarios")
    answer = typed(tmp_path, "search", *words)
    assert answer.exit_code == 2 and said in answer.stderr and answer.stdout == ""
    assert not (tmp_path / "results").exists()


def test_a_search_for_something_else_is_replaced_only_when_that_is_said(done: Path, tmp_path: Path) -> None:
    shutil.copytree(done, tmp_path / "copy")
    here = tmp_path / "copy"
    words = ("search", "--over", "delimitation,overlap", "--budget", "100", "--months", "1", "--jobs", "1", "--quiet")
    refused = typed(here, *words, "--name", FOLDER.name)
    assert refused.exit_code == 2 and "What differs: " in refused.stderr and "--replace" in refused.stderr
    replaced = typed(here, *words, "--name", FOLDER.name, "--replace")
    assert replaced.exit_code == 0 and "overlap" in (here / FOLDER / "asked.json").read_text()
    (here / "results/searches/mine").mkdir()
    (here / "results/searches/mine/notes.txt").write_text("mine")
    assert "holds something other than a search" in typed(here, *words, "--name", "mine").stderr


def test_a_level_of_a_measure_is_looked_for_along_that_measure() -> None:
    wanted = wanted_outcome("balance>0.6")
    assert wanted is not None and [one.text for one in plane(None, wanted)] == ["balance", "delimitation"]
    assert [one.text for one in plane(None, wanted_outcome("breakdown"))] == ["delimitation", "balance"]
    place = wanted_outcome("influence_iran@SY-DY>0.5")
    assert [one.text for one in plane(None, place)] == ["influence_iran@SY-DY", "balance"]
