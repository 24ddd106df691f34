"""A pattern: what it says should hold, which claim it measures, and whether it was used for fitting."""

from sim.explain.answer import Answer, Topic, answer, passage
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
    claims = " ".join(citation.claim for citation in register.citations if citation.home == "pattern" and citation.name == name)
    details = [f"{key.capitalize()}: {value}." for key, value in text.items() if key in ("role", "expect")]
    return answer(
        f"{name}, a pattern",
        passage("", [text.get("says", ""), *details, f"Defined in {FILE}, line {node.line}; `spheres patterns` evaluates it."]),
        passage("What the report says", claim_lines(register, claims)),
    )


TOPIC = Topic("pattern", names, describe)
