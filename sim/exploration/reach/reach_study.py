"""A search from its question to its answer: random worlds, searched points, their checks, each looked up in the log before it is run."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from sim.experiment.execution.executors import workers
from sim.experiment.progress import Progress
from sim.experiment.storage.chunk_key import model_version
from sim.exploration.reach.cell_study import CHECKED, SEARCHED, CellStudy, random_worlds, starting, study_cells
from sim.exploration.reach.nearest_point import NearestPoint, nearest_point
from sim.exploration.reach.pattern_grid import PatternGrid, grid_of
from sim.exploration.reach.pattern_search import GENERATION, Places, explore
from sim.exploration.reach.points import Points, Space
from sim.exploration.reach.reach_question import ReachQuestion
from sim.exploration.reach.row_log import RowLog
from sim.exploration.row_evaluation import LEAST, RowsJob, evaluate, seconds_of_batch
from sim.exploration.stored_worlds import StoredWorlds
from sim.model.state.dimensions import Array, Row
from sim.scenario.design_rows import DesignRows
from sim.validation.sensitivity.parameter_draws import quantiles_of

_CHECKS, _CORNERS, _NEAREST = 0.6, 1600, 4000  # rows for checks: of cells, as a share of the budget; of corners; of points. Estimates


@dataclass(frozen=True)
class ReachAnswer:
    """What came of a search: either the cells of a plane, or what there is of the wanted outcome, in random worlds and searched points."""

    grid: PatternGrid
    random: Points
    searched: Points
    cells: CellStudy | None = None
    nearest: NearestPoint | None = None

    def n_wanted(self, points: Points) -> int:
        """In how many points the wanted outcome holds."""
        return int(points.values[2].sum())


class RowRunner:
    """Runs points as rows of batches, in `pool` or here, unless the log has them; tells `on_rows` how many more are there."""

    def __init__(self, question: ReachQuestion, log: RowLog, jobs: int, on_rows: Callable[[int], None]) -> None:
        self.question, self.log, self.jobs, self.on_rows = question, log, jobs, on_rows
        self.pool: Executor | None = None
        self.run_here = self.found = 0

    def __call__(self, quantiles: Array, luck: Row) -> Array:
        """What is asked of each point, (outcomes, points)."""
        question = self.question
        rows = DesignRows(np.arange(len(luck)), luck, dict(zip(question.paths, quantiles, strict=True)))
        digest = rows.digest()
        found = self.log.find(digest, (len(question.outcomes), len(rows)))
        if found is not None:
            self.found += len(rows)
            self.on_rows(len(rows))
            return found
        jobs = self.jobs if self.pool is not None else 1
        values = evaluate(question.scenario, rows, question.outcomes, question.seed, jobs=jobs, on_rows=self.on_rows, pool=self.pool)
        self.log.add(digest, values)
        self.run_here += len(rows)
        return values


def study(question: ReachQuestion, space: Space, known: Points | None = None) -> ReachAnswer:
    """Answer a question; `known` are random worlds whose values are stored already. Nothing depends on how points are run."""
    random = random_worlds(space, question.budget, known)
    grid = grid_of(question.measures, random.values[:2, : starting(question.budget)])
    if question.wanted is None:
        cells = study_cells(space, grid, random, question.budget, question.seed, question.n_lucks)
        return ReachAnswer(grid, random, cells.searched, cells=cells)

    def apart(values: Array) -> Places:
        """Points with the outcome are apart from those without, so that few crowd them."""
        has, crowding = values[2] > 0.0, np.empty(values.shape[1], dtype=np.int64)
        for side in (has, ~has):
            crowding[side] = grid.crowding(values[:2, side])
        return Places(2 * grid.cells(values[:2]) + has, crowding)

    n = starting(question.budget)
    searched = explore(random.first(n), question.budget, apart, space.run, question.seed, SEARCHED)
    every = random.and_more(searched.some(np.arange(n, len(searched))))
    hits = every.some(np.flatnonzero(every.values[2] > 0.0))
    nearest = nearest_point(hits, random, space, question.holds, CHECKED) if len(hits) else None
    return ReachAnswer(grid, random, searched, nearest=nearest)


@contextmanager
def spaces(runner: RowRunner) -> Iterator[Space]:
    """The space of a question's parameters, with the processes that run its points."""
    question = runner.question

    def draws_of(numbers: Row) -> Array:
        return np.stack(list(quantiles_of(question.scenario.settings, question.seed, numbers).values()))

    with workers(runner.jobs) as pool:
        runner.pool = pool
        yield Space(question.paths, draws_of, runner)


def run_study(question: ReachQuestion, log: RowLog, jobs: int, watch: Progress, stored: StoredWorlds | None) -> tuple[ReachAnswer, int]:
    """Answer a question with processes of this machine; also how many rows were run, not counting those of the log or of a result."""
    known = known_points(question, stored)
    expected = expected_rows(question, 0 if known is None else len(known))
    done = 0

    def on_rows(rows: int) -> None:
        nonlocal done
        done = min(done + rows, expected)
        watch.done(done * question.scenario.months)

    runner = RowRunner(question, log, jobs, on_rows)
    watch.begin(expected * question.scenario.months, expected)
    try:
        with spaces(runner) as space:
            return study(question, space, known), runner.run_here
    finally:
        watch.end()


def expected_rows(question: ReachQuestion, known: int) -> int:
    """About how many rows a question takes: random ones that are not known, searched ones, and checks."""
    random = max(question.budget - known, 0)
    checks = int(_CHECKS * question.budget) + _CORNERS if question.wanted is None else _NEAREST
    return random + question.budget - starting(question.budget) + checks


def known_points(question: ReachQuestion, stored: StoredWorlds | None) -> Points | None:
    """The random worlds that a result has, from world 0 on without a gap, at most as many as are asked for."""
    if stored is None:
        return None
    n = int(np.argmax(np.append(stored.numbers, -1) != np.arange(len(stored) + 1)))
    some = stored.some(np.arange(min(n, question.budget)))
    if not len(some):
        return None
    values = np.stack([some.values(outcome) for outcome in question.outcomes])
    return Points(np.stack([some.quantiles[path] for path in question.paths]), some.numbers, values)


def fits(question: ReachQuestion, stored: StoredWorlds) -> bool:
    """Whether a result's worlds are those that the question would run: random ones of the same scenario, seed and rules."""
    of = stored.result.manifest.get("versions", {}).get("model")
    return stored.scenario.digest() == question.scenario.digest() and stored.seed == question.seed and of == model_version()


def seconds(question: ReachQuestion, rows: int, jobs: int) -> float:
    """About how long so many rows take: some months of one batch are run to know the pace of this machine."""
    size = max(GENERATION // jobs, LEAST)
    batch = DesignRows(np.arange(size), np.arange(size))
    return seconds_of_batch(RowsJob(question.scenario, batch, (), question.seed)) * rows / size / jobs
