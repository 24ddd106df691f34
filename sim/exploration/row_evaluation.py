"""Rows of a design run here, for what is asked about them at the horizon and nothing else: no file is written."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import nullcontext
from typing import Any, NamedTuple

import numpy as np

from sim.compare.quantities import OBSERVED_FALL, Quantity
from sim.compare.world_values import CLASSES
from sim.experiment.execution.executors import workers
from sim.experiment.recording.effort_measures import EFFORTS
from sim.experiment.recording.world_tables import world_column
from sim.exploration.outcome import Outcome
from sim.model.observation.measure_catalogue import WHOLE
from sim.model.observation.observers import Horizon
from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Array, Row
from sim.scenario import Scenario
from sim.scenario.design_rows import DesignRows

ROWS = 500  # at most in one batch: progress is reported after each
LEAST = 50  # rows in a batch, below which most of the time is fixed cost
_TICK = 0.2
_TIMED_MONTHS = 12


class RowsJob(NamedTuple):
    """Rows of a scenario to be run, and what is asked; parameters that rows do not say are drawn, or central without `draws`."""

    scenario: Scenario
    rows: DesignRows
    quantities: tuple[Quantity, ...]
    seed: int = 1
    draws: bool = True


def evaluate(
    scenario: Scenario,
    rows: DesignRows,
    outcomes: Sequence[Outcome],
    seed: int = 1,
    draws: bool = True,
    jobs: int = 1,
    on_rows: Callable[[int], None] | None = None,
    pool: Executor | None = None,
) -> Array:
    """The outcomes of rows, (outcomes, rows), the same whatever the number of `jobs` (processes).

    `on_rows` is called with the number of rows just done. Whoever asks often has processes of its own, `pool`, which take seconds to start.
    Raises what the model raises.
    """
    quantities = tuple(dict.fromkeys(outcome.quantity for outcome in outcomes))
    size = int(np.clip(-(-len(rows) // jobs), LEAST, ROWS))
    parts = [slice(first, min(first + size, len(rows))) for first in range(0, len(rows), size)]
    found = np.empty((len(quantities), len(rows)))
    for i, values in run_parts([RowsJob(scenario, rows.take(part), quantities, seed, draws) for part in parts], jobs, pool):
        found[:, parts[i]] = values
        if on_rows is not None:
            on_rows(parts[i].stop - parts[i].start)
    return np.stack([outcome.of(found[quantities.index(outcome.quantity)]) for outcome in outcomes])


def run_parts(parts: Sequence[RowsJob], jobs: int = 1, pool: Executor | None = None) -> Iterator[tuple[int, Array]]:
    """The number of each part, and its quantities (quantities, rows), as they are finished in so many processes.

    Raises what the model raises.
    """
    with workers(min(jobs, len(parts))) if pool is None else nullcontext(pool) as pool:
        if pool is None:
            yield from ((i, run_rows(part)) for i, part in enumerate(parts))
            return
        todo, under_way = list(reversed(range(len(parts)))), dict[Future[Array], int]()
        while todo or under_way:
            while todo and len(under_way) < jobs + 1:
                i = todo.pop()
                under_way[pool.submit(run_rows, parts[i])] = i
            for future in wait(under_way, timeout=_TICK, return_when=FIRST_COMPLETED).done:
                yield under_way.pop(future), future.result()


def run_rows(job: RowsJob) -> Array:
    """The quantities of a job's rows at the horizon, (quantities, rows), in the precision of stored tables."""
    model = _model_of(job)
    try:
        iso = tuple(model.provinces.iso)
        end = model.run().finish()
        return np.stack([quantity_of(end, quantity, iso, job.scenario.start) for quantity in job.quantities])
    finally:
        model.close()


def _model_of(job: RowsJob) -> Any:
    """The model of a job's rows, at its start."""
    from sim.simulation import Spheres  # here, so that a process that only reads what is found need not load the model

    return Spheres(job.scenario, seed=job.seed, draws=job.draws, **job.rows.for_model())


def seconds_of_batch(job: RowsJob) -> float:
    """About how long a job's rows take here, from their first months."""
    months = min(_TIMED_MONTHS, job.scenario.months)
    begun = time.monotonic()
    model = _model_of(job)
    try:
        start = time.monotonic()
        for _ in range(months):
            model.step()
        return start - begun + (time.monotonic() - start) * job.scenario.months / months
    finally:
        model.close()


def quantity_of(end: Horizon, quantity: Quantity, iso: Sequence[str], start: str) -> Row:
    """A quantity at the horizon of a model, (worlds,), as `read_horizon` gives it of stored worlds."""
    if quantity.kind in ("outcome", "territory"):
        return np.asarray(getattr(end, quantity.kind) == CLASSES[quantity.kind].index(quantity.class_name), dtype=np.float64)
    if quantity.kind == "fallen":
        fell = np.asarray(end.collapse_month)
        return np.asarray((fell >= 0) & (fell <= month_index(start, OBSERVED_FALL)), dtype=np.float64)
    if quantity.kind == "index":
        name = next(measure.name for measure in WHOLE if world_column(measure) == quantity.name)
        return _stored(end.whole[name])
    if quantity.kind == "effort":
        return _stored(end.goal_effort[[measure.name for measure in EFFORTS].index(quantity.name)])
    place = iso.index(quantity.province)
    if quantity.kind == "sphere":
        return np.asarray(np.asarray(end.sphere)[place] == CLASSES["sphere"].index(quantity.class_name), dtype=np.float64)
    return _stored(end.province[quantity.name][place])


def _stored(values: Row) -> Row:
    return np.asarray(values, dtype=np.float32).astype(np.float64)
