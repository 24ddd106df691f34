"""Batches: what is there is found, what is missing is made, what fails is reported, and no finished world is lost."""

import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from stored import table

from experiment.conftest import PROJECT, WORLDS, chunk_hashes, hashes, settings, subprocess_environment
from experiment.fake_model import Deadly, Dying, Failing, FakeModel, NotANumber, Slow, Stumbling, scenario
from sim.experiment.execution.runner import RunOutcome, run
from sim.experiment.recording.chunk import ChunkError, ChunkJob
from sim.experiment.run_settings import RunSettings, SettingsError
from sim.experiment.storage.chunk_container import joined
from sim.experiment.storage.chunk_key import key_of, model_version
from sim.experiment.storage.chunk_store import ChunkStore
from sim.experiment.storage.cleanup import tidy, unused
from sim.experiment.storage.results import Result
from sim.model.state.parameters import Change


def counted(ended: RunOutcome) -> tuple[int, int, int]:
    """Worlds found, worlds made, chunks failed."""
    return ended.found, ended.made, len(ended.failed)


def same_result(one: Path, other: Path) -> bool:
    """Whether two results are the same to the bit: every derived file, the manifest, and the chunks that it names."""
    chunks = [{name: [f.path.read_bytes() for f in r.files(name).values()] for name in r.scenarios} for r in (Result(one), Result(other))]
    return chunks[0] == chunks[1] and hashes(one) == hashes(other) and Result(one).manifest == Result(other).manifest


def test_the_same_run_again_makes_nothing(here: Path) -> None:
    assert counted(run(settings(chunk=20), factory=FakeModel)) == (0, 3 * WORLDS, 0)
    before = chunk_hashes(here / "results/a")
    assert counted(run(settings(chunk=20), factory=FakeModel)) == (3 * WORLDS, 0, 0)
    assert chunk_hashes(here / "results/a") == before


@pytest.mark.parametrize("worlds", [80, 73, 61])
def test_more_worlds_are_added_and_the_result_is_that_of_one_run(
    here: Path, results: Callable[..., Path], runs: Callable[..., Path], worlds: int
) -> None:
    results(chunk=20)
    ended = run(settings(chunk=20, n_worlds=worlds), factory=FakeModel)
    assert counted(ended) == (3 * WORLDS, 3 * (worlds - WORLDS), 0)
    assert same_result(here / "results/a", runs("once", chunk=20, n_worlds=worlds))


def test_a_last_chunk_that_was_shorter_is_run_as_a_whole(here: Path, results: Callable[..., Path], runs: Callable[..., Path]) -> None:
    results(chunk=20, n_worlds=50)
    assert counted(run(settings(chunk=20, n_worlds=90), factory=FakeModel)) == (3 * 40, 3 * 50, 0)
    assert same_result(here / "results/a", runs("once", chunk=20, n_worlds=90))


def test_an_edited_scenario_alone_is_run_again(here: Path) -> None:
    asked = settings(chunk=20)
    run(asked, factory=FakeModel)
    before = chunk_hashes(here / "results/a")
    edited = replace(asked, scenarios=(asked.scenarios[0], scenario("more_money", Change("scale", 1.6)), asked.scenarios[2]))
    assert counted(run(edited, factory=FakeModel)) == (2 * WORLDS, WORLDS, 0)
    after = chunk_hashes(here / "results/a")
    assert before.items() < after.items() and all("/more_money/" in name for name in after.keys() - before.keys())
    assert (table(here / "results/a").query("scenario == 'more_money'").overlap != 0).all()
    assert counted(run(asked, factory=FakeModel)) == (3 * WORLDS, 0, 0), "the chunks of the scenario as it was are still there"


def test_a_scenario_is_added(here: Path) -> None:
    asked = settings(chunk=20)
    run(replace(asked, scenarios=asked.scenarios[:2]), factory=FakeModel)
    assert counted(run(asked, factory=FakeModel)) == (2 * WORLDS, WORLDS, 0)


def test_everything_that_determines_a_chunk_is_in_its_key_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    job = ChunkJob(scenario(), 0, 10, 1, True)
    others = [
        ChunkJob(scenario("baseline", Change("scale", 1.1)), 0, 10, 1, True),
        ChunkJob(scenario(months=7), 0, 10, 1, True),
        ChunkJob(scenario("other"), 0, 10, 1, True),
        replace(job, first_world=10),
        replace(job, n_worlds=11),
        replace(job, seed=2),
        replace(job, draws=False),
        replace(job, factory=FakeModel),
    ]
    keys = {key_of(one) for one in (job, *others)}
    assert len(keys) == len(others) + 1
    assert key_of(replace(job, scenario=replace(job.scenario, question="What else?"))) == key_of(job)
    monkeypatch.setattr("sim.experiment.storage.chunk_key.model_version", lambda: "another")
    assert key_of(job) not in keys


