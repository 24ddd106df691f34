"""What the register lacks: claims without a home, numbers without a source, and things of ours that do not say so.

The rules, which a test keeps:

- every claim has a home by its kind (`HOMES`);
- every source names what its grade promises, and what it names exists (`sources.faults`);
- every central value lies within its range, and some function reads it;
- an interest of an actor names a claim of the report or says "ours", and says "ours" if its weight is assumed;
- a module of rules that declares parameters names a claim or says "ours"; so does every kind of event.
"""

import ast
import re
from collections.abc import Iterator

from sim.provenance.citations import modules
from sim.provenance.claim_index import Claim, numbers
from sim.provenance.register import STARTS, Register
from sim.provenance.sources import faults
from sim.provenance.usage import readers
from sim.scenario.validation_errors import Problem

STATE = ("rule", "meaning", "parameter", "table", "group", "trait", "zone", "town")
HOMES = {
    "mechanism": "a rule in the code and the source of a parameter",
    "event": "a fact of observed_2015_2021.csv, a kind of event, or a source of a start file",
    "state": "a parameter, a table of facts, or a rule in the code",
    "outcome": "a measured pattern in patterns.yaml",
}
SCRIPTED = "scripted"  # the one kind of event whose claims a scenario gives
OURS = re.compile(r"\bours\b")


def gaps(register: Register) -> list[Problem]:
    """Everything that is missing, each with file, line and what would be right; an empty list is what a test asks for."""
    found = [*_homeless(register), *_unknown(register), *_unsourced(register), *_out_of_range(register)]
    return [*found, *_idle(register), *_interests(register), *_rules(register), *_events(register)]


def missing_homes(register: Register, claim: Claim) -> list[str]:
    """What a claim still lacks, by its kind."""
    naming = [one for one in register.citations if one.claim == claim.number]
    homes = {one.home for one in naming}
    if claim.kind == "mechanism":
        lacks = [] if homes & {"rule", "meaning"} else ["no rule in the code names it"]
        return lacks if "parameter" in homes else [*lacks, "no parameter's source names it"]
    if claim.kind == "event":
        kept = homes & {"fact", "event"} or any(one.file.startswith(STARTS) for one in naming)
        return [] if kept else ["no dated fact, kind of event or start names it"]
    if claim.kind == "state":
        return [] if homes & set(STATE) else ["nothing in the model names it"]
    return [] if "pattern" in homes else ["no pattern measures it"]


def _homeless(register: Register) -> Iterator[Problem]:
    for claim in register.claims.values():
        for lack in missing_homes(register, claim):
            yield Problem(claim.file, claim.line, f"{claim.kind} {claim.number} has no home: {lack}.", f"It needs {HOMES[claim.kind]}.")


def _unknown(register: Register) -> Iterator[Problem]:
    """Claim numbers that are named in rules, events, patterns or scenarios, and are none. Sources are looked at apart."""
    aside = {one.what for one in register.sourced}
    for one in register.citations:
        if one.claim not in register.claims and one.home not in aside - {"fact"}:
            yield Problem(one.file, one.line, f"{one.home} '{one.name}' names claim {one.claim}, which claims.yaml does not have.")


def _unsourced(register: Register) -> Iterator[Problem]:
    for one in register.sourced:
        for fault in faults(one, register.claims, register.project):
            yield Problem(one.file, one.line, fault)


def _out_of_range(register: Register) -> Iterator[Problem]:
    for path, setting in register.baseline.settings.items():
        if setting.range is not None and not setting.range[0] <= setting.value <= setting.range[1]:
            text = f"the value {setting.value:g} of '{path}' lies outside its range {setting.range[0]:g} to {setting.range[1]:g}."
            yield Problem(setting.file, setting.line, text)


def _idle(register: Register) -> Iterator[Problem]:
    """Numbers that no function reads: whatever source they have, nothing rests on them."""
    for path, setting in register.baseline.settings.items():
        if not readers(path, register.project):
            yield Problem(setting.file, setting.line, f"no function reads the parameter '{path}'.")


def _interests(register: Register) -> Iterator[Problem]:
    """Interests that are ours say so where they are declared."""
    for path, setting in register.baseline.settings.items():
        ours = OURS.search(setting.meaning) is not None
        if ".interests." in path and not ours and (setting.grade == "assumed" or not numbers(setting.meaning)):
            text = f"the interest '{path}' is not the report's, and its meaning in the code does not say that it is ours."
            yield Problem(setting.file, setting.line, text, "Name a claim, or write (ours).")


def _rules(register: Register) -> Iterator[Problem]:
    """Modules that declare parameters, and neither name a claim nor say that what they do is ours."""
    named = {one.file for one in register.citations if one.home in ("rule", "meaning")}
    for path in modules(register.project):
        text = path.read_text(encoding="utf-8")
        file = register.project.shown(path)
        if "= parameter(" in text and file not in named and not OURS.search(ast.get_docstring(ast.parse(text)) or ""):
            yield Problem(file, 1, "these rules name no claim of the report and do not say that they are ours.", "Write (ours).")


def _events(register: Register) -> Iterator[Problem]:
    for kind in register.kinds:
        if kind.name != SCRIPTED and not numbers(kind.claims) and not OURS.search(kind.meaning):
            text = f"the kind of event '{kind.name}' names no claim and does not say that it is ours."
            yield Problem("sim/model/state/event_log.py", 0, text, "Name a claim, or write (ours) in its meaning.")
