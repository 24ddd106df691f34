"""A run, from settings to a folder of results: chunks in order into tables, then the comparison, then the folder in its place."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from sim.experiment.chunk import CHUNK, Chunk, Factory, Job
from sim.experiment.columns import write_columns
from sim.experiment.compare import compare
from sim.experiment.folder import building, check_place
from sim.experiment.manifest import write_manifest
from sim.experiment.pool import Here, Pulse, end_processes, in_order, processes
from sim.experiment.progress import Silent, Watch
from sim.experiment.resolved import resolved_text
from sim.experiment.series import SeriesTables
from sim.experiment.settings import Settings
from sim.experiment.summary import Row, summarise, write_summary
from sim.experiment.tables import RowTables

_FEWEST = 100  # worlds; smaller chunks cost more than a second process saves


def run(
    settings: Settings,
    watch: Watch | None = None,
    finish: Callable[[Path], None] | None = None,
    factory: Factory | None = None,
    executor: Executor | None = None,
) -> list[Row]:
    """Run all worlds and write `results/NAME/`; `finish` may add files (pictures) before the folder takes its place.

    `executor` replaces the processes of this machine (a cluster's, say). Raises SettingsError before anything is written, and
    ChunkError for a chunk that failed; then, and on Ctrl-C, nothing is left behind.
    """
    check_place(settings)
    pa.set_memory_pool(pa.system_memory_pool())  # it gives memory back sooner than the default one
    watch = watch or Silent()
    try:
        with building(settings.folder) as work:
            names = _write_tables(work, settings, watch, factory, executor)
            rows = summarise(compare(work, settings.scenarios, settings.worlds), names)
            _write_rest(work, settings, rows)
            if finish is not None:
                finish(work)
                write_manifest(work, settings)
        return rows
    finally:
        watch.end()


def plan(settings: Settings, factory: Factory | None = None) -> list[Job]:
    """The jobs of a run, scenario by scenario; chunks of nearly one size, at least one a process where worlds are many."""
    spread = -(-settings.jobs // len(settings.scenarios))
    needed = -(-settings.worlds // (settings.chunk or CHUNK))
    pieces = needed if settings.chunk else max(needed, min(spread, settings.worlds // _FEWEST))
    edges = [settings.worlds * i // pieces for i in range(pieces + 1)]
    return [
        Job(scenario, low, high - low, settings.seed, settings.draws, factory)
        for scenario in settings.scenarios
        for low, high in pairwise(edges)
    ]


def _write_tables(work: Path, settings: Settings, watch: Watch, factory: Factory | None, executor: Executor | None) -> dict[str, str]:
    """Run the jobs and write the Parquet tables; returns the provinces' names by code."""
    jobs = plan(settings, factory)
    watch.begin(sum(job.worlds * job.scenario.months for job in jobs), sum(job.worlds for job in jobs))
    tables: _Tables | None = None
    with _place(settings, executor, len(jobs), watch) as (place, ahead, pulse):
        for chunk in in_order(jobs, place, ahead, lambda: watch.done(pulse.done)):
            tables = tables or _Tables(work, settings, chunk)
            tables.add(chunk)
            pulse.merge(chunk.job.worlds * chunk.job.scenario.months)
    if tables is None:
        raise RuntimeError("a run without jobs")
    tables.close()
    watch.phase("comparing")
    return tables.names


@contextmanager
def _place(settings: Settings, executor: Executor | None, jobs: int, watch: Watch) -> Iterator[tuple[Executor, int, Pulse]]:
    """Where the jobs run, how many may be under way, and the pulse; however it ends, our own workers end with it."""
    if executor is not None:
        yield executor, settings.jobs + 1, Pulse()
        return
    if settings.jobs == 1:
        pulse = Pulse(on_month=lambda: watch.done(pulse.done))
        own: Executor = Here(pulse)
    else:
        own, pulse = processes(min(settings.jobs, jobs))
    try:
        yield own, 1 if settings.jobs == 1 else settings.jobs + 1, pulse
    finally:
        pulse.stop()
        end_processes(own)


class _Tables:
    """All Parquet tables of a run."""

    def __init__(self, work: Path, settings: Settings, first: Chunk) -> None:
        self.names = dict(zip(first.iso, first.names, strict=True))
        self._writers = (
            RowTables(work, settings.scenarios, settings.draws),
            SeriesTables(work, len(first.iso), settings.worlds),
        )
        self._worlds = settings.worlds

    def add(self, chunk: Chunk) -> None:
        """The next chunk in order; the last of a scenario ends the scenario."""
        for writer in self._writers:
            writer.add(chunk)
            if chunk.job.first_world + chunk.job.worlds == self._worlds:
                writer.end()

    def close(self) -> None:
        for writer in self._writers:
            writer.close()


def _write_rest(work: Path, settings: Settings, rows: list[Row]) -> None:
    write_summary(work / "summary.csv", rows)
    write_columns(work / "columns.csv", settings.scenarios, settings.draws)
    (work / "scenarios").mkdir()
    for scenario in settings.scenarios:
        (work / "scenarios" / f"{scenario.name}.yaml").write_text(resolved_text(scenario), encoding="utf-8")
    write_manifest(work, settings)
