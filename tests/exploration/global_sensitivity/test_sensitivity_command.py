"""`spheres sensitivity` as an analyst types it, on a small result."""

import inspect
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from command_line import PROJECT, files, typed

from sim.cli.sensitivity import sensitivity
from sim.exploration.global_sensitivity import new_runs, parameter_screening
from sim.exploration.global_sensitivity.for_page import USUAL_SEED, USUAL_WORLDS
from sim.exploration.global_sensitivity.parameter_groups import GROUPS
from sim.exploration.global_sensitivity.parameter_screening import screening_table
from sim.exploration.global_sensitivity.sensitivity_tables import VARIANCE_COLUMNS
from sim.exploration.outcome import parse_outcome
from sim.exploration.stored_worlds import read_worlds

RUN = ("run", "baseline", "--worlds", "210", "--months", "4", "--no-plots", "--jobs", "1", "--quiet", "--name", "small")
ASK = ("sensitivity", "results/small", "--worlds", "130", "--jobs", "1", "--outcome", "balance", "--outcome", "iran_force>60")
PLACE = Path("results") / "small" / "explore"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small result, and what matters for two outcomes in it."""
    here = tmp_path_factory.mktemp("sensitivity")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    assert typed(here, *RUN).exit_code == 0
    before = files(here / "results" / "small")
    answer = typed(here, *ASK)
    assert answer.exit_code == 0, answer.stderr
    assert before <= files(here / "results" / "small")
    (here / "stdout.txt").write_text(answer.stdout, encoding="utf-8")
    (here / "stderr.txt").write_text(answer.stderr, encoding="utf-8")
    return here


def test_it_says_beforehand_what_it_runs_and_for_how_long(done: Path) -> None:
    first = (done / "stderr.txt").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(
        f"5 points with several lucks each, 5 pairs with one of {len(GROUPS)} groups or luck exchanged at a time: 130 worlds"
    )
    assert "That takes about" in first and "with 1 process" in first


def test_it_writes_tables_and_figures_and_their_dictionary(done: Path) -> None:
    place = done / PLACE / "sensitivity"
    made = {"columns.csv", "contents.json", "parameters.csv", "thresholds.csv", "variance.csv"}
    figures = {f"sensitivity_{stem}.{ending}" for stem in ("balance", "iran_force_above_60") for ending in ("png", "svg")}
    assert files(place) == made | figures
    assert set(json.loads((place / "contents.json").read_text(encoding="utf-8"))["sha256"]) == files(place) - {"contents.json"}
    columns, variance, parameters = (pd.read_csv(place / f"{name}.csv") for name in ("columns", "variance", "parameters"))
    assert set(columns[columns["table"] == "variance"]["column"]) == set(variance.columns) == set(VARIANCE_COLUMNS)
    assert len(variance) == 2 * (1 + 3 * len(GROUPS) + 2) and set(variance["outcome"]) == {"balance", "iran_force>60"}
    assert (variance["low"].fillna(-9) <= variance["high"].fillna(9)).all()
    assert set(columns[columns["table"] == "parameters"]["column"]) == set(parameters.columns)
    assert parameters["grade"].isin(["stated", "inferred", "sourced", "assumed"]).all() and parameters["source"].notna().all()


def test_so_few_worlds_are_called_too_few_and_grades_are_printed(done: Path) -> None:
    printed = (done / "stdout.txt").read_text(encoding="utf-8")
    assert "5 points are too few to separate luck and groups" in printed and "5 pairs of worlds are too few" in printed
    assert "Iran-backed force above 60 (iran_force>60):" in printed and "of 210 stored worlds" in printed
    assert "groups.local_defense.manpower (sourced, 20 to 60 thousand): fighters at the start" in printed
    assert "results/small/explore/sensitivity/" in printed


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without figures, which take most of the time."""
    monkeypatch.setattr("sim.cli.sensitivity_study._draw", lambda *_: None)


def test_what_the_page_looks_for_is_what_the_command_runs_unasked() -> None:
    defaults = {name: option.default for name, option in inspect.signature(sensitivity).parameters.items()}
    assert (defaults["worlds"], defaults["seed"]) == (str(USUAL_WORLDS), str(USUAL_SEED))


