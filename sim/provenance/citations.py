"""Where each claim of the report is cited: in the code, as a source of parameters and facts, by events, patterns and scenarios."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.model.state import event_log
from sim.model.state.event_log import EventKind
from sim.provenance.claim_index import numbers
from sim.provenance.project_paths import Project, file_of
from sim.provenance.sources import SourcedItem
from sim.scenario.yaml_reader import Node

END = re.compile(r"(?<=[.])\s+(?=[A-Z])")  # of a sentence
RULES = ("actors", "processes", "observation", "state")  # the folders of sim/model whose docstrings say what a rule is for


@dataclass(frozen=True)
class Citation:
    """A text that cites a claim. `home` is the type of text (rule, meaning, parameter, table, ...), `name` what it belongs to."""

    claim: str
    home: str
    name: str
    text: str
    file: str
    line: int


def citations_in(home: str, name: str, text: str, file: str, line: int) -> Iterator[Citation]:
    """A citation for each claim that a text names, with the sentence that names it."""
    sentences = END.split(" ".join(text.split()))
    for number in numbers(text):
        sentence = next((sentence for sentence in sentences if number in sentence), text)
        yield Citation(number, home, name, sentence, file, line)


def modules(project: Project) -> list[Path]:
    """The files that hold rules."""
    return [path for folder in RULES for path in sorted((project.model / folder).glob("*.py"))]


def in_code(project: Project) -> Iterator[Citation]:
    """Citations in docstrings (home `rule`) and in the meanings of declared parameters (home `meaning`)."""
    for path in modules(project):
        yield from _in_module(ast.parse(path.read_text(encoding="utf-8")), project.shown(path), path.stem)


def _in_module(tree: ast.Module, file: str, module: str) -> Iterator[Citation]:
    yield from citations_in("rule", module, ast.get_docstring(tree) or "", file, 1)
    for name, node in _definitions(tree, ""):
        yield from citations_in("rule", name, ast.get_docstring(node) or "", file, node.lineno)
        for field in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                yield from citations_in("meaning", f"{name}.{field.target.id}", _meaning(field.value), file, field.lineno)


def _definitions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    """Every class and function below a node, with its dotted name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            yield f"{prefix}{child.name}", child
            yield from _definitions(child, f"{prefix}{child.name}.")


def _meaning(value: ast.expr | None) -> str:
    """The meaning of a field declared by `parameter(kind, meaning)`."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "parameter":
        return str(value.args[1].value) if isinstance(value.args[1], ast.Constant) else ""
    return ""


def in_sources(sourced: Iterable[SourcedItem]) -> Iterator[Citation]:
    """Citations in the sources of parameters and facts; the home is the category of what has the source."""
    for item in sourced:
        yield from citations_in(item.category, item.name, item.source, item.file, item.line)


def in_events(kinds: Iterable[EventKind], project: Project) -> Iterator[Citation]:
    """Citations by event types."""
    path = project.root / file_of(event_log)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for kind in kinds:
        line = next((n for n, text in enumerate(lines, start=1) if f'"{kind.name}"' in text), 1)
        for number in numbers(kind.claims):
            yield Citation(number, "event", kind.name, kind.meaning, project.shown(path), line)


def in_texts(home: str, node: Node, keys: tuple[str, ...], file: str, name: str) -> Iterator[Citation]:
    """Citations in a YAML tree under certain keys, at any depth."""
    for key, child in (node.entries or {}).items():
        if key in keys:
            yield from citations_in(home, name, " ".join(_scalars(child)), file, child.line)
        else:
            yield from in_texts(home, child, keys, file, name)
    for item in node.items or ():
        yield from in_texts(home, item, keys, file, name)


def _scalars(node: Node) -> list[str]:
    """The texts of a scalar, or of a list of them."""
    return [node.text] if node.text is not None else [item.text or "" for item in node.items or ()]
