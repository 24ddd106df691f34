"""The story of one world: dated sentences from its events, with the claims of the report that each derives from.

What happens in one month at one front, or in one tender, makes one sentence; what repeats itself within a year is told where it first
comes, with the later months; routine is added up by year.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sim.experiment.recording.world_tables import calendar
from sim.model.observation.measure_catalogue import OUTCOME_MEANINGS, OUTCOME_WORDS, OUTCOMES, TERRITORIES, TERRITORY_MEANINGS
from sim.model.state.calendar import split
from sim.model.state.event_log import KIND_INDEX, KINDS, EventKind, EventRecord
from sim.replay.rerun import Replay
from sim.text import number_format

CAUTION = "A world of the model, told from its events; not an account of what happened, nor of what will."
MOST_PLACES = 4  # a sentence for a year names the provinces with most of its events
_INCLUDED = {"won_over_iran": "contract_russia"}  # a kind that says all that the other one says of the same place and month
_GAIN = "_gain"


@dataclass(frozen=True)
class Sentence:
    """What happened in a month, or by routine in a year (`date` is a year then): in words, with claims and provinces by ISO code.

    `kinds` are the kinds of events in it, `months` all the months in which it happened.
    """

    date: str
    text: str
    claims: tuple[str, ...]
    provinces: tuple[str, ...]
    kinds: tuple[str, ...]
    months: tuple[str, ...]
    routine: bool = False

    @property
    def cited(self) -> str:
        """The sentence with its claims in brackets, and without a date."""
        return f"{self.text} [{', '.join(self.claims)}]" if self.claims else self.text


@dataclass(frozen=True)
class Story:
    """A world told: `sentences` in the order of their dates, routine at the end of each year, and how it ends."""

    scenario: str
    world: int
    question: str
    sentences: tuple[Sentence, ...]
    end: tuple[str, ...]

    @property
    def heading(self) -> str:
        """Whose story it is."""
        return f"Invented world {self.world} of '{self.scenario}'"


def story(told: Replay) -> Iterator[str]:
    """The lines of a story for a terminal; groups and places, never persons."""
    whole = story_of(told)
    yield f"{whole.heading}: {whole.question}"
    yield CAUTION
    yield ""
    for one in whole.sentences:
        yield f"{one.date:7}  {'In all: ' if one.routine else ''}{one.cited}"
    if not whole.sentences:
        yield "Nothing notable happens."
    yield ""
    yield from whole.end


def story_of(told: Replay) -> Story:
    """The story of a world run again."""
    chunk = told.chunk
    scenario, months = chunk.job.scenario, calendar(chunk.job.scenario)
    teller = Teller(months, chunk.iso, chunk.names)
    sentences = teller.years(told.told)
    return Story(scenario.name, chunk.job.first_world, scenario.question, tuple(sentences), tuple(ending(told)))


def ending(told: Replay) -> list[str]:
    """How a world ends, in two sentences."""
    chunk = told.chunk
    outcome, territory = OUTCOMES[int(chunk.outcome[0])], TERRITORIES[int(chunk.territory[0])]
    return [
        f"By {calendar(chunk.job.scenario)[-1]}: {OUTCOME_WORDS[outcome]} ({OUTCOME_MEANINGS[outcome]}).",
        f"Territory: {territory} ({TERRITORY_MEANINGS[territory]}).",
    ]


@dataclass(frozen=True)
class Teller:
    """Makes sentences of events: `months` by name, provinces by ISO code and by name."""

    months: Sequence[str]
    iso: Sequence[str]
    names: Sequence[str]

    def years(self, happenings: Iterable[EventRecord]) -> Iterator[Sentence]:
        """All sentences, year by year."""
        ordered = sorted(happenings, key=lambda event: event.month)
        for year, of_year in groupby(ordered, key=lambda event: self.months[event.month][:4]):
            events = list(of_year)
            notable = [event for event in events if not event.kind.routine]
            by_month = [list(of_month) for _, of_month in groupby(notable, key=lambda event: event.month)]
            yield from again([sentence for of_month in by_month for sentence in self.month(of_month)])
            for (kind, _), same in _by_kind(event for event in events if event.kind.routine).items():
                months = tuple(dict.fromkeys(self.months[event.month] for event in same))
                yield replace(self._sentence(kind, _added_up(same)), date=year, months=months)

    def month(self, happenings: Sequence[EventRecord]) -> Iterator[Sentence]:
        """The sentences of one month."""
        events = list(happenings)
        fronts = {event.kind.name.removesuffix(_GAIN) for event in events if event.kind.name.endswith(_GAIN)}
        towns = [event for event in events if event.kind.name == "town_taken" and _taker(event) in fronts]
        included = {(_INCLUDED[e.kind.name], e.province) for e in events if e.kind.name in _INCLUDED}
        left = [e for e in events if e not in towns and (e.kind.name, e.province) not in included]
        for (kind, _), same in _by_kind(left).items():
            sentence = self._sentence(kind, same)
            taken = [event for event in towns if _taker(event) == kind.name.removesuffix(_GAIN)] if kind.name.endswith(_GAIN) else []
            yield self._with_towns(sentence, taken) if taken else sentence

    def _with_towns(self, sentence: Sentence, taken: list[EventRecord]) -> Sentence:
        """An advance with the towns that it takes."""
        towns = list(dict.fromkeys(_town(event) for event in taken))
        claims = _in_order((*sentence.claims, *taken[0].kind.claims.split()))
        text = f"{sentence.text.rstrip('.')}, with the town{'s' if len(towns) > 1 else ''} of {number_format.joined(towns)}."
        return replace(sentence, text=text, claims=claims, kinds=(*sentence.kinds, "town_taken"))

    def _sentence(self, kind: EventKind, events: Sequence[EventRecord]) -> Sentence:
        """One sentence for all places of events of one kind."""
        found = dict.fromkeys(event.province for event in events if event.province is not None)
        places = [self.names[province] for province in found]
        if places and any(event.province is None for event in events):
            places.append("elsewhere")
        count = f"{sum(event.count for event in events):g}"
        text = kind.sentence.format(place=number_format.joined(places) or "the country", count=count, text=events[0].text.rstrip("."))
        months = tuple(dict.fromkeys(self.months[event.month] for event in events))
        kinds = (kind.name, _INCLUDED[kind.name]) if kind.name in _INCLUDED else (kind.name,)
        claims = _in_order(claim for name in kinds for claim in KINDS[KIND_INDEX[name]].claims.split())
        provinces = tuple(self.iso[province] for province in found)
        return Sentence(months[0], number_format.capital(text), claims, provinces, kinds, months, kind.routine)


def again(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences of a year, each text once: where it first comes, with the months in which it comes again."""
    first: dict[str, Sentence] = {}
    months: dict[str, list[str]] = {}
    for one in sentences:
        first.setdefault(one.text, one)
        months.setdefault(one.text, []).append(one.date)
    for one in first.values():
        later = list(dict.fromkeys(month for month in months[one.text] if month != one.date))
        when = number_format.joined([number_format.MONTHS[split(month)[1] - 1] for month in later])
        text = f"{one.text.rstrip('.')}; again in {when}." if later else one.text
        yield replace(one, text=text, months=(one.date, *later))


