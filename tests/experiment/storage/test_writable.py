"""A results folder that cannot be written is reported before anything is run."""

import os
from pathlib import Path

import pytest

from experiment.conftest import settings
from experiment.fake_model import FakeModel
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.writable import check_writable


@pytest.mark.parametrize("closed", ["results", "results/a", "results/a/chunks", "results/a/chunks/fixed", "."])
def test_it_is_told_which_folder_that_is(here: Path, monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    run(settings(n_worlds=2), factory=FakeModel)
    before = sorted(here.rglob("*"))
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).resolve() != (here / closed).resolve() and may(path, mode))
    if closed == ".":
        check_writable(here / "results" / "a")  # it is there, so nothing is made beside it
        return
    with pytest.raises(SettingsError, match=rf"{closed}/ cannot be written \(.+\), so nothing was run\."):
        run(settings(n_worlds=3), factory=FakeModel)
    assert sorted(here.rglob("*")) == before


def test_where_there_is_nothing_yet_the_nearest_folder_is_asked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_writable(here / "results" / "new" / "deeper")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != here)
    with pytest.raises(SettingsError, match="cannot be written"):
        check_writable(here / "results" / "new" / "deeper")
