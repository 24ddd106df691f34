"""A real scheduler and real workers in processes of their own, on this machine."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from experiment.conftest import settings
from experiment.fake_model import FakeModel, Slow
from experiment.local_cluster import PATIENCE, PROJECT, Dask, wait_until, with_two_workers
from sim.experiment.execution import batch, runner
from sim.experiment.execution import dask_executor as seam
from sim.experiment.execution.batch import plan
from sim.experiment.execution.dask_executor import ClusterError, address_of, cluster, versions, work_there
from sim.experiment.execution.runner import run
from sim.experiment.execution.worker import ChunkTask, WriteError, keep
from sim.experiment.recording.chunk import ChunkError, Interruption
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_key import key_of
from sim.experiment.storage.chunk_store import ChunkStore
from sim.experiment.storage.result_folder import holding


class DyingInOne(FakeModel):
    """Ends its process in one of the scenarios."""

    def step(self) -> None:
        """A month."""
        if self.scenario.name == "more_money":
            os._exit(9)
        super().step()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a result, the manifest without the command."""
    found = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    manifest = json.loads(found.pop("manifest.json"))
    return found | {"manifest": json.dumps({name: told for name, told in manifest.items() if name not in ("command", "checksum")}).encode()}


def chunks(folder: Path) -> int:
    """How many chunks are finished."""
    return len(list((folder / "chunks").rglob("*.zip")))


