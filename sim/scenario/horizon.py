"""The horizon of a scenario: the months it runs over, and what that does to its scripted events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.model.state.calendar import month_index, month_name
from sim.scenario.validation_errors import Problem

if TYPE_CHECKING:
    from sim.scenario.scenario import ScriptedEvent
    from sim.scenario.scenario_file import ScenarioFile


@dataclass(frozen=True)
class RunPeriod:
    """The months that a scenario runs over."""

    start: str
    months: int

    def holds(self, date: str) -> bool:
        """Whether a calendar month is one of them."""
        return 0 <= month_index(self.start, date) < self.months

    def __str__(self) -> str:
        return f"{self.start} to {month_name(self.start, self.months - 1)}"


def run_period(chain: "Sequence[ScenarioFile]", months: int | None = None) -> RunPeriod | None:
    """The horizon of the last file: `months`, else what it says itself, else what it inherits. None while a file is at fault."""
    starts = [file.start for file in chain if file.start is not None]
    lengths = [file.months for file in chain if file.months is not None]
    length = months if months is not None else next(reversed(lengths), None)
    return RunPeriod(starts[-1], length) if starts and length is not None else None


def divide(events: "Iterable[ScriptedEvent]", months: int) -> "tuple[tuple[ScriptedEvent, ...], tuple[ScriptedEvent, ...]]":
    """The events within so many months, and those that lie before or beyond, each in order of month."""
    ordered = sorted(events, key=lambda event: event.month)
    within = tuple(event for event in ordered if 0 <= event.month < months)
    return within, tuple(event for event in ordered if not 0 <= event.month < months)


def horizon_notices(name: str, period: RunPeriod, events: "Iterable[ScriptedEvent]") -> tuple[str, ...]:
    """What a horizon does to the events of a scenario: which of them it leaves out, and which values do not revert within it."""
    notices = []
    for event in events:
        if not 0 <= event.month < period.months:
            text = f"the event of {event.date} lies outside '{name}', which runs from {period}, and is left out there."
        elif event.until is not None and event.until >= period.months:
            until = month_name(period.start, event.until)
            text = f"'until' ({until}) comes after the last month of {period}; the values do not revert."
        else:
            continue
        notices.append(str(Problem(event.file, event.line, text)))
    return tuple(notices)
