"""Damage to any file of a result is seen before a number is shown."""

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from stored import write_manifest

from experiment.conftest import settings
from experiment.fake_model import FakeModel
from sim.compare.build import compare
from sim.compare.comparison import Comparison
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.derived_tables import DamageNotice
from sim.experiment.storage.manifest_file import MANIFEST
from sim.experiment.storage.results import Result
from sim.experiment.storage.sealed_json import is_whole, sealed
from sim.scenario import ScenarioError


def flipped(path: Path, place: int, bit: int = 0) -> None:
    """Flip a bit of a file."""
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)


def test_any_flipped_bit_of_a_manifest_is_seen(results: Callable[..., Path], tmp_path: Path) -> None:
    folder = results()
    text = (folder / MANIFEST).read_bytes()
    whole = json.loads(text)
    seen = 0
    for place in range(0, len(text), 23):
        flipped(folder / MANIFEST, place, place % 8)
        try:
            assert Result(folder).manifest == whole, "only the layout of the text has changed"
        except SettingsError as error:
            seen += 1
            assert MANIFEST in str(error) and "spheres run" in str(error)
        (folder / MANIFEST).write_bytes(text)
    assert seen > 0.8 * len(text) / 23


def test_a_damaged_manifest_is_made_anew_by_the_run(results: Callable[..., Path]) -> None:
    folder = results()
    whole = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(whole[: len(whole) // 2])
    ended = run(settings(), factory=FakeModel)
    assert ended.made == 0 and ended.found == 180 and (folder / MANIFEST).read_bytes() == whole


def test_start_and_months_are_those_of_the_scenario_as_it_was_run(results: Callable[..., Path]) -> None:
    folder = results()
    for key, other in (("start", "2021-07"), ("months", 5), ("question", "Another?"), ("root", "fixed")):
        manifest = json.loads((folder / MANIFEST).read_text())
        manifest["scenarios"]["fixed"][key] = other
        said = (folder / MANIFEST).read_text()
        write_manifest(folder, manifest)  # someone has edited it, and its checksum is right
        with pytest.raises(SettingsError, match=f"says other things of 'fixed'.*{key}"):
            Result(folder).scenario("fixed")
        (folder / MANIFEST).write_text(said)


@pytest.fixture(scope="module")
def whole(runs: Callable[..., Path]) -> Comparison:
    """The comparison of a result without damage."""
    return compare([runs()])[0]


@pytest.mark.parametrize("harm", ["flip", "cut", "gone", "other"])
@pytest.mark.parametrize("writable", [True, False])
def test_monthly_tables_are_made_anew_and_that_is_said(
    results: Callable[..., Path], whole: Comparison, monkeypatch: pytest.MonkeyPatch, harm: str, writable: bool
) -> None:
    folder = results()
    path = folder / "months.parquet"
    before = path.read_bytes()
    if harm == "gone":
        path.unlink()
    elif harm == "other":
        pd.read_parquet(path).assign(mean=1.0).to_parquet(path)
    else:
        path.write_bytes(before[:-100] if harm == "cut" else before[:900] + bytes([before[900] ^ 1]) + before[901:])
    if not writable:

        def refuses(*args: object) -> None:
            raise PermissionError("read-only")

        monkeypatch.setattr("sim.experiment.storage.derived_tables._put", refuses)
    with pytest.warns(DamageNotice, match=r"months\.parquet was missing or damaged"):
        again = compare([folder])[0]
    assert again.series.equals(whole.series) and again.influence.equals(whole.influence)
    if writable:
        assert path.read_bytes() == before
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compare([folder])


def test_where_scenarios_are_damaged_too_nothing_is_shown(results: Callable[..., Path]) -> None:
    folder = results()
    (folder / "months.parquet").unlink()
    flipped(folder / "scenarios/fixed.yaml", 700)
    with pytest.raises(SettingsError, match=r"fixed\.yaml is missing or damaged"):
        compare([folder])


def test_a_result_that_is_replaced_while_it_is_read_is_not_mixed(results: Callable[..., Path]) -> None:
    folder = results()
    opened = Result(folder)
    run(settings(n_worlds=80), factory=FakeModel)
    from sim.experiment.storage.derived_tables import monthly_table

    with pytest.raises(SettingsError, match="replaced by another result"):
        monthly_table(opened, "months.parquet")


def test_a_result_can_be_moved_and_its_checksum_stays(results: Callable[..., Path], tmp_path: Path) -> None:
    shutil.move(results(), tmp_path / "moved")
    assert Result(tmp_path / "moved").manifest["worlds"] == 60


def test_a_seal_covers_every_value_and_not_the_layout() -> None:
    content = {"a": [1, 2.5, None, True], "b": {"c": "x\u2028\u202e"}}
    read = json.loads(sealed(content))
    assert is_whole(read) and is_whole(json.loads(json.dumps(read)))
    for other in ({**read, "a": [1, 2.5, None, False]}, {**read, "b": {}}, {k: v for k, v in read.items() if k != "a"}):
        assert not is_whole(other)
    assert not is_whole({"checksum": read["checksum"]})


@pytest.mark.parametrize("value", ["0", "[1]", '{"a": 1}', "null", "9223372036854775808"])
@pytest.mark.parametrize("key", ["question", "basis", "file", "compared_with"])
def test_a_resolved_scenario_with_something_else_for_a_text_is_refused(results: Callable[..., Path], key: str, value: str) -> None:
    folder = results()
    path = folder / "scenarios/fixed.yaml"
    lines = [f"{key}: {value}" if line.startswith(f"{key}: ") else line for line in path.read_text(encoding="utf-8").split("\n")]
    path.write_text("\n".join(lines), encoding="utf-8")
    write_manifest(folder, json.loads((folder / MANIFEST).read_text()))  # someone has edited both
    with pytest.raises(ScenarioError, match="is not as `spheres run` wrote it"):
        Result(folder).scenario("fixed")
