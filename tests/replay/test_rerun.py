"""Replay: a world's rows again to the bit, and what is said when they are not."""

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from experiment.conftest import here as here
from experiment.conftest import results as results
from experiment.conftest import runs as runs
from experiment.fake_model import FakeModel
from stored import write_manifest

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_container import joined
from sim.experiment.storage.results import Result
from sim.replay.narrative import narrative_lines
from sim.replay.rerun import replay, replay_worlds


@pytest.mark.parametrize("world", [0, 17, 59])
@pytest.mark.parametrize("scenario", ["baseline", "more_money", "fixed"])
def test_any_world_gives_exactly_its_rows(runs: Callable[..., Path], scenario: str, world: int) -> None:
    again = replay(Result(runs(chunk=7)), scenario, world, FakeModel)
    assert again.differences == () and again.compared > 100


def test_worlds_replayed_together_are_those_replayed_alone(known: Path) -> None:
    """On the real model: scattered worlds in one batch have the rows of the results, and the events of each alone, to the bit."""
    result = Result(known)
    together = replay_worlds(result, "scripted", (3, 0, 1))
    assert [one.world for one in together] == [0, 1, 3]
    for batched in together:
        alone = replay(result, "scripted", batched.world)
        assert batched.differences == alone.differences == () and batched.compared == alone.compared > 1000
        assert (batched.outcome, batched.territory) == (alone.outcome, alone.territory)
        assert batched.influence.tobytes() == alone.influence.tobytes() and batched.spheres.tobytes() == alone.spheres.tobytes()
        assert [replace(event, world=0) for event in batched.events] == list(alone.events)


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("worlds", "overlap", 5), ("provinces", "roots_iran", 3 * 5 + 1), ("groups", "force_army", 3 * 5 + 2)],
)
def test_one_changed_bit_is_reported(results: Callable[..., Path], table: str, column: str, row: int) -> None:
    folder = results()
    (path,) = (folder / "chunks/more_money").glob("*.zip")
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    whole = pq.read_table(pa.BufferReader(members[f"{table}.parquet"]))
    values = whole.column(column).to_numpy().copy()
    values[row] = np.nextafter(values[row], np.float32(9.0))
    sink = pa.BufferOutputStream()
    pq.write_table(whole.set_column(whole.column_names.index(column), column, pa.array(values)), sink)
    path.write_bytes(joined(members | {f"{table}.parquet": sink.getvalue().to_pybytes()}))
    assert replay(Result(folder), "more_money", 5, FakeModel).differences == (f"{table}.{column}",)
    assert replay(Result(folder), "more_money", 6, FakeModel).differences == ()


def test_the_narrative_is_dated_and_names_claims_and_places(runs: Callable[..., Path]) -> None:
    replayed = replay(Result(runs()), "more_money", 5, FakeModel)
    lines = list(narrative_lines(replayed))
    assert lines[0] == "Simulated world 5 of 'more_money': What of more_money?"
    count = sum(event.count for event in replayed.events if event.kind.name == "strike_israel")
    strikes = [line for line in lines if "Israel strikes" in line]
    assert len(strikes) == 1 and strikes[0].startswith("2021     Over the year: ") and strikes[0].endswith(f"({count:g}). [R27]")
    assert "Daraa" in strikes[0]
    crises = [event.month for event in replayed.events if event.kind.name == "crisis"]
    told_then = [line[:7] for line in lines if "finances take a blow" in line]
    assert crises and told_then == [f"2021-{6 + month:02d}" for month in sorted(crises)]
    assert lines[-2].startswith("By 2021-11: ")


@pytest.mark.parametrize(
    ("scenario", "world", "said"),
    [("other", 1, "baseline, fixed, more_money"), ("more_mony", 1, "Did you mean 'more_money'"), ("fixed", 60, "worlds 0 to 59")],
)
def test_an_unknown_scenario_or_world_is_refused(runs: Callable[..., Path], scenario: str, world: int, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        replay(Result(runs()), scenario, world, FakeModel)


def test_an_edited_scenario_is_refused(results: Callable[..., Path]) -> None:
    folder = results()
    path = folder / "scenarios" / "fixed.yaml"
    path.write_text(path.read_text().replace("0.6", "0.7"))
    with pytest.raises(SettingsError, match="edited since the run"):
        replay(Result(folder), "fixed", 1, FakeModel)


def test_results_can_be_moved(results: Callable[..., Path], tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.move(results(), moved)
    assert replay(Result(moved), "fixed", 1, FakeModel).differences == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scenarios": []}', "[" * 100_000])
def test_a_folder_without_a_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(SettingsError, match=r"manifest\.json"):
        replay(Result(tmp_path), "baseline", 0, FakeModel)


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b"PK no more"), lambda path: path.unlink()])
def test_a_damaged_or_missing_chunk_is_refused(results: Callable[..., Path], harm: Callable[[Path], None]) -> None:
    folder = results()
    harm(next((folder / "chunks/fixed").glob("*.zip")))
    with pytest.raises(SettingsError, match=r"chunks/fixed/.* is missing or damaged"):
        replay(Result(folder), "fixed", 1, FakeModel)


@pytest.mark.parametrize("chunks", [None, 7, [["a"]], [[0, 10**6, "none"]]])
def test_a_manifest_that_lies_about_its_chunks_is_no_traceback(results: Callable[..., Path], chunks: object) -> None:
    folder = results()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["scenarios"]["fixed"]["chunks"] = chunks
    write_manifest(folder, manifest)
    with pytest.raises(SettingsError, match=r"not as `spheres run` wrote it: of 'fixed'.* chunk"):
        replay(Result(folder), "fixed", 900_000, FakeModel)
