"""A run, from settings to a folder of results: the chunks that are missing are made, then the result is made of all of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from sim.compare.precision import Precision, precisions, worlds_for_goal
from sim.compare.scenario_differences import scenario_differences
from sim.compare.summary import SummaryRow
from sim.experiment.execution.assembly import assemble
from sim.experiment.execution.batch import Batch, nothing_finished, plan
from sim.experiment.execution.executors import ExecutorAdapter
from sim.experiment.execution.failures import ChunkFailure
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import CHUNK, ChunkError, Factory
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_reader import DamagedChunk
from sim.experiment.storage.result_folder import CHUNKS, FAILURES, check_place, holding
from sim.experiment.storage.writable import check_writable

_FIRST_STEP = 1000  # worlds with which a run towards a half-width begins
_MAX_GROWTH = 4  # times as many worlds at most from one step to the next: the first estimate is rough


@dataclass(frozen=True)
class RunOutcome:
    """What a run came to: summary and precision, how many worlds were reused (`found`) and run (`made`), and what failed."""

    rows: list[SummaryRow]
    precision: list[Precision]
    found: int
    made: int
    failed: list[ChunkFailure]


def run(
    settings: RunSettings,
    progress: Progress | None = None,
    finish: Callable[[Path], None] | None = None,
    factory: Factory | None = None,
    executor: ExecutorAdapter | None = None,
) -> RunOutcome:
    """Run what is missing and write `results/NAME/`; `finish` may add files (figures) before the result takes its place.

    `executor` replaces the processes of this machine (with those of a cluster, say). Raises SettingsError before anything is written,
    ChunkError where not one chunk could be finished, WriteError on a full disk. Then, and on Ctrl-C, an earlier result and all finished
    chunks are kept.
    """
    check_place(settings)
    check_writable(settings.folder, CHUNKS, FAILURES)
    pa.set_memory_pool(pa.system_memory_pool())  # it gives memory back sooner than the default one
    progress = progress or Progress()
    if settings.as_it_is and not settings.folder.exists():
        raise ChunkError("there are no finished worlds yet")
    try:
        with holding(settings.folder) as token:
            batch = Batch(settings, progress, executor, token)
            rows, sure = _result(batch, settings, progress, finish, factory)
            return RunOutcome(rows, sure, batch.found, batch.made, batch.failed)
    finally:
        progress.end()


def _result(
    batch: Batch, settings: RunSettings, progress: Progress, finish: Callable[[Path], None] | None, factory: Factory | None
) -> tuple[list[SummaryRow], list[Precision]]:
    """Make what is missing, and the result. A chunk that turns out to be damaged while it is read is made again, once."""
    again: set[Path] = set()
    while True:
        try:
            n_worlds = _fill(batch, settings, factory)
            chunks = batch.chunks()
            if not chunks:
                raise nothing_finished(batch)
            return assemble(replace(settings, n_worlds=n_worlds), chunks, progress, finish)
        except DamagedChunk as damage:
            if damage.path in again:
                raise
            again.add(damage.path)
            batch.forget(damage)


def _fill(batch: Batch, settings: RunSettings, factory: Factory | None) -> int:
    """Make the chunks; returns how many worlds a scenario was to have, which follows from the half-width where one is the goal."""
    if settings.halfwidth is None or settings.as_it_is:
        batch.fill(plan(settings, settings.n_worlds, factory))
        return settings.n_worlds
    size = settings.chunk or CHUNK
    n_worlds = min(-(-_FIRST_STEP // size) * size, settings.n_worlds)  # whole chunks: a chunk cut here would be made again, longer
    while True:
        batch.fill(plan(settings, n_worlds, factory))
        found = precisions(scenario_differences(settings.scenarios, batch.chunks(), headlines_only=True))
        needed = min(worlds_for_goal(found, settings.halfwidth), _MAX_GROWTH * n_worlds) if found else n_worlds
        if needed <= n_worlds or n_worlds == settings.n_worlds:
            return n_worlds
        n_worlds = min(-(-needed // size) * size, settings.n_worlds)
