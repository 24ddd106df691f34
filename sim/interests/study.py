"""The study of interests: a run of a scenario and its variations like any other, whose result also has the table of effects."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from sim.experiment.execution.batch import plan
from sim.experiment.execution.runner import RunOutcome, run
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import ChunkError, ChunkJob, ChunkRecorder, Factory, model_of
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_key import key_of
from sim.experiment.storage.chunk_reader import ChunkFile, Chunks
from sim.experiment.storage.chunk_store import ChunkStore, chunk_path
from sim.experiment.storage.result_folder import read_manifest
from sim.interests.table import COLUMNS, effect_table, write_table
from sim.interests.variations import Variation

_TIMED_MONTHS = 12
_WRITING = 0.2  # seconds for each scenario's tables
Draw = Callable[[Path, pd.DataFrame], None]  # adds the figure of a table to a folder


@dataclass(frozen=True)
class Work:
    """What a study has to run: how many worlds of all scenarios, how many are there already, and for how many seconds about."""

    worlds: int
    found: int
    seconds: float


@dataclass
class _Finish:
    """Writes the table, and draws it, into the folder of a result that is being made; keeps the table."""

    settings: RunSettings
    variations: Sequence[Variation]
    draw: Draw
    table: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)))

    def __call__(self, work: Path) -> None:
        """Raises ChunkError where there is no world to compare."""
        scenario, *_ = self.settings.scenarios
        self.table = effect_table(scenario, self.variations, _chunks(work, self.settings.folder))
        if self.table.empty:
            raise ChunkError(f"there are no worlds in which '{scenario.name}' and a variation of it can be compared")
        write_table(work, self.table)
        self.draw(work, self.table)


def run_interests(
    settings: RunSettings, variations: Sequence[Variation], progress: Progress, draw: Draw, factory: Factory | None = None
) -> tuple[pd.DataFrame, RunOutcome]:
    """Run what is missing of a scenario (the first of the settings) and its variations; write the result with its table of effects.

    Raises what `runner.run` raises; finished worlds are kept then, and the same call goes on from there.
    """
    finish = _Finish(settings, variations, draw)
    outcome = run(settings, progress, finish, factory)
    return finish.table, outcome


def work_of(settings: RunSettings, factory: Factory | None = None) -> Work:
    """What is to be run, and about how long that takes: a year of the first job is run to know the pace of this machine."""
    jobs, store = plan(settings, settings.n_worlds, factory), ChunkStore(settings.folder)
    missing = [job for job in jobs if not store.path(job, key_of(job)).is_file()]
    worlds, every = (sum(job.n_worlds for job in some) for some in (missing, jobs))
    running = _seconds(jobs[0]) * worlds / jobs[0].n_worlds / min(settings.jobs, len(missing)) if missing else 0.0
    return Work(worlds, every - worlds, running + _WRITING * len(settings.scenarios))


def _seconds(job: ChunkJob) -> float:
    """About how long a job takes, from its first months."""
    months = min(_TIMED_MONTHS, job.scenario.months)
    begun = time.monotonic()
    model = model_of(job)
    try:
        record = ChunkRecorder(job, model)
        start = time.monotonic()
        for month in range(months):
            model.step()
            record.add(month, model)
        end = time.monotonic()
        return start - begun + (end - start) * job.scenario.months / months
    finally:
        model.close()


def _chunks(work: Path, folder: Path) -> dict[str, Chunks]:
    """The chunks of a result that is being made, by scenario: named by its manifest, kept in the folder where it will stand."""
    scenarios = read_manifest(work)["scenarios"]
    return {
        name: {(first, n): ChunkFile(chunk_path(folder, name, first, n, key)) for first, n, key in about["chunks"]}
        for name, about in scenarios.items()
    }
