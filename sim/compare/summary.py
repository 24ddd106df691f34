"""The table that an analyst can quote: one row a scenario, for the screen and for `summary.csv`."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.compare.negotiated_share import NegotiatedShare
from sim.compare.quantities import FALLEN_BY_OBSERVED_MONTH, OBSERVED_FALL, SHARES, covers_month, headline_name
from sim.compare.scenario_differences import ScenarioDifferences
from sim.compare.scenario_headlines import headline
from sim.model.state.calendar import month_name
from sim.scenario import assumed_share
from sim.statistics.confidence_intervals import wilson_half_width
from sim.text.csv_text import csv_text

_NEGOTIATED, _SHOWN = "negotiated_", ("silent", "by_talks", "difference", "low", "high", "part", "part_low", "part_high")
HEADLINES = ("delimitation", "overlap", "balance", "territory_share", "broken", "incidents", "exclusion_share")


@dataclass(frozen=True)
class Cell:
    """A mean over worlds, its difference from the baseline in the same worlds, and whether that is statistically significant."""

    value: float
    difference: float
    standard_error: float
    significant: bool


@dataclass(frozen=True)
class SummaryRow:
    """One scenario of the table; `cells` by name of share or index. `negotiated`: None where no scenario without talks was run."""

    scenario: str
    baseline: str
    question: str
    basis: str
    last_month: str
    n_worlds: int
    cells: dict[str, Cell]
    half_widths: dict[str, float]
    fallen_by_observed_month: float | None
    overall: dict[str, float]
    n_standing: int
    n_parameters: int
    assumed: float
    headline: str
    negotiated: NegotiatedShare | None = None

    @property
    def is_baseline(self) -> bool:
        """Whether the scenario is the one that others are compared with."""
        return self.scenario == self.baseline

    @property
    def half_width(self) -> float:
        """The largest half-width among the shares."""
        return max(self.half_widths.values())


def summarise(
    compared: Iterable[ScenarioDifferences], names: dict[str, str], negotiated: Sequence[NegotiatedShare] = ()
) -> list[SummaryRow]:
    """The rows of the table, in order; `names` are the provinces' names by ISO code."""
    shares = {share.scenario: share for share in negotiated}
    return [_row(one, names, shares.get(one.scenario.name)) for one in compared]


def _row(one: ScenarioDifferences, names: dict[str, str], negotiated: NegotiatedShare | None) -> SummaryRow:
    scenario = one.scenario
    cells = {name: _cell(one, one.index(headline_name(name) if name in SHARES else name)) for name in (*SHARES, *HEADLINES)}
    covers_fall = covers_month(scenario.start, scenario.months, OBSERVED_FALL)
    return SummaryRow(
        scenario=scenario.name,
        baseline=scenario.root,
        question=scenario.question,
        basis=scenario.basis,
        last_month=month_name(scenario.start, scenario.months - 1),
        n_worlds=one.n_worlds,
        cells=cells,
        half_widths={name: wilson_half_width(cells[name].value, one.n_worlds) for name in SHARES},
        fallen_by_observed_month=float(one.mean[one.index(FALLEN_BY_OBSERVED_MONTH)]) if covers_fall else None,
        overall={name: float(one.overall[one.index(name)]) for name in HEADLINES},
        n_standing=int(one.worlds[one.index(HEADLINES[0])]),
        n_parameters=len(scenario.settings),
        assumed=assumed_share(scenario),
        headline=headline(one, names),
        negotiated=negotiated,
    )


def _cell(one: ScenarioDifferences, i: int) -> Cell:
    numbers = one.assessment.differences
    return Cell(float(one.mean[i]), float(numbers.difference[i]), float(numbers.standard_error[i]), bool(one.assessment.significant[i]))


def write_summary(path: Path, rows: Sequence[SummaryRow]) -> None:
    """Write the table for a spreadsheet: the numbers of the screen with more digits, and the indices over all worlds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = [_csv_row(row) for row in rows]
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def _csv_row(row: SummaryRow) -> dict[str, str]:
    line = {
        "scenario": row.scenario,
        "compared_with": "" if row.is_baseline else row.baseline,
        "question": csv_text(row.question),
        "basis": row.basis,
        "last_month": row.last_month,
        "worlds": str(row.n_worlds),
        "worlds_standing": str(row.n_standing),
    }
    for name, cell in row.cells.items():
        line[name] = _number(cell.value)
        if name in row.half_widths:
            line[f"{name}_half_width"] = _number(row.half_widths[name])
        line[f"{name}_difference"] = "" if row.is_baseline else _number(cell.difference)
        line[f"{name}_error"] = "" if row.is_baseline else _number(cell.standard_error)
        unknown = row.is_baseline or np.isnan(cell.difference)
        line[f"{name}_significant"] = "" if unknown else ("yes" if cell.significant else "no")
    line[FALLEN_BY_OBSERVED_MONTH] = "" if row.fallen_by_observed_month is None else _number(row.fallen_by_observed_month)
    line |= {f"{name}_overall": _number(value) for name, value in row.overall.items()}
    line |= {f"{_NEGOTIATED}{name}": _negotiated(row.negotiated, name) for name in _SHOWN}
    line |= {"parameters": str(row.n_parameters), "assumed_share": _number(row.assumed), "sentence": csv_text(row.headline)}
    return line


def _negotiated(share: NegotiatedShare | None, name: str) -> str:
    """One number of the difference that talks make, as text; empty where it is not known."""
    value = None if share is None else getattr(share, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _number(value) if isinstance(value, float) else value or ""


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6g}"
