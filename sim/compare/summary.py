"""The table that an analyst can quote: one row a scenario, for the screen and for `summary.csv`."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.compare.paired_differences import BY_THEN, SHARES, Compared, covers_fall
from sim.compare.precision import half_width
from sim.compare.scenario_headlines import sentence
from sim.model.state.calendar import month_name
from sim.scenario import assumed_share

HEADLINES = ("delimitation", "overlap", "balance", "territory_share", "broken", "incidents", "exclusion_share")


@dataclass(frozen=True)
class Cell:
    """A mean over worlds, its difference from the root in the same worlds, and whether that can be told from noise."""

    value: float
    difference: float
    error: float
    told: bool


@dataclass(frozen=True)
class Row:
    """One scenario of the table; `cells` by name of share or index."""

    scenario: str
    root: str
    question: str
    basis: str
    last_month: str
    worlds: int
    cells: dict[str, Cell]
    half_widths: dict[str, float]
    by_then: float | None
    surviving: dict[str, float]
    parameters: int
    assumed: float
    sentence: str

    @property
    def half_width(self) -> float:
        """The largest half-width among the shares."""
        return max(self.half_widths.values())


def summarise(compared: Iterable[Compared], names: dict[str, str]) -> list[Row]:
    """The rows of the table, in order; `names` are the provinces' names by ISO code."""
    return [_row(one, names) for one in compared]


def _row(compared: Compared, names: dict[str, str]) -> Row:
    scenario, told = compared.scenario, compared.told
    cells = {}
    for name in (*SHARES, *HEADLINES):
        i = compared.index(name)
        cells[name] = Cell(float(compared.mean[i]), float(compared.difference[i]), float(compared.error[i]), bool(told[i]))
    by_then = compared.mean[compared.index(BY_THEN)]
    return Row(
        scenario=scenario.name,
        root=scenario.root,
        question=scenario.question,
        basis=scenario.basis,
        last_month=month_name(scenario.start, scenario.months - 1),
        worlds=compared.worlds,
        cells=cells,
        half_widths={name: half_width(cells[name].value, compared.worlds) for name in SHARES},
        by_then=float(by_then) if covers_fall(scenario) else None,
        surviving={name: float(compared.surviving[compared.index(name)]) for name in HEADLINES},
        parameters=len(scenario.settings),
        assumed=assumed_share(scenario),
        sentence=sentence(compared, names),
    )


def write_summary(path: Path, rows: Sequence[Row]) -> None:
    """Write the table for a spreadsheet: the numbers of the screen with more digits, and those given survival."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = [_csv_row(row) for row in rows]
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def _csv_row(row: Row) -> dict[str, str]:
    line = {
        "scenario": row.scenario,
        "compared_with": row.root if row.root != row.scenario else "",
        "question": plain(row.question),
        "basis": row.basis,
        "last_month": row.last_month,
        "worlds": str(row.worlds),
    }
    for name, cell in row.cells.items():
        line[name] = _number(cell.value)
        if name in row.half_widths:
            line[f"{name}_half_width"] = _number(row.half_widths[name])
        own = row.root == row.scenario
        line[f"{name}_difference"] = "" if own else _number(cell.difference)
        line[f"{name}_error"] = "" if own else _number(cell.error)
        line[f"{name}_told"] = "" if own or np.isnan(cell.difference) else ("yes" if cell.told else "no")
    line[BY_THEN] = "" if row.by_then is None else _number(row.by_then)
    line |= {f"{name}_surviving": _number(value) for name, value in row.surviving.items()}
    line |= {"parameters": str(row.parameters), "assumed_share": _number(row.assumed), "sentence": row.sentence}
    return line


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f" {text}" if text[:1] in "=+-@" else text


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6g}"
