"""The plain YAML that nearly all scenario files are written in, read line by line in a tenth of the time of the careful parser.

Plain are `key: value` lines, indented below the key that they belong to, with comments; a value is a text or a number, a mapping `{...}` or
a list `[...]`, each within its line. Whatever is written otherwise, or is wrong, gives None, and `yaml_tree.py` reads the whole file: it
alone says what is wrong. Where this gives a tree, it is the tree that the careful parser gives.
"""

import re

from sim.scenario.yaml_tree import MAX_VALUES, Node

MOST_NESTED = 8  # levels of lines, and levels of brackets; the careful parser allows more
_UNUSUAL = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")  # also what else may end a line
_KEY = r"([A-Za-z0-9_][A-Za-z0-9_.\-]*)"
_BEGINS = r"(?:[A-Za-z0-9_(]|[-+.](?=[0-9]))"  # a text without quotes
_NOTHING = re.compile(r" *(?:#.*)?")
_LINE = re.compile(rf"( *){_KEY}:(?: +(.*))?")
_TEXT = re.compile(rf"({_BEGINS}(?:[^:#]|:(?=[^ ]))*?)(?: +(#.*))? *")
_QUOTED = re.compile("\"([^\"\\\\]*)\"|'([^']*)'")
_AFTER_VALUE = re.compile(r" *(?: #.*)?")
_KEY_IN_BRACKETS = re.compile(rf" *{_KEY}: +")
_TEXT_IN_BRACKETS = re.compile(rf"{_BEGINS}[\w .()+/%'\-]*")
_NEXT = re.compile(r" *([,}\]])")
_EMPTY = {"{": re.compile(r"\{ *\}"), "[": re.compile(r"\[ *\]")}


class _NotPlain(Exception):
    """The text is not plain, or something in it is wrong."""


def plain_tree(text: str) -> Node | None:
    """The tree of a plain YAML text whose root is a mapping, or None where the careful parser must read it."""
    most_values = 2 * text.count(":") + text.count(",") + text.count("[")
    if most_values > MAX_VALUES or _UNUSUAL.search(text):
        return None
    try:
        return _lines(text)
    except _NotPlain:
        return None


def _lines(text: str) -> Node:
    """The mapping of all lines."""
    root: dict[str, Node] = {}
    open_mappings = [(0, root)]  # by indentation, the innermost last
    opened: tuple[dict[str, Node], str, int] | None = None  # a key without a value: the lines below it must be indented further
    for number, line in enumerate(text.split("\n"), start=1):
        if _NOTHING.fullmatch(line):
            continue
        indent, key, value = _matched(_LINE.fullmatch(line)).groups()
        if opened is not None:
            above, name, where = opened
            if len(indent) <= open_mappings[-1][0] or len(open_mappings) > MOST_NESTED:
                raise _NotPlain
            open_mappings.append((len(indent), {}))
            above[name] = Node(where, entries=open_mappings[-1][1])
            opened = None
        while open_mappings and open_mappings[-1][0] > len(indent):
            open_mappings.pop()
        level, entries = open_mappings[-1]
        if level != len(indent) or key in entries:
            raise _NotPlain
        if not value or value.startswith("#"):
            opened = entries, key, number
            entries[key] = Node(number)  # its place; the mapping below takes it
        else:
            entries[key] = _value(value, number)
    if opened is not None or not root:
        raise _NotPlain
    return Node(next(iter(root.values())).line, entries=root)


def _value(text: str, line: int) -> Node:
    """What stands behind a key, to the end of its line."""
    if text[0] in "{[\"'":
        node, end = _in_brackets(text, 0, line, 0)
        _matched(_AFTER_VALUE.fullmatch(text, end))
        return node
    words, comment = _matched(_TEXT.fullmatch(text)).groups()
    return Node(line, text=words, comment=(comment or "").strip())


def _in_brackets(text: str, at: int, line: int, depth: int) -> tuple[Node, int]:
    """The value that begins at a place, and where it ends."""
    first = text[at : at + 1]
    if first in _EMPTY:
        if empty := _EMPTY[first].match(text, at):
            return (Node(line, entries={}) if first == "{" else Node(line, items=())), empty.end()
        if depth > MOST_NESTED:
            raise _NotPlain
        return (_mapping if first == "{" else _list)(text, at + 1, line, depth + 1)
    if quoted := _QUOTED.match(text, at):
        return Node(line, text=quoted[1] if quoted[2] is None else quoted[2], quoted=True), quoted.end()
    words = _matched(_TEXT_IN_BRACKETS.match(text, at))
    return Node(line, text=words[0].rstrip(" ")), words.end()


def _mapping(text: str, at: int, line: int, depth: int) -> tuple[Node, int]:
    """What follows a curly bracket, up to the one that closes it."""
    entries: dict[str, Node] = {}
    ends = ","
    while ends == ",":
        key = _matched(_KEY_IN_BRACKETS.match(text, at))
        if key[1] in entries:
            raise _NotPlain
        entries[key[1]], at = _in_brackets(text, key.end(), line, depth)
        ends, at = _next(text, at)
    if ends != "}":
        raise _NotPlain
    return Node(line, entries=entries), at


def _list(text: str, at: int, line: int, depth: int) -> tuple[Node, int]:
    """What follows a square bracket, up to the one that closes it."""
    items: list[Node] = []
    ends = ","
    while ends == ",":
        while text[at : at + 1] == " ":
            at += 1
        item, at = _in_brackets(text, at, line, depth)
        items.append(item)
        ends, at = _next(text, at)
    if ends != "]":
        raise _NotPlain
    return Node(line, items=tuple(items)), at


def _next(text: str, at: int) -> tuple[str, int]:
    """What follows a value in brackets: a comma or a bracket that closes, and where it ends."""
    found = _matched(_NEXT.match(text, at))
    return found[1], found.end()


def _matched(found: re.Match[str] | None) -> re.Match[str]:
    """A match. Raises _NotPlain where there is none."""
    if found is None:
        raise _NotPlain
    return found
