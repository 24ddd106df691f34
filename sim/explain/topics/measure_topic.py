"""A measure, an index or series that the model reports: its definition, where it is computed, and what uses it."""

from sim.explain.answer import Answer, Passage, Topic, answer, passage
from sim.explain.topics.phrases import measure_range
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE, Measure
from sim.provenance.register import Register
from sim.provenance.usage import measure_locations
from sim.scenario.yaml_reader import Node

SCALES = (("of the whole country", WHOLE), ("of each province", PROVINCE))


def names(register: Register) -> dict[str, str]:
    """Measures by name."""
    return {measure.name: measure.name for _, measures in SCALES for measure in measures}


def describe(register: Register, name: str) -> Answer:
    """What is measured, on which scales."""
    opening = [_definition(scale, measure) for scale, measures in SCALES for measure in measures if measure.name == name]
    return answer(
        f"{name}, a measure",
        passage("", opening),
        passage("Where it is computed", [place.explained for place in measure_locations(name, register.project)]),
        patterns_using(register, name),
    )


def _definition(scale: str, measure: Measure) -> str:
    flow = " A count within each month; at the horizon, its sum over the run." if measure.cumulative else ""
    return f"A measure {scale}: {measure.meaning}. Unit: {measure.unit}, from {measure_range(measure)}.{flow}"


def patterns_using(register: Register, word: str) -> Passage:
    """Patterns whose condition names a measure or a class."""
    patterns = (register.patterns.entries or {}).items()
    return passage("Patterns that use it", [register.pattern_line(name) for name, node in patterns if _contains(node, word)])


def _contains(node: Node, word: str) -> bool:
    """Whether a word stands anywhere in a tree, as a key or a value."""
    if node.text is not None:
        return node.text == word
    below = [*(node.entries or {}).values(), *(node.items or ())]
    return word in (node.entries or {}) or any(_contains(child, word) for child in below)


TOPIC = Topic("measure", names, describe)
