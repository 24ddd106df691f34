"""Words for ground and towns that change hands: who takes over where, and which towns pass to whom."""

import re
from collections.abc import Sequence

from sim.model.state.event_log import EventRecord
from sim.text.number_format import joined


def taking_over(takers: str, places: Sequence[str], towns: Sequence[EventRecord]) -> str:
    """Who takes over where, with the towns that pass, and to whom where several take over; `places` may be understood (empty)."""
    verb = "take" if len(takers_in(takers)) > 1 or takers.endswith("s") else "takes"
    return f"{takers} {verb} over{f' {joined(places)}' if places else ''}{with_towns(towns, takers, ', where' if places else ';')}"


def by_takers(events: Sequence[EventRecord]) -> dict[str, list[EventRecord]]:
    """Events of ground that changes hands by who takes over, as the first of their texts spells it."""
    groups: dict[frozenset[str], list[EventRecord]] = {}
    for event in events:
        groups.setdefault(frozenset(takers_in(event.text)), []).append(event)
    return {same[0].text: same for same in groups.values()}


def places_of(events: Sequence[EventRecord], names: Sequence[str]) -> list[str]:
    """The names of the provinces of events, each once."""
    return [names[province] for province in dict.fromkeys(event.province for event in events) if province is not None]


def taker_of(town: EventRecord) -> str:
    """Who takes a town: the text ends with it."""
    return town.text.partition(" passes to ")[2]


def town_of(town: EventRecord) -> str:
    """The town that is taken: the text begins with it."""
    return town.text.partition(" passes to ")[0]


def takers_in(takers: str) -> list[str]:
    """The names in `the SDF, the opposition and the Islamic State`."""
    return re.split(r", | and ", takers)


def with_towns(towns: Sequence[EventRecord], takers: str, link: str = "") -> str:
    """`, with the towns of al-Bab and Manbij`; where several take over, to whom each passes, after the `link`."""
    if not towns:
        return ""
    to = {taker: list(dict.fromkeys(town_of(town) for town in towns if taker_of(town) == taker)) for taker in map(taker_of, towns)}
    if len(takers_in(takers)) > 1:
        (first, places), *rest = to.items()
        clauses = [f"{passing(places)} to {first}", *(f"{joined(places)} to {taker}" for taker, places in rest)]
        return f"{link} {', and '.join((', '.join(clauses[:-1]), clauses[-1])) if rest else clauses[0]}"
    (places,) = to.values()
    return f", with the town{'s' if len(places) > 1 else ''} of {joined(places)}"


def passing(towns: Sequence[str]) -> str:
    """`Palmyra passes`, `al-Bab and Manbij pass`."""
    return f"{joined(towns)} {'passes' if len(towns) == 1 else 'pass'}"
