"""The continuous indices behind the classes of outcomes: where they lie, how they differ, and the thresholds that make classes of them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from sim.compare.comparison import SURVIVED, Comparison
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.figures.data import comparison_text
from sim.text.measure_labels import label
from sim.text.number_format import capital

# what is said of an index's threshold, and the class that begins there
_BEGINS = {
    "delimitation": (("delimited_tacit", "delimited from"),),
    "balance": (("russian_primacy", "Russian primacy from"), ("iranian_primacy", "Iranian to")),
}


@dataclass(frozen=True)
class ClassIndex:
    """An index over the worlds in which the government stands (in both scenarios, where two are compared).

    `against`, `difference`, `low`, `high` (95 %), `size` (standard deviations over worlds): beside the reference scenario, NaN for that one
    itself; `status`: one of findings.STATUSES, or nothing. `middle`: from where to where the middle 90 % of the scenario's worlds lie.
    `limits`: thresholds in words, with their value.
    """

    name: str
    mean: float
    against: float
    difference: float
    low: float
    high: float
    size: float
    status: str
    middle: tuple[float, float]
    limits: tuple[tuple[str, float], ...]

    @property
    def words(self) -> str:
        """Its name as a sentence begins with it."""
        return capital(label(self.name))


def class_indices(c: Comparison, scenario: str) -> list[ClassIndex]:
    """The indices whose thresholds and values are known, those of the scenario at the horizon."""
    return list(_known(c, scenario)) if len(c.thresholds) else []


def moved_shares(c: Comparison, scenario: str, outcome: str) -> tuple[float, float] | None:
    """The share of a class with every threshold a quarter lower, and a quarter higher; None where that is not known."""
    rows = comparison_text.rows(c.thresholds, scenario=scenario, quantity=f"outcome:{outcome}")
    return (float(rows["share_lower"].iloc[0]), float(rows["share_higher"].iloc[0])) if len(rows) else None


def index_behind(c: Comparison, scenario: str, outcome: str) -> str:
    """The name of the index whose threshold makes a class; nothing where it has none."""
    rows = comparison_text.rows(c.thresholds, scenario=scenario, quantity=f"outcome:{outcome}")
    return str(rows["index"].iloc[0]) if len(rows) else ""


def _known(c: Comparison, scenario: str) -> Iterator[ClassIndex]:
    own = comparison_text.rows(c.differences, scenario=scenario, kind="index", given=SURVIVED, province=COUNTRY)
    for name, begins in _BEGINS.items():
        course = comparison_text.course(c, scenario, name)
        limits = [(words, limit) for one, words in begins for limit in _threshold(c, scenario, one)]
        if course.empty or not limits:
            continue
        last = course.iloc[-1].astype(float)
        found = own[own["quantity"] == name]
        middle = (float(last["p05"]), float(last["p95"]))
        if found.empty:
            none = math.nan
            yield ClassIndex(name, float(last["mean"]), none, none, none, none, none, "", middle, tuple(limits))
        else:
            yield _compared(name, found.iloc[0], middle, tuple(limits))


def _compared(name: str, row: pd.Series, middle: tuple[float, float], limits: tuple[tuple[str, float], ...]) -> ClassIndex:
    return ClassIndex(
        name=name,
        mean=float(row["mean"]),
        against=float(row["against_mean"]),
        difference=float(row["difference"]),
        low=float(row["low"]),
        high=float(row["high"]),
        size=float(row["size"]),
        status=str(row["status"]),
        middle=middle,
        limits=limits,
    )


def _threshold(c: Comparison, scenario: str, outcome: str) -> list[float]:
    rows = comparison_text.rows(c.thresholds, scenario=scenario, quantity=f"outcome:{outcome}")
    return [float(value) for value in rows["threshold"] if not math.isnan(value)]
