"""The narrative of one world: dated sentences from its events, with the claims of the report from which the rules behind them derive.

Events of one month at one front, or in one tender, make one sentence. Where ground changes hands on several days of a month, each day has
a sentence of its own. What recurs within a year is reported once, with the later months; tenders, contracts and disputes over posts, with
the months of each place.
Routine events are added up by year, and over years in which nearly the same happens. The conditions that a scenario changes are told with
their parameters, when they come to act. What the partners spend their effort on is told at the start, and when it has changed markedly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from sim.experiment.recording.world_tables import calendar
from sim.model.observation.measure_catalogue import FALLEN, OUTCOME_MEANINGS, OUTCOME_WORDS, TERRITORY_MEANINGS
from sim.model.registry import paths
from sim.model.state.dimensions import Partner, keys
from sim.model.state.event_log import KIND_INDEX, KINDS, EventKind, EventRecord
from sim.replay.condition_story import SCRIPTED, conditions_of
from sim.replay.effort_story import effort_sentences
from sim.replay.exchange_story import EXCHANGE, exchange_parts
from sim.replay.fall_story import fall_parts
from sim.replay.ground_story import TOWN, GroundPart, from_day, ground_parts, is_move
from sim.replay.rerun import Replay
from sim.replay.sentence import EFFORT, Sentence, merged_repeats
from sim.replay.yearly_story import added_up, years_of_events
from sim.text import number_format
from sim.text.holding_words import holdings_sentence

CAUTION = "One world of the model, described by its events: neither history nor forecast."
_INCLUDED = {"won_over_iran": "contract_russia"}  # a kind that says all that the other one says of the same place and month
_SERIAL = (
    "contract_russia",
    "contract_iran",
    "contract_others",
    "won_over_iran",
    "contract_in_force",
    "contract_lapsed",
    "incident_command",
)


@dataclass(frozen=True)
class Narrative:
    """A world in words: `sentences` in the order of their dates, routine at the end of each year, and how it ends."""

    scenario: str
    world: int
    question: str
    sentences: tuple[Sentence, ...]
    end: tuple[str, ...]

    @property
    def heading(self) -> str:
        """Which world this is."""
        return f"Simulated world {self.world} of '{self.scenario}'"


def narrative_lines(replay: Replay) -> Iterator[str]:
    """The lines of a narrative for a terminal; groups and places, never persons."""
    narrative = narrative_of(replay)
    yield f"{narrative.heading}: {narrative.question}"
    yield CAUTION
    yield ""
    for sentence in narrative.sentences:
        yield f"{sentence.date:7}  {sentence.cited}"
    if not narrative.sentences:
        yield "Nothing notable happens."
    yield ""
    yield from narrative.end


def narrative_of(replay: Replay) -> Narrative:
    """The narrative of a world run again."""
    scenario = replay.scenario
    conditions = conditions_of(scenario)
    narrator = Narrator(calendar(scenario), tuple(replay.provinces), tuple(replay.provinces.values()), conditions.by_event)
    told = sorted(
        (*conditions.at_start, *narrator.years(replay.events), *efforts_told(replay)),
        key=lambda one: (one.date[:4], one.routine, *_within_year(one, replay)),
    )
    return Narrative(scenario.name, replay.world, scenario.question, tuple(told), tuple(ending(replay)))


def _within_year(sentence: Sentence, replay: Replay) -> tuple[str, int]:
    """The order of sentences within a year: conditions that a scenario changes come first in a month; what effort goes to comes next in
    the first month, and last in later ones.
    """
    if sentence.kinds == (SCRIPTED,):
        return sentence.date, 0
    is_effort, is_first = sentence.kinds == (EFFORT,), sentence.date == replay.scenario.start
    return sentence.date, 1 if is_effort and is_first else 3 if is_effort else 2


def efforts_told(replay: Replay) -> Iterator[Sentence]:
    """What the partners spend their effort on, as sentences."""
    months, known = calendar(replay.scenario), paths(tuple(replay.scenario.start_state["groups"]))
    for one in effort_sentences(replay.pursuits, replay.effort, [known[pursuit.path].meaning for pursuit in replay.pursuits]):
        yield Sentence(months[one.month], one.text, one.claims, (), (EFFORT,), (months[one.month],))


def ending(replay: Replay) -> list[str]:
    """How a world ends, in two sentences; and where the government has fallen, what each partner keeps of what it held before."""
    outcome, territory = replay.outcome, replay.territory
    kept = [_kept(replay, partner) for partner in keys(Partner)] if outcome == FALLEN and replay.holdings else []
    return [
        f"By {calendar(replay.scenario)[-1]}: {OUTCOME_WORDS[outcome]} ({OUTCOME_MEANINGS[outcome]}).",
        f"Territory: {territory} ({TERRITORY_MEANINGS[territory]}).",
        *kept,
    ]


def _kept(replay: Replay, partner: str) -> str:
    """What a partner keeps after the fall."""
    end = f"_{partner}"
    return holdings_sentence(partner, {name.removesuffix(end): value for name, value in replay.holdings.items() if name.endswith(end)})


@dataclass(frozen=True)
class Narrator:
    """Turns events into sentences. `months`, `iso` and `names` are the names of months and provinces by index.

    `changed`: what a scripted event changes, in words, by its month and its reason; where it is not known only the reason is told.
    """

    months: Sequence[str]
    iso: Sequence[str]
    names: Sequence[str]
    changed: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def years(self, records: Iterable[EventRecord]) -> Iterator[Sentence]:
        """All sentences, year by year, then those on routine."""
        ordered = sorted(records, key=lambda event: event.month)
        for _, of_year in groupby(ordered, key=lambda event: self.months[event.month][:4]):
            notable = [event for event in of_year if not event.kind.routine]
            by_month = [list(of_month) for _, of_month in groupby(notable, key=lambda event: event.month)]
            yield from merged_repeats([sentence for of_month in by_month for sentence in self.month(of_month)])
        for one in years_of_events([event for event in ordered if event.kind.routine], self.months):
            months = tuple(dict.fromkeys(self.months[event.month] for event in one.events))
            sentence = self._sentence(one.kind, added_up(one.events), one.count_text)
            yield replace(sentence, date=one.first, months=months, lead=one.lead)

    def month(self, records: Sequence[EventRecord]) -> Iterator[Sentence]:
        """The sentences of one month: what comes before ground changes hands, that day by day, a fall, and the rest."""
        events = list(records)
        fall = fall_parts(events, self.names)
        ground = ground_parts([event for event in events if not any(event in part.events for part in fall)], self.names)
        told = {id(event) for part in (*ground, *fall) for event in part.events}
        others = [(i, event) for i, event in enumerate(events) if event.kind.name != TOWN and id(event) not in told]
        first = next((i for i, event in enumerate(events) if is_move(event)), 0)
        yield from self._others([event for i, event in others if i < first])
        yield from self._ground(ground)
        yield from (self._part((part,)) for part in fall)
        yield from self._others([event for i, event in others if i >= first])

    def _others(self, events: Sequence[EventRecord]) -> Iterator[Sentence]:
        """The sentences of a month on all but ground."""
        included = {(_INCLUDED[e.kind.name], e.province) for e in events if e.kind.name in _INCLUDED}
        exchanges = exchange_parts(events, self.names)
        left = [e for e in events if e not in exchanges.parts and (e.kind.name, e.province) not in included]
        for (kind, _), same in _by_kind(left).items():
            sentence = self._sentence(kind, same)
            yield self._with_parts(sentence, [part for one in same for part in exchanges.of(one)]) if kind.name == EXCHANGE else sentence

    def _ground(self, parts: Sequence[GroundPart]) -> Iterator[Sentence]:
        """Ground that changes hands: a sentence for each day where there are several days, or else for each part."""
        days = [(day, tuple(same)) for day, same in groupby(parts, key=lambda part: part.day)]
        by_day = sum(day > 0 for day, _ in days) > 1
        for day, same in days:
            yield from (self._part(same, day),) if by_day and day else (self._part((part,)) for part in same)

    def _part(self, parts: Sequence[GroundPart], day: int = 0) -> Sentence:
        """What happens from a day on, or (without a day) in the month."""
        events = [event for part in parts for event in part.events]
        text = from_day(day, [part.text for part in parts])
        kinds = tuple(dict.fromkeys(event.kind.name for event in events))
        claims = _in_order(claim for event in events for claim in event.kind.claims.split())
        provinces = tuple(dict.fromkeys(self.iso[event.province] for event in events if event.province is not None))
        month = self.months[events[0].month]
        return Sentence(month, f"{text}.", claims, provinces, kinds, (month,), day=day)

    def _with_parts(self, sentence: Sentence, parts: Sequence[EventRecord]) -> Sentence:
        """An exchange with the claims, places and kinds of what it brings about; its own words tell of that."""
        claims = _in_order((*sentence.claims, *(claim for part in parts for claim in part.kind.claims.split())))
        provinces = tuple(dict.fromkeys(self.iso[part.province] for part in parts if part.province is not None))
        kinds = tuple(dict.fromkeys((*sentence.kinds, *(part.kind.name for part in parts))))
        return replace(sentence, claims=claims, provinces=provinces, kinds=kinds)

    def _sentence(self, kind: EventKind, events: Sequence[EventRecord], count: str = "") -> Sentence:
        """One sentence for all places of events of one kind."""
        found = dict.fromkeys(event.province for event in events if event.province is not None)
        places = [self.names[province] for province in found]
        if places and any(event.province is None for event in events):
            places.append("elsewhere")
        count = count or f"{sum(event.count for event in events):g}"
        text = kind.sentence.format(place=number_format.joined(places) or "the country", count=count, text=events[0].text.rstrip("."))
        changed = self.changed.get((events[0].month, events[0].text), "") if kind.name == SCRIPTED else ""
        text = f"{text} {changed}." if changed else text
        months = tuple(dict.fromkeys(self.months[event.month] for event in events))
        kinds = (kind.name, _INCLUDED[kind.name]) if kind.name in _INCLUDED else (kind.name,)
        claims = _in_order(claim for name in kinds for claim in KINDS[KIND_INDEX[name]].claims.split())
        provinces = tuple(self.iso[province] for province in found)
        form = kind.sentence if kind.name in _SERIAL else ""
        place = number_format.joined(places) if form else ""
        return Sentence(months[0], number_format.capital(text), claims, provinces, kinds, months, kind.routine, form=form, place=place)


def _by_kind(records: Iterable[EventRecord]) -> dict[tuple[EventKind, str], list[EventRecord]]:
    """The events of a month that make one sentence: of one kind, and with one text."""
    kinds: dict[tuple[EventKind, str], list[EventRecord]] = {}
    for event in records:
        kinds.setdefault((event.kind, event.text), []).append(event)
    return kinds


def _in_order(claims: Iterable[str]) -> tuple[str, ...]:
    """Claims by number, each once."""
    return tuple(sorted(set(claims), key=lambda claim: int(claim[1:])))
