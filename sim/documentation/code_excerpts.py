"""Code beside the formulas: the functions that a page asks for, whole or in the lines that a formula is about, as they stand now.

A page asks with `<!-- generated: code MODULE.FUNCTION; MODULE.FUNCTION: TEXT | TEXT -->`. A function alone is shown whole; with texts, the
lines that hold one of them are shown, and `...` for what lies between. Modules are those of sim/model, whose names are unique.
"""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sim.documentation.generated_blocks import Make, folded
from sim.text.suggestions import did_you_mean, quote

MARK = "code "
SHORT = 6  # lines of a statement that is shown whole when one of them is asked for
Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Wanted:
    """What a block asks for: a function of a module, and the texts whose lines are shown (none: the whole function)."""

    module: str
    function: str
    texts: tuple[str, ...]

    @classmethod
    def read(cls, words: str) -> "Wanted":
        """From the words of a block: `MODULE.FUNCTION` or `MODULE.FUNCTION: TEXT | TEXT`."""
        name, _, texts = words.partition(": ")
        module, _, function = name.strip().partition(".")
        return cls(module, function, tuple(text.strip() for text in texts.split(" | ") if text.strip()))


def code_blocks(names: Iterable[str], page: Path, model: Path) -> dict[str, Make]:
    """The blocks of code among the `names` of a page's blocks, each with what makes it; `model` is the folder of the model."""
    return {name: partial(excerpts, name.removeprefix(MARK), page, model) for name in names if name.startswith(MARK)}


def excerpts(words: str, page: Path, model: Path) -> str:
    """The code that a block asks for, folded. Raises LookupError in a sentence for what the model does not have."""
    wanted = [Wanted.read(part) for part in words.split(";")]
    title = ", ".join(f"<code>{one.function}</code>" for one in wanted)
    return folded(f"Code: {title}", "\n\n".join(_shown(one, page, model) for one in wanted))


def _shown(wanted: Wanted, page: Path, model: Path) -> str:
    """One function with a link to its file."""
    path = _modules(model).get(wanted.module)
    if path is None:
        raise LookupError(f"there is no module {quote(wanted.module)} in the model. {did_you_mean(wanted.module, _modules(model))}")
    text = path.read_text(encoding="utf-8")
    known = dict(functions(ast.parse(text)))
    if wanted.function not in known:
        raise LookupError(f"{path.name} has no function {quote(wanted.function)}. {did_you_mean(wanted.function, known)}")
    lines = text.splitlines()
    body = _lines(known[wanted.function], lines, wanted) if wanted.texts else _whole(known[wanted.function], lines)
    link = os.path.relpath(path, page.parent).replace(os.sep, "/")
    place = path.relative_to(model.parent.parent).as_posix()
    return f"[`{wanted.function}`]({link}) in {place}\n\n```python\n{body}\n```"


def _modules(model: Path) -> dict[str, Path]:
    """The modules of the model by their names."""
    return {path.stem: path for path in sorted(model.rglob("*.py")) if path.stem != "__init__"}


def functions(tree: ast.Module | Definition, above: str = "") -> Iterator[tuple[str, Definition]]:
    """Functions, classes and methods (`Class.method`) of a module, by name."""
    for node in (node for node in tree.body if isinstance(node, Definition)):
        yield above + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from functions(node, f"{node.name}.")


def _whole(node: Definition, lines: list[str]) -> str:
    """A function as it stands, moved to the left margin."""
    return "\n".join(line[node.col_offset :] for line in lines[_first(node) - 1 : node.end_lineno])


def _lines(node: Definition, lines: list[str], wanted: Wanted) -> str:
    """The head of a function and its lines that hold one of the texts; raises LookupError for a text that no line holds."""
    start = _body_start(node)
    inside = range(start, (node.end_lineno or start) + 1)
    for text in wanted.texts:
        if not any(text in lines[number - 1] for number in inside):
            raise LookupError(f"no line of {wanted.module}.{wanted.function} holds {quote(text)}.")
    kept = {number for number in inside if any(text in lines[number - 1] for text in wanted.texts)}
    for low, high in _statements(node):
        if high - low < SHORT and kept & set(range(low, high + 1)):
            kept |= set(range(low, high + 1))
    shown = list(lines[_first(node) - 1 : _head_end(node)])
    before = start - 1
    for number in sorted(kept):
        indent = lines[number - 1][: len(lines[number - 1]) - len(lines[number - 1].lstrip())]
        shown += [f"{indent}..."] * (number > before + 1) + [lines[number - 1]]
        before = number
    return "\n".join(line[node.col_offset :] for line in shown)


def _statements(node: Definition) -> Iterator[tuple[int, int]]:
    """First and last line of each simple statement within a function."""
    for child in ast.walk(node):
        if isinstance(child, ast.stmt) and not hasattr(child, "body"):
            yield child.lineno, child.end_lineno or child.lineno


def _first(node: Definition) -> int:
    """The line on which a definition begins, decorators included."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _head_end(node: Definition) -> int:
    """The last line of a definition's head."""
    return node.body[0].lineno - 1


def _body_start(node: Definition) -> int:
    """The first line after the head and the docstring."""
    said = ast.get_docstring(node) is not None
    return (node.body[0].end_lineno or node.lineno) + 1 if said else node.body[0].lineno
