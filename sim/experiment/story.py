"""The story of one world: dated sentences from its events, with the claims of the report that each derives from."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sim.experiment.replay import Replay
from sim.experiment.tables import calendar
from sim.world.events import EventKind, Told
from sim.world.measures import OUTCOME_MEANINGS, OUTCOMES, TERRITORIES, TERRITORY_MEANINGS


def story(told: Replay) -> Iterator[str]:
    """The lines of a story; groups and places, never persons."""
    chunk = told.chunk
    scenario, months = chunk.job.scenario, calendar(chunk.job.scenario)
    yield f"Invented world {chunk.job.first_world} of '{scenario.name}': {scenario.question}"
    yield "A world of the model, told from its events; not an account of what happened, nor of what will."
    yield ""
    for year, of_year in groupby(sorted(told.told, key=lambda event: event.month), key=lambda event: months[event.month][:4]):
        happenings = list(of_year)
        notable = [event for event in happenings if not event.kind.routine]
        for month, of_month in groupby(notable, key=lambda event: event.month):
            for kind, events in _by_kind(of_month).items():
                yield f"{months[month]}  {_sentence(kind, events, chunk.names)}"
        for kind, events in _by_kind(event for event in happenings if event.kind.routine).items():
            yield f"{year}     In all: {_sentence(kind, _added_up(events), chunk.names)}"
    if not told.told:
        yield "Nothing notable happens."
    yield ""
    outcome, territory = OUTCOMES[int(chunk.outcome[0])], TERRITORIES[int(chunk.territory[0])]
    yield f"By {months[-1]}: {outcome.replace('_', ' ')} ({OUTCOME_MEANINGS[outcome]})."
    yield f"Territory: {territory} ({TERRITORY_MEANINGS[territory]})."


def _by_kind(happenings: Iterable[Told]) -> dict[tuple[EventKind, str], list[Told]]:
    """The events of a month that make one sentence: of one kind, and with one text."""
    kinds: dict[tuple[EventKind, str], list[Told]] = {}
    for event in happenings:
        kinds.setdefault((event.kind, event.text), []).append(event)
    return kinds


MOST_PLACES = 4  # a sentence for a year names the provinces with most of its events


def _added_up(events: list[Told]) -> list[Told]:
    """Routine events of a year, added up by province, the most of them first; the rest of the provinces go without a name."""
    counts: dict[int | None, float] = {}
    for event in events:
        counts[event.province] = counts.get(event.province, 0.0) + event.count
    first, *rest = sorted(counts, key=lambda province: -counts[province])
    named = [first, *rest[: MOST_PLACES - 1]]
    unnamed = sum(counts[province] for province in counts if province not in named)
    one = events[0]
    added = [Told(one.month, one.kind, province, one.world, counts[province], one.text) for province in named]
    return [*added, Told(one.month, one.kind, None, one.world, unnamed, one.text)] if unnamed else added


def _sentence(kind: tuple[EventKind, str], events: list[Told], names: tuple[str, ...]) -> str:
    """One sentence for all places of the month."""
    what, text = kind
    places = [names[event.province] for event in events if event.province is not None]
    if places and len(places) < len(events):
        places.append("elsewhere")
    place = " and ".join(filter(None, (", ".join(places[:-1]), *places[-1:]))) or "the country"
    sentence = what.sentence.format(place=place, count=f"{sum(event.count for event in events):g}", text=text.rstrip("."))
    return f"{sentence} [{what.claims.replace(' ', ', ')}]" if what.claims else sentence
