"""A claim of the report: what it says, how we read it, and everything in the model that is based on it."""

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import in_a_line, parameter_line
from sim.provenance.citations import Citation
from sim.provenance.claim_index import CLAIM_TYPES, numbers
from sim.provenance.register import Register


def names(register: Register) -> dict[str, str]:
    """Claims by number."""
    return {number: number for number in register.claims}


def describe(register: Register, number: str) -> Answer:
    """What a claim says and what is based on it."""
    claim = register.claims[number]
    cited = {claim.number: numbers(f"{claim.statement} {claim.reading}") for claim in register.claims.values()}
    related = [other for other in cited if other != number and (other in cited[number] or number in cited[other])]
    opening = [
        f"The report: {claim.statement}",
        f"Our reading, not part of the report: {claim.reading}" if claim.reading else "",
        f"Kind: {claim.claim_type}, {CLAIM_TYPES[claim.claim_type]}. Section of the report: {claim.part.replace('_', ' and ')}.",
        f"Related claims: {', '.join(related)}." if related else "",
    ]
    return answer(
        f"{number}, a claim of the report",
        passage("", opening),
        passage("Parameters based on it", _parameters(register, number)),
        passage("Rules in the code that cite it", _lines(register.citing(number, "rule"))),
        passage("Facts at the start based on it", _lines(register.citing(number, "table", "group", "trait", "zone", "town"))),
        passage("Types of event based on it", _texts(register, number, "event")),
        passage("Patterns that measure it", _patterns(register, number)),
        passage("Scenarios that build on it", _texts(register, number, "scenario")),
        passage("What happened: dated facts", _facts(register, number)),
    )


def _parameters(register: Register, number: str) -> list[str]:
    """Parameters whose source or meaning cites the claim, and their values at other starts."""
    own = [s for s in register.baseline.settings.values() if number in numbers(f"{s.source} {s.meaning}")]
    paths = {setting.path for setting in own}
    elsewhere = [citation for citation in register.citing(number, "parameter") if citation.name not in paths]
    return [parameter_line(setting) for setting in own] + [f"{c.name} ({c.file}): {c.text}" for c in elsewhere]


def _lines(citations: list[Citation]) -> list[str]:
    return [f"{citation.file}:{citation.line} {citation.name}: {in_a_line(citation.text)}" for citation in citations]


def _texts(register: Register, number: str, home: str) -> list[str]:
    return [f"{citation.name}: {citation.text}" for citation in register.citing(number, home)]


def _patterns(register: Register, number: str) -> list[str]:
    return [register.pattern_line(citation.name) for citation in register.citing(number, "pattern")]


def _facts(register: Register, number: str) -> list[str]:
    facts = register.facts()
    rows = [facts[citation.name] for citation in register.citing(number, "fact") if citation.name in facts]
    return [f"{row['month']} ({row['key']}): {row['statement']}" for row in rows]


TOPIC = Topic("claim", names, describe)
