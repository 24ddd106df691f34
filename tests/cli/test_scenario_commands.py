"""`spheres init`, `new` and `check`: a folder to work in, and the scenarios in it."""

import re
import shlex
import shutil
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


@pytest.mark.parametrize("source", ["scenarios/history/history_2015.yaml", "history_2015", "drafts of mine/draft.yaml", "ABSOLUTE"])
def test_what_new_writes_passes_check_wherever_its_parent_lies(here: Path, source: str) -> None:
    """A file is written where it finds the one it extends, and the path that is printed can be run; or nothing is written."""
    (here / "drafts of mine").mkdir()
    (here / "drafts of mine/draft.yaml").write_text("extends: baseline\nquestion: What if?\nbasis: report\n")
    before = files(here)
    answer = typed(here, "new", "mine", "--from", str(here / "scenarios/baseline.yaml") if source == "ABSOLUTE" else source)
    if source == "history_2015":  # a bare name is not looked up in sub-folders
        assert answer.exit_code == 2 and files(here) == before
        return
    assert answer.exit_code == 0, answer.stderr
    (made,) = files(here) - before
    assert Path(made).parent == (Path("scenarios") if source == "ABSOLUTE" else Path(source).parent)
    assert shlex.split(answer.stdout)[-1] == made
    assert typed(here, "check", made).exit_code == 0


@pytest.mark.parametrize(
    ("source", "place"), [("baseline", ""), ("scenarios/history/history_2015.yaml", "../"), ("drafts/a.yaml", "../scenarios/")]
)
def test_what_new_writes_names_the_schema_which_is_there_and_current(here: Path, source: str, place: str) -> None:
    (here / "drafts").mkdir()
    (here / "drafts/a.yaml").write_text("extends: baseline\nquestion: What if?\nbasis: report\n")
    schema = here / "scenarios/scenario.schema.json"
    shipped = schema.read_bytes()
    for before in (None, b"of an earlier version", shipped):
        schema.unlink()
        if before is not None:
            schema.write_bytes(before)
        answer = typed(here, "new", f"mine{len(before or '')}", "--from", source)
        assert answer.exit_code == 0 and ("scenario.schema.json is written" in answer.stdout) == (before != shipped)
        made = here / shlex.split(answer.stdout)[-1]
        first = made.read_text().splitlines()[0]
        assert first == f"# yaml-language-server: $schema={place}scenario.schema.json"
        assert (made.parent / first.partition("=")[2]).read_bytes() == shipped


@pytest.mark.parametrize("more", [(), ("--all",)])
@pytest.mark.parametrize("source", ["baseline", "what_followed", "scenarios/history/history_2015.yaml"])
def test_every_line_that_new_lists_can_be_used(here: Path, source: str, more: tuple[str, ...]) -> None:
    answer = typed(here, "new", "mine", "--from", source, *more)
    path = here / shlex.split(answer.stdout)[-1]
    path.write_text(re.sub(r"^#(?=[a-z]|  )", "", path.read_text(), flags=re.M))
    answer = typed(here, "check", str(path))
    assert answer.exit_code == 0, answer.stderr[:2000]
    assert f"OK {path.relative_to(here)}" in answer.stdout


def test_a_parent_out_of_reach_is_refused(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    away = tmp_path_factory.mktemp("away") / "far.yaml"
    away.write_text("extends: baseline\nquestion: What if?\nbasis: report\n")
    before = files(here), files(away.parent)
    answer = typed(here, "new", "mine", "--from", str(away))
    assert answer.exit_code == 2 and "lies where no scenario of this folder finds it. Copy it into scenarios/" in answer.stderr
    shutil.copy(away, here / "scenarios/far.yaml")  # the same name, and another file
    assert typed(here, "new", "mine", "--from", str(away)).exit_code == 2
    assert (files(here) - {"scenarios/far.yaml"}, files(away.parent)) == before


@pytest.mark.parametrize("name", ["iran_withdraws", "history_2015"])
def test_a_name_that_another_scenario_has_is_refused(here: Path, name: str) -> None:
    before = files(here)
    for source in ("baseline", "scenarios/history/history_2015.yaml"):
        answer = typed(here, "new", name, "--from", source)
        assert answer.exit_code == 2 and answer.stderr and files(here) == before


@pytest.mark.parametrize("name", ["../x", "Mine", "a b", "", "x.yaml", "baseline", "con", "com1", "nul", "nan"])
def test_a_bad_name_for_a_new_scenario_is_refused(done: Path, name: str) -> None:
    before = files(done)
    answer = typed(done, "new", name)
    assert answer.exit_code == 2 and answer.stderr and files(done) == before


def test_init_lays_out_a_folder_in_which_commands_work(tmp_path: Path) -> None:
    answer = typed(tmp_path, "init", "my work")
    folder = tmp_path / "my work"
    assert answer.exit_code == 0 and 'cd "my work", then spheres run' in answer.stdout
    assert files(folder / "scenarios") == {name for name in files(PROJECT / "scenarios") if not name.startswith("calibrated")}
    for name in ("scenario.schema.json", "designs/design.schema.json"):  # what the first line of each file names
        assert (folder / "scenarios" / name).read_bytes() == (PROJECT / "scenarios" / name).read_bytes()
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
