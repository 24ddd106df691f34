"""The bars of the first screen: the share of every outcome beside the reference scenario's, and the indices behind classes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.compare.comparison import ALL, Comparison
from sim.compare.findings import FINDING, INPUT, TOO_FEW
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES
from sim.report.drawing import palette
from sim.report.figures.data import comparison_text
from sim.report.figures.data.class_indices import ClassIndex
from sim.text.number_format import number, pair, percent, signed_points

# of a difference: a word for the style sheet, and what is said of it
_MARKS = {FINDING: ("found", "significant"), INPUT: ("set", INPUT), TOO_FEW: ("few", TOO_FEW)}


@dataclass(frozen=True)
class Span:
    """A mean or share and an interval around it: as numbers from 0 to 1, and in words."""

    at: float
    low: float
    high: float
    words: str


@dataclass(frozen=True)
class Change:
    """A difference from the reference scenario in words, how it is marked, and what its mark means."""

    words: str
    mark: str
    meaning: str


@dataclass(frozen=True)
class OutcomeBar:
    """An outcome: its share of worlds with the 95 % interval here and in the reference scenario, and the difference; None without one."""

    words: str
    colour: str
    here: Span
    there: Span | None
    change: Change | None


@dataclass(frozen=True)
class IndexBar:
    """An index behind classes: its mean here, with the middle 90 % of worlds, and in the reference scenario; `limits`: its thresholds."""

    words: str
    here: Span
    there: float | None
    change: Change | None
    limits: tuple[tuple[str, float], ...]


def outcome_bars(c: Comparison, scenario: str) -> tuple[OutcomeBar, ...]:
    """A bar for every outcome, always in the same order, so that scenarios can be compared while one chooses."""
    shares = {name: _shares(c, name) for name in dict.fromkeys((scenario, c.against))}
    found = comparison_text.rows(c.differences, scenario=scenario, kind="outcome", province=COUNTRY, given=ALL).set_index("quantity")
    return tuple(
        OutcomeBar(
            words=OUTCOME_WORDS[name],
            colour=palette.OUTCOMES[name],
            here=_span(shares[scenario], f"outcome:{name}"),
            there=None if scenario == c.against else _span(shares[c.against], f"outcome:{name}"),
            change=_points(found, f"outcome:{name}"),
        )
        for name in OUTCOMES
    )


def index_bars(indices: Sequence[ClassIndex]) -> tuple[IndexBar, ...]:
    """A row for each index behind classes."""
    return tuple(_index_bar(index) for index in indices)


def _index_bar(index: ClassIndex) -> IndexBar:
    is_alone = math.isnan(index.difference)
    mean = number(index.mean) if is_alone else pair(index.against, index.mean)[1]
    low, high = index.middle
    change = None if is_alone else _change(_hundredths(index.difference), index.status)
    here = Span(index.mean, low, high, f"{mean} ({low:.2f} to {high:.2f})")
    return IndexBar(index.words, here, None if is_alone else index.against, change, index.limits)


def _hundredths(difference: float) -> str:
    return f"{difference:+.2f}".replace("-", "−") if round(difference, 2) else "0"


def _shares(c: Comparison, scenario: str) -> pd.DataFrame:
    return comparison_text.rows(c.shares, scenario=scenario, given=ALL).set_index("quantity")


def _span(shares: pd.DataFrame, quantity: str) -> Span:
    """A share with its interval; a class that is not in the table is that of no world."""
    if quantity not in shares.index:
        return Span(0.0, 0.0, 0.0, "0 %")
    row = shares.loc[quantity]
    share, low, high = (float(row[column]) for column in ("share", "low", "high"))
    return Span(share, low, high, f"{percent(share)} ({100 * low:.0f} to {100 * high:.0f})")


def _points(found: pd.DataFrame, quantity: str) -> Change | None:
    if quantity not in found.index:
        return None
    row = found.loc[quantity]
    return _change(signed_points(float(row["difference"])), str(row["status"]))


def _change(words: str, status: str) -> Change:
    mark, meaning = _MARKS.get(status, ("small", status))
    return Change(words, mark, meaning)
