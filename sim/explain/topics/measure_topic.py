"""An index or series that comes out: its definition, where it is computed, and what reads it."""

from sim.explain.answer import Answer, Kind, Passage, answer, passage
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE, Measure
from sim.provenance.register import Register
from sim.provenance.usage import measure_locations
from sim.scenario.yaml_reader import Node

SCALES = (("of the whole country", WHOLE), ("of each province", PROVINCE))


def names(register: Register) -> dict[str, str]:
    """Measures by name."""
    return {one.name: one.name for _, measures in SCALES for one in measures}


def describe(register: Register, name: str) -> Answer:
    """What is measured, on which scales."""
    opening = [_definition(scale, one) for scale, measures in SCALES for one in measures if one.name == name]
    places = [f"{place}: {place.says}" if place.says else str(place) for place in measure_locations(name, register.project)]
    return answer(
        f"{name}, a measure",
        passage("", opening),
        passage("Where it is computed", places),
        using(register, name),
    )


def _definition(scale: str, one: Measure) -> str:
    flow = " A count within each month; at the horizon its sum over the run." if one.cumulative else ""
    closed = one.unit in ("share", "index") and one.high <= 1
    span = f"from {one.low:g} to {one.high:g}" if closed else f"from {one.low:g} up"
    return f"A measure {scale}: {one.meaning}. Unit: {one.unit}, {span}.{flow}"


def using(register: Register, word: str) -> Passage:
    """Patterns whose condition names a measure or a class."""
    patterns = (register.patterns.entries or {}).items()
    found = [(name, (node.entries or {}).get("says")) for name, node in patterns if _names(node, word)]
    return passage("Patterns that use it", [f"{name}: {says.text}" if says else name for name, says in found])


def _names(node: Node, word: str) -> bool:
    """Whether a word stands anywhere in a tree, as a key or a value."""
    if node.text is not None:
        return node.text == word
    below = [*(node.entries or {}).values(), *(node.items or ())]
    return word in (node.entries or {}) or any(_names(child, word) for child in below)


KIND = Kind("measure", names, describe)
