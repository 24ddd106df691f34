"""A run, from settings to a folder of results: the chunks that are missing are made, then the result is made of all of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from sim.compare.precision import Precision, precisions, worlds_for_goal
from sim.compare.scenario_differences import scenario_differences
from sim.compare.summary import SummaryRow
from sim.experiment.execution.assembly import publish
from sim.experiment.execution.batch import Batch, nothing_finished, plan
from sim.experiment.execution.executors import Place
from sim.experiment.execution.failures import Failure
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import CHUNK, Factory
from sim.experiment.run_settings import Settings
from sim.experiment.storage.result_folder import check_place

_FIRST = 1000  # worlds with which a run begins that is to reach a half-width
_FASTEST = 4  # times as many worlds at most from one step to the next: the first guess is rough


@dataclass(frozen=True)
class Ended:
    """What came of a run: the table, how sure it is, how many worlds were found from before and made now, and what failed."""

    rows: list[SummaryRow]
    precision: list[Precision]
    found: int
    made: int
    failed: list[Failure]


def run(
    settings: Settings,
    watch: Progress | None = None,
    finish: Callable[[Path], None] | None = None,
    factory: Factory | None = None,
    place: Place | None = None,
) -> Ended:
    """Run what is missing and write `results/NAME/`; `finish` may add files (pictures) before the result takes its place.

    `place` replaces the processes of this machine (a cluster's, say). Raises SettingsError before anything is written, ChunkError where
    not one chunk could be finished, NoRoom on a full disk. Then, and on Ctrl-C, an earlier result stands, and so do all finished chunks.
    """
    check_place(settings)
    pa.set_memory_pool(pa.system_memory_pool())  # it gives memory back sooner than the default one
    watch = watch or Progress()
    batch = Batch(settings, watch, place)
    try:
        worlds = _fill(batch, settings, factory)
        chunks = batch.chunks()
        if not chunks:
            raise nothing_finished(batch)
        rows, sure = publish(replace(settings, worlds=worlds), chunks, watch, finish)
        return Ended(rows, sure, batch.found, batch.made, batch.failed)
    finally:
        watch.end()


def _fill(batch: Batch, settings: Settings, factory: Factory | None) -> int:
    """Make the chunks; returns how many worlds a scenario was to have, which a wanted half-width decides."""
    if settings.halfwidth is None or settings.as_it_is:
        batch.fill(plan(settings, settings.worlds, factory))
        return settings.worlds
    worlds, size = min(_FIRST, settings.worlds), settings.chunk or CHUNK
    while True:
        batch.fill(plan(settings, worlds, factory))
        found = precisions(scenario_differences(settings.scenarios, batch.chunks(), headlines_only=True))
        needed = min(worlds_for_goal(found, settings.halfwidth), _FASTEST * worlds) if found else worlds
        if needed <= worlds or worlds == settings.worlds:
            return worlds
        worlds = min(-(-needed // size) * size, settings.worlds)
