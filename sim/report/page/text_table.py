"""A table for people: texts in rows and columns, as the page lays them out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class TextTable:
    """Rows of texts, each beginning with its own head; `head` has the heads of the columns, that of the rows first."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def from_frame(
    corner: str,
    frame: pd.DataFrame,
    cell: Callable[[float], str],
    row_name: Callable[[str], str] = str,
    column_name: Callable[[str], str] = str,
) -> TextTable:
    """A frame of numbers in texts; what is missing there is empty. `corner` is the head of the rows."""
    rows = [
        [row_name(str(key)), *("" if value != value else cell(value) for value in values)]
        for key, values in zip(frame.index, frame.itertuples(index=False, name=None), strict=True)
    ]
    return TextTable([corner, *(column_name(str(name)) for name in frame.columns)], rows)
