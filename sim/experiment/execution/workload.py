"""How much a run has to do, and about how long that takes on this machine and how much disk."""

import time
from dataclasses import dataclass

from sim.experiment.execution.batch import plan
from sim.experiment.recording.chunk import ChunkJob, ChunkRecorder, Factory, model_of
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_key import key_of
from sim.experiment.storage.chunk_store import ChunkStore

_TIMED_MONTHS = 12
_STARTING = 1.5  # seconds until processes are at work
_WRITING = 0.2  # seconds for each scenario's tables
_BYTES = (200_000, 4_700, 23)  # of a chunk's file: each file, each world, each month of a world (the baseline, compressed)


@dataclass(frozen=True)
class Workload:
    """How many worlds are to be run, how many are there already, for about how many seconds, and into about how many bytes."""

    worlds: int
    found: int
    seconds: float
    bytes: int


def workload_of(settings: RunSettings, factory: Factory | None = None) -> Workload:
    """What is to be run, and about how long that takes: a year of the first job is run to know the pace of this machine."""
    jobs, store = plan(settings, settings.n_worlds, factory), ChunkStore(settings.folder)
    missing = [job for job in jobs if not store.path(job, key_of(job)).is_file()]
    worlds, every = (sum(job.n_worlds for job in some) for some in (missing, jobs))
    rounds = -(-len(missing) // settings.jobs)  # of chunks side by side
    running = _STARTING + _seconds(jobs[0]) * rounds * worlds / (jobs[0].n_worlds * len(missing)) if missing else 0.0
    size = sum(_BYTES[0] + job.n_worlds * (_BYTES[1] + _BYTES[2] * job.scenario.months) for job in missing)
    return Workload(worlds, every - worlds, running + _WRITING * len(settings.scenarios), size)


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
