"""Names in messages: the nearest known name for a misspelt one, and texts and paths made safe to print."""

import difflib
import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_JOINERS = "\u200c\u200d"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when none is like it."""
    close = difflib.get_close_matches(name[:200], sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that offers the nearest name, or else all names."""
    known = sorted(known)
    close = nearest(name, known)
    return f"Did you mean '{close}'?" if close else f"Known here: {', '.join(known)}."


def printable(text: str) -> str:
    """A text with a question mark for each character that would upset a line of output: ends of lines, controls, marks of direction.

    Spaces of any width stay, and what joins letters in Persian and Arabic.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINERS or unicodedata.category(c) == "Zs" else "?" for c in text)


def quote(text: str) -> str:
    """A text as messages show it: printable, in quotes, and not too long."""
    return f"'{printable(text[:77])}...'" if len(text) > 80 else f"'{printable(text)}'"


def display_path(path: Path) -> str:
    """A path as messages show it: relative when it lies below the current folder."""
    absolute = Path(os.path.abspath(path))
    return printable(str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute))
