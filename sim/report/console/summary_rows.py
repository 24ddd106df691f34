"""What the table on the screen shows of each scenario, from the rows of a run or from a comparison of finished results."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.compare.comparison import ALL, SURVIVED, Comparison
from sim.compare.findings import POINT, SCALE_FLOOR
from sim.compare.precision import Precision
from sim.compare.quantities import FALLEN_BY_OBSERVED_MONTH, SHARES, headline_name
from sim.compare.summary import SummaryRow
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.statistics.confidence_intervals import wilson_half_width

SHOWN_INDICES = ("delimitation", "balance", "overlap")  # from 0 to 1, in the order in which they find room
HINDSIGHT = "hindsight"


@dataclass(frozen=True)
class Figure:
    """A share or an index of a scenario and its difference from the reference (NaN where there is none); `significant` by a test."""

    value: float
    difference: float = math.nan
    significant: bool = False

    def is_finding(self, floor: float) -> bool:
        """Whether the difference is significant, and large enough to matter."""
        return self.significant and abs(self.difference) >= floor - 1e-12


@dataclass(frozen=True)
class ShownRow:
    """One scenario: `figures` by name of SHARES and SHOWN_INDICES; `reference` is the scenario compared with, itself for that one.

    `assumed`: the share of parameters that are assumed. `fallen_by_observed_month`: None where the months do not reach so far.
    `is_hindsight`: whether the scenario uses what happened after June 2021.
    """

    scenario: str
    reference: str
    n_worlds: int
    figures: Mapping[str, Figure]
    assumed: float
    fallen_by_observed_month: float | None
    is_hindsight: bool = False

    @property
    def is_reference(self) -> bool:
        """Whether others are compared with this one."""
        return self.scenario == self.reference

    @property
    def is_compared(self) -> bool:
        """Whether it has differences."""
        return not self.is_reference and not math.isnan(self.figures[SHARES[0]].difference)

    def findings(self) -> dict[str, Figure]:
        """The shares of outcomes that differ significantly and by a point at least."""
        return {name: self.figures[name] for name in SHARES if self.figures[name].is_finding(POINT)}


def floor_of(name: str) -> float:
    """The least difference of a share or an index that is large enough to matter."""
    return POINT if name in SHARES else SCALE_FLOOR


def rows_of_run(rows: Iterable[SummaryRow]) -> list[ShownRow]:
    """The rows of a run."""
    return [_of_run(row) for row in rows]


def _of_run(row: SummaryRow) -> ShownRow:
    cells = {name: row.cells[name] for name in (*SHARES, *SHOWN_INDICES)}
    figures = {name: Figure(cell.value, math.nan if row.is_baseline else cell.difference, cell.significant) for name, cell in cells.items()}
    is_hindsight = row.basis == HINDSIGHT
    return ShownRow(row.scenario, row.baseline, row.n_worlds, figures, row.assumed, row.fallen_by_observed_month, is_hindsight)


def rows_of_comparison(c: Comparison) -> list[ShownRow]:
    """The rows of a comparison, the reference first."""
    return [_of_comparison(c, name) for name in c.scenarios]


def _of_comparison(c: Comparison, scenario: str) -> ShownRow:
    shares = _by_quantity(c.shares, scenario, given=ALL)["share"]
    outcomes = _by_quantity(c.differences, scenario, given=ALL, kind="outcome", province=COUNTRY)
    indices = _by_quantity(c.differences, scenario, given=SURVIVED, kind="index", province=COUNTRY)
    series = c.series[(c.series["scenario"] == scenario) & (c.series["province"] == COUNTRY)]
    means = series[series["month"] == series["month"].max()].set_index("measure")["mean"]
    figures = {name: _figure(shares, outcomes, headline_name(name)) for name in SHARES}
    figures |= {name: _figure(means, indices, name) for name in SHOWN_INDICES}
    about, fallen = c.about[scenario], shares.get(FALLEN_BY_OBSERVED_MONTH)
    fell = None if fallen is None else float(fallen)
    return ShownRow(scenario, c.against, about.worlds, figures, about.assumed, fell, about.basis == HINDSIGHT)


def _by_quantity(table: pd.DataFrame, scenario: str, **where: str) -> pd.DataFrame:
    """The rows of a scenario, and of certain values of other columns, by quantity."""
    for column, value in {"scenario": scenario, **where}.items():
        table = table[table[column] == value]
    return table.assign(quantity=table["quantity"].astype(str)).set_index("quantity")


def _figure(values: "pd.Series[float]", differences: pd.DataFrame, name: str) -> Figure:
    value = float(values.get(name, math.nan))
    if name not in differences.index:
        return Figure(value)
    row = differences.loc[name]
    return Figure(value, float(row["difference"]), bool(row["significant"]))


def precision_of_comparison(c: Comparison) -> list[Precision]:
    """How accurate the shares of outcomes of a comparison are, and their differences."""
    return [_precision(c, name, share) for name in c.scenarios for share in SHARES]


def _precision(c: Comparison, scenario: str, name: str) -> Precision:
    share = _by_quantity(c.shares, scenario, given=ALL).loc[headline_name(name)]
    table = _by_quantity(c.differences, scenario, given=ALL, kind="outcome", province=COUNTRY)
    row = table.loc[headline_name(name)] if headline_name(name) in table.index else None
    n_worlds, value = int(share["worlds"]), float(share["share"])
    difference = math.nan if row is None else float(row["difference"])
    return Precision(
        scenario=scenario,
        baseline=c.against,
        name=name,
        n_worlds=n_worlds,
        share=value,
        half_width=wilson_half_width(value, n_worlds),
        difference=difference,
        difference_half_width=math.nan if row is None else max(difference - float(row["low"]), float(row["high"]) - difference),
        to_halve=3 * n_worlds,
        to_significance=None,
        n_pairs=0 if row is None else int(row["worlds"]),
    )


def reference_figure(rows: Sequence[ShownRow], row: ShownRow, name: str) -> float:
    """A share of the scenario that another is compared with; worked out where that one is not shown."""
    found = next((other.figures[name].value for other in rows if other.scenario == row.reference), math.nan)
    return row.figures[name].value - row.figures[name].difference if math.isnan(found) else found
