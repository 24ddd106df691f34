"""When each town changed hands, in fact and in the worlds."""

from dataclasses import dataclass

import numpy as np

from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Camp
from sim.validation.hindcast.error_measures import first_month
from sim.validation.hindcast.hindcast_comparison import HIGH, LOW, MIDDLE, HindcastComparison
from sim.validation.hindcast.observed_facts import ObservedFact


@dataclass(frozen=True)
class TownTiming:
    """One change of hands: the fact, the share of worlds in which the town ever passes to that camp, and when.

    `months` are the 10, 50 and 90 % quantiles (month indices) over those worlds, `central` the share and the median for central values.
    """

    fact: ObservedFact
    name: str
    camp: Camp
    at: int
    share: float
    months: tuple[float, float, float] | None
    central_share: float
    central_month: float | None

    def median(self, start: str) -> str:
        """The median month by name, or a dash."""
        return "-" if self.months is None else month_name(start, round(self.months[1]))


def timings(c: HindcastComparison) -> list[TownTiming]:
    """Every change of hands that first gives a town to a camp, in order of time."""
    found: list[TownTiming] = []
    for fact in (fact for fact in c.of_kind("town") if c.at(fact) >= 0):
        t, camp = c.towns.key.index(fact.town), Camp[fact.value.upper()]
        first, central = (first_month(run.towns[t], camp) for run in c.runs)
        if c.scenario.start_state["towns"].get(fact.value) and fact.town in c.scenario.start_state["towns"][fact.value]:
            continue  # it returned to its holder at the start, so there is no first time
        if any(other.fact.town == fact.town and other.camp == camp for other in found):
            continue
        ever, ever_central = np.isfinite(first), np.isfinite(central)
        months = tuple(float(q) for q in np.quantile(first[ever], (LOW, MIDDLE, HIGH))) if ever.any() else None
        middle = float(np.median(central[ever_central])) if ever_central.any() else None
        at = c.at(fact)
        found.append(TownTiming(fact, c.towns.name[t], camp, at, float(ever.mean()), months, float(ever_central.mean()), middle))  # type: ignore[arg-type]
    return found
