"""The reference of what Python programs may use: signatures and docstrings, read from the code without running it."""

import ast
import inspect
import os
from collections.abc import Iterator
from pathlib import Path

from sim.documentation.code_excerpts import Definition

PUBLIC = (
    ("Run the model", "sim/simulation.py", ("Spheres",)),
    ("Scenarios", "sim/scenario/loader.py", ("load_scenario", "load_scenarios")),
    ("Results", "sim/analysis/results_api.py", ("open_results", "ResultSet")),
    ("EMA Workbench", "sim/analysis/workbench.py", ("ema_model", "batch_evaluator", "Experiment")),
)
QUOTE = "'"  # around the name of a class within itself


def api(page: Path, root: Path) -> str:
    """Each public name with its signature, its docstring and, for a class, its public methods and properties."""
    return "\n\n".join(_part(title, root / file, names, page, root) for title, file, names in PUBLIC)


def _part(title: str, path: Path, names: tuple[str, ...], page: Path, root: Path) -> str:
    """The public names of one module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = {node.name: node for node in tree.body if isinstance(node, Definition)}
    link = os.path.relpath(path, page.parent).replace(os.sep, "/")
    place = path.relative_to(root).as_posix()
    parts = [f"### {name}\n\n{_described(known[name])}\n\nDefined in {place}: [`{name}`]({link})." for name in names]
    return "\n\n".join([f"## {title}", *parts])


def _described(node: Definition) -> str:
    """Signature and docstring; for a class also its members, a line each."""
    first = _constructor(node) if isinstance(node, ast.ClassDef) else node
    members = [f"- {_member(child)}" for child in _members(node)] if isinstance(node, ast.ClassDef) else []
    parts = [f"```python\n{_signature(node.name, first)}\n```", _said(node), "\n".join(members)]
    return "\n\n".join(part for part in parts if part)


def _constructor(node: ast.ClassDef) -> ast.FunctionDef | None:
    return next((child for child in node.body if isinstance(child, ast.FunctionDef) and child.name == "__init__"), None)


def _members(node: ast.ClassDef) -> Iterator[ast.FunctionDef]:
    """Public methods and properties, as the code orders them."""
    return (child for child in node.body if isinstance(child, ast.FunctionDef) and not child.name.startswith("_"))


def _member(node: ast.FunctionDef) -> str:
    """A method or property in a line."""
    names = {decorator.id for decorator in node.decorator_list if isinstance(decorator, ast.Name)}
    value = names & {"property", "cached_property"}
    said = node.name if value else _signature(node.name, node)
    return f"`{' '.join(said.split())}`: {' '.join(_said(node).split())}"


def _signature(name: str, node: ast.FunctionDef | None) -> str:
    """A call in Python, without `self`; on lines of its own where it is long."""
    if node is None:
        return f"{name}()"
    arguments = [part for part in _arguments(node.args) if part != "self"]
    gives = f" -> {ast.unparse(node.returns).strip(QUOTE)}" if node.returns and node.name != "__init__" else ""
    line = f"{name}({', '.join(arguments)}){gives}"
    return line if len(line) <= 100 else f"{name}(\n" + "".join(f"    {argument},\n" for argument in arguments) + f"){gives}"


def _arguments(given: ast.arguments) -> list[str]:
    """The arguments of a function as they are written, one by one."""
    plain = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults)) + list(given.defaults)
    parts = [_argument(one, default) for one, default in zip(plain, defaults, strict=True)]
    if given.vararg:
        parts.append(f"*{_argument(given.vararg, None)}")
    elif given.kwonlyargs:
        parts.append("*")
    parts += [_argument(one, default) for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    return parts + ([f"**{_argument(given.kwarg, None)}"] if given.kwarg else [])


def _argument(one: ast.arg, default: ast.expr | None) -> str:
    kind = f": {ast.unparse(one.annotation)}" if one.annotation else ""
    if default is None:
        return f"{one.arg}{kind}"
    return f"{one.arg}{kind}{' = ' if kind else '='}{ast.unparse(default)}"


def _said(node: Definition) -> str:
    """The docstring."""
    return inspect.cleandoc(ast.get_docstring(node) or "")
