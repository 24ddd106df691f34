"""What a month's exchange brings about is told in the exchange's own sentence, and not in one for each of its parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.model.state.event_log import EventRecord

EXCHANGE = "exchange"
_OF_PROVINCES = ("bargain_russia", "bargain_iran", "posts_change_hands")
_OF_SECTORS = ("tenders_russia", "tenders_iran")


@dataclass(frozen=True)
class ExchangeParts:
    """The events of a month that its exchanges tell of. `names` are those of the provinces by index."""

    exchanges: tuple[EventRecord, ...]
    parts: tuple[EventRecord, ...]
    names: Sequence[str]

    def of(self, exchange: EventRecord) -> list[EventRecord]:
        """The parts of one exchange."""
        return [part for part in self.parts if _tells(exchange, part, self.names)]


def exchange_parts(events: Sequence[EventRecord], names: Sequence[str]) -> ExchangeParts:
    """The exchanges among the events of a month, with their parts; an event that none of them tells of is no part."""
    exchanges = tuple(event for event in events if event.kind.name == EXCHANGE)
    parts = tuple(event for event in events if any(_tells(exchange, event, names) for exchange in exchanges))
    return ExchangeParts(exchanges, parts, names)


def _tells(exchange: EventRecord, event: EventRecord, names: Sequence[str]) -> bool:
    """Whether the words of an exchange name what an event brings about: posts in its province, or tenders."""
    if event.kind.name in _OF_SECTORS:
        return "tenders in " in exchange.text
    return event.kind.name in _OF_PROVINCES and event.province is not None and f"posts in {names[event.province]} to " in exchange.text
