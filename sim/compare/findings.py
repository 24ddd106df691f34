"""What counts as a finding, and what moved most: one rule for the terminal's sentences, the page's cards and the figures.

A difference is a finding if it is statistically significant, large enough to matter, and not what the scenario itself sets. Over fewer
than LEAST_PAIRS worlds none is, and nothing is said of whether there is a difference. Findings are
ranked by size in the unit in which quantities of a kind can be compared: percentage points for shares of worlds and of influence,
standard deviations over worlds for all other measures.

The floors of relevance. Shares: one percentage point, since the tables and sentences show no less, and ranges of assumed parameters move
shares by far more. Other measures: a tenth of a standard deviation over worlds, half of what Cohen (1988) calls a small effect, and one
per cent of the measure's scale, the least that a reader sees on an axis.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from sim.model.observation.measure_catalogue import Measure
from sim.model.state.dimensions import Row
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text.number_format import worlds

FINDING, NEGLIGIBLE, UNDETECTED, INPUT = "finding", "practically no effect", "no detectable difference", "set by the scenario"
TOO_FEW = "too few worlds"  # to call any difference significant, or to say that there is none
STATUSES = (FINDING, NEGLIGIBLE, UNDETECTED, TOO_FEW, INPUT)
POINT = 0.01  # of a share: the floor of relevance, and the unit of size
STD_FLOOR, SCALE_FLOOR = 0.1, 0.01  # of other measures: parts of a standard deviation over worlds, and of their scale
AXIS_FLOOR = 0.05  # of the scale of shares: their axis of differences reaches so far at least, so that it does not zoom in on nothing
STD_LEAST = 0.02  # of a scale: where worlds vary less than that, size is not counted in their standard deviation but in this
_POINT_KINDS = ("outcome", "territory", "fallen", "influence", "sphere")


class Sized(Protocol):
    """What the size of a difference follows from: the kind of the quantity, and the measure behind it (None for a share of worlds)."""

    @property
    def kind(self) -> str:
        """One of quantities.KINDS."""

    @property
    def measure(self) -> Measure | None:
        """The measure, which says the unit and the ends of the scale."""


def units(quantities: Sequence[Sized], differences: MeanDifferences) -> Row:
    """The unit in which the size of each quantity's difference is counted."""
    std, scale = differences.pooled_std, _scales(quantities, differences)
    return np.where(_in_points(quantities), POINT, np.fmax(std, STD_LEAST * scale))


def sizes(quantities: Sequence[Sized], differences: MeanDifferences) -> Row:
    """Differences in percentage points or standard deviations, by kind of quantity; NaN where there is none."""
    unit = units(quantities, differences)
    return np.divide(differences.difference, unit, out=np.where(np.isnan(differences.difference), np.nan, 0.0), where=unit > 0.0)


def statuses(quantities: Sequence[Sized], differences: MeanDifferences, significant: Row, inputs: Sequence[bool]) -> Row:
    """What each difference is, one of STATUSES, as texts. What a scenario sets is said to be that however few worlds there are."""
    small = ~(np.abs(differences.difference) >= floors(quantities, differences))
    cases = [np.asarray(inputs, dtype=bool), ~differences.suffices, ~significant, small]
    return np.select(cases, [INPUT, TOO_FEW, UNDETECTED, NEGLIGIBLE], default=FINDING)


def floors(quantities: Sequence[Sized], differences: MeanDifferences) -> Row:
    """The least difference of each quantity that is large enough to matter."""
    floor = np.fmax(STD_FLOOR * differences.pooled_std, SCALE_FLOOR * _scales(quantities, differences))
    return np.where(_in_points(quantities), POINT, floor)


def too_few(n_worlds: int) -> str:
    """That so few worlds (or pairs of worlds) show no difference to be significant, in a clause."""
    return f"{worlds(n_worlds)} {'is' if n_worlds == 1 else 'are'} too few to call any difference significant (at least {LEAST_PAIRS})"


def by_size(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table of differences, the largest size first; equal ones by name, and those without a size last."""
    size = table["size"].abs()
    keys = ["quantity", "province"] if "province" in table else ["quantity"]
    order = table.assign(_size=-size.round(9)).sort_values(["_size", *keys], kind="stable").index
    return table.loc[order]


def findings(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The findings of one kind, the largest first."""
    return by_size(table[(table["kind"] == kind) & (table["status"] == FINDING)])


def _in_points(quantities: Sequence[Sized]) -> Row:
    return np.array([quantity.kind in _POINT_KINDS for quantity in quantities])


def bounded_scales(quantities: Sequence[Sized]) -> Row:
    """The length of each quantity's scale, from its lowest to its highest value; NaN where it has not two ends."""
    return np.array([_bounded_scale(quantity.measure) for quantity in quantities], dtype=float)


def _scales(quantities: Sequence[Sized], differences: MeanDifferences) -> Row:
    """The length of each quantity's scale: from its lowest to its highest value, or its level where there is no highest."""
    level = np.fmax(np.abs(differences.mean), np.abs(differences.other_mean))
    bounded = bounded_scales(quantities)
    return np.where(np.isnan(bounded), level, bounded)


def _bounded_scale(measure: Measure | None) -> float:
    """The length of a scale that has two ends; NaN for others."""
    if measure is None:
        return 1.0
    return measure.high - measure.low if measure.unit in ("share", "index") and measure.high <= 1.0 else np.nan
