"""Scripted events: from calendar months in the files to months of the run."""

from collections.abc import Mapping, Sequence

from sim.model.state.calendar import month_index
from sim.model.state.parameters import Change, ParameterValue
from sim.scenario.horizon import run_period
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.parameter_changes import notice_change, read_changes
from sim.scenario.scenario import ScriptedEvent
from sim.scenario.scenario_file import EventEntry, ScenarioFile
from sim.scenario.validation_errors import ErrorCollector

ONLY_AT_START = ("start.", ".manpower")  # begin or end of the paths from which the first state is made


def read_events(
    chain: Sequence[ScenarioFile],
    level: int,
    catalogue: Catalogue,
    settings: Mapping[str, ParameterValue],
    findings: ErrorCollector,
    months: int | None = None,
) -> list[ScriptedEvent]:
    """The events that the file at `level` of the chain adds to the last scenario of the chain, those beyond its horizon included.

    The horizon is `months` where given, else what the files say. An event is an error if it comes before its own file starts, or if
    neither the horizon nor, where no `months` are given, its own file reaches it.
    """
    own, final = run_period(chain[: level + 1], months), run_period(chain, months)
    events: list[ScriptedEvent] = []
    seen: dict[tuple[str, str], int] = {}
    for entry in chain[level].events:
        changes = read_changes(entry.sets, catalogue, findings)
        _check_changes(entry, changes, settings, seen, findings)
        if not entry.date or own is None or final is None:
            continue
        early = month_index(own.start, entry.date) < 0
        if early or (months is None and not own.holds(entry.date) and not final.holds(entry.date)):
            findings.error(entry.line, f"an event in {entry.date} lies outside this scenario, which runs from {own}.")
        else:
            events.append(_scripted(entry, changes, final.start, findings.file))
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


def _scripted(entry: EventEntry, changes: list[tuple[str, Change, int]], start: str, file: str) -> ScriptedEvent:
    until = month_index(start, entry.until) if entry.until else None
    pairs = tuple((path, change) for path, change, _ in changes)
    return ScriptedEvent(month_index(start, entry.date), entry.date, pairs, entry.because, until, file, entry.line)
