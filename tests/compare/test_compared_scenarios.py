"""Which results can be compared."""

import json
import shutil
from pathlib import Path

import pytest
from stored import write_manifest

from compare.conftest import FakeRun
from sim.compare.compared_scenarios import all_scenarios
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.result_folder import FORMAT

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
