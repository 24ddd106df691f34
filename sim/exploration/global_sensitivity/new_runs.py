"""The worlds that are run for the shares of variance: how many are missing, about how long they take, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.execution.process_pool import WorkerDeath
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import ChunkError
from sim.exploration.global_sensitivity.luck_ceiling import ceiling
from sim.exploration.global_sensitivity.parameter_groups import LUCK
from sim.exploration.global_sensitivity.pick_freeze import GroupEffect, group_effects
from sim.exploration.global_sensitivity.resampled import VarianceShare
from sim.exploration.global_sensitivity.row_store import RowStore
from sim.exploration.global_sensitivity.run_design import PAIRS, POINTS, DesignBatch, Groups, names_of
from sim.exploration.outcome import Outcome
from sim.exploration.row_evaluation import RowsJob, run_parts, seconds_of_batch
from sim.model.state.dimensions import Array
from sim.statistics.significance import LEVEL, holm

LEAST_POINTS, LEAST_PAIRS = 50, 200  # below which nothing is said of ceilings, of groups
LEAST_POINT_CASES, LEAST_PAIR_CASES = 25, 50  # worlds that must have a share's outcome, and lack it
_BOOTSTRAP = 7  # stream of resampling under a seed


@dataclass(frozen=True)
class VarianceShares:
    """What an outcome depends on: its ceiling, and the effects of each group by key, luck last; over so many points and pairs.

    `point_cases` and `pair_cases`: for a share, how many of the worlds behind each have it, or lack it, whichever are fewer.
    """

    outcome: Outcome
    mean: float
    ceiling: VarianceShare
    groups: dict[str, GroupEffect]
    n_points: int
    n_pairs: int
    point_cases: int
    pair_cases: int

    @property
    def has_ceiling(self) -> bool:
        """Whether there are enough worlds to say anything of the ceiling."""
        return _enough(self.ceiling, self.n_points, LEAST_POINTS, self.outcome, self.point_cases, LEAST_POINT_CASES)

    @property
    def has_groups(self) -> bool:
        """Whether there are enough worlds to say anything of groups."""
        return _enough(self.luck, self.n_pairs, LEAST_PAIRS, self.outcome, self.pair_cases, LEAST_PAIR_CASES)

    @property
    def detected(self) -> frozenset[str]:
        """The groups that certainly do something beyond turning luck (5 %, Holm's correction over all groups)."""
        keys = [key for key in self.groups if key != LUCK]
        p = holm(np.array([self.groups[key].p for key in keys]))
        return frozenset(key for key, each in zip(keys, p, strict=True) if each < LEVEL)

    @property
    def luck(self) -> VarianceShare:
        """The total effect of luck, which should be about one minus the ceiling."""
        return self.groups[LUCK].total


def missing(store: RowStore, design: Sequence[DesignBatch]) -> list[DesignBatch]:
    """The batches that are not stored."""
    return [batch for batch in design if not store.has(batch.rows)]


def seconds(store: RowStore, todo: Sequence[DesignBatch], jobs: int) -> float:
    """About how long batches take: a year of the first is run to know the pace of this machine."""
    if not todo:
        return 0.0
    each = seconds_of_batch(RowsJob(store.scenario, todo[0].rows, (), store.seed))
    return each * sum(len(batch.rows) for batch in todo) / len(todo[0].rows) / min(jobs, len(todo))


def run_missing(store: RowStore, design: Sequence[DesignBatch], jobs: int, watch: Progress) -> int:
    """Run and store what is missing; returns how many worlds were run. Raises ChunkError; what is finished is kept."""
    todo, months, done = missing(store, design), store.scenario.months, 0
    worlds = sum(len(batch.rows) for batch in todo)
    if todo:
        watch.begin(worlds * months, worlds, sum(len(batch.rows) for batch in design) - worlds)
    try:
        parts = [RowsJob(store.scenario, batch.rows, store.quantities, store.seed) for batch in todo]
        for i, values in run_parts(parts, jobs) if todo else ():
            store.write(todo[i].rows, values)
            done += len(todo[i].rows)
            watch.done(done * months)
    except (WorkerDeath, ArithmeticError, ValueError) as error:
        raise ChunkError(f"a batch of worlds failed: {error}") from error
    finally:
        watch.end()
    return done


def variance_shares(
    store: RowStore, design: Sequence[DesignBatch], groups: Groups, outcomes: Sequence[Outcome], seed: int
) -> list[VarianceShares] | None:
    """Ceiling and groups of each outcome from stored batches; None where one of them is missing or damaged."""
    found: dict[str, list[Array]] = {POINTS: [], PAIRS: []}
    for batch in design:
        values = store.read(batch.rows, [outcome.quantity for outcome in outcomes])
        if values is None:
            return None
        found[batch.kind].append(batch.folded(values))
    points, pairs = np.concatenate(found[POINTS], axis=1), np.concatenate(found[PAIRS], axis=2)
    return [_shares(outcome, points[i], pairs[i], groups, seed) for i, outcome in enumerate(outcomes)]


def _shares(outcome: Outcome, points: Array, pairs: Array, groups: Groups, seed: int) -> VarianceShares:
    points, pairs = outcome.of(points), outcome.of(pairs)
    rng = np.random.default_rng([seed, _BOOTSTRAP])
    effects = group_effects(pairs[0], pairs[1], pairs[2], pairs[3:], rng)
    return VarianceShares(
        outcome=outcome,
        mean=float(np.concatenate([points.ravel(), pairs[:3].ravel()]).mean()),
        ceiling=ceiling(points, rng),
        groups=dict(zip(names_of(groups), effects, strict=True)),
        n_points=len(points),
        n_pairs=pairs.shape[1],
        point_cases=_cases(points),
        pair_cases=_cases(pairs[1:3]),
    )


def _cases(values: Array) -> int:
    held = int(np.count_nonzero(values))
    return min(held, values.size - held)


def _enough(share: VarianceShare, n: int, least: int, outcome: Outcome, cases: int, least_cases: int) -> bool:
    return bool(np.isfinite(share.share)) and n >= least and (cases >= least_cases or not outcome.is_share)
