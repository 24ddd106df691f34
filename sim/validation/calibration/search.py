"""The search: trials in batches of a fixed size, each evaluated on the same worlds, stored as soon as they are finished.

A trial sets the chosen parameters to the same values in all worlds; every other parameter keeps its draws, and world k its random
numbers, so differences between trials are due to the chosen parameters alone. A batch is proposed from all trials before it and depends
on nothing else: neither on the number of processes nor on interruptions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace

import numpy as np

from sim.experiment.execution.executors import workers
from sim.experiment.execution.process_pool import WorkerDeath
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import ChunkError
from sim.scenario.python_overrides import changed_settings
from sim.validation.calibration.problem import CalibrationProblem
from sim.validation.calibration.sampler import propose
from sim.validation.calibration.trial_store import Trial, TrialStore
from sim.validation.patterns.evaluation import holds
from sim.validation.patterns.simulated_sample import run_sample

BATCH = 4  # trials proposed together, so that processes have work; the same whatever their number
Shares = Sequence[float]
Evaluate = Callable[[CalibrationProblem, Mapping[str, float], int], Shares]


def shares(problem: CalibrationProblem, values: Mapping[str, float], first_world: int = 0) -> Shares:
    """The share of worlds from `first_world` on in which each pattern of the task holds, with the values set in all of them.

    Raises ChunkError when the model fails.
    """
    scenario = replace(problem.scenario, settings=changed_settings(problem.scenario.settings, values))
    try:
        sample = run_sample(scenario, problem.worlds, problem.seed, first_world)
    except Exception as error:
        tried = ", ".join(f"{path} {value:g}" for path, value in values.items())
        raise ChunkError(f"the trial with {tried}: {type(error).__name__}: {error}") from error
    return [float(np.mean(holds(pattern, sample))) for pattern in problem.patterns]


def search(
    problem: CalibrationProblem, trials: int, store: TrialStore, jobs: int = 1, watch: Progress | None = None, evaluate: Evaluate = shares
) -> list[Trial]:
    """Search until `trials` trials are finished, counting those in `store`; returns all of them in order.

    Whatever ends it early (Ctrl-C, an error), finished trials are kept. Raises ChunkError when a worker process is lost.
    """
    watch = watch or Progress()
    each = problem.worlds * problem.scenario.months
    missing = [number for number in range(trials) if number not in store.trials]
    done = 0
    if missing:
        watch.begin(len(missing) * each, len(missing) * problem.worlds)
    try:
        with workers(min(jobs, BATCH) if len(missing) > 1 else 1) as pool:
            for first in range(0, trials, BATCH):
                wanted = [number for number in missing if first <= number < first + BATCH]
                for number, values, found in _evaluated(problem, evaluate, _values(problem, store, first, wanted), pool):
                    store.add(store.trial(number, values, found))
                    done += each
                    watch.done(done)
    finally:
        watch.end()
    return store.before(max(store.trials) + 1)


def _values(problem: CalibrationProblem, store: TrialStore, first: int, wanted: Sequence[int]) -> dict[int, dict[str, float]]:
    """The values of the wanted trials of the batch that begins with `first`; the very first trial has the central ones."""
    if not wanted:
        return {}
    if first == 0:
        batch = [problem.centre, *propose(problem.seed, 1, BATCH - 1, problem.ranges, len(problem.patterns), [])]
    else:
        before = [(trial.values, trial.shortfalls) for trial in store.before(first)]
        batch = propose(problem.seed, first, BATCH, problem.ranges, len(problem.patterns), before)
    return {number: batch[number - first] for number in wanted}


def _evaluated(
    problem: CalibrationProblem, evaluate: Evaluate, values: Mapping[int, dict[str, float]], pool: Executor | None
) -> Iterator[tuple[int, dict[str, float], Shares]]:
    """Number, values and shares of each trial, as they are finished, in this process or in those of a pool."""
    if pool is None:
        for number, trial in values.items():
            yield number, trial, evaluate(problem, trial, 0)
        return
    under_way: dict[Future[Shares], int] = {pool.submit(evaluate, problem, trial, 0): number for number, trial in values.items()}
    while under_way:
        for future in sorted(wait(under_way, return_when=FIRST_COMPLETED).done, key=under_way.__getitem__):
            number = under_way.pop(future)
            try:
                found = future.result()
            except WorkerDeath as fault:
                raise ChunkError(str(fault)) from None
            yield number, values[number], found
