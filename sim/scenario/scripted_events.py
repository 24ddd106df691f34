"""Scripted events: from calendar months in the files to months of the run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.model.state.calendar import month_index, month_name
from sim.model.state.parameters import Change, Setting
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.parameter_changes import notice_change, read_changes
from sim.scenario.scenario import Scripted
from sim.scenario.scenario_file import Draft, EventDraft
from sim.scenario.validation_errors import Findings

ONLY_AT_START = ("start.", ".manpower")  # begin or end of the paths from which the first state is made


@dataclass(frozen=True)
class Horizon:
    """The months that a scenario runs over."""

    start: str
    months: int

    def holds(self, date: str) -> bool:
        """Whether a calendar month is one of them."""
        return 0 <= month_index(self.start, date) < self.months

    def __str__(self) -> str:
        return f"{self.start} to {month_name(self.start, self.months - 1)}"


def horizon(chain: Sequence[Draft]) -> Horizon | None:
    """The horizon of the last draft: what it says itself, else what it inherits. None while a file is at fault."""
    starts = [draft.start for draft in chain if draft.start is not None]
    lengths = [draft.months for draft in chain if draft.months is not None]
    return Horizon(starts[-1], lengths[-1]) if starts and lengths else None


def read_events(
    chain: Sequence[Draft], level: int, catalogue: Catalogue, settings: Mapping[str, Setting], findings: Findings
) -> list[Scripted]:
    """The events that the file at `level` of the chain adds to the last scenario of the chain.

    An event outside the horizon of its own file is an error; one that only an heir's horizon leaves out gives a notice.
    """
    own, final, heir = horizon(chain[: level + 1]), horizon(chain), chain[-1].name
    events: list[Scripted] = []
    seen: dict[tuple[str, str], int] = {}
    for draft in chain[level].events:
        changes = read_changes(draft.sets, catalogue, findings)
        _check_changes(draft, changes, settings, seen, findings)
        if not draft.date or own is None or final is None:
            continue
        if not own.holds(draft.date):
            findings.error(draft.line, f"an event in {draft.date} lies outside this scenario, which runs from {own}.")
        elif not final.holds(draft.date):
            findings.notice(draft.line, f"the event of {draft.date} lies outside '{heir}', which runs from {final}, and is left out there.")
        else:
            events.append(_scripted(draft, changes, final, findings))
    return events


def _check_changes(
    draft: EventDraft,
    changes: list[tuple[str, Change, int]],
    settings: Mapping[str, Setting],
    seen: dict[tuple[str, str], int],
    findings: Findings,
) -> None:
    """Notices about implausible values; errors where a change would come too late, or twice in one month in one file."""
    for path, change, line in changes:
        if path.startswith(ONLY_AT_START[0]) or path.endswith(ONLY_AT_START[1]):
            findings.error(line, f"'{path}' is read once, before the first month; no event can change it.", "Move it to 'set'.")
        if path in settings:
            notice_change(settings[path], change, findings, line)
        if draft.date and (path, draft.date) in seen:
            findings.error(line, f"'{path}' is set twice in {draft.date} (first in line {seen[path, draft.date]}).")
        seen.setdefault((path, draft.date), line)


def _scripted(draft: EventDraft, changes: list[tuple[str, Change, int]], final: Horizon, findings: Findings) -> Scripted:
    until = month_index(final.start, draft.until) if draft.until else None
    if until is not None and until >= final.months:
        findings.notice(draft.line, f"'until' ({draft.until}) comes after the last month of {final}; the values do not return.")
    pairs = tuple((path, change) for path, change, _ in changes)
    return Scripted(month_index(final.start, draft.date), draft.date, pairs, draft.because, until, findings.file, draft.line)
