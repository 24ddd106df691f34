"""Events of Syria counted by governorate and month; every other row counted too, by the reason why it was left out."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sim.validation.events.event_columns import Columns, find_columns
from sim.validation.events.event_dates import DAY_FIRST, MONTH_FIRST, DateReading, read_date
from sim.validation.events.event_file import EventFileError, TextSource, checked_source
from sim.validation.events.governorate_names import folded, governorate

MAX_LINE = 4 * 1024**2  # characters; notes are far shorter
MAX_FIELD = 1024**2
SYRIA = {"syria", "syrianarabrepublic", "syriasyrianarabrepublic"}

BROKEN = "line with more or fewer fields than the header"
NO_COUNTRY = "no country given"
ELSEWHERE = "in another country"
REPEATED = "repeats an event that is in the file already"
NO_TIME_CODE = "precision of the date not given"
COARSE_TIME = "too coarse in time: the month is not known"
NO_PLACE_CODE = "precision of the place not given"
COARSE_PLACE = "too coarse in place: the governorate is not known"
NO_PLACE = "no governorate given"
UNKNOWN_PLACE = "governorate with an unknown name"
NO_DATE = "no date that can be read"
TWO_WAYS = "date in which day and month could be exchanged"
SPANS = "spans more than one month"
BACKWARDS = "ends before it begins"

Month = int  # months since the year 0
Outcome = Month | str  # where an event belongs, or why it was left out


@dataclass
class EventCounts:
    """What a file holds. `placed` are events by ISO code and month; `left_out` all other rows by reason; both together are `rows`."""

    source: TextSource
    columns: Columns
    rows: int = 0
    placed: Counter[tuple[str, Month]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    unknown_names: Counter[str] = field(default_factory=Counter)
    order: str = ""  # DAY_FIRST or MONTH_FIRST, where the file as a whole settled dates that alone could be read in two ways
    settled: int = 0  # how many

    @property
    def events(self) -> int:
        """How many were placed."""
        return self.placed.total()


def count_events(path: Path) -> EventCounts:
    """Count the events of a file, in one pass. Raises EventFileError."""
    source = checked_source(path)
    before = csv.field_size_limit(MAX_FIELD)
    try:
        with source.lines() as text:
            lines = _limited(text, source)
            columns = find_columns(next(lines), source.shown)
            return _Tally(source, columns).count(csv.reader(lines, delimiter=columns.delimiter, strict=True))
    finally:
        csv.field_size_limit(before)


def _limited(text: IO[str], source: TextSource) -> Iterator[str]:
    """The lines of a file, none of them too long to hold."""
    number = 0
    while line := text.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE:
            raise EventFileError(f"{source.shown}, line {number}: a line of more than {MAX_LINE:,} characters; this is no table of events.")
        yield line


class _Tally:
    """Counting under way. Dates that can be read in two ways wait in `pending` until the whole file has been seen."""

    def __init__(self, source: TextSource, columns: Columns) -> None:
        self.counts, self.layout = EventCounts(source, columns), columns.layout
        self.pending: Counter[tuple[str, Outcome, Outcome]] = Counter()
        self.shown: set[str] = set()
        self.seen: set[str] = set()

    def count(self, rows: Any) -> EventCounts:
        """Every row that a CSV reader gives after the header. Raises EventFileError, with the line, where quotes do not close."""
        try:
            for row in rows:
                if row and not (len(row) == 1 and not row[0].strip()):
                    self._add(row)
        except csv.Error as error:
            where = f"{self.counts.source.shown}, line {rows.line_num + 1} or before it"
            raise EventFileError(f"{where}: this is not CSV ({error}); look for a quote that does not close.") from None
        if not self.counts.rows:
            raise EventFileError(f"{self.counts.source.shown} has a header and no events.")
        self._settle()
        return self.counts

    def _add(self, row: list[str]) -> None:
        self.counts.rows += 1
        reason = self._place(row)
        if reason:
            self.counts.left_out[reason] += 1

    def _place(self, row: list[str]) -> str:
        """Count an event where it belongs, or say why not."""
        columns, layout = self.counts.columns, self.layout
        if len(row) != columns.count:
            return BROKEN
        at = columns.at
        country = row[at[layout.country]]
        if country not in _SYRIAN and not _is_syria(country):
            return ELSEWHERE if country.strip() else NO_COUNTRY
        reason = self._repeated(row) or layout.left_out(row[at[layout.kind]].strip())
        reason = reason or _precision(row[at[layout.time]], layout.time_known, NO_TIME_CODE, COARSE_TIME)
        reason = reason or _precision(row[at[layout.space]], layout.place_known, NO_PLACE_CODE, COARSE_PLACE)
        if reason:
            return reason
        name = row[at[layout.place]].strip()
        iso = governorate(name)
        if iso is None:
            if not name:
                return NO_PLACE
            if len(self.counts.unknown_names) < 1000 or name in self.counts.unknown_names:
                self.counts.unknown_names[name[:80]] += 1
            return UNKNOWN_PLACE
        dates = [read_date(row[at[column]]) for column in (layout.start, layout.end) if column]
        return self._date(iso, dates)

    def _repeated(self, row: list[str]) -> str:
        at = self.counts.columns.at.get(self.layout.identity)
        identity = row[at].strip() if at is not None else ""
        if not identity:
            return ""
        if identity in self.seen:
            return REPEATED
        self.seen.add(identity)
        return ""

    def _date(self, iso: str, dates: Sequence[DateReading]) -> str:
        """Place an event in its month, or keep it until the order of day and month is known."""
        self.shown.update(date.shows for date in dates if date.shows)
        day_first, month_first = _month([d.day_first for d in dates]), _month([d.month_first for d in dates])
        if day_first != month_first:
            self.pending[iso, day_first, month_first] += 1
            return ""
        if isinstance(day_first, str):
            return day_first
        self.counts.placed[iso, day_first] += 1
        return ""

    def _settle(self) -> None:
        """Place what waited, if other dates of the file show one order and none shows the other."""
        counts = self.counts
        counts.order = next(iter(self.shown)) if len(self.shown) == 1 and self.pending else ""
        for (iso, day_first, month_first), n in self.pending.items():
            outcome: Outcome = {DAY_FIRST: day_first, MONTH_FIRST: month_first}.get(counts.order, TWO_WAYS)
            if isinstance(outcome, str):
                counts.left_out[outcome] += n
            else:
                counts.placed[iso, outcome] += n
                counts.settled += n


_SYRIAN = {"Syria"}  # as both layouts write it


def _is_syria(country: str) -> bool:
    return len(country) < 60 and folded(country) in SYRIA


def _precision(code: str, known: frozenset[str], missing: str, coarse: str) -> str:
    """Why a code of precision does not do, or nothing."""
    code = code.strip().removesuffix(".0")
    if code in known:
        return ""
    return coarse if code in set("1234567") else missing


def _month(months: Sequence[Month | None]) -> Outcome:
    """The one month of an event from those of its dates."""
    found = [month for month in months if month is not None]
    if len(found) < len(months):
        return NO_DATE
    if found[-1] < found[0]:
        return BACKWARDS
    return found[0] if found[0] == found[-1] else SPANS
