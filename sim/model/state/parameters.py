"""Parameters: what the code declares it reads, and how a number in a file becomes a row of worlds.

A *section* is a dataclass whose fields are rows, declared with `parameter(kind, meaning)`. The file must give exactly the
declared paths: no more, no fewer. A *setting* is what the files say about one path: its central value, its plausible range,
and the changes that scenarios and `--set` make to it, in order.

A parameter with a range is drawn in every world: its value is the u-quantile of a two-piece linear distribution whose median is
the central value, with u from the parameter's own stream. A world therefore keeps its draw of one parameter whatever happens to
the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

import numpy as np

from sim.model.state.dimensions import Row

Section = TypeVar("Section")


@dataclass(frozen=True)
class Kind:
    """A kind of number: `low` and `high` are what is meaningful (outside is an error); a range says what is plausible."""

    name: str
    low: float
    high: float


SHARE = Kind("share", 0.0, 1.0)
WEIGHT = Kind("weight", 0.0, 100.0)
RATE = Kind("rate", 0.0, 100.0)
FACTOR = Kind("factor", 0.0, 100.0)
EXPONENT = Kind("exponent", 0.1, 10.0)
SCALE = Kind("scale", 0.001, 100.0)  # at which half of an effect is reached: none at all has no meaning
SIGNED = Kind("signed", -100.0, 100.0)
MONTHS = Kind("months", 0.0, 1200.0)
THOUSANDS = Kind("thousands", 0.0, 1000.0)
KINDS = {k.name: k for k in (SHARE, WEIGHT, RATE, FACTOR, EXPONENT, SCALE, SIGNED, MONTHS, THOUSANDS)}


@dataclass(frozen=True)
class Declared:
    """A path that the code reads: its kind and what it means."""

    path: str
    kind: Kind
    meaning: str


def parameter(kind: Kind, meaning: str) -> Any:  # as `dataclasses.field`, which stands for a value of any type
    """Declare a parameter as a field of a section."""
    return field(metadata={"kind": kind, "meaning": meaning})


def declared(section: type, prefix: str = "", members: Mapping[str, tuple[str, ...]] | None = None) -> Iterator[Declared]:
    """Every path below a section. A field of type `dict[str, Section]` has one sub-section for each of `members[path]`."""
    hints = _hints(section)
    for f in fields(section):
        path = f"{prefix}{f.name}"
        if "kind" in f.metadata:
            yield Declared(path, f.metadata["kind"], f.metadata["meaning"])
        elif is_dataclass(hints[f.name]):
            yield from declared(hints[f.name], f"{path}.", members)
        else:
            for member in (members or {})[path]:
                yield from declared(_member_type(hints[f.name]), f"{path}.{member}.", members)


def build(
    section: type[Section], rows: Mapping[str, Row], prefix: str = "", members: Mapping[str, tuple[str, ...]] | None = None
) -> Section:
    """Fill a section (and its sub-sections) with rows by path. Raises KeyError for a path without a row."""
    hints = _hints(cast(Any, section))
    values: dict[str, object] = {}
    for f in fields(cast(type[Any], section)):
        path = f"{prefix}{f.name}"
        if "kind" in f.metadata:
            values[f.name] = rows[path]
        elif is_dataclass(hints[f.name]):
            values[f.name] = build(hints[f.name], rows, f"{path}.", members)
        else:
            kind = _member_type(hints[f.name])
            values[f.name] = {m: build(kind, rows, f"{path}.{m}.", members) for m in (members or {})[path]}
    return section(**values)


@cache
def _hints(section: Any) -> dict[str, Any]:
    """The types of a section's fields."""
    return get_type_hints(section)


def _member_type(hint: object) -> type:
    """The section type X of a field typed `dict[str, X]`."""
    _, member = get_args(hint)
    return cast(type, member)


@dataclass(frozen=True)
class Change:
    """What a scenario does to a parameter: `set` a number, `range` a pair, `scale` or `add` to the world's own draw."""

    how: str
    amount: float
    upper: float = 0.0


@dataclass(frozen=True)
class ParameterValue:
    """One parameter as the files give it, with the changes made to it in order.

    `range` is None for a definition (a threshold of a class, say), which is never drawn. `file` and `line` say where the number
    in force stands; `changes` hold every later change with its own file, so that a reader can follow the number back.
    """

    path: str
    kind: Kind
    value: float
    range: tuple[float, float] | None
    unit: str
    grade: str
    source: str
    file: str = ""
    line: int = 0
    meaning: str = ""
    changes: tuple[Change, ...] = ()

    def changed(self, *changes: Change, file: str | None = None, line: int | None = None) -> "ParameterValue":
        """The same setting after further changes, made at `file`, `line`."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        values["changes"] = (*self.changes, *changes)
        values["file"] = self.file if file is None else file
        values["line"] = self.line if line is None else line
        return ParameterValue(**values)

    def unchanged(self) -> "ParameterValue":
        """The same setting without the changes that scenarios make: the root's own."""
        return ParameterValue(self.path, self.kind, self.value, self.range, self.unit, self.grade, self.source)

    @property
    def varies(self) -> bool:
        """Whether worlds differ in this parameter."""
        spread = self.range is not None and self.range[0] < self.range[1]
        for change in self.changes:
            if change.how in ("set", "range"):
                spread = change.how == "range" and change.amount < change.upper
        return spread

    def row(self, u: Row | None, worlds: int) -> Row:
        """The parameter in every world. `u` are the worlds' quantiles, or None for central values."""
        if u is not None and self.range is not None:
            row = quantile(u, self.range[0], self.value, self.range[1])
        else:
            row = np.full(worlds, self.value)
        for change in self.changes:
            row = apply(change, row, u, self.kind)
        return row

    def central(self) -> float:
        """The value without draws, after all changes."""
        return float(self.row(None, 2)[0])


def quantile(u: Row, low: float, median: float, high: float) -> Row:
    """Quantile of the two-piece linear distribution on [low, high] with the given median."""
    below = low + (median - low) * (2.0 * u)
    above = median + (high - median) * (2.0 * u - 1.0)
    return np.where(u < 0.5, below, above)


def apply(change: Change, row: Row, u: Row | None, kind: Kind) -> Row:
    """A change to a row of worlds; `scale` and `add` stay within the bounds of the kind."""
    if change.how == "set":
        return np.full(row.shape, change.amount)
    if change.how == "range":
        return change.amount + (change.upper - change.amount) * (np.full(row.shape, 0.5) if u is None else u)
    moved = row * change.amount if change.how == "scale" else row + change.amount
    return np.clip(moved, kind.low, kind.high)
