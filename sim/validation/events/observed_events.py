"""The events of a file set in the months of a run, and what lies outside them."""

from dataclasses import dataclass

import numpy as np

from sim.model.state.calendar import month_index, month_name
from sim.model.state.dimensions import Array
from sim.model.state.geography import Provinces
from sim.scenario import Scenario
from sim.validation.events.event_counts import EventCounts
from sim.validation.events.event_file import EventFileError

MOST_BEFORE = 120  # months before the run that rivals may know


@dataclass(frozen=True)
class ObservedEvents:
    """Events by province and month, from the first month of the file (ten years before the run at most) to the last that the scenario has.

    `first` is the file's first month, counted from the scenario's start (negative before it); `before` and `after` count events outside
    the scenario's months. Months without an event between the file's first and last count as months without violence.
    """

    counts: Array  # (P, M)
    first: int
    before: int
    after: int

    @property
    def shared(self) -> slice:
        """The months of `counts` that the scenario has too."""
        return slice(max(0, -self.first), self.counts.shape[1])

    @property
    def of_run(self) -> slice:
        """The same months of the run."""
        start = max(0, self.first)
        return slice(start, start + self.counts.shape[1] - self.shared.start)


def observed_events(counts: EventCounts, scenario: Scenario, provinces: Provinces) -> ObservedEvents:
    """Events in the months of a scenario and before. Raises EventFileError if none lies within it."""
    shown, zero = counts.source.shown, month_index("0000-01", scenario.start)
    if not counts.placed:
        why = "; ".join(f"{n:,}: {reason}" for reason, n in counts.left_out.most_common(4))
        raise EventFileError(f"{shown}: none of {counts.rows:,} rows can be counted in Syria by governorate and month ({why}).")
    months = [month - zero for _, month in counts.placed]
    first, last = max(min(months), -MOST_BEFORE), min(max(months), scenario.months - 1)
    after = sum(n for (_, month), n in counts.placed.items() if month - zero >= scenario.months)
    before = sum(n for (_, month), n in counts.placed.items() if month < zero)
    if counts.events == before + after:
        span = f"{month_name(scenario.start, 0)} to {month_name(scenario.start, scenario.months - 1)}"
        found = f"{month_name(scenario.start, min(months))} to {month_name(scenario.start, max(months))}"
        raise EventFileError(
            f"{shown}: its events lie in {found}, and '{scenario.name}' covers {span}. Choose another run with --scenario, for instance "
            "--scenario baseline, which starts in June 2021."
        )
    table = np.zeros((len(provinces), last - first + 1))
    for (iso, month), n in counts.placed.items():
        if first <= month - zero <= last:
            table[provinces.index(iso), month - zero - first] += n
    return ObservedEvents(table, first, before, after)
