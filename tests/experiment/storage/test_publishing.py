"""A folder shows the old files or the new ones, whenever the process that replaces them dies."""

import errno
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from experiment.conftest import settings
from experiment.fake_model import FakeModel
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage import publishing
from sim.experiment.storage.interrupts import uninterrupted
from sim.experiment.storage.manifest_file import CONTENTS, MANIFEST, check_hash, read_list
from sim.experiment.storage.publishing import NEW, building, complete
from sim.experiment.storage.result_folder import finish_publishing
from sim.experiment.storage.results import Result


class Killed(BaseException):
    """Stands for a kill: nothing of the program catches it."""


def files(folder: Path) -> dict[str, str]:
    """All files of a folder, the list of them aside."""
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != CONTENTS}


def put(folder: Path, **texts: str) -> None:
    """Publish files."""
    with building(folder) as work:
        for name, text in texts.items():
            path = work / name.replace("_", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)


def test_new_files_take_the_place_of_those_that_were_listed_and_of_no_others(tmp_path: Path) -> None:
    place = tmp_path / "a"
    put(place, page="1", tables_x="1", tables_gone="1", old_gone="1")
    (place / "tables/mine").write_text("mine")
    (place / "note").write_text("mine")
    put(place, page="2", tables_x="2")
    assert files(place) == {"page": "2", "tables/x": "2", "tables/mine": "mine", "note": "mine"}
    listed = read_list(place / CONTENTS)
    assert listed is not None and all(check_hash(place, listed, name) for name in ("page", "tables/x"))
    assert not (place / "old").exists(), "a folder that is empty then goes too"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def killed_at(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the n-th rename or removal from now on be a kill."""
    left = n

    def dying(act: Callable[..., None]) -> Callable[..., None]:
        def acts(*args: object, **more: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed
            act(*args, **more)

        return acts

    for name in ("replace", "unlink", "rmdir", "rename", "remove"):
        monkeypatch.setattr(os, name, dying(getattr(os, name)))


def test_a_kill_at_any_moment_leaves_the_old_files_or_the_new_ones(tmp_path: Path) -> None:
    seen = set()
    for n in range(1, 60):
        place = tmp_path / str(n)
        put(place, page="1", tables_x="1", gone="1")
        (place / "mine").write_text("mine")
        with pytest.MonkeyPatch.context() as patch:
            killed_at(n, patch)
            try:
                put(place, page="2", tables_x="2", more="2")
                died = False
            except Killed:
                died = True
        committed = (place / NEW).is_dir()
        shown = files(place)
        if died and not committed and shown["page"] == "1":
            assert shown == {"page": "1", "tables/x": "1", "gone": "1", "mine": "mine"}
            seen.add("old")
        complete(place, CONTENTS)
        listed = read_list(place / CONTENTS)
        assert listed is not None and all(check_hash(place, listed, name) for name in listed["sha256"])
        assert files(place) in (
            {"page": "1", "tables/x": "1", "gone": "1", "mine": "mine"},
            {"page": "2", "tables/x": "2", "more": "2", "mine": "mine"},
        )
        if files(place)["page"] == "2":
            seen.add("new")
        if not died:
            break
    assert seen == {"old", "new"} and n > 8


def test_links_on_the_way_are_not_followed(tmp_path: Path) -> None:
    place, foreign = tmp_path / "a", tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "x").write_text("mine")
    put(place, page="1")
    (place / "tables").symlink_to(foreign)
    with pytest.raises(SettingsError, match="tables is a link"):
        put(place, page="2", tables_x="2")
    assert (place / "page").read_text() == "1" and (foreign / "x").read_text() == "mine"
    (place / "tables").unlink()
    put(place, page="2", tables_x="2")
    (place / "tables/x").unlink()
    (place / "tables").rmdir()
    (place / "tables").symlink_to(foreign)
    put(place, page="3")
    assert (foreign / "x").read_text() == "mine" and (place / "page").read_text() == "3"


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a", page="1")

    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(publishing, "sync_tree", full)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path / "a", page="2")
    assert files(tmp_path / "a") == {"page": "1"} and [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_folder_on_another_drive_is_filled_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move, tried = os.replace, []

    def other_drive(source: Path, target: Path) -> None:
        if Path(target).name == NEW and Path(source).parent != Path(target).parent:
            tried.append(source)
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        move(source, target)

    put(tmp_path / "a", page="1", gone="1")
    monkeypatch.setattr(os, "replace", other_drive)
    put(tmp_path / "a", page="2")
    assert tried and files(tmp_path / "a") == {"page": "2"}


def test_ctrl_c_while_files_move_is_put_off_until_they_have(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    with pytest.raises(KeyboardInterrupt):
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            done.append("moved")
        done.append("not reached")
    assert done == ["moved"] and signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_result_that_was_committed_is_finished_by_whoever_opens_it(results: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = results()
    old = (folder / MANIFEST).read_text()

    def dies(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_move", dies)
        with pytest.raises(Killed):
            run(settings(n_worlds=80), factory=FakeModel)
    assert (folder / MANIFEST).read_text() == old and (folder / NEW).is_dir()
    assert Result(folder).manifest["worlds"] == 80 and not (folder / NEW).exists()
    assert all(check_hash(folder, Result(folder).manifest, name) for name in Result(folder).manifest["sha256"])
    finish_publishing(folder)
    assert json.loads((folder / MANIFEST).read_text())["worlds"] == 80
