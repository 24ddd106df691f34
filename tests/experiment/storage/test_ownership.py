"""Only files that carry the exact name of one of ours, in a folder that is ours, are ever removed; never through a link."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from experiment.conftest import settings
from experiment.fake_model import FakeModel
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.cleanup import tidy
from sim.experiment.storage.manifest_file import MANIFEST
from sim.experiment.storage.result_folder import EXPLORER_PAGE, holding
from sim.experiment.storage.results import Result
from sim.experiment.storage.staging import MARK, staging
from sim.experiment.storage.table_export import export

HOURS = 3600.0
KEY = "0123456789abcdef0123"


def aged(path: Path, hours: float) -> Path:
    """Set a file's or folder's time back."""
    then = time.time() - hours * HOURS
    os.utime(path, (then, then))
    return path


def test_tidy_leaves_what_is_not_exactly_ours(results: Callable[..., Path], tmp_path: Path) -> None:
    folder, foreign = results(), tmp_path / "foreign"
    foreign.mkdir()
    chunks = folder / "chunks"
    mine = [
        chunks / "fixed" / "mine.zip",
        chunks / "fixed" / f"0000000-000024.{KEY}.zip",
        chunks / "fixed" / f"0000000-0000024.{KEY}.zip.bak",
        chunks / "photos.zip",
        foreign / f"0000000-0000024.{KEY}.zip",
        foreign / f"0000000-0000024.{KEY}.json",
        folder / "failures" / "fixed" / "notes.json",
    ]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    (chunks / "linked").symlink_to(foreign)
    (folder / "failures" / "linked").symlink_to(foreign)
    (chunks / "fixed" / f"0000100-0000124.{KEY}.zip").symlink_to(mine[4])
    ours = [chunks / "fixed" / f"0000000-0000024.{KEY}.zip", folder / "failures" / "fixed" / f"0000000-0000024.{KEY}.json"]
    for path in ours:
        path.write_text("ours")
    assert tidy(folder) == (2, 8)
    assert not any(path.exists() for path in ours)
    assert all(path.read_text() == "mine" for path in mine) and (chunks / "linked").is_symlink()
    assert Result(folder).table("fixed", "worlds").num_rows > 0


def test_nothing_is_removed_while_a_run_holds_the_folder(results: Callable[..., Path]) -> None:
    folder = results()
    extra = folder / "chunks" / "fixed" / f"0000500-0000524.{KEY}.zip"
    extra.write_text("of the run under way")
    with holding(folder), pytest.raises(SettingsError, match="run is under way"):
        tidy(folder)
    assert extra.exists()
    assert tidy(folder)[0] == 1


def test_a_token_of_a_killed_run_holds_nothing(results: Callable[..., Path]) -> None:
    folder = results()
    dead = folder / "chunks" / ".0123456789abcdef"
    dead.touch()
    tidy(folder)
    assert not dead.exists()


def test_a_rerun_leaves_the_files_of_others_in_every_folder(results: Callable[..., Path]) -> None:
    folder = results()
    export(Result(folder), ["worlds"], csv=True)
    mine = [folder / place / "mine.csv" for place in ("tables", "scenarios", "compare", "plots", ".")]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    assert (folder / "tables/worlds.csv").exists()
    (folder / EXPLORER_PAGE).write_text("of the old result")
    run(settings(n_worlds=80), factory=FakeModel)
    assert not (folder / "tables/worlds.csv").exists(), "an export of the old result goes"
    assert not (folder / EXPLORER_PAGE).exists(), "and so does its explorer"
    assert all(path.read_text() == "mine" for path in mine)


def test_an_export_of_the_same_worlds_stays(results: Callable[..., Path]) -> None:
    folder = results()
    export(Result(folder), ["worlds"], csv=False)
    (folder / EXPLORER_PAGE).write_text("of the same worlds")
    run(settings(), factory=FakeModel)
    assert (folder / "tables/worlds.parquet").exists() and (folder / EXPLORER_PAGE).exists()


@pytest.mark.parametrize("act", ["run", "tidy"])
def test_what_a_killed_run_left_is_swept_once_it_is_an_hour_old(results: Callable[..., Path], act: str) -> None:
    folder = results()
    beside = folder.parent
    old, fresh, locked, foreign, linked = (beside / f".a.{name}" for name in ("abcd1234", "fresh__1", "in_use_1", "letters1", "linked_1"))
    for path in (old, fresh, foreign):
        path.mkdir()
    for path in (old, fresh):
        (path / MANIFEST).write_text("{}")
    (foreign / "love").write_text("mine")
    linked.symlink_to(foreign)
    part = folder / "chunks" / "fixed" / f".0000000-0000024.{KEY}.zip.host-12.part"
    part.write_text("half")
    aged(part, 2), aged(old, 2), aged(foreign, 2)
    with staging(folder) as work:
        shutil.copytree(work, locked, dirs_exist_ok=True)
        aged(work, 5)
        tidy(folder) if act == "tidy" else run(settings(n_worlds=80), factory=FakeModel)
        assert work.is_dir() and (work / MARK).is_file(), "somebody builds there"
    assert not old.exists() and not part.exists()
    assert fresh.is_dir() and foreign.is_dir() and linked.is_symlink()


def test_files_from_the_future_are_never_swept(results: Callable[..., Path]) -> None:
    folder = results()
    ahead = folder.parent / ".a.abcd1234"
    ahead.mkdir()
    aged(ahead, -48)
    tidy(folder)
    assert ahead.is_dir()


def test_a_result_folder_that_is_a_link_works(here: Path, results: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "disk" / "big").mkdir(parents=True)
    (here / "results").mkdir(exist_ok=True)
    (here / "results/linked").symlink_to(tmp_path / "disk" / "big")
    folder = results("linked")
    assert folder.is_symlink() and Result(folder).manifest["worlds"] == 60
    assert (tmp_path / "disk/big" / MANIFEST).is_file()
    run(settings("linked", n_worlds=80), factory=FakeModel)
    assert Result(folder).manifest["worlds"] == 80 and tidy(folder)[0] >= 0
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["big"]


def test_a_run_that_was_killed_as_it_began_is_gone_on_with(here: Path, results: Callable[..., Path]) -> None:
    (here / "results/a/chunks").mkdir(parents=True)
    run(settings(), factory=FakeModel)
    dead = here / "results/a/chunks/.0123456789abcdef"
    dead.touch()
    run(settings(), factory=FakeModel)
    assert not dead.exists() and Result(here / "results/a").manifest["worlds"] == 60
