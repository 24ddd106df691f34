"""The table at the end of a run and of a comparison: outcomes and indices of each scenario, with differences from the reference.

A difference stands beside its share where the terminal is wide enough, else below it; a very narrow one gets a paragraph a scenario.
Shares are in whole percent, their differences in whole points, indices have two decimals.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Literal

from rich.box import Box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.compare.quantities import SHARES
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.console.summary_rows import SHOWN_INDICES, ShownRow, floor_of
from sim.text.console import PlainConsole
from sim.text.number_format import worlds

HEADS = {  # in two lines: where the difference stands beside, where it stands below
    "delimited_agreed": ("delimited\nagreed", "agreed\n"),
    "delimited_tacit": ("delimited\ntacit", "tacit\n"),
    "condominium": ("condo-\nminium", "condo-\nminium"),
    "russian_primacy": ("Russian\nprimacy", "Russia\nfirst"),
    "iranian_primacy": ("Iranian\nprimacy", "Iran\nfirst"),
    "breakdown": ("break-\ndown", "break-\ndown"),
    "government_recentred": ("government\nrecentred", "recen-\ntred"),
    "fallen": ("government\nfallen", "fallen\n"),
    "delimitation": ("delimitation\nindex", "delimi-\ntation"),
    "balance": ("balance\nindex", "balance\n"),
    "overlap": ("overlap\nindex", "overlap\n"),
}
_GAP = 2  # columns of the screen between two of the table
_LONGEST = 18  # letters of a name in a line, where differences stand below
_PIPED = 160
_RULE_BELOW_HEAD = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_NONE = "-"


def console(piped: bool) -> Console:
    """A console for this output: of a fixed width when piped."""
    return PlainConsole(width=_PIPED, no_color=True, highlight=False) if piped else PlainConsole(highlight=False)


def print_plain(what: Table | Text, out: Console) -> None:
    """Print to a terminal as it is; to a pipe without wrapped lines and trailing blanks."""
    if out.is_terminal:
        out.print(what)
    elif isinstance(what, Text):
        out.print(what, soft_wrap=True)
    else:
        with out.capture() as captured:
            out.print(what)
        out.print(Text("\n".join(line.rstrip() for line in captured.get().splitlines())), soft_wrap=True)


def show(rows: Sequence[ShownRow], out: Console) -> None:
    """Print the table, and how to read it."""
    out.print()
    print_plain(Text(title(rows), "bold"), out)
    layout = next((one for one in (_Layout(rows, out.width, True), _Layout(rows, out.width, False)) if one.fits), None)
    if layout is not None:
        print_plain(layout.table(rows), out)
    else:
        for row in rows:
            out.print(Padding(_paragraph(row), (0, 0, 0, 2), expand=False) if out.is_terminal else _paragraph(row))
    indices = layout is not None and bool(layout.indices)
    for line in notes(rows, indices):
        print_plain(Text(line, "dim"), out)


def title(rows: Sequence[ShownRow]) -> str:
    """What the table shows, in one line."""
    counts = {row.n_worlds for row in rows}
    of = worlds(counts.pop()) if len(counts) == 1 else "all worlds"
    return f"Outcomes, % of {of}{_second(rows)}"


def _second(rows: Sequence[ShownRow]) -> str:
    compared = dict.fromkeys(row.reference for row in rows if row.is_compared)
    return f"; second figure: difference from {' or '.join(compared)}, points" if compared else ""


def notes(rows: Sequence[ShownRow], indices: bool) -> Iterator[str]:
    """How to read the table, as far as it needs to be said."""
    said = []
    if any(row.is_compared for row in rows):
        said.append("* significant (5 %, Holm's correction) and large enough to matter.")
    if any(not row.is_compared and not row.is_reference for row in rows):
        said.append(f"{_NONE} not compared: other months, or no worlds in common.")
    if indices:
        said.append("Indices, from 0 to 1: means where the government stands.")
    yield " ".join([*said, "What the words mean: spheres explain condominium."])


class _Layout:
    """What stands where on a screen of so many columns: `beside` its share or below it stands a difference."""

    def __init__(self, rows: Sequence[ShownRow], width: int, beside: bool) -> None:
        self.beside = beside
        names = max(len(row.scenario) for row in rows)
        self.names = names if beside else min(names, _LONGEST)
        self.widths = {name: self._width(rows, name) for name in HEADS}
        room = width - self.names - sum(self.widths[name] + _GAP for name in SHARES)
        self.fits = room >= 0
        self.indices: list[str] = []
        for name in SHOWN_INDICES:
            room -= self.widths[name] + _GAP
            self.indices += [name] if room >= 0 else []

    def table(self, rows: Sequence[ShownRow]) -> Table:
        """The table of all rows."""
        table = Table(box=_RULE_BELOW_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0), header_style="bold")
        table.add_column("\nscenario", width=self.names, no_wrap=True)
        columns = (*SHARES, *self.indices)
        for name in columns:
            justify: Literal["left", "right"] = "left" if self.beside else "right"
            table.add_column(self._head(name), justify=justify, width=self.widths[name], no_wrap=True)
        for row in rows:
            style = "bold" if row.is_reference else ""
            table.add_row(Text("\n".join(folded(row.scenario, self.names)), style), *(self._cell(row, name) for name in columns))
        return table

    def _head(self, name: str) -> str:
        """The heading of a column, over its figure or over the pair of figures."""
        lines = HEADS[name][0 if self.beside else 1].split("\n")
        return "\n".join(lines if all(lines) else reversed(lines))

    def _width(self, rows: Sequence[ShownRow], name: str) -> int:
        cells = [self._cell(row, name).plain for row in rows]
        return max(len(line) for text in (*cells, self._head(name)) for line in text.split("\n"))

    def _cell(self, row: ShownRow, name: str) -> Text:
        """A value and its difference."""
        figure = row.figures[name]
        value = value_text(name, figure.value)
        if row.is_reference:
            return Text(self._value(name, value), "bold")
        difference = difference_text(name, figure.difference)
        found = figure.is_finding(floor_of(name)) and difference != _NONE
        marked = Text(f"{difference}{'*' if found else ' '}", "bold" if found else "dim")
        return Text.assemble(self._value(name, value), " " if self.beside else "\n", marked)

    def _value(self, name: str, value: str) -> str:
        """A value so that it stands below others: three digits where a difference follows in the line."""
        return value.rjust(3 if name in SHARES else 4) if self.beside else f"{value} "


def value_text(name: str, value: float) -> str:
    """A share in whole percent, or an index with two decimals; what is neither none nor all is never rounded to it."""
    if math.isnan(value):
        return _NONE
    if name not in SHARES:
        return f"{value:.2f}"
    return "<1" if 0.0 < value < 0.005 else ">99" if 0.995 < value < 1.0 else f"{100 * value:.0f}"


def difference_text(name: str, difference: float) -> str:
    """A difference in whole points, or with two decimals for an index; without a sign where it rounds to nothing."""
    if math.isnan(difference):
        return _NONE
    digits, size = (0, 100 * difference) if name in SHARES else (2, difference)
    text = f"{size:+.{digits}f}"
    return text.replace("-", "−") if float(text) else "0"


def folded(name: str, width: int) -> list[str]:
    """A name in lines of so many letters at most, broken behind an underscore where it has one."""
    lines = []
    while len(name) > width:
        end = name.rfind("_", 0, width) + 1 or width
        lines.append(name[:end])
        name = name[end:]
    return [*lines, name]


def _paragraph(row: ShownRow) -> Text:
    """The outcomes of a scenario in words, for a screen that is too narrow for a table."""
    parts = []
    for name in SHARES:
        figure = row.figures[name]
        mark = "*" if figure.is_finding(floor_of(name)) else ""
        beside = f" ({difference_text(name, figure.difference)}{mark})" if row.is_compared else ""
        parts.append(f"{OUTCOME_WORDS[name]} {value_text(name, figure.value)} %{beside}")
    return Text.assemble((row.scenario, "bold"), f": {', '.join(parts)}")
