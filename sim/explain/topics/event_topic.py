"""Events: the kinds of happenings that the model tells of, and dated facts of 2015 to 2021."""

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import claim_lines, opened, province_names
from sim.provenance.register import Register
from sim.provenance.sources import GRADE_MEANINGS
from sim.provenance.usage import event_locations


def kind_names(register: Register) -> dict[str, str]:
    """Kinds of events by name."""
    return {kind.name: kind.name for kind in register.kinds}


def tell_kind(register: Register, name: str) -> Answer:
    """What counts as such an event, what it derives from, where it arises."""
    kind = next(kind for kind in register.kinds if kind.name == name)
    often = "Told once a year, added up." if kind.routine else "Told month by month."
    places = [f"{place}: {place.says}" if place.says else str(place) for place in event_locations(name, register.project)]
    return answer(
        f"{name}, a kind of event",
        passage("", [f"{opened(kind.meaning)}.", f'In a story: "{kind.sentence}" {often}']),
        passage("What the report says", claim_lines(register, kind.claims) or ["Nothing: this kind of event is ours."]),
        passage("Where it arises", places),
    )


def fact_names(register: Register) -> dict[str, str]:
    """Dated facts by key."""
    return {key: key for key in register.facts()}


def tell_fact(register: Register, key: str) -> Answer:
    """A dated fact with its source."""
    row = register.facts()[key]
    place = province_names(register).get(row["place"], "the whole country")
    spread = f" (sources range from {row['low']} to {row['high']})" if row["low"] != row["high"] else ""
    value = f"Value: {row['value']} {row['unit']}".rstrip() + f"{spread}." if row["value"] else ""
    return answer(
        f"{key}, a dated fact ({row['kind']})",
        passage("", [f"{row['month']}, {place}: {row['statement']}", value, opened(row["note"])]),
        passage("Source", [f"{row['grade']} ({GRADE_MEANINGS.get(row['grade'], '')}): {row['source']}"]),
        passage("What the report says", claim_lines(register, f"{row['claims']} {row['source']}")),
    )


KIND = Kind("kind of event", kind_names, tell_kind)
FACT = Kind("dated fact", fact_names, tell_fact)