def test_the_version_of_the_model_covers_its_rules_and_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> str:
        model_version.cache_clear()
        return model_version()

    shutil.copytree(PROJECT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    before = version()
    monkeypatch.setattr("sim.experiment.storage.chunk_key._SIM", tmp_path / "sim")
    assert version() == before, "the place of the project is no part of it"
    for name, matters in (
        ("model/processes/offensives.py", True),
        ("data/towns.csv", True),
        ("experiment/recording/annual_values.py", True),
        ("report/figures/sphere_map.py", False),
        ("data/claims.yaml", False),
    ):
        path = tmp_path / "sim" / name
        whole = path.read_bytes()
        path.write_bytes(whole + b"\n# edited\n")
        assert (version() != before) == matters, name
        path.write_bytes(whole)
    model_version.cache_clear()


def damaged(content: bytes) -> bytes:
    """One byte in the middle is another."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def unreadable(content: bytes) -> bytes:
    """A file whose check sums are right and one array of which no one can unpack."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return joined(members | {"effort.zst": bytes(len(members["effort.zst"]))})


@pytest.mark.parametrize("harm", [damaged, unreadable, lambda content: content[:-100], lambda content: b"", lambda content: b"x" * 1000])
def test_a_damaged_chunk_is_found_and_made_again(here: Path, results: Callable[..., Path], harm: Callable[[bytes], bytes]) -> None:
    results(chunk=20)
    before = chunk_hashes(here / "results/a")
    victim = sorted((here / "results/a/chunks/more_money").glob("*.zip"))[1]
    victim.write_bytes(harm(victim.read_bytes()))
    assert counted(run(settings(chunk=20), factory=FakeModel)) == (3 * WORLDS - 20, 20, 0)
    assert chunk_hashes(here / "results/a") == before


def test_a_chunk_under_the_name_of_another_is_found_and_made_again(here: Path, results: Callable[..., Path]) -> None:
    results(chunk=20)
    before = chunk_hashes(here / "results/a")
    one, other = sorted((here / "results/a/chunks/more_money").glob("*.zip"))[:2]
    shutil.copy(one, other)
    assert counted(run(settings(chunk=20), factory=FakeModel)) == (3 * WORLDS - 20, 20, 0)
    assert chunk_hashes(here / "results/a") == before


@pytest.mark.parametrize(
    ("factory", "jobs", "fault"),
    [
        (Stumbling, 1, "ZeroDivisionError: no money at all (fake_model.py, line"),
        pytest.param(Stumbling, 2, "ZeroDivisionError: no money at all (fake_model.py, line", marks=pytest.mark.slow),
        (Deadly, 2, "its process ended without an error message"),
    ],
)
def test_a_chunk_that_fails_is_recorded_and_the_others_go_on(here: Path, factory: type, jobs: int, fault: str) -> None:
    asked = settings(chunk=20, jobs=jobs)
    ended = run(asked, factory=factory)
    assert counted(ended) == (0, 3 * WORLDS - 20, 1)
    (failure,) = ended.failed
    assert failure.fault.startswith(fault) and failure.where.startswith("more_money, world")
    (record,) = (here / "results/a/failures").rglob("*.json")
    said = json.loads(record.read_text())
    assert (said["scenario"], said["first_world"], said["worlds"]) == ("more_money", 0, 20) and said["fault"] == failure.fault
    if factory is Stumbling:
        assert said["world"] == 17 and "ZeroDivisionError" in said["traceback"] and "step" in said["traceback"]
        drawn = table(here / "results/a").query("scenario == 'baseline' and world == 17")["param:russia.budget"]
        assert said["parameters"]["russia.budget"] == pytest.approx(float(drawn.iloc[0]), rel=1e-6)
    manifest = Result(here / "results/a").manifest
    assert not manifest["complete"] and [about["worlds"] for about in manifest["scenarios"].values()] == [60, 40, 60]

    assert counted(run(asked, factory=factory)) == (3 * WORLDS - 20, 0, 1), "what failed is not tried again unless asked"
    (here / "mended").touch()
    assert counted(run(replace(asked, retry=True), factory=factory)) == (3 * WORLDS - 20, 20, 0)
    assert not (here / "results/a/failures").exists()
    run(settings("once", chunk=20), factory=factory)
    assert same_result(here / "results/a", here / "results/once")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("factory", "said"), [(Failing, "baseline, world 0.*the rule failed"), (NotANumber, "month 0: morale is not a usable")]
)
def test_where_every_chunk_fails_there_is_no_result(here: Path, factory: type, said: str, jobs: int) -> None:
    with pytest.raises(ChunkError, match=said):
        run(settings(jobs=jobs, chunk=30), factory=factory)
    assert not (here / "results/a/manifest.json").exists() and len(list((here / "results/a/failures").rglob("*.json"))) == 6


