"""Gaps in the register: claims that nothing uses, numbers without a source, and assumptions of ours that do not say so.

The rules, which a test checks:

- every claim is used as its kind demands (`HOMES`);
- every source gives what its grade demands, and what it names exists (`sources.source_errors`);
- every central value lies within its range, and some function reads it;
- an interest of an actor names a claim of the report or says "ours", and says "ours" if its weight is assumed;
- a module of rules that declares parameters names a claim or says "ours"; so does every kind of event.
"""

import ast
import re
from collections.abc import Iterator

from sim.model.state import event_log
from sim.provenance.citations import modules
from sim.provenance.claim_index import Claim, numbers
from sim.provenance.project_paths import file_of
from sim.provenance.register import STARTS, Register
from sim.provenance.sources import source_errors
from sim.provenance.usage import readers
from sim.scenario.validation_errors import Problem

STATE = ("rule", "meaning", "parameter", "table", "group", "trait", "zone", "town")
HOMES = {
    "mechanism": "a rule in the code and the source of a parameter",
    "event": "a fact of observed_2015_2021.csv, a kind of event, or a source of a start file",
    "state": "a parameter, a table of facts, or a rule in the code",
    "outcome": "a measured pattern in patterns.yaml",
}
SCRIPTED = "scripted"  # the only event type whose claims a scenario gives
OURS = re.compile(r"\bours\b")


def gaps(register: Register) -> list[Problem]:
    """Everything that is missing, each with file, line and a hint; a test demands an empty list."""
    problems = [*_homeless(register), *_unknown(register), *_unsourced(register), *_out_of_range(register)]
    return [*problems, *_idle(register), *_interests(register), *_rules(register), *_events(register)]


def missing_homes(register: Register, claim: Claim) -> list[str]:
    """What a claim still needs, by its kind."""
    citing = [citation for citation in register.citations if citation.claim == claim.number]
    homes = {citation.home for citation in citing}
    if claim.claim_type == "mechanism":
        lacks = [] if homes & {"rule", "meaning"} else ["no rule in the code names it"]
        return lacks if "parameter" in homes else [*lacks, "no parameter's source names it"]
    if claim.claim_type == "event":
        dated = homes & {"fact", "event"} or any(citation.file.startswith(STARTS) for citation in citing)
        return [] if dated else ["no dated fact, kind of event or start names it"]
    if claim.claim_type == "state":
        return [] if homes & set(STATE) else ["nothing in the model names it"]
    return [] if "pattern" in homes else ["no pattern measures it"]


def _homeless(register: Register) -> Iterator[Problem]:
    for claim in register.claims.values():
        for lack in missing_homes(register, claim):
            yield Problem(
                claim.file, claim.line, f"{claim.claim_type} {claim.number} is not used: {lack}.", f"It needs {HOMES[claim.claim_type]}."
            )


def _unknown(register: Register) -> Iterator[Problem]:
    """Unknown claim numbers in rules, events, patterns or scenarios; sources are checked by `_unsourced`."""
    in_sources = {item.category for item in register.sourced}
    for citation in register.citations:
        if citation.claim not in register.claims and citation.home not in in_sources - {"fact"}:
            yield Problem(
                citation.file,
                citation.line,
                f"{citation.home} '{citation.name}' cites claim {citation.claim}, which claims.yaml does not have.",
            )


def _unsourced(register: Register) -> Iterator[Problem]:
    for item in register.sourced:
        for error in source_errors(item, register.claims, register.project):
            yield Problem(item.file, item.line, error)


def _out_of_range(register: Register) -> Iterator[Problem]:
    for path, setting in register.baseline.settings.items():
        if setting.range is not None and not setting.range[0] <= setting.value <= setting.range[1]:
            text = f"the value {setting.value:g} of '{path}' lies outside its range {setting.range[0]:g} to {setting.range[1]:g}."
            yield Problem(setting.file, setting.line, text)


def _idle(register: Register) -> Iterator[Problem]:
    """Parameters that no function reads: nothing depends on them, whatever their source."""
    for path, setting in register.baseline.settings.items():
        if not readers(path, register.project):
            yield Problem(setting.file, setting.line, f"no function reads the parameter '{path}'.")


def _interests(register: Register) -> Iterator[Problem]:
    """Interests that are ours must say so where they are declared."""
    for path, setting in register.baseline.settings.items():
        ours = OURS.search(setting.meaning) is not None
        if ".interests." in path and not ours and (setting.grade == "assumed" or not numbers(setting.meaning)):
            text = f"the interest '{path}' is not taken from the report, and its meaning in the code does not say that it is ours."
            yield Problem(setting.file, setting.line, text, "Cite a claim, or write (ours).")


def _rules(register: Register) -> Iterator[Problem]:
    """Modules that declare parameters, and neither cite a claim nor say that their rules are ours."""
    named = {citation.file for citation in register.citations if citation.home in ("rule", "meaning")}
    for path in modules(register.project):
        text = path.read_text(encoding="utf-8")
        file = register.project.shown(path)
        if "= parameter(" in text and file not in named and not OURS.search(ast.get_docstring(ast.parse(text)) or ""):
            yield Problem(file, 1, "these rules cite no claim of the report and do not say that they are ours.", "Write (ours).")


def _events(register: Register) -> Iterator[Problem]:
    for kind in register.kinds:
        if kind.name != SCRIPTED and not numbers(kind.claims) and not OURS.search(kind.meaning):
            text = f"the kind of event '{kind.name}' cites no claim and does not say that it is ours."
            yield Problem(file_of(event_log), 0, text, "Cite a claim, or write (ours) in its meaning.")
