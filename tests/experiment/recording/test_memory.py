"""Memory: flat however many chunks are run, in the tables as in the model."""

import gc
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pytest

from experiment.conftest import settings
from experiment.fake_model import Failing, FakeModel, scenario
from sim.experiment.execution.runner import run
from sim.experiment.recording.chunk import ChunkError, ChunkJob, run_chunk
from sim.experiment.storage.results import Result
from sim.experiment.storage.table_export import export
from sim.scenario import load_scenario

PROJECT = Path(__file__).parents[3]


def test_a_run_holds_no_more_for_ten_times_the_chunks(here: Path) -> None:
    def peak(worlds: int) -> int:
        tracemalloc.start()
        run(settings(f"w{worlds}", n_worlds=worlds, chunk=25, scenarios=(scenario(), scenario("other"))), factory=FakeModel)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(25)  # whatever is made once
    assert peak(500) < 1.2 * peak(50)


@pytest.mark.slow
def test_an_export_holds_no_more_for_ten_times_the_chunks(here: Path) -> None:
    def peak(worlds: int) -> int:
        asked = settings(f"w{worlds}", n_worlds=worlds, chunk=25, scenarios=(scenario(),))
        run(asked, factory=FakeModel)
        result, before = Result(asked.folder), pa.total_allocated_bytes()
        most = 0

        def look(text: str) -> None:
            nonlocal most
            most = max(most, pa.total_allocated_bytes() - before)

        export(result, ["worlds", "provinces"], False, look)
        return most

    assert peak(1000) < 1.5 * peak(100) + 200_000


def test_a_finished_model_leaves_nothing_of_its_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    baseline = load_scenario("baseline").with_months(2)

    def held(chunks: int) -> int:
        for i in range(chunks):
            run_chunk(ChunkJob(baseline, i * 200, 200, 1, True))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    first = held(2)
    grown = held(5) - first
    tracemalloc.stop()
    assert grown < 1_000_000, "five chunks of 200 worlds hold more than a megabyte; one state alone is several"


def test_a_model_is_closed_even_if_it_fails() -> None:
    made = []

    class Kept(Failing):
        def __init__(self, *args: object, **more: object) -> None:
            super().__init__(*args, **more)  # type: ignore[arg-type]
            made.append(self)

    with pytest.raises(ChunkError):
        run_chunk(ChunkJob(scenario(), 0, 3, 1, True, Kept))
    assert made[0].closed
