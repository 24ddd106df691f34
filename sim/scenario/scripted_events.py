"""Scripted events: from calendar months in the files to months of the run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.model.state.calendar import month_index, month_name
from sim.model.state.parameters import Change, ParameterValue
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.parameter_changes import notice_change, read_changes
from sim.scenario.scenario import ScriptedEvent
from sim.scenario.scenario_file import EventEntry, ScenarioFile
from sim.scenario.validation_errors import ErrorCollector

ONLY_AT_START = ("start.", ".manpower")  # begin or end of the paths from which the first state is made


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


def run_period(chain: Sequence[ScenarioFile]) -> RunPeriod | None:
    """The horizon of the last file: what it says itself, else what it inherits. None while a file is at fault."""
    starts = [file.start for file in chain if file.start is not None]
    lengths = [file.months for file in chain if file.months is not None]
    return RunPeriod(starts[-1], lengths[-1]) if starts and lengths else None


def read_events(
    chain: Sequence[ScenarioFile], level: int, catalogue: Catalogue, settings: Mapping[str, ParameterValue], findings: ErrorCollector
) -> list[ScriptedEvent]:
    """The events that the file at `level` of the chain adds to the last scenario of the chain.

    An event outside the horizon of its own file is an error; one that only an heir's horizon leaves out gives a notice.
    """
    own, final, heir = run_period(chain[: level + 1]), run_period(chain), chain[-1].name
    events: list[ScriptedEvent] = []
    seen: dict[tuple[str, str], int] = {}
    for entry in chain[level].events:
        changes = read_changes(entry.sets, catalogue, findings)
        _check_changes(entry, changes, settings, seen, findings)
        if not entry.date or own is None or final is None:
            continue
        if not own.holds(entry.date):
            findings.error(entry.line, f"an event in {entry.date} lies outside this scenario, which runs from {own}.")
        elif not final.holds(entry.date):
            findings.notice(entry.line, f"the event of {entry.date} lies outside '{heir}', which runs from {final}, and is left out there.")
        else:
            events.append(_scripted(entry, changes, final, findings))
    return events


def _check_changes(
    entry: EventEntry,
    changes: list[tuple[str, Change, int]],
    settings: Mapping[str, ParameterValue],
    seen: dict[tuple[str, str], int],
    findings: ErrorCollector,
) -> None:
    """Notices about implausible values; errors where a change would come too late, or twice in one month in one file."""
    for path, change, line in changes:
        if path.startswith(ONLY_AT_START[0]) or path.endswith(ONLY_AT_START[1]):
            findings.error(line, f"'{path}' is read once, before the first month; no event can change it.", "Move it to 'set'.")
        if path in settings:
            notice_change(settings[path], change, findings, line)
        if entry.date and (path, entry.date) in seen:
            findings.error(line, f"'{path}' is set twice in {entry.date} (first in line {seen[path, entry.date]}).")
        seen.setdefault((path, entry.date), line)


def _scripted(entry: EventEntry, changes: list[tuple[str, Change, int]], final: RunPeriod, findings: ErrorCollector) -> ScriptedEvent:
    until = month_index(final.start, entry.until) if entry.until else None
    if until is not None and until >= final.months:
        findings.notice(entry.line, f"'until' ({entry.until}) comes after the last month of {final}; the values do not revert.")
    pairs = tuple((path, change) for path, change, _ in changes)
    return ScriptedEvent(month_index(final.start, entry.date), entry.date, pairs, entry.because, until, findings.file, entry.line)