def _taker(event: EventRecord) -> str:
    """Who takes a town, as kinds of events spell it: the text ends with the name of the camp."""
    return event.text.rpartition(" to the ")[2].lower().replace(" ", "_")


def _town(event: EventRecord) -> str:
    """The town that is taken: the text begins with it."""
    return event.text.partition(" passes to the ")[0]


def _by_kind(happenings: Iterable[EventRecord]) -> dict[tuple[EventKind, str], list[EventRecord]]:
    """The events of a month that make one sentence: of one kind, and with one text."""
    kinds: dict[tuple[EventKind, str], list[EventRecord]] = {}
    for event in happenings:
        kinds.setdefault((event.kind, event.text), []).append(event)
    return kinds


def _added_up(events: list[EventRecord]) -> list[EventRecord]:
    """Routine events of a year, added up by province, the most of them first; the rest of the provinces go without a name."""
    counts: dict[int | None, float] = {}
    for event in events:
        counts[event.province] = counts.get(event.province, 0.0) + event.count
    first, *rest = sorted(counts, key=lambda province: -counts[province])
    named = [first, *rest[: MOST_PLACES - 1]]
    unnamed = sum(counts[province] for province in counts if province not in named)
    one = events[0]
    added = [EventRecord(one.month, one.kind, province, one.world, counts[province], one.text) for province in named]
    return [*added, EventRecord(one.month, one.kind, None, one.world, unnamed, one.text)] if unnamed else added


def _in_order(claims: Iterable[str]) -> tuple[str, ...]:
    """Claims by number, each once."""
    return tuple(sorted(set(claims), key=lambda claim: int(claim[1:])))
