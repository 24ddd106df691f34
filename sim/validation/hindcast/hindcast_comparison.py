"""What happened, what the model projects, and two null models, item by item.

The null models: *nothing changes* (September 2015 continues) and *a steady trend* (shares of territory continue as before the start; a
town passes to its later holder at a steady pace). Distances are measured from the interval that the sources span.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Array
from sim.model.state.geography import Provinces, Towns
from sim.scenario import Scenario
from sim.validation.hindcast.fact_halves import SETTING
from sim.validation.hindcast.hindcast_run import HindcastRun
from sim.validation.hindcast.observed_facts import ObservedFact

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9  # quantiles over worlds that are reported
POINTS, SHARE, COUNT, INDEX, MONTHS = "points of 100", "% of town-months wrong", "number", "index", "months"


@dataclass(frozen=True)
class ComparedItem:
    """One comparison. Distances are in `unit`; None where a null model says nothing.

    `gaps` are the distances of the two runs: worlds that draw from the ranges, and worlds with central values.
    """

    part: str
    what: str
    fact: str
    model: str
    unit: str
    gaps: tuple[float, float]
    nothing: float | None = None
    trend: float | None = None

    @property
    def verdict(self) -> str:
        """In words: is the model closer to what happened than the null models? Ties count for the null model, which is simpler."""
        nulls = [distance for distance in (self.nothing, self.trend) if distance is not None]
        closer = sum(self.gaps[0] < distance for distance in nulls)
        if not nulls:
            return ""
        return "closer" if closer == len(nulls) else "no closer" if closer == 0 else "closer than one"


@dataclass(frozen=True)
class HindcastComparison:
    """What is compared: the scenario, its run over the ranges (`drawn`) and with central values, the facts, and the later start.

    `facts` are those that are judged by, of one half or of both; `known` all that rivals may know of what came before.
    """

    scenario: Scenario
    later: Scenario
    drawn: HindcastRun
    central: HindcastRun
    facts: tuple[ObservedFact, ...]
    provinces: Provinces
    towns: Towns
    known: tuple[ObservedFact, ...] = ()
    half: str = SETTING

    def of_kind(self, kind: str, value: str = "") -> list[ObservedFact]:
        """The facts of a kind, and of a value if one is given."""
        return [fact for fact in self.facts if fact.kind == kind and value in ("", fact.value)]

    def strongest(self, shares: Array, n: int) -> str:
        """The provinces with the largest shares (provinces,), in words."""
        return "most in " + ", ".join(self.provinces.name[i] for i in np.argsort(-shares, kind="stable")[:n])

    @property
    def all_known(self) -> tuple[ObservedFact, ...]:
        """The facts that rivals may know: all that were read, where more were read than are judged by."""
        return self.known or self.facts

    @property
    def runs(self) -> tuple[HindcastRun, HindcastRun]:
        """Both runs."""
        return self.drawn, self.central

    def at(self, fact: ObservedFact) -> int:
        """The month index of a fact."""
        return month_index(self.scenario.start, fact.month)

    def intervals(self, facts: Sequence[ObservedFact]) -> tuple[Array, Array, Array]:
        """Months, lower and upper ends of facts, (n,) each."""
        ends = np.array([fact.interval() for fact in facts])
        return np.array([self.at(fact) for fact in facts]), ends[:, 0], ends[:, 1]


def median_and_range(values: Array, form: Callable[[float], str]) -> str:
    """Median and middle 80 % of worlds, in words."""
    low, middle, high = (form(float(q)) for q in np.quantile(values, (LOW, MIDDLE, HIGH)))
    return f"{middle} ({low} to {high})"


def rounded(x: float) -> str:
    """A number without decimals."""
    return f"{x:.0f}"


def for_both_runs(c: HindcastComparison, gap: Callable[[HindcastRun], float]) -> tuple[float, float]:
    """A distance for both runs."""
    drawn, central = c.runs
    return gap(drawn), gap(central)