@pytest.mark.slow
def test_a_worker_that_dies_is_reported(here: Path) -> None:
    with pytest.raises(ChunkError, match="ended without an error message"):
        run(settings(jobs=2, scenarios=(scenario(),), chunk=30), factory=Dying)


def test_failures_leave_an_earlier_result_as_it_was(results: Callable[..., Path]) -> None:
    folder = results()
    before = hashes(folder)
    with pytest.raises(ChunkError):
        run(settings(), factory=Failing)
    assert hashes(folder) == before and Result(folder).manifest["complete"]


SCRIPT = """
import sys
from experiment.conftest import settings
from experiment.fake_model import FakeModel, Slow, scenario
from sim.experiment.execution.runner import run

if __name__ == "__main__":
    order = settings().scenarios if sys.argv[1] == "forward" else (settings().scenarios[0], *settings().scenarios[:0:-1])
    run(settings(chunk=20, n_worlds=120, jobs=2, scenarios=order), factory=Slow)
"""


def started(here: Path, word: str = "forward") -> "subprocess.Popen[bytes]":
    """A run in a process of its own."""
    (here / "script.py").write_text(SCRIPT)
    return subprocess.Popen([sys.executable, "script.py", word], cwd=here, env=subprocess_environment(), start_new_session=True)


def until_there_are(chunks: int, folder: Path) -> None:
    """Wait for so many finished chunks."""
    until = time.monotonic() + 60
    while len(list(folder.rglob("*.zip"))) < chunks:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_killed_run_goes_on_where_it_was(here: Path, runs: Callable[..., Path]) -> None:
    process = started(here)
    until_there_are(5, here / "results/a/chunks")
    process.kill()
    process.wait(timeout=60)
    with pytest.raises(SettingsError, match="unfinished run"):
        Result(here / "results/a")
    there = chunk_hashes(here / "results/a")
    ended = run(settings(chunk=20, n_worlds=120, jobs=2), factory=Slow)
    assert ended.found >= 20 * len(there) >= 100 and ended.found + ended.made == 360
    assert there.items() <= chunk_hashes(here / "results/a").items()
    assert same_result(here / "results/a", runs("once", Slow, chunk=20, n_worlds=120, jobs=2))


@pytest.mark.slow
def test_two_runs_at_once_into_one_folder(here: Path, runs: Callable[..., Path]) -> None:
    once = runs("once", Slow, chunk=20, n_worlds=120, jobs=2)
    both = [started(here, "forward"), started(here, "backward")]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert chunk_hashes(here / "results/a") == chunk_hashes(once)
    assert Result(here / "results/a").manifest["complete"] and not list((here / "results").rglob("*.part"))
    assert counted(run(settings(chunk=20, n_worlds=120), factory=Slow)) == (360, 0, 0)
    assert same_result(here / "results/a", once)


def test_a_run_does_not_take_the_place_of_one_that_meanwhile_says_more(here: Path) -> None:
    def quicker(folder: Path) -> None:
        run(settings(chunk=20, n_worlds=80), factory=FakeModel)

    with pytest.raises(SettingsError, match="of 80 worlds, and 60 would be fewer"):
        run(settings(chunk=20), factory=FakeModel, finish=quicker)
    assert Result(here / "results/a").manifest["worlds"] == 80


