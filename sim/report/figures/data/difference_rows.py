"""Ranked differences between two scenarios, in the words and colours of a figure, from a comparison or from a run."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.compare.comparison import Comparison, condition_of
from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE, TOO_FEW, UNDETECTED, by_size
from sim.compare.quantities import INFLUENCE
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.drawing import palette
from sim.report.figures.data import comparison_text
from sim.report.figures.data.figure_data import INDICES, Results
from sim.text import number_format
from sim.text.change_words import index_change, influence_change
from sim.text.measure_labels import label
from sim.text.names import display_name

_WORDS = {NEGLIGIBLE: "no effect", UNDETECTED: "not detected", TOO_FEW: "too few", INPUT: "input"}


@dataclass(frozen=True)
class DifferenceRow:
    """A difference, its values in words, and where it and its interval lie (`scale` is one unit of the axis).

    `text`: the change as a sentence says it; `status`: one of findings.STATUSES. `line`: one world in twenty differs by less, and one by
    more, read from bins and so inexact by `inexact` at most; None where that is not known.
    """

    words: str
    text: str
    unit: str
    colour: str
    before: str
    after: str
    change: str
    difference: float
    low: float
    high: float
    scale: float
    status: str
    line: tuple[float, float] | None = None
    inexact: float = math.nan

    def on_axis(self, value: float) -> float:
        """A difference in units of the axis; where worlds do not vary, all but zero is beyond all bounds."""
        if self.scale > 0.0:
            return value / self.scale
        return math.copysign(math.inf, value) if value else 0.0

    @property
    def size(self) -> float:
        """The difference in units of the axis."""
        return self.on_axis(self.difference)

    @property
    def is_finding(self) -> bool:
        """Whether the difference is significant, large enough to matter, and not what the scenario sets."""
        return self.status == FINDING

    @property
    def direction(self) -> str:
        """The difference in a word or two."""
        return _WORDS.get(self.status, "higher" if self.difference > 0 else "lower")

    @property
    def tip(self) -> str:
        """The row in words."""
        status = "statistically significant" if self.is_finding else self.status
        return f"{number_format.capital(self.words)}: {self.before} to {self.after}, difference {self.change}; {status}"


def indices(c: Comparison, scenario: str) -> list[DifferenceRow]:
    """Measures of the country, the largest change first; one that is the same in all worlds of both is left out."""
    table = _differences(c, scenario, "index")
    table = table[(table["province"] == COUNTRY) & table["quantity"].isin(INDICES)]
    return [_index(row) for row in _varying(table)]


def indices_of_run(results: Results, scenario: str) -> list[DifferenceRow]:
    """The same from the tables of a run, in which the interval is normal (of few worlds Student's), and the middle worlds are known."""
    table = results.whole[scenario].loc[lambda rows: rows.index.isin(INDICES)].reset_index()
    table = table.assign(
        against_mean=table["root_mean"],
        mean=table["root_mean"] + table["difference"],
        spread=((table["sd"] ** 2 + table["root_sd"] ** 2) / 2.0) ** 0.5,
    )
    return [_index(row) for row in _varying(table)]


def influences(c: Comparison, scenario: str) -> list[DifferenceRow]:
    """Shares of influence by province that change at all, the largest change first."""
    table = _differences(c, scenario, "influence")
    table = by_size(table[table["province"].isin(list(c.names)) & (table["difference"].abs() > 0.0)])
    return [_influence(c, row) for row in table.to_dict("records")]


def inputs(rows: Sequence[DifferenceRow]) -> list[DifferenceRow]:
    """What the scenario itself sets."""
    return [row for row in rows if row.status == INPUT]


def _differences(c: Comparison, scenario: str, kind: str) -> pd.DataFrame:
    if scenario == c.against:
        raise ValueError(f"'{scenario}' is the scenario compared with and differs from nothing")
    return comparison_text.rows(c.differences, scenario=scenario, kind=kind, given=condition_of(kind))


def _varying(table: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    """Rows that are known and vary at all, the largest first."""
    varies = (table["spread"] > 0.0) | (table["difference"].abs() > 0.0)
    return iter(by_size(table[varies & table["spread"].notna()]).to_dict("records"))


def _index(row: Mapping[str, Any]) -> DifferenceRow:
    name, old, new = str(row["quantity"]), float(row["against_mean"]), float(row["mean"])
    unit, (before, after) = INDICES[name].unit, number_format.pair(old, new)
    known = not math.isnan(row.get("p05", math.nan))
    return DifferenceRow(
        words=label(name),
        text=index_change(name, old, new),
        unit="" if unit == "index" or unit in label(name) else unit,
        colour=palette.measure_colour(name),
        before=before,
        after=after,
        change=number_format.number(row["difference"], signed=True),
        scale=float(row["difference"] / row["size"] if row["size"] else row["spread"]),
        line=(float(row["p05"]), float(row["p95"])) if known else None,
        inexact=float(row["half_width"]) if known else math.nan,
        **_interval(row),
    )


def _influence(c: Comparison, row: Mapping[str, Any]) -> DifferenceRow:
    power, province = str(row["quantity"]).removeprefix(INFLUENCE), c.names[row["province"]]
    before, after = float(row["against_mean"]), float(row["mean"])
    return DifferenceRow(
        words=f"{display_name(power)} in {province}",
        text=influence_change(power, province, before, after),
        unit="",
        colour=palette.SPHERES[power],
        before=number_format.percent(before),
        after=number_format.percent(after),
        change=f"{number_format.signed_points(row['difference'])} points",
        scale=0.01,
        **_interval(row),
    )


def _interval(row: Mapping[str, Any]) -> dict[str, Any]:
    """Difference, interval and status; with a world or two there is no interval, and its ends are the difference."""
    middle = float(row["difference"])
    low, high = (middle if math.isnan(row[key]) else float(row[key]) for key in ("low", "high"))
    return {"difference": middle, "low": low, "high": high, "status": str(row["status"])}
