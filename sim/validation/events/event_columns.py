"""Which layout a file has, and where its columns are: by name, in any order, with commas, semicolons or tabs between them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from sim.text.number_format import joined
from sim.text.suggestions import nearest, quote
from sim.validation.events.event_file import EventFileError
from sim.validation.events.layouts import LAYOUTS, Layout

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Columns:
    """The layout of a file, what separates its fields, how many there are, and the place of each column that is read."""

    layout: Layout
    delimiter: str
    count: int
    at: dict[str, int]


def find_columns(header: str, shown: str) -> Columns:
    """From the first line of a file, which `shown` names in messages. Raises EventFileError, naming the columns that are missing."""
    read = [(delimiter, _names(header, delimiter)) for delimiter in _DELIMITERS]
    delimiter, names = max(read, key=lambda one: max(_known(layout, one[1]) for layout in LAYOUTS))
    layout = max(LAYOUTS, key=lambda one: _known(one, names))
    missing = [column for column in layout.needed if column not in names]
    if len(missing) > len(layout.needed) // 2:
        wanted = "; ".join(f"{one.name}: {', '.join(one.needed)}" for one in LAYOUTS)
        raise EventFileError(f"{shown}, line 1: these are not the columns of a layout that is known. What is needed: {wanted}.")
    if missing:
        others = [name for name in names if name not in layout.needed]
        wanted = joined([_missing(column, others) for column in missing])
        raise EventFileError(f"{shown}, line 1: the {layout.name} layout needs {wanted}.")
    wanted_columns = (*layout.needed, layout.identity)
    twice = [column for column in wanted_columns if names.count(column) > 1]
    if twice:
        raise EventFileError(f"{shown}, line 1: the column '{twice[0]}' stands there {names.count(twice[0])} times; keep one of them.")
    return Columns(layout, delimiter, len(names), {column: names.index(column) for column in wanted_columns if column in names})


def _names(header: str, delimiter: str) -> list[str]:
    try:
        return [name.strip().casefold() for name in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _known(layout: Layout, names: Sequence[str]) -> int:
    return sum(column in names for column in layout.needed)


def _missing(column: str, names: Sequence[str]) -> str:
    close = nearest(column, {name for name in names if name})
    return f"a column '{column}'" + (f" (nearest here: {quote(close)})" if close else "")
