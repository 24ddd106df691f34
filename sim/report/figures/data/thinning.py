"""Long runs in few points: what a figure or a table of the page shows of a series, so that its size does not grow with the run.

Runs of up to SHOWN_WHOLE months are shown as they always were: lines by quarter, tables by year.
"""

from collections.abc import Sequence
from typing import TypeVar

SHOWN_WHOLE = 240  # months: at most 80 quarters on a line, 20 years in a table
_Item = TypeVar("_Item")


def stretch(n_months: int) -> int:
    """How many times further apart than usual the points of a run of so many months are; 1 for one that is shown whole."""
    return max(1, -(-n_months // SHOWN_WHOLE))


def spaced(items: Sequence[_Item], step: int) -> list[_Item]:
    """The first of some items, every `step`-th after it, and the last."""
    return [item for i, item in enumerate(items) if i % step == 0 or i == len(items) - 1]