@pytest.fixture
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Dask]]:
    """Start a scheduler."""
    pytest.importorskip("distributed")
    all_of_them = []

    def start(allowed: int = 3) -> Dask:
        all_of_them.append(Dask(tmp_path_factory.mktemp("dask"), allowed))
        return all_of_them[-1]

    yield start
    for dask in all_of_them:
        dask.end()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A scheduler with two workers, for tests that kill none of them."""
    pytest.importorskip("distributed")
    dask = Dask(tmp_path_factory.mktemp("dask"))
    yield with_two_workers(dask)
    dask.end()


def spheres(here: Path, *words: str) -> "subprocess.Popen[str]":
    """Begin a command."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "sim.cli", *words]
    return subprocess.Popen(command, cwd=here, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_command_gives_the_bytes_of_one_machine(two: Dask, here: Path) -> None:
    files = [str(PROJECT / "scenarios" / f"{name}.yaml") for name in ("baseline", "israel_escalates")]
    asked = ["run", *files, "--worlds", "60", "--months", "6", "--no-plots"]
    runs = [
        spheres(here, *asked, "--name", "there", "--cluster", str(two.file)),
        spheres(here, *asked, "--name", "here", "--jobs", "1"),
    ]
    for one in runs:
        said, complained = one.communicate(timeout=PATIENCE)
        assert one.returncode == 0, complained
        assert "120 worlds were run" in said
    there = contents(here / "results" / "there")
    assert len([name for name in there if name.endswith(".zip")]) == 2
    assert there == contents(here / "results" / "here")


@pytest.mark.parametrize("sees", [True, False])
def test_chunks_are_written_by_workers_that_see_the_folder_and_come_back_from_others(
    two: Dask, here: Path, monkeypatch: pytest.MonkeyPatch, sees: bool
) -> None:
    def no_file(folder: Path) -> AbstractContextManager[str]:
        return nullcontext("of another folder")

    def written_here(store: ChunkStore, task: ChunkTask, content: bytes) -> None:
        written.append(task)
        keep(store, task, content)

    written: list[ChunkTask] = []
    monkeypatch.setattr(batch, "keep", written_here)
    if not sees:
        (here / "results" / "there" / "chunks").mkdir(parents=True)
        (here / "results" / "there" / "chunks" / ".lock").touch()
        monkeypatch.setattr(runner, "holding", no_file)
    with cluster(str(two.file)) as place:
        ended = run(settings("there", chunk=20), factory=FakeModel, executor=place)
    assert ended.made == 180
    assert len(written) == (0 if sees else 9)
    run(settings("here", chunk=20), factory=FakeModel)
    assert contents(here / "results" / "there") == contents(here / "results" / "here")


def test_a_worker_that_is_killed_costs_nothing(started: Callable[..., Dask], here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, dask = settings("there", chunk=20), with_two_workers(started())

    def kill() -> None:
        wait_until(lambda: chunks(asked.folder) >= 1)
        dask.workers[0].kill()

    with cluster(str(dask.file)) as place:
        wait_until(lambda: place.ahead() == 4)
        killer = Thread(target=kill)
        killer.start()
        ended = run(asked, factory=Slow, executor=place)
        killer.join()
        wait_until(lambda: place.ahead() == 2)
    assert dask.workers[0].wait(timeout=PATIENCE) == -signal.SIGKILL
    assert (ended.made, ended.failed) == (180, [])
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    run(settings("here", chunk=20), factory=Slow)
    assert contents(here / "results" / "there") == contents(here / "results" / "here")


@pytest.mark.slow
def test_a_task_that_ends_every_worker_is_a_failure_and_the_others_go_on(started: Callable[..., Dask], here: Path) -> None:
    dask, told = started(allowed=0), list[str]()

    def say(text: str) -> None:
        told.append(text)
        if not dask.workers:
            dask.add("--nanny")

    with cluster(str(dask.file), say) as place:
        ended = run(settings(), factory=DyingInOne, executor=place)
    assert told[0].endswith("has no workers yet; waiting for one.")
    assert ended.made == 120
    assert [(one.job.scenario.name, one.job.first_world) for one in ended.failed] == [("more_money", 0)]
    assert {one.fault for one in ended.failed} == {"its process ended without an error message (killed, or out of memory)"}
    assert len(list((here / "results" / "a" / "failures").rglob("*.json"))) == 1


@pytest.mark.slow
def test_leaving_takes_back_what_is_in_line_and_keeps_what_is_under_way(two: Dask, here: Path) -> None:
    asked = settings(chunk=10)
    store = ChunkStore(asked.folder)
    store.open()
    with holding(asked.folder) as token:
        jobs = plan(asked, 60, Slow)
        with cluster(str(two.file)) as place:
            futures = [place.submit(ChunkTask(job, key_of(job), asked.folder, token)) for job in jobs]
            wait_until(lambda: chunks(asked.folder) >= 1)
            left = time.monotonic()
        assert time.monotonic() - left < PATIENCE / 4
        wait_until(lambda: all(future.done() for future in futures))
        time.sleep(2)
        kept = chunks(asked.folder)
        assert 1 <= kept < len(jobs)
        with cluster(str(two.file)) as place:  # and nothing of that hinders the next run
            again = run(replace(asked, n_worlds=10), factory=Slow, executor=place)
    assert again.made + again.found == 30


@pytest.mark.slow
def test_a_scheduler_that_is_lost_is_reported(started: Callable[..., Dask], here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, dask = settings(chunk=10), started()
    dask.add("--no-nanny")

    def kill() -> None:
        wait_until(lambda: chunks(asked.folder) >= 1)
        dask.scheduler.kill()

    monkeypatch.setattr(seam, "_PATIENCE", 3)
    killer = Thread(target=kill)
    killer.start()
    with pytest.raises(ClusterError, match="answers no more"), cluster(str(dask.file)) as place:
        run(asked, factory=Slow, executor=place)
    killer.join()
    assert chunks(asked.folder) >= 1


def test_workers_of_another_version_are_refused(two: Dask, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = plan(settings(), 60, FakeModel)[0]
    task = ChunkTask(job, key_of(job), Path("results"))
    with pytest.raises(ClusterError, match=r"NumPy is .*, not 0\.1"):
        work_there(task, versions() | {"NumPy": "0.1"})
    with pytest.raises(ClusterError, match="in another way"):
        work_there(replace(task, key="0"), versions())
    with cluster(str(two.file)) as place:
        monkeypatch.setattr(place, "_here", versions() | {"NumPy": "0.1"})
        with pytest.raises(ClusterError, match=r"NumPy is .*, not 0\.1"):
            run(settings(), factory=FakeModel, executor=place)
    told: list[str] = []
    monkeypatch.setattr(seam, "last_digits", lambda: str(os.getpid()))
    with cluster(str(two.file), told.append):
        assert len(told) == 1 and told[0].startswith("notice: workers have other CPUs")
    monkeypatch.setattr(seam, "versions", lambda: versions() | {"the model": "mine"})
    with pytest.raises(SettingsError, match=r"the scheduler: the model is [0-9a-f]+, not mine"), cluster(str(two.file)):
        pass


@pytest.mark.parametrize(
    ("where", "content", "said"),
    [
        ("none.json", None, "there is no file none.json"),
        ("a.json", "no JSON", "is not the file of a scheduler"),
        ("a.json", "[1]", "is not the file of a scheduler"),
        ("a.json", '{"address": 3}', "is not the file of a scheduler"),
        ("ftp://127.0.0.1:1", None, "it is no address"),
    ],
)
def test_what_is_neither_address_nor_scheduler_file_is_refused(here: Path, where: str, content: str | None, said: str) -> None:
    if content is not None:
        (here / where).write_text(content)
    with pytest.raises(SettingsError, match=said):
        address_of(where)


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:1", "127.0.0.1:1", "tls://127.0.0.1:1", "old.json"])
def test_a_scheduler_that_does_not_answer_is_reported(here: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    pytest.importorskip("distributed")
    (here / "old.json").write_text('{"address": "tcp://127.0.0.1:1"}')
    monkeypatch.setattr(seam, "_PATIENCE", 1)
    with pytest.raises(SettingsError, match="no scheduler answers at"), cluster(where):
        pass


def test_the_command_answers_a_wrong_cluster_with_status_2_and_writes_nothing(here: Path) -> None:
    pytest.importorskip("distributed")
    done = spheres(here, "run", str(PROJECT / "scenarios" / "baseline.yaml"), "--cluster", "none.json")
    _, complained = done.communicate(timeout=PATIENCE)
    assert done.returncode == 2
    assert "--cluster: there is no file none.json" in complained
    assert list(here.iterdir()) == []


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match=r"pip install -c constraints.txt -e '\.\[cluster\]'"), cluster("tcp://127.0.0.1:1"):
        pass


@pytest.mark.parametrize("fault", [WriteError("no room"), Interruption("stopped"), ChunkError("a fault"), ClusterError("lost")])
def test_faults_come_back_from_workers_as_they_are(fault: Exception) -> None:
    back = pickle.loads(pickle.dumps(fault))
    assert (type(back), str(back)) == (type(fault), str(fault))
