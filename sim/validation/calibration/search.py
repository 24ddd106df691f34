"""The search: trials in batches of a fixed size, each judged on the same worlds, kept as soon as they are finished.

A trial sets the chosen parameters to the same values in all worlds; every other parameter keeps its draws, and world k its luck, so
what differs between trials is due to the chosen parameters alone. A batch is proposed from all trials before it and depends on
nothing else: neither on the number of processes nor on interruptions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import numpy as np

from sim.experiment.execution.executors import end_processes, processes
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import ChunkError
from sim.scenario.python_overrides import changed_settings
from sim.validation.calibration.problem import Task
from sim.validation.calibration.sampler import propose
from sim.validation.calibration.trial_store import Store, Trial
from sim.validation.patterns.evaluation import holds
from sim.validation.patterns.sample import run_sample

BATCH = 4  # trials proposed together, so that processes have work; the same whatever their number
Shares = Sequence[float]
Judge = Callable[[Task, Mapping[str, float], int], Shares]


def shares(task: Task, values: Mapping[str, float], first_world: int = 0) -> Shares:
    """The share of worlds from `first_world` on in which each pattern of the task holds, with the values set in all of them.

    Raises ChunkError when the model fails.
    """
    scenario = replace(task.scenario, settings=changed_settings(task.scenario.settings, values))
    try:
        sample = run_sample(scenario, task.worlds, task.seed, first_world)
    except Exception as fault:
        tried = ", ".join(f"{path} {value:g}" for path, value in values.items())
        raise ChunkError(f"the trial with {tried}: {type(fault).__name__}: {fault}") from fault
    return [float(np.mean(holds(pattern, sample))) for pattern in task.patterns]


def search(task: Task, trials: int, store: Store, jobs: int = 1, watch: Progress | None = None, judge: Judge = shares) -> list[Trial]:
    """Search until `trials` trials are finished, counting those that `store` holds; gives all of them in their order.

    Whatever ends it early (Ctrl-C, a fault), finished trials are kept. Raises ChunkError when a worker process is lost.
    """
    watch = watch or Progress()
    each = task.worlds * task.scenario.months
    left = [number for number in range(trials) if number not in store.trials]
    done = 0
    if left:
        watch.begin(len(left) * each, len(left) * task.worlds)
    try:
        with_values = _Judges(task, judge, jobs if len(left) > 1 else 1)
        try:
            for first in range(0, trials, BATCH):
                wanted = [number for number in left if first <= number < first + BATCH]
                for number, values, found in with_values.judged(_values(task, store, first, wanted)):
                    store.add(store.trial(number, values, found))
                    done += each
                    watch.done(done)
        finally:
            with_values.end()
    finally:
        watch.end()
    return store.before(max(store.trials) + 1)


def _values(task: Task, store: Store, first: int, wanted: Sequence[int]) -> dict[int, dict[str, float]]:
    """The values of the wanted trials of the batch that begins with `first`; the very first trial has the central ones."""
    if not wanted:
        return {}
    if first == 0:
        batch = [task.centre, *propose(task.seed, 1, BATCH - 1, task.ranges, len(task.patterns), [])]
    else:
        before = [(trial.values, trial.shortfalls) for trial in store.before(first)]
        batch = propose(task.seed, first, BATCH, task.ranges, len(task.patterns), before)
    return {number: batch[number - first] for number in wanted}


class _Judges:
    """Where trials are judged: in this process, or in several."""

    def __init__(self, task: Task, judge: Judge, jobs: int) -> None:
        self._task, self._judge = task, judge
        self._pool = processes(min(jobs, BATCH))[0] if jobs > 1 else None

    def judged(self, values: Mapping[int, dict[str, float]]) -> Iterator[tuple[int, dict[str, float], Shares]]:
        """Number, values and shares of each trial, as they are finished."""
        if self._pool is None:
            for number, one in values.items():
                yield number, one, self._judge(self._task, one, 0)
            return
        under_way: dict[Future[Shares], int] = {self._pool.submit(self._judge, self._task, one, 0): n for n, one in values.items()}
        while under_way:
            for future in sorted(wait(under_way, return_when=FIRST_COMPLETED).done, key=under_way.__getitem__):
                number = under_way.pop(future)
                try:
                    found = future.result()
                except BrokenProcessPool:
                    raise ChunkError("a worker process ended without a word (killed, or out of memory)") from None
                yield number, values[number], found

    def end(self) -> None:
        """End the processes."""
        if self._pool is not None:
            end_processes(self._pool)