@pytest.mark.usefixtures("undrawn")
def test_a_second_call_runs_nothing_also_for_another_outcome(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_runs, "run_parts", lambda *_: pytest.fail("ran again"))
    answer = typed(done, *ASK[:6], "--outcome", "influence_iran@SY-DY")
    assert answer.exit_code == 0, answer.stderr
    assert "all 130 worlds are there already" in answer.stderr and "Iran's influence in Deir ez-Zor" in answer.stdout


@pytest.mark.usefixtures("undrawn")
def test_a_stopped_call_keeps_its_batches_and_goes_on_to_the_same_numbers(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed(done, *ASK).exit_code == 0
    for folder in ("results", "scenarios"):
        shutil.copytree(done / folder, tmp_path / folder)
    shutil.rmtree(tmp_path / PLACE)
    run_parts = new_runs.run_parts

    def stopped(parts: list[new_runs.RowsJob], jobs: int) -> Iterator[tuple[int, object]]:
        yield from list(run_parts(parts[:1], jobs))
        raise MemoryError("no memory left")

    with monkeypatch.context() as patch:
        patch.setattr(new_runs, "run_parts", stopped)
        answer = typed(tmp_path, *ASK, "--quiet")
    assert answer.exit_code == 1 and "30 finished worlds are kept in results/small/explore/rows/" in answer.stderr
    assert not (tmp_path / PLACE / "sensitivity").exists()
    answer = typed(tmp_path, *ASK)
    assert answer.exit_code == 0 and "30 of them there already" in answer.stderr
    for name in ("variance.csv", "parameters.csv"):
        assert (tmp_path / PLACE / "sensitivity" / name).read_bytes() == (done / PLACE / "sensitivity" / name).read_bytes()


@pytest.mark.usefixtures("undrawn")
def test_damaged_rows_are_run_again(done: Path) -> None:
    path = sorted((done / PLACE / "rows").iterdir())[0]
    path.write_bytes(path.read_bytes()[:-1])
    answer = typed(done, *ASK)
    assert answer.exit_code == 0 and "was damaged; its worlds are run again" in answer.stderr


@pytest.mark.usefixtures("undrawn")
def test_stored_runs_nothing_and_says_what_stored_worlds_say(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_runs, "run_parts", lambda *_: pytest.fail("ran"))
    answer = typed(done, "sensitivity", "results/small", "--stored", "--quiet")
    assert answer.exit_code == 0 and answer.stderr == ""
    assert "Luck first" not in answer.stdout and "Delimitation (delimitation): mean" in answer.stdout
    assert "variance.csv" not in files(done / PLACE / "sensitivity")


def test_the_screening_for_the_page_is_the_same_table(done: Path) -> None:
    worlds = read_worlds(done / "results" / "small", "baseline")
    table = screening_table(worlds, parse_outcome("iran_force"))
    assert len(table) == len(worlds.quantiles) and list(table) == list(parameter_screening.COLUMNS)
    assert table["parameter"][0] == "groups.local_defense.manpower" and table["matters"][0]
    assert screening_table(worlds, parse_outcome("fallen")).empty
    meanings = table.set_index("parameter")["meaning"]
    assert (
        meanings["worth.visible_force"].startswith("force (thousand) at which")
        and meanings["iran.interests.shield"] == "a shield against strikes"
    )


def test_what_was_typed_wrong_is_answered_together_and_nothing_is_written(done: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (done / PLACE).rglob("*")}
    words = ("--outcome", "balanse", "--worlds", "7", "--seed", "x", "--jobs", "0", "--scenario", "basline")
    answer = typed(done, "sensitivity", "results/small", *words)
    assert answer.exit_code == 2 and answer.stdout == "" and "Traceback" not in answer.stderr
    for part in ("Did you mean 'balance'", "--worlds: 7 is too small", "--seed: 'x'", "--jobs: 0 is too small", "Did you mean 'baseline'"):
        assert part in answer.stderr, part
    assert before == {path: path.stat().st_mtime_ns for path in (done / PLACE).rglob("*")}
    assert typed(done, "sensitivity", "results/none").exit_code == 2


def test_a_file_where_answers_go_is_said_before_anything_is_run(done: Path, tmp_path: Path) -> None:
    shutil.copytree(done / "results", tmp_path / "results")
    shutil.rmtree(tmp_path / PLACE)
    (tmp_path / PLACE).write_text("mine")
    answer = typed(tmp_path, "sensitivity", "results/small", "--stored")
    assert answer.exit_code == 2 and "explore is a file or a link" in answer.stderr and (tmp_path / PLACE).read_text() == "mine"
