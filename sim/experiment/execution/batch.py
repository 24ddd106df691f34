"""The chunks of a run: found where they were made before, made where they are missing, and never lost."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sim.experiment.execution.executors import Here, Place, Processes, Pulse, finished
from sim.experiment.execution.failures import Failure, Failures
from sim.experiment.execution.worker import Done, Task, keep
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import CHUNK, ChunkError, Factory, Job
from sim.experiment.run_settings import Settings
from sim.experiment.storage.chunk_key import key_of
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.chunk_store import Store, chunk_path
from sim.experiment.storage.results import Span


def plan(settings: Settings, worlds: int, factory: Factory | None = None) -> list[Job]:
    """The jobs of a run, range by range, all scenarios for the first worlds before any for the next.

    Ranges do not depend on how many worlds are asked for or on who does the work, so a longer run finds those of a shorter one.
    """
    size = settings.chunk or CHUNK
    return [
        Job(scenario, first, min(size, worlds - first), settings.seed, settings.draws, factory)
        for first in range(0, worlds, size)
        for scenario in settings.scenarios
    ]


class Batch:
    """What a run has: finished chunks by scenario and range, and failures. `found` and `made` count worlds."""

    def __init__(self, settings: Settings, watch: Progress, place: Place | None = None) -> None:
        self.settings = settings
        self.keys: dict[str, dict[Span, str]] = {scenario.name: {} for scenario in settings.scenarios}
        self.found = self.made = 0
        self._failed: dict[tuple[str, Span], Failure] = {}
        self._store, self._failures = Store(settings.folder), Failures(settings.folder)
        self._watch, self._given = watch, place

    @property
    def failed(self) -> list[Failure]:
        """What failed, now or before, the first worlds first."""
        return [self._failed[place] for place in sorted(self._failed, key=lambda place: (place[1], place[0]))]

    def fill(self, jobs: Sequence[Job]) -> None:
        """Find or make the chunks of some jobs. Raises NoRoom, and KeyboardInterrupt; what is finished by then stays."""
        missing, before = self._look(jobs), self.found
        self._watch.begin(
            sum(job.worlds * job.scenario.months for job, _ in missing), sum(job.worlds for job, _ in missing), before, len(self._failed)
        )
        if not missing:
            return
        self._store.open()
        with self._store.token() as token, self._place(len(missing)) as place:
            tasks = [Task(job, key, self.settings.folder, token) for job, key in missing]
            earlier = place.pulse.done  # a place that was given may have done other jobs before
            for done in finished(tasks, place, lambda: self._watch.done(place.pulse.done - earlier)):
                self._note(done)
                place.pulse.merge(done.task.job.worlds * done.task.job.scenario.months)
                self._watch.done(place.pulse.done - earlier)

    def chunks(self) -> dict[str, dict[Span, ChunkFile]]:
        """The files of all finished chunks, in order of their worlds; scenarios that have none are left out."""
        return {name: {span: self._file(name, span) for span in sorted(spans)} for name, spans in self.keys.items() if spans}

    def _file(self, scenario: str, span: Span) -> ChunkFile:
        return ChunkFile(chunk_path(self.settings.folder, scenario, *span, self.keys[scenario][span]))

    def _look(self, jobs: Sequence[Job]) -> list[tuple[Job, str]]:
        """Which jobs are still to be done, with their keys."""
        missing = []
        for job in jobs:
            spans, span, key = self.keys[job.scenario.name], (job.first_world, job.worlds), key_of(job)
            if span in spans or (job.scenario.name, span) in self._failed:
                continue
            failure = None if self.settings.retry else self._failures.read(job, key)
            if self._store.has(job, key):
                spans[span] = key
                self.found += job.worlds
            elif failure is not None:
                self._failed[job.scenario.name, span] = failure
            elif not self.settings.as_it_is:
                missing.append((job, key))
        return missing

    def _note(self, done: Done) -> None:
        """A chunk has been finished, or has failed."""
        job, key = done.task.job, done.task.key
        if done.failure is not None:
            self._failures.add(done.failure, key)
            self._failed[job.scenario.name, (job.first_world, job.worlds)] = done.failure
            self._watch.failed(f"{done.failure.where}: {done.failure.fault}")
            return
        if done.content is not None:
            keep(self._store, done.task, done.content)
        self._failures.remove(job, key)
        self.keys[job.scenario.name][job.first_world, job.worlds] = key
        self.made += job.worlds

    @contextmanager
    def _place(self, tasks: int) -> Iterator[Place]:
        """Where chunks are made; however it ends, our own workers end with it."""
        if self._given is not None:
            yield self._given
            return
        jobs = min(self.settings.jobs, tasks)
        place: Place = Processes(jobs) if jobs > 1 else Here(self._on_month)
        try:
            yield place
        finally:
            place.end()

    def _on_month(self, pulse: Pulse) -> None:
        self._watch.done(pulse.done)


def nothing_finished(batch: Batch) -> ChunkError:
    """What to say when there is not one finished chunk to make results of."""
    if not batch.failed:
        return ChunkError("there are no finished worlds yet")
    first = batch.failed[0]
    more = f" (and {len(batch.failed) - 1} other chunks)" if len(batch.failed) > 1 else ""
    return ChunkError(f"{first.where}: {first.fault}{more}")
