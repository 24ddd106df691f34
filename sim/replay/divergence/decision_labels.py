"""Decisions in words: what each field of the actors' intentions means, element by element."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.model.state.dimensions import Camp, Instrument, Partner, key
from sim.text.names import with_article

INSTRUMENTS = {
    Instrument.AIR: "air operations",
    Instrument.COMMAND: "command of operations",
    Instrument.ARMY: "the army",
    Instrument.MILITIAS: "militias and formations of its own",
    Instrument.MIXING: "mixing units",
    Instrument.RESTRAINT: "restraint of others",
    Instrument.ROOTS: "roots in society and economy",
    Instrument.FIRMS: "contracts for its firms",
    Instrument.DIPLOMACY: "diplomacy",
    Instrument.GROUND: "holding and taking ground",
    Instrument.STRIKES: "strikes",
    Instrument.PRESSURE: "pressure on a partner over the other",
    Instrument.INTELLIGENCE: "intelligence on the Islamic State",
    Instrument.TERMS: "terms for its partners",
}
CHOICES = {
    "effort": "the division of its effort",
    "place": "where its effort goes",
    "force": "where it wants force",
    "strikes": "where it would strike",
}
_PLAIN = {
    "sanctions": "the weight of sanctions",
    "crossing": "how open the crossing from Iraq is",
    "publicity": "how loudly it advertises",
    "aversion": "how much it minds the other's display",
    "contract_stake": "how much it cares about contracts",
    "guarantee": "its commitment to the zones it guarantees",
}
_TENDER = {"autonomy": "a counterweight to whoever holds much", "gratitude": "help for its survival", "revenue": "the bid itself"}
_NATIONAL = ("sustain", "sent", "outside", "reluctance", "effort", "pressure")


@dataclass(frozen=True)
class DecisionLabels:
    """Names for describing decisions: provinces by name, groups by name."""

    provinces: Sequence[str]
    groups: Sequence[str]

    def choice(self, name: str, at: tuple[int, ...]) -> tuple[str, int | None]:
        """An element of a field of Intent in words, and its province index, if it is about one."""
        field, _, entry = name.partition(":")
        if field in _PLAIN:
            return _PLAIN[field], None
        if field == "tender":
            return f"the weight of {_TENDER.get(entry, entry.replace('_', ' '))} in a tender", None
        if field in _NATIONAL:
            return self._national(field, at), None
        return self._local(field, at), at[-1]

    def _national(self, field: str, at: tuple[int, ...]) -> str:
        if field == "effort":
            return f"effort for {INSTRUMENTS[Instrument(at[1])]}"
        if field == "pressure":
            return f"its part of the pressure on {with_article(key(Partner(at[0])))} over the other partner"
        if field == "sustain":
            return "the manpower that it sustains, relative to the start"
        if field == "sent":
            return "the share of its groups meant for Syria that it sends there"
        if field == "outside":
            return f"the share of {self.groups[at[0]]} meant for outside Syria"
        return f"its part in the reluctance of {with_article(key(Camp(at[0])))} to attack {with_article(key(Camp(at[1])))}"

    def _local(self, field: str, at: tuple[int, ...]) -> str:
        where = self.provinces[at[-1]]
        if field == "placed":
            return f"effort for {INSTRUMENTS[Instrument(at[1])]} in {where}"
        if field == "strikes":
            return f"the strikes a month that it would make in {where} if targets were fully visible"
        if field == "pull":
            return f"how much it wants force in {where}"
        if field == "target":
            return f"the share of {self.groups[at[0]]} meant for {where}"
        if field == "value":
            return f"what an offensive on {with_article(key(Camp(at[1])))} in {where} would be worth"
        if field == "air":
            return f"its air support for {with_article(key(Camp(at[0])))} in {where}"
        if field == "stake":
            return f"how much it cares about having its way in {where}"
        if field == "local_rooting":
            return f"effort by which they root themselves in {where}"
        if field == "favour":
            return f"how far it favours {with_article(key(Partner(at[0])))} over the other partner in {where}"
        if field == "access":
            return f"how far it lets {with_article(key(Partner(at[0])))} root itself in {where}"
        return f"its pooled intelligence against the Islamic State in {where}"


def scored_choice(name: str, at: tuple[int, ...]) -> tuple[str, int | None]:
    """The choice (as ScoreTerm spells it) that an element of Intent is about, and its province; an empty text where none is kept."""
    field = name.partition(":")[0]
    if field == "effort":
        return f"effort:{key(Instrument(at[1]))}", None
    if field == "placed":
        return f"place:{key(Instrument(at[1]))}", at[-1]
    if field == "local_rooting":
        return f"place:{key(Instrument.ROOTS)}", at[-1]
    if field == "value":
        return f"ground:{key(Camp(at[1]))}", at[-1]
    return {"pull": "force", "strikes": "strikes"}.get(field, ""), at[-1] if at else None


def choice_label(choice: str) -> str:
    """What is chosen, in words: `effort:air` is `effort for air operations`."""
    kind, _, entry = choice.partition(":")
    if not entry:
        return CHOICES[kind]
    if kind == "ground":
        return f"what an offensive on {with_article(entry)} would be worth"
    words = INSTRUMENTS[Instrument[entry.upper()]]
    return f"effort for {words}" if kind == "effort" else f"where effort for {words} goes"
