"""A pattern: what it says should hold, whose claim it measures, and whether numbers were set by it."""

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import claim_lines
from sim.provenance.register import Register

FILE = "sim/data/patterns.yaml"


def names(register: Register) -> dict[str, str]:
    """Patterns by name."""
    return {name: name for name in register.patterns.entries or {}}


def describe(register: Register, name: str) -> Answer:
    """One pattern, as its file gives it."""
    node = (register.patterns.entries or {})[name]
    text = {key: child.text for key, child in (node.entries or {}).items() if child.text}
    claims = " ".join(one.claim for one in register.citations if one.home == "pattern" and one.name == name)
    said = [text.get("says", ""), *(f"{key.capitalize()}: {value}." for key, value in text.items() if key in ("role", "expect"))]
    return answer(
        f"{name}, a pattern",
        passage("", [*said, f"Its condition stands in {FILE}, line {node.line}; `spheres patterns` judges it."]),
        passage("What the report says", claim_lines(register, claims)),
    )


KIND = Kind("pattern", names, describe)
