"""Ground in words: who takes it in a month, whose garrisons leave it and who takes over, in the order of days.

What comes again at one place within the month is told where it first comes. Ground that goes back and forth makes one sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sim.model.state.event_log import EventKind, EventRecord
from sim.replay.takeover_words import by_takers, passing, places_of, taker_of, takers_in, taking_over, town_of, with_towns
from sim.text.names import with_article
from sim.text.number_format import capital, joined, ordinal

TOWN = "town_taken"
_GAIN, _REPELLED, _ROUT = "_gain", "_repelled", "_rout"
_LEFT = ("withdrawal", "rising")  # by the government
_POCKET = "pocket_yields"  # at no day, after the offensives of the month
_BACK_AND_FORTH = 3  # so many times must the side that takes ground at a place alternate within a month


@dataclass(frozen=True)
class GroundPart:
    """A sentence on ground, without a capital and a full stop; `events` are those that it tells of, the first of them from `day` on."""

    day: int
    text: str
    events: tuple[EventRecord, ...]


def ground_parts(events: Sequence[EventRecord], names: Sequence[str]) -> list[GroundPart]:
    """The sentences on ground and towns of a month, in the order of days. `names` are those of the provinces by index."""
    moves = [event for event in events if is_move(event)]
    towns = list({(event.day, event.text): event for event in events if event.kind.name == TOWN}.values())
    fought_over = _fought_over(moves)
    quiet = [move for move in moves if move.province not in fought_over]
    drafts = [*_battles(fought_over), *_first_told(quiet)]
    parts = []
    for draft in sorted(drafts, key=lambda draft: draft[0].day):
        taken = [town for town in towns if any(_passes_in(town, move) for move in draft)]
        towns = [town for town in towns if town not in taken]
        text = _battle_text(draft, names) if draft[0].province in fought_over else _text(draft, taken, names)
        parts.append(GroundPart(draft[0].day, text, (*draft, *taken)))
    for pocket in (event for event in events if event.kind.name == _POCKET):
        taken = [town for town in towns if (town.province, town.day) == (pocket.province, pocket.day)]
        towns = [town for town in towns if town not in taken]
        clauses = (_said(pocket.kind, [pocket], names), *(f"{passing([town_of(town)])} to {taker_of(town)}" for town in taken))
        parts.append(GroundPart(0, "; ".join(clauses), (pocket, *taken)))
    for _, same in groupby(sorted(towns, key=_day_and_taker), key=_day_and_taker):
        alone = tuple(same)
        parts.append(GroundPart(alone[0].day, f"{passing([town_of(town) for town in alone])} to {taker_of(alone[0])}", alone))
    return sorted(parts, key=lambda part: (part.day == 0, part.day))


def is_move(event: EventRecord) -> bool:
    """Whether an event is an offensive, or ground that is left."""
    return tells_ground(event.kind)


def tells_ground(kind: EventKind) -> bool:
    """Whether events of a kind are offensives, or ground that is left: what a story tells in the order of days."""
    return kind.name in _LEFT or kind.name.endswith((_GAIN, _REPELLED, _ROUT))


def changes_hands(event: EventRecord) -> bool:
    """Whether ground changes hands in an event."""
    return is_move(event) and not event.kind.name.endswith(_REPELLED)


def from_day(day: int, texts: Sequence[str]) -> str:
    """What happens from a day on, `From the 6th the opposition takes ground in Aleppo`; in no order of days with day 0."""
    first, *rest = texts
    return ". ".join(capital(text) for text in (f"from the {ordinal(day)} {first}" if day else first, *rest))


def _takers(move: EventRecord) -> list[str]:
    """Who takes ground in an event, who takes most of it first; nobody where an offensive fails."""
    name = move.kind.name
    if name.endswith(_GAIN):
        return [with_article(name.removesuffix(_GAIN))]
    if name.endswith(_REPELLED):
        return []
    return takers_in(move.text) if move.text else [with_article("local")]


def _loser(move: EventRecord) -> list[str]:
    """Who leaves ground in an event, where it says so."""
    name = move.kind.name
    return [with_article("government" if name in _LEFT else name.removesuffix(_ROUT))] if name in _LEFT or name.endswith(_ROUT) else []


def _fought_over(moves: Sequence[EventRecord]) -> dict[int | None, list[EventRecord]]:
    """The events of each province in which the side that takes ground alternates within the month."""
    places: dict[int | None, list[EventRecord]] = {}
    for move in sorted(moves, key=lambda move: move.day):
        places.setdefault(move.province, []).append(move)
    return {
        place: same
        for place, same in places.items()
        if len(list(groupby(_takers(move)[0] for move in same if _takers(move)))) >= _BACK_AND_FORTH
    }


def _battles(fought_over: dict[int | None, list[EventRecord]]) -> list[list[EventRecord]]:
    """Provinces fought over by the same sides go together."""
    battles: dict[frozenset[str], list[EventRecord]] = {}
    for same in fought_over.values():
        battles.setdefault(frozenset(_sides(same)), []).extend(same)
    return [sorted(battle, key=lambda move: move.day) for battle in battles.values()]


def _sides(moves: Sequence[EventRecord]) -> list[str]:
    """All who take or leave ground, in the order in which they come."""
    return list(dict.fromkeys(side for move in moves for side in (*_takers(move), *_loser(move))))


def _battle_text(battle: Sequence[EventRecord], names: Sequence[str]) -> str:
    """Ground that goes back and forth, until when, and who takes it last, if that is one and the same everywhere."""
    until = f" until the {ordinal(battle[-1].day)}" if battle[-1].day > battle[0].day else ""
    last = {move.province: _takers(move)[0] for move in battle if _takers(move)}
    at_last = f" and {next(iter(last.values()))} takes it last" if len(set(last.values())) == 1 else ""
    where = joined(places_of(battle, names))
    return f"{joined(_sides(battle))} fight over {where}, where ground changes hands back and forth{until}{at_last}"


def _first_told(moves: Sequence[EventRecord]) -> list[list[EventRecord]]:
    """Events in groups that make one sentence: of one kind, and at places where they begin on one day; later ones go with the first."""
    firsts: dict[tuple[EventKind, int | None, str], list[EventRecord]] = {}
    for move in sorted(moves, key=lambda move: move.day):
        firsts.setdefault((move.kind, move.province, move.text), []).append(move)
    groups: dict[tuple[EventKind, int], list[EventRecord]] = {}
    for (kind, *_), same in firsts.items():
        groups.setdefault((kind, same[0].day), []).extend(same)
    return list(groups.values())


def _text(moves: Sequence[EventRecord], towns: Sequence[EventRecord], names: Sequence[str]) -> str:
    """An advance, a failure, or ground that is left, with the towns that pass."""
    kind = moves[0].kind
    said = _said(kind, moves, names)
    if kind.name != "withdrawal" and not kind.name.endswith(_ROUT):
        among = f", among them {joined([town_of(town) for town in towns])}" if towns else ""
        return said + (among if kind.name == "rising" else with_towns(towns, ""))
    head = said.partition(";")[0]
    groups = by_takers(moves)
    clauses = []
    for takers, same in groups.items():
        taken = [town for town in towns if any(_passes_in(town, move) for move in same)]
        clauses.append(taking_over(takers, places_of(same, names) if len(groups) > 1 else (), taken))
    return "; ".join((head, *clauses))


def _said(kind: EventKind, events: Sequence[EventRecord], names: Sequence[str]) -> str:
    """The sentence of a kind for all places of its events, without a capital and a full stop."""
    return kind.sentence[:1].lower() + kind.sentence[1:].rstrip(".").format(place=joined(places_of(events, names)), text="")


def _passes_in(town: EventRecord, move: EventRecord) -> bool:
    """Whether a town passes in an event: there, then, and to one who takes ground in it."""
    return (town.province, town.day) == (move.province, move.day) and taker_of(town) in _takers(move)


def _day_and_taker(town: EventRecord) -> tuple[int, str]:
    return town.day, taker_of(town)
