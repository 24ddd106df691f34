"""Decisions in words: what each field of the actors' intentions means, element by element."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.model.state.dimensions import Camp, Instrument, key
from sim.text.names import with_article

INSTRUMENTS = {
    Instrument.AIR: "air operations",
    Instrument.COMMAND: "command of operations",
    Instrument.ARMY: "the army",
    Instrument.MILITIAS: "militias and formations of its own",
    Instrument.MIXING: "mixing units",
    Instrument.RESTRAINT: "restraining the other's groups",
    Instrument.ROOTS: "roots in society and economy",
    Instrument.FIRMS: "contracts for its firms",
    Instrument.DIPLOMACY: "diplomacy",
}
CHOICES = {"force": "where it wants force", "ground": "what an offensive would be worth", "strikes": "where it would strike"}
# Offensives whose worth is split by interest: the government's on the opposition, all others' on the government.
_ATTACKS = ((Camp.GOVERNMENT, Camp.OPPOSITION), *((camp, Camp.GOVERNMENT) for camp in Camp if camp != Camp.GOVERNMENT))
_PLAIN = {
    "pressure": "its part of the pressure on Russia over Iran",
    "sanctions": "the weight of sanctions",
    "crossing": "how open the crossing from Iraq is",
    "publicity": "how loudly it advertises",
    "aversion": "how much it minds Russian display",
}


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
        if field == "guarantee":
            return "its commitment to the zones it guarantees", None
        if field == "tender":
            return f"the weight of {'a counterweight to whoever holds much' if entry == 'autonomy' else entry} in a tender", None
        if field in ("sustain", "sent", "outside", "reluctance", "effort"):
            return self._national(field, at), None
        return self._local(field, at), at[-1]

    def _national(self, field: str, at: tuple[int, ...]) -> str:
        if field == "effort":
            return f"effort for {INSTRUMENTS[Instrument(at[1])]}"
        if field == "sustain":
            return "the manpower that it sustains, relative to the start"
        if field == "sent":
            return "the share of its groups meant for Syria that it sends there"
        if field == "outside":
            return f"the share of {self.groups[at[0]]} meant for outside Syria"
        return f"its part in the reluctance of {with_article(key(Camp(at[0])))} to attack {with_article(key(Camp(at[1])))}"

    def _local(self, field: str, at: tuple[int, ...]) -> str:
        where = self.provinces[at[-1]]
        if field == "place":
            return f"the share of its effort for {INSTRUMENTS[Instrument(at[1])]} that goes to {where}"
        if field in ("israel", "us"):
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
        return f"its pooled intelligence against the Islamic State in {where}"


def scored_choice(name: str, at: tuple[int, ...]) -> tuple[str, int | None]:
    """The choice (as ScoreTerm spells it) that an element of Intent is about, and its province; an empty text where none is kept."""
    field = name.partition(":")[0]
    if field == "effort":
        return f"effort:{key(Instrument(at[1]))}", None
    if field == "place":
        return f"place:{key(Instrument(at[1]))}", at[-1]
    if field == "value" and at[:2] not in _ATTACKS:
        return "", None
    return {"pull": "force", "value": "ground", "israel": "strikes", "us": "strikes"}.get(field, ""), at[-1] if at else None


def choice_label(choice: str) -> str:
    """What is scored, in words: `effort:air` is `effort for air operations`."""
    kind, _, instrument = choice.partition(":")
    if not instrument:
        return CHOICES[kind]
    words = INSTRUMENTS[Instrument[instrument.upper()]]
    return f"effort for {words}" if kind == "effort" else f"where effort for {words} goes"
