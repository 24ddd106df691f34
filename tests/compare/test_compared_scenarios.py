"""Which results can be compared."""

import json
import shutil
from pathlib import Path

import pytest
from stored import write_manifest

from compare.conftest import FakeRun
from sim.compare.compared_scenarios import all_scenarios, folder_labels
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.result_folder import FORMAT
from sim.experiment.storage.results import Result

AGAIN = r"older was written in an earlier format\..*are kept\), run: spheres run baseline --name older"


@pytest.mark.parametrize(("written", "message"), [(None, AGAIN), (FORMAT - 1, AGAIN), (FORMAT + 1, "older was written in a later format")])
def test_another_format_is_refused_with_the_command_to_run(fake: FakeRun, tmp_path: Path, written: int | None, message: str) -> None:
    folder = tmp_path / "older"
    shutil.copytree(fake.folder, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"format": written, "command": "spheres run baseline --name older"}
    write_manifest(folder, {key: value for key, value in manifest.items() if value is not None})
    with pytest.raises(SettingsError, match=message):
        all_scenarios([fake.folder, folder])


def test_a_scenario_with_the_very_same_worlds_is_taken_once(fake: FakeRun) -> None:
    assert [compared.name for compared in all_scenarios([fake.folder, fake.folder])] == ["baseline", "more_money", "fixed"]


def test_folders_of_one_name_have_labels_of_their_own(tmp_path: Path) -> None:
    one, two, three = (tmp_path / place for place in ("results/a/x", "other/x", "results/b/x"))
    (tmp_path / "link").mkdir()
    (tmp_path / "link/x").symlink_to(one)
    one.mkdir(parents=True)
    assert folder_labels([one, two]) == {one: "a/x", two: "other/x"}
    again = folder_labels([two, three, one, two, tmp_path / "link/x"])
    assert list(again.items()) == [(two, "other/x"), (three, "b/x"), (one, "a/x")]
    assert folder_labels([one]) == folder_labels([one, one]) == {one: "x"}
    odd = [tmp_path / name for name in ("a\u202e\x07,b", "a\u202d\x08_b", "a" * 200 + "c" * 60, "b" * 200 + "c" * 60)]
    labels = list(folder_labels(odd).values())
    assert labels == ["a??_b", "a??_b #2", f"...{'c' * 60}", f"...{'c' * 60} #2"]


def test_three_results_of_one_name_are_compared_under_three_names_and_the_same_one_once(fake: FakeRun, tmp_path: Path) -> None:
    folders = [tmp_path / place / "x" for place in ("a", "b", "c")]
    for i, folder in enumerate(folders):
        shutil.copytree(fake.folder, folder)
        manifest = json.loads((folder / "manifest.json").read_text())
        for about in manifest["scenarios"].values():  # other worlds, as far as their keys say
            about["chunks"] = [[first, n, f"{i:x}{key[1:]}"] for first, n, key in about["chunks"]]
        write_manifest(folder, manifest)
    sides = all_scenarios([*folders, folders[1]])
    first, *others = Result(folders[0]).scenarios
    assert [side.name for side in sides] == [f"{name}{label}" for label in ("", " (b/x)", " (c/x)") for name in (first, *others)]
