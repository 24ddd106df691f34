"""The government's fall in words: that it falls, and who takes over where, as one or two sentences."""

from collections.abc import Sequence

from sim.model.state.event_log import EventRecord
from sim.replay.ground_story import TOWN, GroundPart, changes_hands
from sim.replay.takeover_words import by_takers, places_of, taking_over

FALLS = ("collapse_ground", "collapse_within")
_TAKEN_OVER, _LOST = "taken_over", "province_lost"


def fall_parts(events: Sequence[EventRecord], names: Sequence[str]) -> list[GroundPart]:
    """The sentences on a fall in this month, none without one. That the government loses its hold on provinces goes without saying then."""
    falls = [event for event in events if event.kind.name in FALLS]
    if not falls:
        return []
    lost = [event for event in events if event.kind.name == _LOST]
    said = falls[0].kind.sentence.rstrip(".")
    parts = [GroundPart(0, said[:1].lower() + said[1:], (*falls, *lost))]
    taken = [event for event in events if event.kind.name == _TAKEN_OVER]
    if not taken:
        return parts
    when = {(event.province, event.day) for event in taken}
    towns = list({event.text: event for event in events if event.kind.name == TOWN and (event.province, event.day) in when}.values())
    groups = sorted(by_takers(taken).items(), key=lambda group: -len(group[1]))
    begun = {event.province for event in events if changes_hands(event)}
    clauses = [taking_over(takers, _places(same, begun, names), _told_towns(towns, takers, same)) for takers, same in groups]
    return [*parts, GroundPart(0, f"after the fall {'; '.join(clauses)}", (*taken, *towns))]


def _places(taken: Sequence[EventRecord], begun: set[int | None], names: Sequence[str]) -> list[str]:
    """The provinces taken over; those of which part has changed hands earlier in the month come last, as `the rest of Hama`."""
    whole = places_of([event for event in taken if event.province not in begun], names)
    return [*whole, *(f"the rest of {name}" for name in places_of([event for event in taken if event.province in begun], names))]


def _told_towns(towns: Sequence[EventRecord], takers: str, same: Sequence[EventRecord]) -> list[EventRecord]:
    """Towns where several take over; elsewhere they pass with their provinces."""
    return [town for town in towns if " and " in takers and town.province in {event.province for event in same}]
