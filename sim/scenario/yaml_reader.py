"""Reading a YAML file safely, as a tree of nodes that know their line.

Only plain YAML is supported: mappings, lists and scalars. Tags, anchors, aliases, merge keys, directives, second documents and
duplicate keys are refused. Scalars stay text here; `value_parsers.py` says what they mean, so that no library guesses at `NO`,
`012` or a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.scenario.validation_errors import ErrorCollector
from sim.text.suggestions import nearest, quote

MAX_BYTES = 1_000_000  # bytes
MAX_DEPTH = 20  # levels; a baseline needs six


@dataclass(frozen=True)
class Node:
    """One value in a file: a scalar (`text`), a mapping (`entries`) or a list (`items`). `line` is its key's, if it has one."""

    line: int
    text: str | None = None
    quoted: bool = False
    entries: "dict[str, Node] | None" = None
    items: "tuple[Node, ...] | None" = None

    def __str__(self) -> str:
        if self.entries is not None:
            return "a mapping"
        return "a list" if self.items is not None else quote(self.text or "")


class Unreadable(Exception):
    """The document cannot be read any further; the finding has been made."""


def read_file(path: Path, findings: ErrorCollector) -> Node | None:
    """The tree of a YAML file whose root is a mapping; None (with a finding) when it is none."""
    try:
        if not path.is_file():
            if path.exists():
                return findings.error(0, "is not a file.", "Give the path of a scenario file, such as scenarios/baseline.yaml.")
            close = nearest(path.name, (other.name for other in path.parent.glob("*.yaml")))
            return findings.error(0, "does not exist.", f"Did you mean '{close}' in the same folder?" if close else "")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        return findings.error(0, f"cannot be read ({reason.lower()}).")
    text = _decode(raw, findings)
    if text is None:
        return None
    root = read_text(text, findings)
    if root is not None and root.text == "" and not root.quoted:
        return findings.error(0, "is empty.", "A scenario needs at least 'extends', 'question' and 'basis'.")
    if root is not None and root.entries is None:
        return findings.error(root.line, f"the file contains {root}, not 'key: value' lines.", "Start with 'question: ...'.")
    return root


def _decode(raw: bytes, findings: ErrorCollector) -> str | None:
    if len(raw) > MAX_BYTES:
        return findings.error(0, "is larger than 1 MB.", "A scenario file is a page or two; is this the right file?")
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return findings.error(0, "is a binary file, not text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return findings.error(line, "contains bytes that are not UTF-8 text.", "Save the file as UTF-8.")


def read_text(text: str, findings: ErrorCollector) -> Node | None:
    """The tree of a YAML text (an empty scalar when it holds nothing), or None with a finding when it does not parse."""
    try:
        return _Composer(YAML(typ="safe", pure=True).parse(text), findings).document()
    except Unreadable:
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        findings.error(mark.line + 1 if mark else 0, "cannot be read as YAML here.", _advice(f"{error.problem} {error.context}"))
    except YAMLError:
        findings.error(0, "contains control characters.")
    except (ValueError, OverflowError, IndexError, AttributeError, TypeError, AssertionError, RecursionError):
        # The parser itself fails on some odd escapes; an analyst should get a message all the same.
        findings.error(0, "cannot be read as YAML.", "Look for a backslash within double quotes.")
    return None


def _advice(problem: str) -> str:
    """The most common cause of a parser's error, in plain words."""
    causes = {
        "\\t": "Indent with spaces, not with tabs.",
        "\t": "Indent with spaces, not with tabs.",
        "mapping values are not allowed": "A colon within a text needs quotes around the text; or the indentation is off.",
        "could not find expected ':'": "A colon and a space are missing after a key, or a quote is not closed.",
        "flow mapping": "A '}' or a comma is missing.",
        "flow sequence": "A ']' or a comma is missing.",
        "quoted scalar": "A quote is not closed.",
        "block mapping": "The indentation differs from that of the lines above.",
        "block collection": "The indentation differs from that of the lines above.",
        "cannot start any token": "A text that starts with this character needs quotes.",
        "alias": "A text that starts with '*' needs quotes.",
        "anchor": "A text that starts with '&' needs quotes.",
        "tag": "A text that starts with '!' needs quotes.",
    }
    return next((advice for cause, advice in causes.items() if cause in problem), "Check quotes, colons and indentation.")


class _Composer:
    """Turns the parser's events into nodes, depth first."""

    def __init__(self, events: Iterator[Any], findings: ErrorCollector) -> None:
        self.events, self.findings, self.depth = events, findings, 0

    def document(self) -> Node:
        next(self.events)  # start of stream
        start = next(self.events)
        if not isinstance(start, DocumentStartEvent):
            return Node(1, text="")
        if start.version or start.tags:
            self.findings.error(start.start_mark.line, "lines that start with '%' (directives) are not supported.", "Delete the line.")
        root = self.node(next(self.events))
        next(self.events)  # end of document
        after = next(self.events)
        if isinstance(after, DocumentStartEvent):
            self.findings.error(after.start_mark.line + 1, "a second document starts here.", "Put each scenario into a file of its own.")
        return root

    def node(self, event: Any, line: int = 0) -> Node:
        line = line or event.start_mark.line + 1
        self.refuse_specials(event)
        if isinstance(event, ScalarEvent):
            return Node(line, text=event.value, quoted=event.style is not None)
        if isinstance(event, AliasEvent):
            return Node(line, text="")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.findings.error(event.start_mark.line + 1, f"more than {MAX_DEPTH} nested levels.")
            raise Unreadable
        node = Node(line, entries=self.entries()) if isinstance(event, MappingStartEvent) else Node(line, items=self.items())
        self.depth -= 1
        return node

    def refuse_specials(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            self.findings.error(line, f"{quote('*' + event.anchor)} is an alias; aliases are not supported.", "Write the value out.")
        elif event.anchor is not None:
            self.findings.error(
                line, f"{quote('&' + event.anchor)} is an anchor; anchors are not supported.", "Write each value where it belongs."
            )
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)) and event.tag is not None:
            self.findings.error(line, "a tag (a word that starts with '!') is not supported.", "Delete the tag, or put the text in quotes.")

    def entries(self) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.node(event)
            value = self.node(next(self.events), key.line)
            if key.text is None:
                self.findings.error(key.line, f"a key must be a name, not {key}.")
            elif key.text == "<<" and not key.quoted:
                self.findings.error(key.line, "'<<' (a merge key) is not supported.", "Write the values out.")
            elif key.text in entries:
                first = entries[key.text].line
                self.findings.error(key.line, f"{quote(key.text)} is given twice (first in line {first}).", "Delete one of the two.")
            else:
                entries[key.text] = value
        return entries

    def items(self) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.node(event))
        return tuple(items)
