"""A slice of the part `kills`, and whether its tools see what they are there to see."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from . import kills
from .after_kill import Undisturbed, look
from .operations import UNSYNCED, Operations
from .project import NAME, RESULT, add_strangers, contents, copy, hidden, new_project, strangers, visible
from .reading import difference, view
from .tally import Budget
from .warm import apart, forked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked, and files found by their open handles")


def test_a_slice() -> None:
    tally = kills.run(Budget(at_most=8), only=("first run", "more worlds"))
    assert tally.tried == 8 and tally.clean, tally.failures


def write_twice(here: Path) -> None:
    (here / "one").write_bytes(b"x" * 100)
    (here / "two.part").write_text("y" * 100)
    with (here / "two.part").open("rb") as file:
        os.fsync(file.fileno())
    os.replace(here / "two.part", here / "two")
    (here / "two").read_text()
    (here / "one").unlink()


def killed(here: Path, at: int | None, cut: bool = False) -> tuple[int, dict[str, int]]:
    here.mkdir()
    note = here.parent / f"{here.name}.note"

    def child() -> None:
        Operations(here, note, at, cut).install()
        write_twice(here)

    status = forked(child).status
    return status, {path.name: path.stat().st_size for path in here.iterdir()}


def test_every_operation_has_a_number(tmp_path: Path) -> None:
    status, left = killed(tmp_path / "all", None, cut=True)
    lines = (tmp_path / "all.note").read_text().splitlines()
    one = [f"{verb} one" for verb in ("open", "write", "half a write", "close")]
    two = [f"{verb} two.part" for verb in ("open", "write", "half a write", "close", "sync")]
    assert status == 0 and left == {"two": 100}
    assert [line.partition(" ")[2].removesuffix(UNSYNCED) for line in lines] == [*one, *two, "replace two", "unlink one"]
    assert [line.endswith(UNSYNCED) for line in lines] == [False, False, False] + 8 * [True]  # `one` is never synced


@pytest.mark.parametrize(
    ("at", "cut", "left"),
    [
        (1, False, {}),
        (2, False, {"one": 0}),
        (3, False, {"one": 50}),
        (4, False, {"one": 100}),
        (4, True, {"one": 50}),
        (9, True, {"one": 50, "two.part": 50}),
        (10, True, {"one": 50, "two.part": 100}),
        (11, False, {"one": 100, "two": 100}),
    ],
)
def test_the_process_dies_at_its_operation(tmp_path: Path, at: int, cut: bool, left: dict[str, int]) -> None:
    assert killed(tmp_path / "here", at, cut) == (-9, left)


@pytest.fixture
def ready(tmp_path: Path) -> Undisturbed:
    """A project with a manifest, a chunk and a page, and strangers; a command that changes nothing."""
    before = new_project(tmp_path / "before")
    for name in ("manifest.json", "chunks/baseline/0000000-0000001.key.zip", "compare/compare.html"):
        (before / RESULT / name).parent.mkdir(parents=True, exist_ok=True)
        (before / RESULT / name).write_text(name)
    add_strangers(before)
    tree, seen = contents(before), apart(view, before)
    return Undisturbed(("--version",), before, tree, tree, seen, seen, [])


@pytest.mark.parametrize(
    ("harm", "kind", "text"),
    [
        (lambda result: (result / "manifest.json").unlink(), "lost", "manifest.json is gone"),
        (lambda result: (result / "compare" / "compare.html").write_text(""), "lost", "compare.html is damaged"),
        (lambda result: (result / "chunks" / "baseline" / "0000000-0000001.key.zip").unlink(), "lost", ".zip is gone or changed"),
        (lambda result: (result / "chunks" / "notes.zip").unlink(), "wrong", "notes.zip is gone of someone else"),
        (lambda result: (result / "chunks" / "linked" / "manifest.json").write_text(""), "wrong", "elsewhere/manifest.json is changed"),
        (lambda result: (result / "chunks" / "linked").unlink(), "wrong", "chunks/linked is gone of someone else"),
        (lambda result: (result / "tables").mkdir(), "wrong", "gives other files than undisturbed: results/k/tables"),
    ],
)
def test_harm_is_seen(ready: Undisturbed, tmp_path: Path, harm: Callable[[Path], object], kind: str, text: str) -> None:
    project = copy(ready.before, tmp_path / "killed")
    harm(project / RESULT)
    found = look(ready, project, tmp_path / "look", with_sweeping=False)
    assert any(what == kind and text in words for what, words in found), found


def test_no_harm_is_no_finding(ready: Undisturbed, tmp_path: Path) -> None:
    project = copy(ready.before, tmp_path / "killed")
    assert look(ready, project, tmp_path / "look", with_sweeping=True) == []


def test_half_a_change_is_neither_old_nor_new() -> None:
    old, new = {"a": "1", "b": "1", "c": "1"}, {"a": "2", "b": "2", "c": "1"}
    assert difference({"a": "2", "b": "1", "c": "1"}, old, new) == "half old (b), half new (a)"
    assert difference({"a": "3", "b": "1", "c": "1"}, old, new) == "neither old nor new: a"


def test_files_of_others_are_no_leftovers(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    (project / RESULT / "chunks" / "baseline").mkdir(parents=True)
    add_strangers(project)
    tree = contents(project)
    assert set(strangers(project)) <= set(tree) and f"results/{NAME}/report.docx" in visible(tree)
    (project / "results" / ".k.x1y2z3w4").mkdir()
    assert hidden(contents(project)) - hidden(tree) == {"results/.k.*"}
