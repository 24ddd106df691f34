"""The report's claims by number: what the report says, and, kept apart, our reading of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from sim.model.state.csv_files import data_path
from sim.scenario import value_parsers
from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.scenario.yaml_reader import Node, read_file
from sim.text.suggestions import display_path, quote

CLAIM_TYPES = {
    "state": "a condition at the start, or a trait of an actor",
    "mechanism": "a cause of change",
    "event": "a dated happening",
    "outcome": "a result that the report describes or expects",
}
PARTS = ("summary", "background", "goals", "aleppo", "east_south", "future")
KEYS = ("kind", "part", "claim")
NUMBER = re.compile(r"\bR\d{2,3}\b")
READING = re.compile(r"\bOur reading\b[:, ]*")


@dataclass(frozen=True)
class Claim:
    """One claim: `statement` paraphrases the report; `reading` is our interpretation ("" where we add nothing)."""

    number: str
    claim_type: str
    part: str
    statement: str
    reading: str
    file: str = ""
    line: int = 0


def numbers(text: str) -> tuple[str, ...]:
    """The claim numbers in a text, each once, in order of appearance."""
    return tuple(dict.fromkeys(NUMBER.findall(text)))


def without_claims(meaning: str) -> str:
    """What a parameter means, without what stands behind it in brackets: `a shield against strikes (R25)` is `a shield against strikes`."""
    return meaning.partition(" (")[0]


def load_claims(path: Path | None = None) -> dict[str, Claim]:
    """All claims by number. Raises ScenarioError with every error in the file."""
    path = path or data_path("claims.yaml")
    findings = ErrorCollector(display_path(path))
    root = read_file(path, findings)
    claims = [_claim(number, node, findings) for number, node in ((root.entries or {}) if root else {}).items()]
    if findings.problems:
        raise ScenarioError(findings.problems)
    return {claim.number: claim for claim in claims if claim is not None}


def _claim(number: str, node: Node, findings: ErrorCollector) -> Claim | None:
    """One claim, or None with findings."""
    if not NUMBER.fullmatch(number):
        findings.error(node.line, f"{quote(number)} is not a claim number.", "Claim numbers are R01, R02 and so on.")
    if node.entries is None or set(node.entries) != set(KEYS):
        return findings.error(node.line, f"claim {number} must give exactly {', '.join(KEYS)}.")
    claim_type = value_parsers.choice(node.entries["kind"], f"the kind of {number}", tuple(CLAIM_TYPES), findings)
    part = value_parsers.choice(node.entries["part"], f"the part of {number}", PARTS, findings)
    text = value_parsers.text(node.entries["claim"], f"the claim of {number}", findings)
    if claim_type is None or part is None or text is None:
        return None
    statement, *reading = READING.split(text, maxsplit=1)
    return Claim(number, claim_type, part, statement.strip(), "".join(reading).strip(), findings.file, node.line)
