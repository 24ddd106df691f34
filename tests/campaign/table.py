"""The campaign's table: how many cases each part tried, and how many went wrong in which way."""

from collections.abc import Sequence
from pathlib import Path

from .parts import Part
from .tally import KINDS, Tally

BEGIN, END = "<!-- campaign: begin -->", "<!-- campaign: end -->"
_HEADS = ("part", "tried", *(kind.replace("_", " ") for kind in KINDS))


def rows(tallies: Sequence[Tally]) -> list[tuple[str, ...]]:
    """A row for each part and one for all, as text."""
    whole = Tally("all")
    for tally in tallies:
        whole.add(tally)
    return [(tally.part, f"{tally.tried:,}", *(f"{len(tally.failures[kind]):,}" for kind in KINDS)) for tally in (*tallies, whole)]


def plain(tallies: Sequence[Tally]) -> str:
    """The table for a terminal."""
    lines = [_HEADS, *rows(tallies)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADS))]
    return "\n".join(
        "  ".join(text.ljust(width) if not at else text.rjust(width) for at, (text, width) in enumerate(zip(line, widths, strict=True)))
        for line in lines
    )


def markdown(tallies: Sequence[Tally], parts: Sequence[Part], how: str) -> str:
    """The table for docs/reliability.md, with a line on `how` it was made."""
    tries = {part.name: part.tries for part in parts}
    lines = [f"| {' | '.join((_HEADS[0], 'what it tries', *_HEADS[1:]))} |", f"|---|---|{'--:|' * (len(_HEADS) - 1)}"]
    lines += [f"| {name} | {tries.get(name, '')} | {' | '.join(numbers)} |" for name, *numbers in rows(tallies)]
    return "\n".join((how, "", *lines))


def write(path: Path, text: str) -> None:
    """Put the table between the marks of a document. Raises ValueError where they are missing."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no lines '{BEGIN}' and '{END}' for the table to stand between")
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
