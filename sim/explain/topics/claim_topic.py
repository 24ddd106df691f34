"""A claim of the report: what it says, how we read it, and everything in the model that rests on it."""

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import in_a_line, parameter_line
from sim.provenance.citations import Citation
from sim.provenance.claim_index import KINDS, numbers
from sim.provenance.register import Register


def names(register: Register) -> dict[str, str]:
    """Claims by number."""
    return {number: number for number in register.claims}


def describe(register: Register, number: str) -> Answer:
    """What a claim says and what rests on it."""
    claim = register.claims[number]
    points = {one.number: numbers(f"{one.statement} {one.reading}") for one in register.claims.values()}
    beside = [other for other in points if other != number and (other in points[number] or number in points[other])]
    opening = [
        f"The report: {claim.statement}",
        f"Our reading, no part of the report: {claim.reading}" if claim.reading else "",
        f"Kind: {claim.kind}, {KINDS[claim.kind]}. Section of the report: {claim.part.replace('_', ' and ')}.",
        f"Read it together with {', '.join(beside)}." if beside else "",
    ]
    return answer(
        f"{number}, a claim of the report",
        passage("", opening),
        passage("Parameters that rest on it", _parameters(register, number)),
        passage("Rules in the code that name it", _lines(register.naming(number, "rule"))),
        passage("Facts of the start that rest on it", _lines(register.naming(number, "table", "group", "trait", "zone", "town"))),
        passage("Kinds of events that derive from it", [f"{one.name}: {one.text}" for one in register.naming(number, "event")]),
        passage("Patterns that measure it", _patterns(register, number)),
        passage("Scenarios that build on it", [f"{one.name}: {one.text}" for one in register.naming(number, "scenario")]),
        passage("What happened: dated facts", _facts(register, number)),
    )


def _parameters(register: Register, number: str) -> list[str]:
    """Parameters whose source or meaning names the claim, and their values at other starts."""
    settings = register.baseline.settings
    own = [s for s in settings.values() if number in numbers(f"{s.source} {s.meaning}")]
    elsewhere = [one for one in register.naming(number, "parameter") if one.name not in {s.path for s in own}]
    return [parameter_line(setting) for setting in own] + [f"{one.name} ({one.file}): {one.text}" for one in elsewhere]


def _lines(found: list[Citation]) -> list[str]:
    return [f"{one.file}:{one.line} {one.name}: {in_a_line(one.text)}" for one in found]


def _patterns(register: Register, number: str) -> list[str]:
    entries = register.patterns.entries or {}
    said = {one.name: (entries[one.name].entries or {}).get("says") for one in register.naming(number, "pattern")}
    return [f"{name}: {node.text}" if node else name for name, node in said.items()]


def _facts(register: Register, number: str) -> list[str]:
    facts = register.facts()
    found = [facts[one.name] for one in register.naming(number, "fact") if one.name in facts]
    return [f"{row['month']} ({row['key']}): {row['statement']}" for row in found]


KIND = Kind("claim", names, describe)
