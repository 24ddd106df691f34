"""Whether a page still fits the model: its links, the functions, parameters and claims it names, and a mention of every rule."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from sim.documentation import interest_tables, state_tables
from sim.documentation.generated_blocks import blocks
from sim.model.registry import PARAMETERS
from sim.provenance.claim_index import numbers
from sim.provenance.register import Register
from sim.text.suggestions import did_you_mean, nearest

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
SPAN = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:sim|docs|scenarios|tests)/[\w./-]+")
DOTTED = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")
LEFT, RIGHT = re.compile(r"\\left(?![a-z])"), re.compile(r"\\right(?![a-z])")
HEADING = re.compile(r"^#+ (.+)$", re.M)
DESCRIBED = ("actors", "processes")  # folders of sim/model; the description must link to each of their modules
FORMULA = re.compile(r"^```math\n((?:(?!^```).)*)^```\n(?!\n<!-- generated: code )", re.S | re.M)  # one that no code follows
UP = re.compile(r"^(?:\.\./)+")


def unfit(text: str, path: Path, register: Register) -> Iterator[str]:
    """What does not fit, a sentence each."""
    file = register.project.shown(path)
    plain = FENCED.sub("", text)
    for error in (*_links(plain, path), *_spans(plain, register), *_formulas(text)):
        yield f"{file} {error}"
    for number in numbers(text):
        if number not in register.claims:
            yield f"{file} cites claim {number}, which claims.yaml does not have."


def unfit_description(pages: Mapping[Path, str], register: Register) -> Iterator[str]:
    """What the pages of the model description lack, taken together, a sentence each."""
    whole = "\n".join(pages.values())
    for error in (*_sections(whole), *_modules(FENCED.sub("", whole), register)):
        yield f"docs/odd/ {error}"
    for path, text in pages.items():
        for formula in FORMULA.findall(text):
            yield f"{register.project.shown(path)} has a formula without its code: {formula.strip().splitlines()[0]}"
    yield from interest_tables.unfit()
    yield from state_tables.unfit()


def _links(text: str, path: Path) -> Iterator[str]:
    """Relative links to missing files, and functions that the linked file does not have."""
    for label, target in LINK.findall(text):
        place, _, anchor = target.partition("#")
        if target.startswith(("http://", "https://")):
            continue
        linked = path.parent / place if place else path
        if not linked.exists():
            yield f"links to {place}, which does not exist."
        elif anchor and anchor not in _anchors(text if not place else linked.read_text(encoding="utf-8")):
            yield f"links to #{anchor}, which is not a heading."
        elif linked.suffix == ".py" and label.startswith("`") and "/" not in label and label.strip("`") not in defined(linked):
            yield f"names {label} in {place}, which has no such function. {did_you_mean(label.strip('`'), defined(linked))}"


def _anchors(text: str) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in HEADING.findall(text)}


@cache
def defined(path: Path) -> frozenset[str]:
    """Names of functions, classes and methods (`Class.method`) of a module."""
    names: set[str] = set()
    for node in _definitions(ast.parse(path.read_text(encoding="utf-8"))):
        names |= {node.name, *(f"{node.name}.{child.name}" for child in _definitions(node))}
    return frozenset(names)


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
    for body in (body for language, body in FENCED.findall(text) if language == "math"):
        if body.count("{") != body.count("}") or len(LEFT.findall(body)) != len(RIGHT.findall(body)):
            yield f"has a formula that does not close: {body.strip().splitlines()[0]}"


def _sections(text: str) -> Iterator[str]:
    """Sections of parameters and actors' interests that have no table."""
    present = blocks(text)
    needed = [f"parameters {section}" for section in PARAMETERS.__dataclass_fields__]
    needed += [f"interests {section}" for section in interest_tables.sections()]
    for name in needed:
        if name not in present:
            yield f"has no block '{name}'."


def _modules(text: str, register: Register) -> Iterator[str]:
    """Modules of rules that the page does not link to, and public functions of processes that it does not name."""
    named = {(label.strip("`"), UP.sub("", target.partition("#")[0])) for label, target in LINK.findall(text)}
    linked = {target for _, target in named}
    for path in (path for folder in DESCRIBED for path in sorted((register.project.model / folder).glob("*.py"))):
        file = register.project.shown(path)
        if path.stem == "__init__":
            continue
        if file not in linked:
            yield f"does not link to {file}."
        for node in _definitions(ast.parse(path.read_text(encoding="utf-8"))):
            rule = isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and path.parent.name == "processes"
            if rule and (node.name, file) not in named:
                yield f"does not name the function {node.name} of {file}."
