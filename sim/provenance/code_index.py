"""An index of the code: which function reads which parameter, and which names of measures and events each function contains.

Types are followed as far as annotations go: `p: Coordinate` makes `p.carry_over` a read of that field.
"""

import ast
import importlib
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from sim import simulation
from sim.model import reference_state, schedule
from sim.provenance.citations import modules
from sim.provenance.project_paths import Project, SourceLocation, file_of

SHORTEST = 4  # letters of the fixed part by which a composed text can be recognised
CALLERS = (simulation, reference_state, schedule)  # modules outside the folders of rules that read parameters or record events
Field = tuple[type, str]


@dataclass
class CodeIndex:
    """Reads by field, and by name where no annotation tells of what; string constants, keys of dictionaries, beginnings and ends of
    composed strings, functions, and fields.
    """

    reads: dict[Field, list[SourceLocation]] = field(default_factory=dict)
    untyped: dict[str, list[SourceLocation]] = field(default_factory=dict)
    texts: dict[str, list[SourceLocation]] = field(default_factory=dict)
    keys: dict[str, list[SourceLocation]] = field(default_factory=dict)
    stems: list[tuple[str, str, SourceLocation]] = field(default_factory=list)
    functions: dict[tuple[str, str], SourceLocation] = field(default_factory=dict)
    declared: dict[tuple[str, str, str], SourceLocation] = field(default_factory=dict)

    def composed(self, name: str) -> list[SourceLocation]:
        """Functions that compose a string which can be `name`, such as `f"control_{camp}"`."""
        return _once(place for head, tail, place in self.stems if name.startswith(head) and name.endswith(tail))


def read_code(project: Project) -> CodeIndex:
    """Index the rules and the few modules that call them."""
    index = CodeIndex()
    for path in (*modules(project), *(project.root / file_of(caller) for caller in CALLERS)):
        module = importlib.import_module(".".join(path.relative_to(project.root).with_suffix("").parts))
        _Reader(module, path, project, index).visit(ast.parse(path.read_text(encoding="utf-8")))
    index.reads = {read: _once(places) for read, places in index.reads.items()}
    index.untyped = {name: _once(places) for name, places in index.untyped.items()}
    index.texts = {text: _once(places) for text, places in index.texts.items()}
    index.keys = {name: _once(places) for name, places in index.keys.items()}
    return index


def _once(places: Iterable[SourceLocation]) -> list[SourceLocation]:
    """Each function once, at its first place."""
    first: dict[tuple[str, str], SourceLocation] = {}
    for place in places:
        first.setdefault((place.file, place.name), place)
    return list(first.values())


@cache
def hints(annotated: Any) -> dict[str, Any]:
    """Types of a class's fields or a function's arguments by name; none where they cannot be resolved."""
    try:
        return get_type_hints(annotated)
    except (TypeError, NameError):
        return {}


def is_section(owner: Any) -> bool:
    """Whether a class declares parameters."""
    return isinstance(owner, type) and is_dataclass(owner) and any("kind" in f.metadata for f in fields(owner))


class _Reader(ast.NodeVisitor):
    """Walks one module; `scope` is the dotted name of the current place, `known` the types of names there."""

    def __init__(self, module: types.ModuleType, path: Path, project: Project, index: CodeIndex) -> None:
        self.module, self.file, self.index = module, project.shown(path), index
        self.scope: list[str] = []
        self.summary = ""
        self.known: dict[str, Any] = {}

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for child in node.body:
            if isinstance(child, ast.AnnAssign) and isinstance(child.target, ast.Name):
                name = child.target.id
                self.index.declared[self.file, node.name, name] = SourceLocation(self.file, child.lineno, f"{node.name}.{name}")
        self._inside(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer, outer_summary = self.known, self.summary
        self.known, self.summary = dict(outer), (ast.get_docstring(node) or outer_summary).split("\n")[0]
        function: Any = self.module
        for part in (*self.scope, node.name):
            function = getattr(function, part, None)
        self.known |= hints(function) if function is not None else {}
        name = ".".join((*self.scope, node.name))
        self.index.functions[self.file, name] = SourceLocation(self.file, node.lineno, name, self.summary)
        self._inside(node)
        self.known, self.summary = outer, outer_summary

    def _inside(self, node: ast.ClassDef | ast.FunctionDef) -> None:
        self.scope.append(node.name)
        start = 1 if ast.get_docstring(node) is not None else 0
        for child in (*(node.args.defaults if isinstance(node, ast.FunctionDef) else ()), *node.body[start:]):
            self.visit(child)
        self.scope.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            for name, value in _pairs(target, node.value):
                self.known[name] = self._type(value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        if isinstance(node.target, ast.Name) and isinstance(node.annotation, ast.Name):
            self.known[node.target.id] = getattr(self.module, node.annotation.id, None)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        owner = self._type(node.value)
        self._read(owner, node.attr, node.lineno)
        if owner is None:
            self.index.untyped.setdefault(node.attr, []).append(self._here(node.lineno))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "getattr" and not isinstance(node.args[1], ast.Constant):
            section = self._type(node.args[0])
            if is_section(section) and not any(is_section(hint) for hint in hints(section).values()):
                for name in hints(section):
                    self._read(section, name, node.lineno)
        if isinstance(node.func, ast.Name) and node.func.id == "named" and isinstance(stem := node.args[0], ast.Constant):
            self.index.stems.append((f"{stem.value!s}_", "", self._here(node.lineno)))  # a measure of each member of an axis
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key in node.keys:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                self.index.keys.setdefault(key.value, []).append(self._here(key.lineno))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.index.texts.setdefault(node.value, []).append(self._here(node.lineno))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        head, tail = (part.value if isinstance(part, ast.Constant) else "" for part in (node.values[0], node.values[-1]))
        if len(node.values) == 2 and isinstance(head, str) and isinstance(tail, str) and len(head + tail) >= SHORTEST:
            self.index.stems.append((head, tail, self._here(node.lineno)))
        self.generic_visit(node)

    def _read(self, owner: Any, name: str, line: int) -> None:
        if is_section(owner) and name in hints(owner):
            self.index.reads.setdefault((owner, name), []).append(self._here(line))

    def _here(self, line: int) -> SourceLocation:
        return SourceLocation(self.file, line, ".".join(self.scope) or self.module.__name__, self.summary)

    def _type(self, node: ast.expr) -> Any:
        """The type of an expression, as far as annotations give it; None otherwise."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = self._type(node.value)
            return hints(owner).get(node.attr) if isinstance(owner, type) and is_dataclass(owner) else None
        if isinstance(node, ast.Subscript):
            owner = self._type(node.value)
            return get_args(owner)[1] if get_origin(owner) in (dict, Mapping) else None
        return None


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Names that an assignment binds, each with its value."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for name, bound in zip(target.elts, value.elts, strict=True):
            yield from _pairs(name, bound)
