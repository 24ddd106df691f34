"""What happened, what the model projects, and two simple rivals, item by item.

The rivals: *nothing changes* (September 2015 goes on) and *a steady trend* (shares of ground go on as before the start; a town passes to
its later holder at a steady pace). Distances count from the interval that the sources span.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Array
from sim.model.state.geography import Provinces, Towns
from sim.scenario import Scenario
from sim.validation.hindcast.hindcast_run import Replayed
from sim.validation.hindcast.observed_facts import Fact

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9  # quantiles over worlds that are told
POINTS, SHARE, COUNT, INDEX, MONTHS = "points of 100", "% of town-months wrong", "number", "index", "months"


@dataclass(frozen=True)
class Item:
    """One comparison. Distances are in `unit`; None where a rival says nothing.

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
        """In words: is the model nearer to what happened than the rivals? Ties count for the rival, which is simpler."""
        rivals = [rival for rival in (self.nothing, self.trend) if rival is not None]
        nearer = sum(self.gaps[0] < rival for rival in rivals)
        if not rivals:
            return ""
        return "nearer" if nearer == len(rivals) else "no nearer" if nearer == 0 else "nearer than one"


@dataclass(frozen=True)
class Comparison:
    """What is compared: the scenario, its run over the ranges (`drawn`) and with central values, the facts, and the later start."""

    scenario: Scenario
    later: Scenario
    drawn: Replayed
    central: Replayed
    facts: tuple[Fact, ...]
    provinces: Provinces
    towns: Towns

    @property
    def runs(self) -> tuple[Replayed, Replayed]:
        """Both runs."""
        return self.drawn, self.central

    def at(self, fact: Fact) -> int:
        """The month index of a fact."""
        return month_index(self.scenario.start, fact.month)

    def intervals(self, facts: Sequence[Fact]) -> tuple[Array, Array, Array]:
        """Months, lower and upper ends of facts, (n,) each."""
        ends = np.array([one.interval() for one in facts])
        return np.array([self.at(one) for one in facts]), ends[:, 0], ends[:, 1]


def span(values: Array, form: Callable[[float], str]) -> str:
    """Median and middle 80 % of worlds, in words."""
    low, middle, high = (form(float(q)) for q in np.quantile(values, (LOW, MIDDLE, HIGH)))
    return f"{middle} ({low} to {high})"


def whole(x: float) -> str:
    """A number without its fraction."""
    return f"{x:.0f}"


def both(c: Comparison, gap: Callable[[Replayed], float]) -> tuple[float, float]:
    """A distance for both runs."""
    drawn, central = c.runs
    return gap(drawn), gap(central)
