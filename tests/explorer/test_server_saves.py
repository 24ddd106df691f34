"""Scenario files saved from the page: checked as every such file, in scenarios/ alone, and never in the place of another."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from command_line import files

from sim.experiment.storage import whole_files
from sim.explorer.explorer_data import ExplorerData
from sim.explorer.server.live_app import MOST_BYTES
from sim.scenario import load_scenario

from .served import STRIKES, Asker, asking
from .test_server_gate import NoPool

TEXT = f"extends: baseline\nquestion: What if Israel struck more?\nbasis: beyond_report\nbecause: a test\nset: {{{STRIKES}: 6.5}}\n"


@pytest.fixture
def client(small_data: ExplorerData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asker]:
    """The program in a folder of its own that has scenarios/, and no scenario in it."""
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    with asking(small_data, NoPool()) as client:  # type: ignore[arg-type]
        yield client


def saved(client: Asker, name: Any, text: Any = TEXT, **more: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(client.at("scenarios"), json={"name": name, "text": text, **more})
    return answer.status_code, answer.json()


def test_a_scenario_is_saved_as_it_was_sent_with_the_command_that_runs_it(client: Asker, tmp_path: Path) -> None:
    status, found = saved(client, "half_as_often_again")
    assert (status, found["notices"]) == (201, [])
    assert (found["path"], found["command"]) == (
        "scenarios/half_as_often_again.yaml",
        "spheres run scenarios/half_as_often_again.yaml --name half_as_often_again",
    )
    assert files(tmp_path) == {"scenarios", "scenarios/half_as_often_again.yaml"}
    assert Path(found["path"]).read_text() == TEXT
    assert load_scenario(found["path"]).settings[STRIKES].central() == 6.5


def test_nothing_is_overwritten_and_a_name_means_one_scenario(client: Asker, tmp_path: Path) -> None:
    Path("scenarios/mine.yaml").write_text("mine")
    os.symlink("nowhere", "scenarios/link.yaml")
    Path("scenarios/deeper").mkdir()
    Path("scenarios/deeper/below.yaml").write_text("below")
    before = files(tmp_path)
    for name, said in (
        ("mine", "scenarios/mine.yaml exists already, and nothing is overwritten; choose another name."),
        ("link", "scenarios/link.yaml exists already"),
        ("below", "'below' is the name of an existing scenario (scenarios/deeper/below.yaml); choose another."),
        ("israel_escalates", "'israel_escalates' is the name of an existing scenario"),
    ):
        status, found = saved(client, name)
        assert status == 400 and said in found["problem"], name
    assert files(tmp_path) == before and Path("scenarios/mine.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Half as often again!", "Did you mean 'half_as_often_again'?"),
        ("Été 2024", "Did you mean 'ete_2024'?"),
        ("../outside", "Did you mean 'outside'?"),
        ("scenarios/x.yaml", "Did you mean 'scenarios_x'?"),
        ("x" * 61, f"Did you mean '{'x' * 60}'?"),
        ("", "Use small letters, digits"),
        ("دمشق", "Use small letters, digits"),
        ("con", "Windows keeps this name"),
        ("nan", "Tables take this word for an empty cell"),
        ("a\n", "Did you mean 'a'?"),
        ("<script>", "Did you mean 'script'?"),
        (7, "must have a 'name' and a 'text'"),
        ("\ud800", "halves"),
    ],
)
def test_a_name_that_cannot_be_is_answered_with_one_that_can(client: Asker, tmp_path: Path, name: Any, said: str) -> None:
    status, found = saved(client, name) if name != "\ud800" else saved_raw(client, b'{"name": "\\ud800", "text": ""}')
    assert status == 400 and said in found["problem"]
    assert files(tmp_path) == {"scenarios"}


def saved_raw(client: Asker, body: bytes) -> tuple[int, dict[str, Any]]:
    answer = client.post(client.at("scenarios"), content=body, headers={"Content-Type": "application/json"})
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("strike_rate", "strik_rate"), "scenarios/new.yaml, line 5: 'israel.strik_rate' is not a parameter. Did you mean"),
        (TEXT.replace("6.5", "-1"), "cannot be -1. Must lie between 0 and 100"),
        (TEXT.replace("extends: baseline", "extends: bassline"), "Did you mean 'baseline'?"),
        (TEXT.replace("extends: baseline", "extends: new"), "there is no scenario 'new' to extend"),
        ("", "is empty"),
        ("!!python/object:os.system [x]", "line 1"),
        ("a: &x 1\nb: *x", "line 1"),
        (TEXT + "#" * MOST_BYTES, "larger"),
        (3, "must have a 'name' and a 'text'"),
    ],
)
def test_a_text_that_is_no_scenario_is_not_written(client: Asker, tmp_path: Path, text: Any, said: str) -> None:
    status, found = saved(client, "new", text)
    assert status in (400, 413) and said in found["problem"]
    assert files(tmp_path) == {"scenarios"}


def test_without_a_folder_for_scenarios_the_command_that_makes_one_is_named(client: Asker, tmp_path: Path) -> None:
    Path("scenarios").rmdir()
    status, found = saved(client, "new")
    assert status == 400 and "spheres init ." in found["problem"] and not files(tmp_path)


def test_what_is_unusual_in_a_saved_scenario_is_said(client: Asker) -> None:
    _, found = saved(client, "often", TEXT.replace("6.5", "50"))
    said = f"scenarios/often.yaml, line 5: '{STRIKES}' becomes 50, outside its plausible range (strikes per month, 2.2 to 8)."
    assert found["notices"] == [said]
    Path("scenarios/baseline.yaml").write_text(TEXT)  # no baseline any more, and another one than that of the result
    status, found = saved(client, "later")
    assert status == 400 and "runs in a circle" in found["problem"]
    shipped = Path(load_scenario(Path(__file__).parents[2] / "scenarios" / "baseline.yaml").file).read_text()
    Path("scenarios/baseline.yaml").write_text(shipped.replace("months: 120", "months: 119").replace("value: 0.95", "value: 0.94", 1))
    status, found = saved(client, "later")
    assert status == 201 and "'baseline' is not as it was when the worlds shown here were run" in found["notices"][0]


@pytest.mark.parametrize("has_links", [True, False], ids=["links", "a disk without links"])
def test_a_new_file_takes_no_other_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    whole_files.write_new(tmp_path / "file", "first")
    with pytest.raises(FileExistsError):
        whole_files.write_new(tmp_path / "file", "second")
    assert (tmp_path / "file").read_text() == "first" and files(tmp_path) == {"file"}


def test_of_several_saved_under_one_name_at_once_one_is_kept_whole(client: Asker, tmp_path: Path) -> None:
    texts = [f"{TEXT}# {number}\n" for number in range(4)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: saved(client, "mine", text)[0], texts))
    assert sorted(found) == [201, 400, 400, 400] and Path("scenarios/mine.yaml").read_text() == texts[found.index(201)]
    assert files(tmp_path) == {"scenarios", "scenarios/mine.yaml"}


def no_links(*_: Any) -> None:
    raise OSError(95, "Operation not supported")
