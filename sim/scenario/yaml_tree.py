"""A YAML text as a tree of nodes that know their line, and the YAML that a scenario needs no more of."""

import re
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml import YAML
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
from sim.text.suggestions import quote

MAX_DEPTH = 20  # levels; a baseline needs six
MAX_VALUES = 30_000  # keys, list items and values; a baseline has a fifth of that. The parser takes a second for some thousands
_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")
_COMMENT_AFTER_KEY = re.compile(r"[ \t]*:[ \t]+(#[^\r\n]*)")


@dataclass(frozen=True)
class Node:
    """One value in a file: a scalar (`text`), a mapping (`entries`) or a list (`items`). `line` is its key's, if it has one.

    `comment` is what follows a scalar without quotes in its line, from the '#' on.
    """

    line: int
    text: str | None = None
    quoted: bool = False
    entries: "dict[str, Node] | None" = None
    items: "tuple[Node, ...] | None" = None
    comment: str = ""

    def __str__(self) -> str:
        if self.entries is not None:
            return "a mapping"
        return "a list" if self.items is not None else quote(self.text or "")


class Unreadable(Exception):
    """The document cannot be read any further; the finding has been made."""


class Composer:
    """Turns the parser's events into nodes, depth first."""

    def __init__(self, text: str, findings: ErrorCollector) -> None:
        self.text, self.findings, self.depth, self.values, self.line = text, findings, 0, 0, 1
        self.events = YAML(typ="safe", pure=True).parse(text)

    def document(self) -> Node:
        """The tree of the one document. Raises Unreadable, and what the parser raises."""
        next(self.events)  # start of stream
        start = next(self.events)
        if not isinstance(start, DocumentStartEvent):
            return Node(1, text="")
        if start.version or start.tags:
            self.findings.error(start.start_mark.line, "lines that start with '%' (directives) are not supported.", "Delete the line.")
        root = self._node(next(self.events))
        next(self.events)  # end of document
        after = next(self.events)
        if isinstance(after, DocumentStartEvent):
            self.findings.error(after.start_mark.line + 1, "a second document starts here.", "Put each scenario into a file of its own.")
        return root

    def _node(self, event: Any, line: int = 0) -> Node:
        self.line = event.start_mark.line + 1
        line = line or self.line
        self._refuse_specials(event)
        self.values += 1
        if self.values > MAX_VALUES:
            self.findings.error(self.line, f"more than {MAX_VALUES:,} keys and values by here.", "Is this the right file?")
        if self.values > MAX_VALUES or self.findings.full:
            raise Unreadable
        if isinstance(event, ScalarEvent):
            plain = event.style is None
            return Node(line, text=event.value, quoted=not plain, comment=self._comment(event.end_mark.index) if plain else "")
        if isinstance(event, AliasEvent):
            return Node(line, text="")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.findings.error(event.start_mark.line + 1, f"more than {MAX_DEPTH} nested levels.")
            raise Unreadable
        node = Node(line, entries=self._entries()) if isinstance(event, MappingStartEvent) else Node(line, items=self._items())
        self.depth -= 1
        return node

    def _comment(self, index: int, pattern: re.Pattern[str] = _COMMENT) -> str:
        """The comment that follows a place in the text, in the same line."""
        found = pattern.match(self.text, index)
        return found[1].strip() if found else ""

    def _refuse_specials(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            self.findings.error(
                line,
                f"{quote('*' + event.anchor)} is an alias; aliases are not supported.",
                "Write the value out, or put the text in quotes.",
            )
        elif event.anchor is not None:
            self.findings.error(
                line, f"{quote('&' + event.anchor)} is an anchor; anchors are not supported.", "Write each value where it belongs."
            )
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)) and event.tag is not None:
            self.findings.error(line, "a tag (a word that starts with '!') is not supported.", "Delete the tag, or put the text in quotes.")

    def _entries(self) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._node(event)
            value = self._node(next(self.events), key.line)
            if value.text == "" and not value.quoted:  # the parser puts nothing at the start of what follows
                value = replace(value, comment=self._comment(event.end_mark.index, _COMMENT_AFTER_KEY))
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

    def _items(self) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self._node(event))
        return tuple(items)
