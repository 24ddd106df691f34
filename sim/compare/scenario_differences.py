"""Each scenario of a run against its baseline in the same worlds, from the chunks: what `spheres run` reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from sim.compare.assessment import Assessment
from sim.compare.quantities import FELL, POOLED_KINDS, Quantity, headline_quantities, quantities
from sim.compare.scenario_inputs import input_paths
from sim.compare.world_values import read_horizon
from sim.experiment.storage.chunk_reader import Chunks
from sim.experiment.storage.common_worlds import CommonRange, common_ranges
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.experiment.storage.results import Span
from sim.model.state.dimensions import Array, Row
from sim.scenario import Scenario
from sim.statistics.exact_sums import BinnedCounts, Moments, fixed_point
from sim.statistics.mean_differences import chosen
from sim.statistics.pair_sums import PairSums


@dataclass(frozen=True)
class ScenarioDifferences:
    """One scenario and its baseline (itself, for a baseline).

    Shares of classes (POOLED_KINDS) are over all worlds; all else is over those in which the government stands at the horizon, and a
    difference over the pairs in which it stands in both, never over fallen and standing worlds together. `mean`, `std`: over the `worlds`
    of each quantity; `overall`: mean over all `n_worlds`. `assessment`: differences over the pairs of worlds that both have; there are
    none where the two cover other months; `n_standing`: pairs in which the government stands in both. `p05`, `p95`: the differences of one
    world in twenty lie below, and above, inexact by at most `half_width` (NaN but for indices).
    """

    scenario: Scenario
    n_worlds: int
    mean: Row
    std: Row
    overall: Row
    worlds: Row
    n_standing: int
    assessment: Assessment
    p05: Row
    p95: Row
    half_width: Row

    @property
    def is_baseline(self) -> bool:
        """Whether the scenario is compared with itself."""
        return self.scenario.name == self.scenario.root

    @property
    def is_compared(self) -> bool:
        """Whether there is another scenario that it can be compared with."""
        return not self.is_baseline and self.assessment.differences.n > 0

    def index(self, name: str, province: str = COUNTRY) -> int:
        """The place of a quantity in the arrays."""
        return self._places[name, province]

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        return {(quantity.name, quantity.province): i for i, quantity in enumerate(self.assessment.quantities)}


def scenario_differences(
    scenarios: Sequence[Scenario], chunks: Mapping[str, Chunks], iso: Sequence[str] = (), headlines_only: bool = False
) -> Iterator[ScenarioDifferences]:
    """Every scenario that has worlds against its baseline, in order. `headlines_only`: the headline shares alone, which is quick.

    Raises DamagedChunk where a chunk cannot be read.
    """
    known = {scenario.name: scenario for scenario in scenarios}
    for scenario in scenarios:
        if not chunks.get(scenario.name):
            continue
        baseline, months = known.get(scenario.root), (scenario.start, scenario.months)
        compared = headline_quantities(*months) if headlines_only else quantities(iso, *months)
        sums = _WorldSums(compared)
        if baseline is scenario:
            for file in chunks[scenario.name].values():
                sums.add_baseline(read_horizon(file, compared))
        else:
            pairable = chunks.get(scenario.root, {}) if baseline and (baseline.start, baseline.months) == months else {}
            _add_worlds(sums, compared, chunks[scenario.name], pairable)
        yield sums.result(scenario, input_paths(scenario, baseline) if baseline else frozenset())


def _add_worlds(sums: "_WorldSums", compared: Sequence[Quantity], mine: Chunks, baseline: Chunks) -> None:
    """Add the worlds of a scenario, and with them those that its baseline has as well, in whatever chunks."""
    shared: dict[Span, list[CommonRange]] = {}
    for common in common_ranges(mine, baseline):
        shared.setdefault(common.mine, []).append(common)
    read = lru_cache(maxsize=1)(lambda span: read_horizon(baseline[span], compared))
    for span, file in mine.items():
        worlds = read_horizon(file, compared)
        sums.add(worlds)
        for common in shared.get(span, ()):
            sums.add_pairs(worlds[:, common.in_mine], read(common.other)[:, common.in_other])


class _WorldSums:
    """What is summed over the worlds of a scenario, and over those that its baseline has as well."""

    def __init__(self, compared: tuple[Quantity, ...]) -> None:
        n = len(compared)
        self._quantities = compared
        self._collapse = compared.index(FELL)
        self._indices = [i for i, quantity in enumerate(compared) if quantity.kind == "index"]
        self._own, self._surviving = Moments(n), Moments(n)
        self._pairs, self._standing = PairSums(n), PairSums(n)
        self._counts = BinnedCounts(len(self._indices))

    def add(self, mine: Array) -> None:
        """The worlds of a chunk, (quantities, worlds)."""
        own = fixed_point(mine)
        self._own.add(own)
        self._surviving.add(own[:, mine[self._collapse] == 0.0])

    def add_pairs(self, mine: Array, other: Array) -> None:
        """Some of these worlds, and the same worlds of the baseline; (quantities, worlds)."""
        both, own, others = (mine[self._collapse] == 0.0) & (other[self._collapse] == 0.0), fixed_point(mine), fixed_point(other)
        self._pairs.add(own, others)
        self._standing.add(own[:, both], others[:, both])
        self._counts.add((mine - other)[self._indices][:, both])

    def add_baseline(self, worlds: Array) -> None:
        """The worlds of a chunk of a baseline, which is compared with itself; (quantities, worlds)."""
        self.add(worlds)
        self.add_pairs(worlds, worlds)

    def result(self, scenario: Scenario, inputs: frozenset[str]) -> ScenarioDifferences:
        """Means and differences, from the sums."""
        p05, p95, half_width = (np.full(len(self._quantities), np.nan) for _ in range(3))
        if self._standing.n and self._indices:
            (p05[self._indices], p95[self._indices]), widths = self._counts.quantiles()
            half_width[self._indices] = widths.max(axis=0)
        pooled = np.array([quantity.kind in POOLED_KINDS for quantity in self._quantities])
        differences = chosen(pooled, self._pairs.differences(), self._standing.differences())
        means = np.where(pooled, self._own.mean(), self._surviving.mean()), np.where(pooled, self._own.std(), self._surviving.std())
        worlds = np.where(pooled, self._own.n, self._surviving.n)
        assessment = Assessment(self._quantities, differences, inputs)
        counts = worlds, self._standing.n
        return ScenarioDifferences(scenario, self._own.n, *means, self._own.mean(), *counts, assessment, p05, p95, half_width)
