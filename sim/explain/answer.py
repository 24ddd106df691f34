"""An answer about one thing: a title and passages of plain text, and their layout for a screen."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sim.provenance.register import Register

INDENT = "  "


@dataclass(frozen=True)
class Passage:
    """A heading ("" for the opening) and its paragraphs; one that starts with blanks belongs to the one before."""

    head: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What there is to say about one thing."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def length(self) -> int:
        """How much there is to read, in characters."""
        return sum(len(item) for passage in self.passages for item in passage.items)


@dataclass(frozen=True)
class Topic:
    """A kind of thing that can be explained: the names it answers to, each with the key of what it names, and its description."""

    name: str
    names: Callable[[Register], Mapping[str, str]]
    describe: Callable[[Register, str], Answer]


def passage(head: str, items: Iterable[str]) -> Passage:
    """A passage of the items that are not empty."""
    return Passage(head, tuple(item for item in items if item))


def answer(title: str, *passages: Passage) -> Answer:
    """An answer without its empty passages."""
    return Answer(title, tuple(part for part in passages if part.items))


def lines(text: Answer, width: int) -> Iterator[tuple[str, bool]]:
    """The lines of an answer, each with whether it is a heading; web addresses are not broken."""
    yield from ((line, True) for line in _wrapped(text.title, "", "", width))
    for part in text.passages:
        yield "", False
        if part.head:
            yield part.head, True
        dash = "- " if part.head and len(part.items) > 1 else ""
        for item in part.items:
            stripped = item.lstrip()
            bullet = INDENT + " " * (len(item) - len(stripped)) + dash
            yield from ((line, False) for line in _wrapped(stripped, bullet, " " * len(bullet), width))


def _wrapped(text: str, first: str, later: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False)
