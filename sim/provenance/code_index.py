"""The code read as a text: which function reads which parameter, and which texts (names of measures, of events) stand in which function.

Types are followed as far as annotations of the project carry them: `p: Coordinate` makes `p.carry_over` a read of that field.
"""

import ast
import importlib
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from sim.provenance.citations import modules
from sim.provenance.project_paths import Place, Project

SHORTEST = 4  # letters of a text that can be told from its fixed part alone
ALONE = ("model.py", "reference.py", "schedule.py")
Field = tuple[type, str]


@dataclass
class Code:
    """What was found: reads by field, texts by their words, beginnings and ends of composed texts, functions, and fields."""

    reads: dict[Field, list[Place]] = field(default_factory=dict)
    texts: dict[str, list[Place]] = field(default_factory=dict)
    keys: dict[str, list[Place]] = field(default_factory=dict)
    stems: list[tuple[str, str, Place]] = field(default_factory=list)
    functions: dict[tuple[str, str], Place] = field(default_factory=dict)
    declared: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    def composed(self, name: str) -> list[Place]:
        """Functions that compose a text which can be `name`, such as `f"control_{camp}"`."""
        return _once(place for head, tail, place in self.stems if name.startswith(head) and name.endswith(tail))


def read_code(project: Project) -> Code:
    """Read the rules and the few modules that call them."""
    found = Code()
    for path in (*modules(project), *(project.code / name for name in ALONE)):
        module = importlib.import_module(".".join(path.relative_to(project.root).with_suffix("").parts))
        _Reader(module, path, project, found).visit(ast.parse(path.read_text(encoding="utf-8")))
    found.reads = {read: _once(places) for read, places in found.reads.items()}
    found.texts = {text: _once(places) for text, places in found.texts.items()}
    found.keys = {name: _once(places) for name, places in found.keys.items()}
    return found


def _once(places: Iterable[Place]) -> list[Place]:
    """Each function once, by its first line."""
    first: dict[tuple[str, str], Place] = {}
    for place in places:
        first.setdefault((place.file, place.name), place)
    return list(first.values())


@cache
def hints(what: Any) -> dict[str, Any]:
    """Types of a class's fields or a function's arguments by name; none where they cannot be told."""
    try:
        return get_type_hints(what)
    except (TypeError, NameError):
        return {}


def is_section(what: Any) -> bool:
    """Whether a class declares parameters."""
    return isinstance(what, type) and is_dataclass(what) and any("kind" in f.metadata for f in fields(what))


class _Reader(ast.NodeVisitor):
    """Walks one module; `scope` is the dotted name of where it is, `known` the types of names there."""

    def __init__(self, module: types.ModuleType, path: Path, project: Project, found: Code) -> None:
        self.module, self.file, self.found = module, project.shown(path), found
        self.scope: list[str] = []
        self.says = ""
        self.known: dict[str, Any] = {}

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for one in node.body:
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                name = one.target.id
                self.found.declared[self.file, node.name, name] = Place(self.file, one.lineno, f"{node.name}.{name}")
        self._inside(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer, said = self.known, self.says
        self.known, self.says = dict(outer), (ast.get_docstring(node) or said).split("\n")[0]
        what: Any = self.module
        for part in (*self.scope, node.name):
            what = getattr(what, part, None)
        self.known |= hints(what) if what is not None else {}
        name = ".".join((*self.scope, node.name))
        self.found.functions[self.file, name] = Place(self.file, node.lineno, name, self.says)
        self._inside(node)
        self.known, self.says = outer, said

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
        self._read(self._type(node.value), node.attr, node.lineno)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "getattr" and not isinstance(node.args[1], ast.Constant):
            whole = self._type(node.args[0])
            if is_section(whole) and not any(is_section(hint) for hint in hints(whole).values()):
                for name in hints(whole):
                    self._read(whole, name, node.lineno)
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key in node.keys:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                self.found.keys.setdefault(key.value, []).append(self._here(key.lineno))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.found.texts.setdefault(node.value, []).append(self._here(node.lineno))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        head, tail = (one.value if isinstance(one, ast.Constant) else "" for one in (node.values[0], node.values[-1]))
        if len(node.values) == 2 and isinstance(head, str) and isinstance(tail, str) and len(head + tail) >= SHORTEST:
            self.found.stems.append((head, tail, self._here(node.lineno)))
        self.generic_visit(node)

    def _read(self, what: Any, name: str, line: int) -> None:
        if is_section(what) and name in hints(what):
            self.found.reads.setdefault((what, name), []).append(self._here(line))

    def _here(self, line: int) -> Place:
        return Place(self.file, line, ".".join(self.scope) or self.module.__name__, self.says)

    def _type(self, node: ast.expr) -> Any:
        """The type of an expression, as far as annotations tell; None otherwise."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = self._type(node.value)
            return hints(owner).get(node.attr) if isinstance(owner, type) and is_dataclass(owner) else None
        if isinstance(node, ast.Subscript):
            owner = self._type(node.value)
            return get_args(owner)[1] if get_origin(owner) is dict else None
        return None


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Names that an assignment binds, each with what it is bound to."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, its)
