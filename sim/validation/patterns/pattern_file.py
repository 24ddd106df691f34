"""Patterns: what should hold in the worlds of a scenario, which claim says so, and whether it was used for fitting.

Read from `sim/data/patterns.yaml`, which says how to write them. Outcome claims of the report are always held out: a pattern that would
use one for fitting is refused.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim.model.state.csv_files import data_path
from sim.provenance.claim_index import Claim, load_claims
from sim.scenario import value_parsers
from sim.scenario.packaged_files import SCENARIOS, scenario_files, shipped
from sim.scenario.scenario_names import NAME
from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.scenario.yaml_reader import Node, read_file
from sim.text.suggestions import did_you_mean, display_path, quote
from sim.validation.patterns.condition_parser import only_condition
from sim.validation.patterns.conditions import Condition, Differs

FITTED, HELD_OUT = "fitted", "held_out"
ROLES = {"used for fitting": FITTED, "held out": HELD_OUT}
FILE = "patterns.yaml"
EVERYWHERE = "all"
BASELINE = "baseline"
START = "2021-06"
NEEDED = ("says", "claims", "role", "expect")
OPTIONAL = ("scenarios", "start", "note")
_EXPECT = re.compile(r"(at least|at most) (\S+)|(\S+) to (\S+)")


class Expected(NamedTuple):
    """The share of worlds in which a pattern should hold, from `low` to `high`."""

    low: float
    high: float

    def __contains__(self, share: object) -> bool:
        return isinstance(share, float) and self.low <= share <= self.high

    def __str__(self) -> str:
        if self.high >= 1.0:
            return f"at least {100 * self.low:g} %"
        return f"at most {100 * self.high:g} %" if self.low <= 0.0 else f"{100 * self.low:g} to {100 * self.high:g} %"


@dataclass(frozen=True)
class Pattern:
    """One pattern. `role` is FITTED or HELD_OUT; `scenarios` are names, or `all`: every scenario that begins at `start`."""

    name: str
    says: str
    claims: tuple[str, ...]
    role: str
    expect: Expected
    scenarios: tuple[str, ...]
    condition: Condition
    start: str = START
    note: str = ""
    file: str = ""
    line: int = 0

    def applies(self, scenario: str) -> bool:
        """Whether it is to be evaluated on a scenario."""
        return scenario in self.scenarios or EVERYWHERE in self.scenarios

    @property
    def against(self) -> str:
        """The scenario that it compares with, or nothing."""
        return next((term.scenario for term in self.condition.terms() if term.scenario), "")

    @property
    def is_pair(self) -> bool:
        """Whether it is a difference between two scenarios."""
        return isinstance(self.condition, Differs)


def load_patterns(path: Path | None = None, scenarios: tuple[str, ...] = ()) -> tuple[Pattern, ...]:
    """All patterns of a file, in its order. Raises ScenarioError with every error in the file.

    Scenarios that patterns name must be in `./scenarios`, among those of the project, or among `scenarios`.
    """
    path = path or data_path(FILE)
    findings = ErrorCollector(display_path(path))
    root = read_file(path, findings)
    folders = (SCENARIOS, shipped(SCENARIOS))
    known = {*scenarios, BASELINE, EVERYWHERE, *(file.stem for folder in folders for file in scenario_files(folder))}
    claims = load_claims()
    read = [_pattern(name, node, claims, known, findings) for name, node in ((root.entries or {}) if root else {}).items()]
    if root is not None and not read:
        findings.error(1, "there is no pattern in this file.")
    if findings.problems:
        raise ScenarioError(sorted(findings.problems, key=lambda problem: problem.line))
    return tuple(pattern for pattern in read if pattern is not None)


def _pattern(name: str, node: Node, claims: dict[str, Claim], known: set[str], findings: ErrorCollector) -> Pattern | None:
    """One pattern, or None with findings."""
    if not NAME.fullmatch(name):
        findings.error(node.line, f"{quote(name)} cannot be the name of a pattern.", "Use small letters, digits and '_', at most 60.")
    if node.entries is None:
        return findings.error(node.line, f"pattern {quote(name)} must be a mapping, not {node}.", f"It needs {', '.join(NEEDED)}.")
    entries, found = node.entries, len(findings.problems)
    for key in NEEDED:
        if key not in entries:
            findings.error(node.line, f"pattern {quote(name)} lacks '{key}'.")
    condition = only_condition(node, findings, (*NEEDED, *OPTIONAL))
    says = value_parsers.text(entries["says"], "'says'", findings) if "says" in entries else None
    role = value_parsers.choice(entries["role"], "'role'", tuple(ROLES), findings) if "role" in entries else None
    expect = _expect(entries["expect"], findings) if "expect" in entries else None
    numbers = _claims(entries["claims"], claims, findings) if "claims" in entries else ()
    places = _scenarios(entries["scenarios"], known, findings) if "scenarios" in entries else (BASELINE,)
    start = value_parsers.month(entries["start"], "'start'", findings) if "start" in entries else START
    note = value_parsers.text(entries["note"], "'note'", findings) if "note" in entries else ""
    if role is not None and "claims" in entries:
        _check_role(name, role, numbers, claims, entries["role"].line, findings)
    if condition is not None:
        _check_other(name, condition, places, known, node.line, findings)
    if len(findings.problems) > found or condition is None or says is None or role is None or expect is None:
        return None
    return Pattern(name, says, numbers, ROLES[role], expect, places, condition, start or START, note or "", findings.file, node.line)


def _check_role(name: str, role: str, numbers: tuple[str, ...], claims: dict[str, Claim], line: int, findings: ErrorCollector) -> None:
    """Outcome claims are held out; and only patterns used for fitting may do without a claim."""
    outcomes = [number for number in numbers if number in claims and claims[number].claim_type == "outcome"]
    if ROLES[role] == FITTED and outcomes:
        findings.error(
            line,
            f"{quote(name)} would use {outcomes[0]} for fitting, but {outcomes[0]} is an outcome claim.",
            "Outcomes are measured, never fitted: write 'role: held out'.",
        )
    if ROLES[role] == HELD_OUT and not numbers:
        findings.error(line, f"{quote(name)} is held out, but names no claim.", "Say under 'claims' which claim is tested.")


def _check_other(name: str, condition: Condition, places: tuple[str, ...], known: set[str], line: int, findings: ErrorCollector) -> None:
    """A comparison is with one known scenario, and not with itself."""
    others = sorted({term.scenario for term in condition.terms() if term.scenario})
    for other in others:
        if other not in known - {EVERYWHERE}:
            findings.error(line, f"{quote(name)} compares with {quote(other)}, which is not a scenario.", did_you_mean(other, known))
    if len(others) > 1:
        findings.error(line, f"{quote(name)} compares with more than one scenario.", "Make a pattern of each.")
    if others and others[0] in places:
        findings.error(line, f"{quote(name)} compares {quote(others[0])} with itself.", "Say under 'scenarios' which one is compared.")


def _expect(node: Node, findings: ErrorCollector) -> Expected | None:
    """`at least 0.5`, `at most 0.1` or `0.2 to 0.8`."""
    hint = "Write 'at least 0.5', 'at most 0.1' or '0.2 to 0.8': a share of worlds."
    match = _EXPECT.fullmatch(" ".join((node.text or "").split()))
    if match is None:
        return findings.error(node.line, f"'expect' cannot be {node}.", hint)
    way, one, low, high = match.groups()
    try:
        ends = {"at least": (one, 1.0), "at most": (0.0, one), None: (low, high)}[way]
        expected = Expected(*(float(end) for end in ends))
    except ValueError:
        return findings.error(node.line, f"'expect' cannot be {node}.", hint)
    within = 0.0 <= expected.low <= expected.high <= 1.0
    return expected if within else findings.error(node.line, f"'expect' cannot be {node}: shares run from 0 to 1, the lower first.", hint)


def _claims(node: Node, claims: dict[str, Claim], findings: ErrorCollector) -> tuple[str, ...]:
    """Claim numbers, each of them known."""
    if node.items is None:
        findings.error(node.line, f"'claims' must be a list such as [R35], not {node}.")
        return ()
    for item in node.items:
        if (item.text or "") not in claims:
            findings.error(item.line, f"{item} is not a claim of claims.yaml.", did_you_mean(item.text or "", claims))
    return tuple(item.text or "" for item in node.items)


def _scenarios(node: Node, known: set[str], findings: ErrorCollector) -> tuple[str, ...]:
    """Names of scenarios, one or a list; `all` stands by itself."""
    names = []
    for item in node.items if node.items is not None else (node,):
        if (item.text or "") not in known:
            findings.error(item.line, f"{item} is not a scenario.", did_you_mean(item.text or "", known))
        names.append(item.text or "")
    if not names:
        findings.error(node.line, "'scenarios' names none.", "Leave it out for the baseline, or write 'all'.")
    return (EVERYWHERE,) if EVERYWHERE in names else tuple(dict.fromkeys(names))
