"""Texts in CSV files: none that a spreadsheet would take for a formula, and none that would upset a line. Numbers stay as they are."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.text.suggestions import printable

if TYPE_CHECKING:
    import pandas as pd

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[-+]?(inf|nan)", re.ASCII)
_BREAKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")  # the four in full width too


def csv_text(text: str) -> str:
    """A text as a CSV file has it: with an apostrophe in front where a spreadsheet would run it, which shows as text there."""
    words = text if text.isprintable() else printable(_BREAKS.sub(" ", text))
    return f"'{words}" if _FORMULA.match(words) and not _NUMBER.fullmatch(words) else words


def csv_rows(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Rows of texts and of numbers written out."""
    return [[csv_text(cell) for cell in row] for row in rows]


def csv_frame(table: "pd.DataFrame") -> "pd.DataFrame":
    """A table whose texts a spreadsheet shows as texts."""
    texts = [column for column, kind in table.dtypes.items() if getattr(kind, "kind", "O") == "O"]
    return table.assign(**{column: [csv_text(x) if isinstance(x, str) else x for x in table[column]] for column in texts})
