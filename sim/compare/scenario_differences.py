"""Each scenario of a run against its baseline in the same worlds, from the chunks: what `spheres run` reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.compare.assessment import Assessment
from sim.compare.quantities import COLLAPSE, Quantity, headline_quantities, quantities
from sim.compare.scenario_inputs import input_paths
from sim.compare.world_values import read_horizon
from sim.experiment.storage.chunk_reader import Chunks
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.state.dimensions import Array, Row
from sim.scenario import Scenario
from sim.statistics.exact_sums import BinnedCounts, Moments, fixed_point
from sim.statistics.mean_differences import PairSums


@dataclass(frozen=True)
class ScenarioDifferences:
    """One scenario and its baseline (itself, for a baseline).

    `mean`, `std`: over the scenario's `n_worlds`; `surviving`: mean over those in which the government has not fallen. `assessment`:
    differences over the pairs of worlds that both have; there are none where the two cover other months. `p05`, `p95`: the differences
    of one world in twenty lie below, and above, inexact by at most `half_width` (NaN but for indices).
    """

    scenario: Scenario
    n_worlds: int
    mean: Row
    std: Row
    surviving: Row
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
        pairable = chunks.get(scenario.root, {}) if baseline and (baseline.start, baseline.months) == months else {}
        sums = _WorldSums(compared)
        for span, file in chunks[scenario.name].items():
            mine = read_horizon(file, compared)
            other = mine if baseline is scenario else read_horizon(pairable[span], compared) if span in pairable else None
            sums.add(mine, other)
        yield sums.result(scenario, input_paths(scenario, baseline) if baseline else frozenset())


class _WorldSums:
    """What is summed over the worlds of a scenario, and over those that its baseline has as well."""

    def __init__(self, compared: tuple[Quantity, ...]) -> None:
        n = len(compared)
        self._quantities = compared
        self._collapse = compared.index(Quantity("fallen", COLLAPSE, COUNTRY))
        self._indices = [i for i, quantity in enumerate(compared) if quantity.kind == "index"]
        self._own, self._surviving, self._pairs = Moments(n), Moments(n), PairSums(n)
        self._counts = BinnedCounts(len(self._indices))

    def add(self, mine: Array, other: Array | None) -> None:
        """The worlds of a chunk, and the same worlds of the baseline, if it has them; (quantities, worlds)."""
        own = fixed_point(mine)
        self._own.add(own)
        self._surviving.add(own[:, mine[self._collapse] == 0.0])
        if other is not None:
            self._pairs.add(own, fixed_point(other))
            self._counts.add((mine - other)[self._indices])

    def result(self, scenario: Scenario, inputs: frozenset[str]) -> ScenarioDifferences:
        """Means and differences, from the sums."""
        p05, p95, half_width = (np.full(len(self._quantities), np.nan) for _ in range(3))
        if self._pairs.n and self._indices:
            (p05[self._indices], p95[self._indices]), widths = self._counts.quantiles()
            half_width[self._indices] = widths.max(axis=0)
        assessment = Assessment(self._quantities, self._pairs.differences(), inputs)
        means = self._own.mean(), self._own.std(), self._surviving.mean()
        return ScenarioDifferences(scenario, self._own.n, *means, assessment, p05, p95, half_width)
