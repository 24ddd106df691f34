"""Summaries that objects give of themselves when they are printed: a few lines, none wider than a screen."""

import textwrap
from collections.abc import Iterable, Sequence

from sim.text.suggestions import printable

WIDTH = 100  # characters of a line
MOST_NAMES = 8


def wrapped(lines: Iterable[str]) -> str:
    """Lines as a text; the rest of one that is too long is indented below it, and what cannot be shown becomes a question mark."""
    layout = textwrap.TextWrapper(WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(layout.fill(printable(line)) for line in lines)


def some_names(names: Sequence[str], where: str) -> str:
    """The first few names, and how many more there are, with where they are listed: `a, b and 25 more (.scenarios)`."""
    more = len(names) - MOST_NAMES
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:MOST_NAMES])} and {more:,} more ({where})"


def span(numbers: Iterable[int], noun: str) -> str:
    """How many of something each of several have: `1,000 worlds`, `500 to 1,000 worlds`."""
    low, *more = sorted(set(numbers))
    return f"{low:,} to {more[-1]:,} {noun}s" if more else f"{low:,} {noun}{'s' * (low != 1)}"
