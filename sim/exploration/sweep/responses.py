"""What follows from each point of a grid: means, and differences from today's point in the same lucks, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sim.compare.assessment import Assessment
from sim.compare.findings import INPUT, statuses
from sim.compare.scenario_inputs import is_input
from sim.compare.world_values import read_horizon
from sim.experiment.storage.chunk_reader import Chunks
from sim.exploration.design.design import Design
from sim.exploration.outcome import Outcome
from sim.exploration.sweep.sweep_words import today
from sim.model.state.dimensions import Array
from sim.statistics.confidence_intervals import Z_95, wilson_intervals
from sim.statistics.exact_sums import fixed_point
from sim.statistics.pair_sums import PairSums
from sim.statistics.significance import LEVEL, holm

IS_TODAY = 1e-9  # of a factor's span: a level as near as this to today's value is today's


@dataclass(frozen=True)
class Responses:
    """The outcomes of a grid: `values` (outcomes, points, lucks), over the lucks that all points have been run under.

    `reference` is the point that differences are taken from: today's, or the one nearest to it where the grid lacks it (`has_today`).
    """

    design: Design
    outcomes: tuple[Outcome, ...]
    values: Array
    reference: int
    has_today: bool

    @property
    def n_lucks(self) -> int:
        """Under how many lucks every point was run."""
        return int(self.values.shape[-1])

    @cached_property
    def beside_reference(self) -> tuple[Assessment, ...]:
        """Every outcome at each point beside the reference."""
        reference = self.values[:, self.reference]
        return tuple(self.assessed(self.values[:, point], reference) for point in range(len(self.design.points)))

    @cached_property
    def status(self) -> Array:
        """What each difference from the reference is, (points, outcomes), with p values corrected (Holm) over the points of an outcome."""
        others = np.arange(len(self.design.points)) != self.reference
        p = np.stack([one.differences.p for one in self.beside_reference])
        significant = np.zeros(p.shape, dtype=bool)
        for i in range(p.shape[1]):
            significant[others, i] = holm(p[others, i]) < LEVEL
        found = [
            statuses(one.quantities, one.differences, sure, self.is_input)
            for one, sure in zip(self.beside_reference, significant, strict=True)
        ]
        table = np.stack(found).astype(object)
        table[self.reference] = np.where(self.is_input, INPUT, "")
        return table

    def interval(self, point: int) -> tuple[Array, Array]:
        """The ends of the 95 % interval of every outcome's difference from the reference; no width at the reference itself."""
        if point == self.reference:
            return np.zeros(len(self.outcomes)), np.zeros(len(self.outcomes))
        return self.beside_reference[point].interval

    @property
    def is_input(self) -> list[bool]:
        """Whether each outcome restates a parameter that the design sets."""
        paths = frozenset(factor.path for factor in self.design.factors)
        return [is_input(outcome.quantity.name, paths) for outcome in self.outcomes]

    def assessed(self, mine: Array, other: Array) -> Assessment:
        """Every outcome in one set of worlds beside another under the same lucks, (outcomes, lucks) both."""
        sums = PairSums(len(self.outcomes))
        sums.add(fixed_point(mine), fixed_point(other))
        return Assessment(tuple(one.counted for one in self.outcomes), sums.differences(), frozenset())


def responses(design: Design, chunks: Chunks, outcomes: Sequence[Outcome]) -> Responses:
    """The outcomes of the rows that were run. Raises DamagedChunk."""
    quantities = list(dict.fromkeys(outcome.quantity for outcome in outcomes))
    n_points = len(design.points)
    found = np.full((len(quantities), design.n_rows), np.nan)
    for (first, n), file in chunks.items():
        found[:, first : first + n] = read_horizon(file, quantities)
    by_luck = found.reshape(len(quantities), -1, n_points)
    whole = by_luck[:, ~np.isnan(by_luck).any(axis=(0, 2))].transpose(0, 2, 1)
    values = np.stack([outcome.of(whole[quantities.index(outcome.quantity)]) for outcome in outcomes])
    wanted = np.array([today(factor.path, design.scenario, factor.as_quantiles) for factor in design.factors])
    span = np.ptp(design.points, axis=0)
    distance = (np.abs(design.points - wanted) / np.where(span > 0.0, span, 1.0)).max(axis=1)
    nearest = int(np.argmin(distance))
    return Responses(design, tuple(outcomes), values, nearest, bool(distance[nearest] < IS_TODAY))


def response_table(found: Responses) -> pd.DataFrame:
    """A row for each point and outcome: where the point lies, mean with interval, difference from the reference with interval and status.

    `status` is as in comparisons (finding, practically no effect, no detectable difference, too few worlds, set by the scenario), and
    empty for the reference itself.
    """
    design, rows = found.design, []
    for point, assessed in enumerate(found.beside_reference):
        where: Mapping[str, float] = {factor.path: float(design.points[point, i]) for i, factor in enumerate(design.factors)}
        low, high = found.interval(point)
        means, (mean_low, mean_high) = found.values[:, point].mean(axis=-1), _intervals(found, point)
        rows += [
            {
                "point": point,
                **where,
                "outcome": outcome.text,
                "unit": outcome.unit,
                "worlds": found.n_lucks,
                "mean": means[i],
                "low": mean_low[i],
                "high": mean_high[i],
                "difference": assessed.differences.difference[i],
                "difference_low": low[i],
                "difference_high": high[i],
                "size": assessed.size[i],
                "p": assessed.differences.p[i],
                "status": found.status[point, i],
                "reference": point == found.reference,
            }
            for i, outcome in enumerate(found.outcomes)
        ]
    return pd.DataFrame(rows)


def _intervals(found: Responses, point: int) -> tuple[Array, Array]:
    """95 % intervals of the means at a point: Wilson's for shares, normal for others."""
    values, n = found.values[:, point], found.n_lucks
    means = values.mean(axis=-1)
    half = Z_95 * values.std(axis=-1, ddof=1) / np.sqrt(n) if n > 1 else np.full(len(means), np.nan)
    low, high = wilson_intervals(np.clip(means, 0.0, 1.0), n)
    is_share = np.array([outcome.is_share for outcome in found.outcomes])
    return np.where(is_share, low, means - half), np.where(is_share, high, means + half)
