"""When each town changed hands, in fact and over worlds."""

from dataclasses import dataclass

import numpy as np

from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Camp
from sim.validation.hindcast.error_measures import first_month
from sim.validation.hindcast.hindcast_comparison import HIGH, LOW, MIDDLE, Comparison
from sim.validation.hindcast.observed_facts import Fact


@dataclass(frozen=True)
class Timing:
    """One change of hands: the fact, the share of worlds in which the town passes to that camp at all, and when it does.

    `months` are the 10, 50 and 90 % quantiles (month indices) over those worlds, `central` the share and the median for central values.
    """

    fact: Fact
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


def timings(c: Comparison) -> list[Timing]:
    """Every change of hands that is compared and that first gives a town to its later holder, in the order of time."""
    found: list[Timing] = []
    for fact in (one for one in c.facts if one.kind == "town" and c.at(one) >= 0):
        t, camp = c.towns.key.index(fact.town), Camp[fact.value.upper()]
        first, central = (first_month(run.towns[t], camp) for run in c.runs)
        if c.scenario.start_state["towns"].get(fact.value) and fact.town in c.scenario.start_state["towns"][fact.value]:
            continue  # it returned to whom it had belonged: no first time to date
        if any(other.fact.town == fact.town and other.camp == camp for other in found):
            continue
        there, both = np.isfinite(first), np.isfinite(central)
        months = tuple(float(q) for q in np.quantile(first[there], (LOW, MIDDLE, HIGH))) if there.any() else None
        middle = float(np.median(central[both])) if both.any() else None
        at = c.at(fact)
        found.append(Timing(fact, c.towns.name[t], camp, at, float(there.mean()), months, float(both.mean()), middle))  # type: ignore[arg-type]
    return found
