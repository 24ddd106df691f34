"""Tables of the hindcast and of event data: plain ones for the screen, and CSV files."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from sim.text.csv_text import csv_rows


def titled(title: str, left: Sequence[str] = (), right: Sequence[str] = ()) -> Table:
    """A plain table with a title and columns, aligned left and right."""
    table = Table(box=None, pad_edge=False, title_justify="left", title=f"\n{title}", title_style="bold")
    for head in left:
        table.add_column(head)
    for head in right:
        table.add_column(head, justify="right")
    return table


def exact(x: float | None) -> str:
    """A number for a table in a file; nothing where there is none."""
    return "" if x is None or math.isnan(x) else f"{x:.6g}"


def write_table(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *csv_rows(rows)])
