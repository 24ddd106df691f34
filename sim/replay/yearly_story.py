"""Routine events in words: added up by year, and over years in which nearly the same happens, which make one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sim.model.state.event_log import EventKind, EventRecord

MOST_PLACES = 4  # a sentence names the provinces with most of its events
_ALIKE = 1.5  # times as many a month, or as few, as over the years before: no longer the same
_OTHERS = 1  # so many of the provinces with most events may be other ones


@dataclass(frozen=True)
class YearsOfEvents:
    """Events of one kind and text in one year or several: `n_months` of the run lie in these, `events` happened in some of them."""

    first: str
    last: str
    n_months: int
    events: tuple[EventRecord, ...]

    @property
    def kind(self) -> EventKind:
        """The kind of all of them."""
        return self.events[0].kind

    @property
    def count(self) -> float:
        """How often it happened."""
        return sum(event.count for event in self.events)

    @property
    def lead(self) -> str:
        """How a sentence on them begins."""
        if int(self.last) <= int(self.first) + 1:
            return "Over the year" if self.first == self.last else f"In {self.first} and {self.last}"
        return f"Every year from {self.first} to {self.last}"

    @property
    def count_text(self) -> str:
        """The count; over several years also that of twelve months, since the first and the last year may be cut."""
        if self.first == self.last:
            return f"{self.count:g}"
        return f"{self.count:,.0f} in all, about {12.0 * self.count / self.n_months:,.0f} a year"


def years_of_events(records: Iterable[EventRecord], months: Sequence[str]) -> list[YearsOfEvents]:
    """Routine events by kind and year, years merged in which nearly the same happens. `months` are the names of those of the run."""
    by_kind: dict[tuple[EventKind, str], list[EventRecord]] = {}
    for event in sorted(records, key=lambda event: event.month):
        by_kind.setdefault((event.kind, event.text), []).append(event)
    return [merged for events in by_kind.values() for merged in _merged(_by_year(events, months))]


def _by_year(events: Iterable[EventRecord], months: Sequence[str]) -> list[YearsOfEvents]:
    found = []
    for year, same in groupby(events, key=lambda event: months[event.month][:4]):
        found.append(YearsOfEvents(year, year, sum(month[:4] == year for month in months), tuple(same)))
    return found


def _merged(years: Sequence[YearsOfEvents]) -> list[YearsOfEvents]:
    """Runs of consecutive years in which about as much happens in about the same provinces."""
    runs: list[YearsOfEvents] = []
    for year in years:
        before = runs[-1] if runs else None
        if before is not None and int(year.first) == int(before.last) + 1 and _is_alike(before, year):
            runs[-1] = YearsOfEvents(before.first, year.last, before.n_months + year.n_months, (*before.events, *year.events))
        else:
            runs.append(year)
    return runs


def _is_alike(before: YearsOfEvents, year: YearsOfEvents) -> bool:
    pace, now = before.count / before.n_months, year.count / year.n_months
    places, here = (set(_most(one.events)) for one in (before, year))
    return pace / _ALIKE <= now <= pace * _ALIKE and len(here - places) <= _OTHERS


def _most(events: Iterable[EventRecord]) -> list[int | None]:
    """The provinces with most of the events, the first of them first."""
    counts = _counts(events)
    return sorted(counts, key=lambda province: -counts[province])[:MOST_PLACES]


def _counts(events: Iterable[EventRecord]) -> dict[int | None, float]:
    counts: dict[int | None, float] = {}
    for event in events:
        counts[event.province] = counts.get(event.province, 0.0) + event.count
    return counts


def added_up(events: Sequence[EventRecord]) -> list[EventRecord]:
    """Routine events added up by province, the most of them first; the rest of the provinces go without a name."""
    counts, named = _counts(events), _most(events)
    unnamed = sum(counts[province] for province in counts if province not in named)
    added = [replace(events[0], province=province, count=counts[province]) for province in named]
    return [*added, replace(events[0], province=None, count=unnamed)] if unnamed else added
