"""Events: the types that the model records, and dated facts of 2015 to 2021."""

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import claim_lines, province_names
from sim.provenance.register import Register
from sim.provenance.sources import GRADE_MEANINGS
from sim.provenance.usage import event_locations
from sim.replay.ground_story import tells_ground
from sim.text.number_format import capital


def type_names(register: Register) -> dict[str, str]:
    """Event types by name."""
    return {kind.name: kind.name for kind in register.kinds}


def describe_type(register: Register, name: str) -> Answer:
    """What counts as such an event, what it is based on, where it is recorded."""
    kind = next(kind for kind in register.kinds if kind.name == name)
    often = "Reported once a year, as a total." if kind.routine else "Reported month by month."
    if tells_ground(kind):
        often = "Reported month by month, and day by day where ground changes hands on several days of a month."
    return answer(
        f"{name}, a type of event",
        passage("", [f"{capital(kind.meaning)}.", f'In a story: "{kind.sentence}" {often}']),
        passage("What the report says", claim_lines(register, kind.claims) or ["Nothing: this type of event is ours."]),
        passage("Where it is recorded", [place.explained for place in event_locations(name, register.project)]),
    )


def fact_names(register: Register) -> dict[str, str]:
    """Dated facts by key."""
    return {key: key for key in register.facts()}


def describe_fact(register: Register, key: str) -> Answer:
    """A dated fact with its source."""
    row = register.facts()[key]
    place = province_names(register).get(row["place"], "the whole country")
    span = f" (sources range from {row['low']} to {row['high']})" if row["low"] != row["high"] else ""
    value = f"Value: {row['value']} {row['unit']}".rstrip() + f"{span}." if row["value"] else ""
    return answer(
        f"{key}, a dated fact ({row['kind']})",
        passage("", [f"{row['month']}, {place}: {row['statement']}", value, capital(row["note"])]),
        passage("Source", [f"{row['grade']} ({GRADE_MEANINGS.get(row['grade'], '')}): {row['source']}"]),
        passage("What the report says", claim_lines(register, f"{row['claims']} {row['source']}")),
    )


TOPIC = Topic("type of event", type_names, describe_type)
FACT = Topic("dated fact", fact_names, describe_fact)
