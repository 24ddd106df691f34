"""The chunks of a run: reused where they exist, made where they are missing, never lost."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sim.experiment.execution.executors import ExecutorAdapter, RunSignals, executor_for, finished
from sim.experiment.execution.failures import ChunkFailure, FailureStore
from sim.experiment.execution.worker import ChunkTask, WorkerResult, keep
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import CHUNK, ChunkError, ChunkJob, Factory
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_key import key_of
from sim.experiment.storage.chunk_reader import ChunkFile, DamagedChunk
from sim.experiment.storage.chunk_store import ChunkStore, chunk_path
from sim.experiment.storage.results import Span
from sim.scenario import Scenario


def plan(settings: RunSettings, n_worlds: int, factory: Factory | None = None) -> list[ChunkJob]:
    """The jobs of a run, range by range, all scenarios for the first worlds before any for the next.

    Ranges do not depend on how many worlds are asked for or on who does the work, so a longer run finds those of a shorter one.
    """
    size = settings.chunk or CHUNK
    return [
        _job(settings, scenario, first, min(size, n_worlds - first), factory)
        for first in range(0, n_worlds, size)
        for scenario in settings.scenarios
    ]


def _job(settings: RunSettings, scenario: Scenario, first: int, n_worlds: int, factory: Factory | None) -> ChunkJob:
    rows = None if settings.rows is None else settings.rows.take(slice(first, first + n_worlds))
    return ChunkJob(scenario, first, n_worlds, settings.seed, settings.draws, factory, rows=rows)


class Batch:
    """The chunks of a run by scenario and range, and failures. `found` and `made` count worlds that were reused and run.

    `token` is the word by which the run holds the folder (result_folder.holding).
    """

    def __init__(self, settings: RunSettings, progress: Progress, executor: ExecutorAdapter | None = None, token: str = "") -> None:
        self.settings, self._token = settings, token
        self.keys: dict[str, dict[Span, str]] = {scenario.name: {} for scenario in settings.scenarios}
        self.found = self.made = 0
        self._failed: dict[tuple[str, Span], ChunkFailure] = {}
        self._reused: set[tuple[str, Span]] = set()
        self._store, self._failures = ChunkStore(settings.folder), FailureStore(settings.folder)
        self._progress, self._given = progress, executor

    @property
    def failed(self) -> list[ChunkFailure]:
        """What failed, now or in an earlier run, the first worlds first."""
        return [self._failed[where] for where in sorted(self._failed, key=lambda where: (where[1], where[0]))]

    def fill(self, jobs: Sequence[ChunkJob]) -> None:
        """Find or make the chunks of some jobs. Raises WriteError, and KeyboardInterrupt; what is finished by then is kept."""
        self._store.open()
        missing, before = self._look(jobs), self.found
        self._progress.begin(
            sum(job.n_worlds * job.scenario.months for job, _ in missing),
            sum(job.n_worlds for job, _ in missing),
            before,
            len(self._failed),
        )
        if not missing:
            return
        with self._workers(len(missing)) as executor:
            tasks = [ChunkTask(job, key, self.settings.folder, self._token) for job, key in missing]
            earlier = executor.signals.done  # an executor that was given may have done other work before
            for done in finished(tasks, executor, lambda: self._progress.done(executor.signals.done - earlier)):
                self._note(done)
                executor.signals.merge(done.task.job.n_worlds * done.task.job.scenario.months)
                self._progress.done(executor.signals.done - earlier)

    def chunks(self) -> dict[str, dict[Span, ChunkFile]]:
        """The files of all finished chunks, in order of their worlds; scenarios that have none are left out."""
        return {name: {span: self._file(name, span) for span in sorted(spans)} for name, spans in self.keys.items() if spans}

    def forget(self, damage: DamagedChunk) -> None:
        """Take away a chunk that seemed whole and that no reader can read, so that it is run again. Raises the damage if it is not ours."""
        for scenario, spans in self.keys.items():
            for span in [span for span in spans if self._file(scenario, span).path == damage.path]:
                del spans[span]
                if (scenario, span) in self._reused:
                    self.found -= span[1]
                else:
                    self.made -= span[1]
                damage.path.unlink(missing_ok=True)
                return
        raise damage

    def _file(self, scenario: str, span: Span) -> ChunkFile:
        return ChunkFile(chunk_path(self.settings.folder, scenario, *span, self.keys[scenario][span]))

    def _look(self, jobs: Sequence[ChunkJob]) -> list[tuple[ChunkJob, str]]:
        """Which jobs are still to be done, with their keys."""
        missing = []
        for job in jobs:
            spans, span, key = self.keys[job.scenario.name], (job.first_world, job.n_worlds), key_of(job)
            if span in spans or (job.scenario.name, span) in self._failed:
                continue
            failure = None if self.settings.retry else self._failures.read(job, key)
            if self._store.has(job, key):
                spans[span] = key
                self.found += job.n_worlds
                self._reused.add((job.scenario.name, span))
            elif failure is not None:
                self._failed[job.scenario.name, span] = failure
            elif not self.settings.as_it_is:
                missing.append((job, key))
        return missing

    def _note(self, done: WorkerResult) -> None:
        """A chunk has been finished, or has failed."""
        job, key = done.task.job, done.task.key
        if done.failure is not None:
            self._failures.add(done.failure, key)
            self._failed[job.scenario.name, (job.first_world, job.n_worlds)] = done.failure
            self._progress.failed(f"{done.failure.where}: {done.failure.fault}")
            return
        if done.content is not None:
            keep(self._store, done.task, done.content)
        self._failures.remove(job, key)
        self.keys[job.scenario.name][job.first_world, job.n_worlds] = key
        self.made += job.n_worlds

    @contextmanager
    def _workers(self, tasks: int) -> Iterator[ExecutorAdapter]:
        """The workers that make chunks; ours end with the block, however it ends."""
        if self._given is not None:
            yield self._given
            return
        jobs = min(self.settings.jobs, tasks)
        executor = executor_for(jobs, self._on_month)
        try:
            yield executor
        finally:
            executor.end()

    def _on_month(self, signals: RunSignals) -> None:
        self._progress.done(signals.done)


def finished_worlds(settings: RunSettings) -> int:
    """How many worlds of a run there are already, by the names of their files."""
    jobs = plan(settings, settings.n_worlds)
    return sum(job.n_worlds for job in jobs if chunk_path(settings.folder, *_place(job)).is_file())


def _place(job: ChunkJob) -> tuple[str, int, int, str]:
    return job.scenario.name, job.first_world, job.n_worlds, key_of(job)


def nothing_finished(batch: Batch) -> ChunkError:
    """The error for a run without one finished chunk."""
    if not batch.failed:
        return ChunkError("there are no finished worlds yet")
    first = batch.failed[0]
    more = f" (and {len(batch.failed) - 1} other chunks)" if len(batch.failed) > 1 else ""
    return ChunkError(f"{first.where}: {first.fault}{more}")
