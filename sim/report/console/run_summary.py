"""What a run and a comparison end with on the screen: one table, and three sentences."""

import sys
from collections.abc import Sequence

from rich.text import Text

from sim.compare.precision import Precision
from sim.report.console.summary_rows import ShownRow
from sim.report.console.summary_sentences import sentences
from sim.report.console.summary_table import console, print_plain, show


def summary(rows: Sequence[ShownRow], precision: Sequence[Precision]) -> None:
    """Print it."""
    out = console(piped=not sys.stdout.isatty())
    show(rows, out)
    out.print()
    for sentence in sentences(rows, precision):
        print_plain(Text(sentence), out)
    out.print()
