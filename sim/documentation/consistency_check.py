"""Whether a page still fits the model: its links, the functions, parameters and claims it names, and a place for every rule."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sim.documentation import interest_tables, state_tables
from sim.documentation.generated_blocks import blocks
from sim.documentation.interest_texts import STAKES
from sim.model.registry import PARAMETERS
from sim.provenance.claim_index import numbers
from sim.provenance.register import Register
from sim.text.suggestions import did_you_mean, nearest

DESCRIPTION = "odd.md"
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
SPAN = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:sim|docs|scenarios|tests)/[\w./-]+")
DOTTED = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")
LEFT, RIGHT = re.compile(r"\\left(?![a-z])"), re.compile(r"\\right(?![a-z])")
HEADING = re.compile(r"^#+ (.+)$", re.M)
ROOMS = ("actors", "processes")  # every module of these has a place in the description


def unfit(text: str, path: Path, register: Register) -> Iterator[str]:
    """What does not fit, a sentence each."""
    file = register.project.shown(path)
    plain = FENCED.sub("", text)
    for fault in (*_links(plain, path), *_spans(plain, register), *_formulas(text)):
        yield f"{file} {fault}"
    for number in numbers(text):
        if number not in register.claims:
            yield f"{file} names claim {number}, which claims.yaml does not have."
    if path.name == DESCRIPTION:
        for fault in (*_sections(text), *_rooms(plain, register)):
            yield f"{file} {fault}"
        yield from interest_tables.unfit(register)
        yield from state_tables.unfit()


def _links(text: str, path: Path) -> Iterator[str]:
    """Relative links to nothing, and functions that the file linked to does not have."""
    for label, target in LINK.findall(text):
        place, _, anchor = target.partition("#")
        if target.startswith(("http://", "https://")):
            continue
        there = path.parent / place if place else path
        if not there.exists():
            yield f"links to {place}, which does not exist."
        elif anchor and anchor not in _anchors(text if not place else there.read_text(encoding="utf-8")):
            yield f"links to #{anchor}, which is no heading."
        elif there.suffix == ".py" and label.startswith("`") and "/" not in label and label.strip("`") not in defined(there):
            yield f"names {label} in {place}, which has no such function. {did_you_mean(label.strip('`'), defined(there))}"


def _anchors(text: str) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in HEADING.findall(text)}


@cache
def defined(path: Path) -> frozenset[str]:
    """Names of functions, classes and methods (`Class.method`) of a module."""
    found: set[str] = set()
    for node in _definitions(ast.parse(path.read_text(encoding="utf-8"))):
        found |= {node.name, *(f"{node.name}.{child.name}" for child in _definitions(node))}
    return frozenset(found)


def _definitions(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Classes and functions directly below a node."""
    return (child for child in node.body if isinstance(child, ast.ClassDef | ast.FunctionDef))


def _spans(text: str, register: Register) -> Iterator[str]:
    """Parameters and files, named as code, that do not exist."""
    settings, sections = register.baseline.settings, set(PARAMETERS.__dataclass_fields__)
    above = {path[: at.start()] for path in settings for at in re.finditer(r"\.", path)}
    every = {path for scenario in register.scenarios.values() for path in scenario.settings}
    for span in SPAN.findall(text):
        if PATH.fullmatch(span) and not (register.project.root / span).exists():
            yield f"names the file {span}, which does not exist."
        if DOTTED.fullmatch(span) and span.split(".")[0] in sections and span not in every | above:
            close = nearest(span, settings)
            yield f"names the parameter {span}, which does not exist.{f' Did you mean {close}?' if close else ''}"


def _formulas(text: str) -> Iterator[str]:
    """Formulas whose braces or brackets do not close."""
    for _, body in (found for found in FENCED.findall(text) if found[0] == "math"):
        if body.count("{") != body.count("}") or len(LEFT.findall(body)) != len(RIGHT.findall(body)):
            yield f"has a formula that does not close: {body.strip().splitlines()[0]}"


def _sections(text: str) -> Iterator[str]:
    """Sections of parameters and actors' interests that have no table."""
    made = blocks(text)
    for name in (f"parameters {section}" for section in PARAMETERS.__dataclass_fields__):
        if name not in made:
            yield f"has no block '{name}'."
    for name in (f"interests {section}" for section in STAKES):
        if name not in made:
            yield f"has no block '{name}'."


def _rooms(text: str, register: Register) -> Iterator[str]:
    """Modules of rules that the page does not link to, and public functions of processes that it does not name."""
    linked = {target.partition("#")[0].removeprefix("../") for _, target in LINK.findall(text)}
    named = {(label.strip("`"), target.removeprefix("../")) for label, target in LINK.findall(text)}
    for path in (path for room in ROOMS for path in sorted((register.project.code / room).glob("*.py"))):
        file = register.project.shown(path)
        if path.stem == "__init__":
            continue
        if file not in linked:
            yield f"has no place for {file}."
        for node in _definitions(ast.parse(path.read_text(encoding="utf-8"))):
            rule = isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and path.parent.name == "processes"
            if rule and (node.name, file) not in named:
                yield f"does not name the function {node.name} of {file}."
