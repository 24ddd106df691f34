"""`spheres init`, `new` and `check`: a folder to work in, and the scenarios in it."""

from pathlib import Path

import pytest
from command_line import PROJECT, files, typed


def test_a_new_scenario_is_valid_and_runs(here: Path) -> None:
    assert typed(here, "new", "mine", "--from", "baseline").exit_code == 0
    answer = typed(here, "check", "scenarios/mine.yaml")
    assert answer.exit_code == 0 and "OK scenarios/mine.yaml: 120 months from 2021-06" in answer.stdout
    again = typed(here, "new", "mine")
    assert again.exit_code == 2 and "exists already" in again.stderr
    answer = typed(here, "run", "scenarios/mine.yaml", "--worlds", "2", "--months", "2", "--jobs", "1", "--no-plots")
    assert answer.exit_code == 0 and (here / "results/mine/summary.csv").exists()


def test_all_scenarios_of_the_project_are_valid() -> None:
    answer = typed(PROJECT, "check")
    assert answer.exit_code == 0, answer.stderr
    assert sum(line.startswith("OK ") for line in answer.stdout.splitlines()) == len(list((PROJECT / "scenarios").glob("*.yaml")))


@pytest.mark.parametrize("name", ["../x", "Mine", "a b", "", "x.yaml", "baseline"])
def test_a_bad_name_for_a_new_scenario_is_refused(done: Path, name: str) -> None:
    before = files(done)
    answer = typed(done, "new", name)
    assert answer.exit_code == 2 and answer.stderr and files(done) == before


def test_init_lays_out_a_folder_in_which_commands_work(tmp_path: Path) -> None:
    answer = typed(tmp_path, "init", "my work")
    folder = tmp_path / "my work"
    assert answer.exit_code == 0 and 'cd "my work", then spheres run' in answer.stdout
    assert files(folder / "scenarios") == {name for name in files(PROJECT / "scenarios") if not name.startswith("calibrated")}
    assert (folder / "results" / "README.md").read_bytes() == (PROJECT / "results" / "README.md").read_bytes()
    assert typed(folder, "check", "history_of_none").exit_code == 2
    answer = typed(folder, "new", "mine", "--from", "iran_withdraws")
    assert answer.exit_code == 0 and "notice" not in answer.stderr
    before = files(tmp_path)
    for again in (("init", "my work"), ("init", "my work/scenarios/baseline.yaml")):
        answer = typed(tmp_path, *again)
        assert answer.exit_code == 2 and answer.stderr and files(tmp_path) == before


@pytest.mark.parametrize("taken", ["scenarios", "results"])
def test_init_overwrites_nothing(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).mkdir()
    answer = typed(tmp_path, "init", ".")
    assert answer.exit_code == 2 and f"{taken} exists already, and nothing is overwritten" in answer.stderr
    assert files(tmp_path) == {taken}


def test_commands_work_in_a_folder_without_scenarios_or_say_how_to_get_some(tmp_path: Path) -> None:
    for words in (("run",), ("check",), ("new", "mine")):
        answer = typed(tmp_path, *words)
        assert answer.exit_code == 2 and "There is no scenarios/ folder here. `spheres init .` makes one" in answer.stderr
    for words in (("compare", "results/default"), ("export",), ("patterns",), ("tidy",), ("replay", ".", "--scenario=a", "--world=1")):
        answer = typed(tmp_path, *words)
        assert answer.exit_code == 2 and "There are no results in" in answer.stderr and "`spheres run` makes some" in answer.stderr
    assert not files(tmp_path)
    answer = typed(tmp_path, "check", "iran_withdraws")
    assert answer.exit_code == 0 and "baseline.yaml: is the one that comes with spheres" in answer.stdout
    (tmp_path / "mine.yaml").write_text("extends: baseline\nquestion: What if?\nbasis: report\n")
    answer = typed(tmp_path, "check", "mine.yaml")
    assert answer.exit_code == 0 and "\nOK mine.yaml: 120 months" in answer.stdout