FULL = """
import resource
from experiment.conftest import settings
from experiment.fake_model import FakeModel, scenario
from sim.experiment.execution.runner import run
from sim.experiment.execution.worker import WriteError
import sys

resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    run(settings(jobs=int(sys.argv[1]), scenarios=(scenario(), scenario("long", months=120))), factory=FakeModel)
except WriteError as fault:
    print(fault)
    sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited as on a full disk through the resource module")
@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_disk_without_room_stops_the_run_and_keeps_what_is_finished(here: Path, jobs: int) -> None:
    (here / "script.py").write_text(f"if __name__ == '__main__':\n{chr(10).join('    ' + line for line in FULL.splitlines())}")
    answer = subprocess.run(
        [sys.executable, "script.py", str(jobs)], cwd=here, env=subprocess_environment(), capture_output=True, text=True, check=False
    )
    assert answer.returncode == 7 and "cannot be written" in answer.stdout and "long" in answer.stdout, answer.stderr
    assert [p.parent.name for p in (here / "results/a/chunks").rglob("*.zip")] == ["baseline"] and not list(here.rglob("*.part"))
    ended = run(settings(scenarios=(scenario(), scenario("long", months=120))), factory=FakeModel)
    assert counted(ended) == (WORLDS, WORLDS, 0)


def test_what_is_there_can_be_made_a_result_as_it_is(here: Path) -> None:
    asked = settings(chunk=20)
    run(asked, factory=FakeModel)
    (here / "results/a/manifest.json").unlink()
    for path in sorted((here / "results/a/chunks/fixed").glob("*.zip"))[1:]:
        path.unlink()
    assert counted(run(replace(asked, as_it_is=True), factory=FakeModel)) == (3 * WORLDS - 40, 0, 0)
    said = Result(here / "results/a").manifest
    assert not said["complete"] and [about["worlds"] for about in said["scenarios"].values()] == [60, 60, 20]
    assert counted(run(asked, factory=FakeModel)) == (3 * WORLDS - 40, 40, 0)
    assert Result(here / "results/a").manifest["complete"]


def test_of_nothing_no_result_is_made(here: Path) -> None:
    with pytest.raises(ChunkError, match="no finished worlds yet"):
        run(settings(as_it_is=True), factory=FakeModel)
    assert not (here / "results").exists()


@pytest.mark.parametrize(("goal", "limit", "least", "most"), [(0.05, 5000, 500, 1200), (0.05, 300, 300, 300), (0.9, 5000, 100, 100)])
def test_worlds_are_added_until_the_intervals_are_narrow_enough(
    here: Path, runs: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, goal: float, limit: int, least: int, most: int
) -> None:
    monkeypatch.setattr("sim.experiment.execution.runner._FIRST_STEP", 100)
    ended = run(settings(chunk=100, n_worlds=limit, halfwidth=goal), factory=FakeModel)
    worlds = Result(here / "results/a").manifest["worlds"]
    assert least <= worlds <= most and all(row.n_worlds == worlds for row in ended.rows)
    assert (max(one.widest for one in ended.precision) <= goal) == (limit > 300)
    assert hashes(here / "results/a") == hashes(runs("once", chunk=100, n_worlds=worlds))


def test_a_run_towards_a_half_width_counts_no_world_twice(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.execution.runner._FIRST_STEP", 100)
    ended = run(settings(chunk=30, n_worlds=200, halfwidth=0.05), factory=FakeModel)  # 100 is no multiple of 30
    result = Result(here / "results/a")
    worlds = [world for first, n in result.files("baseline") for world in range(first, first + n)]
    assert worlds == list(range(200)) and all(row.n_worlds == 200 for row in ended.rows)


def test_tidying_removes_what_the_result_does_not_use_and_nothing_else(here: Path, results: Callable[..., Path]) -> None:
    asked: RunSettings = settings(chunk=20)
    results(chunk=20, n_worlds=50)
    run(asked, factory=FakeModel)
    folder = here / "results/a"
    assert [p.name[:15] for p in unused(folder)] == ["0000040-0000049"] * 3
    assert tidy(folder)[0] == 3 and tidy(folder) == (0, 0)
    assert counted(run(asked, factory=FakeModel)) == (3 * WORLDS, 0, 0)


def test_what_killed_runs_left_half_written_goes_but_not_what_is_being_written(here: Path) -> None:
    folder = here / "results/a/chunks/baseline"
    folder.mkdir(parents=True)
    for name, age in ((".old.zip.host-1.part", 7200), (".new.zip.host-2.part", 0)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - age,) * 2)
    ChunkStore(here / "results/a").open()
    assert [p.name for p in folder.iterdir()] == [".new.zip.host-2.part"]


def test_what_fails_on_the_way_to_a_half_width_is_tried_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.execution.runner._FIRST_STEP", 100)
    ended = run(settings(chunk=100, n_worlds=600, halfwidth=0.05, retry=True), factory=Stumbling)
    assert len(ended.failed) == 1 and ended.made == 3 * 600 - 100 and not ended.found
