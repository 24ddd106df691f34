"""What moves between two scenarios: indices and influence, in the words and colours of a figure, from a comparison or from a run."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.compare.comparison import ALL, Comparison
from sim.compare.precision import SURE
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.drawing import palette
from sim.report.figures.data import comparison_text
from sim.report.figures.data.figure_data import INDICES, Results
from sim.report.text.labels import label
from sim.text import number_format
from sim.text.names import display_name, possessive

_NONE = 1e-12
_BROUGHT = ("effort_", "supply_")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Moved:
    """What moves, its values in words, and where the difference and its interval lie (`scale` units of it are one on the axis).

    `line`: one world in twenty differs by less, and one by more, read from bins and so off by `off` at most; None where that is not
    known. `whose`: the influence that moves, as a sentence says it. `brought`: it is what a partner brings, not what follows from it.
    """

    words: str
    unit: str
    colour: str
    before: str
    after: str
    change: str
    difference: float
    low: float
    high: float
    scale: float
    told: bool
    line: tuple[float, float] | None = None
    off: float = math.nan
    whose: str = ""
    brought: bool = False

    def on_axis(self, value: float) -> float:
        """A difference in units of the axis; without any spread all but zero is beyond all bounds."""
        if self.scale > _NONE:
            return value / self.scale
        return math.copysign(math.inf, value) if abs(value) > _NONE else 0.0

    @property
    def size(self) -> float:
        """The difference in units of the axis."""
        return self.on_axis(self.difference)

    @property
    def direction(self) -> str:
        """The difference in one word."""
        return "not told" if not self.told else "higher" if self.difference > 0 else "lower"

    @property
    def tip(self) -> str:
        """The row in words."""
        sure = "told from noise" if self.told else "not told from noise"
        return f"{number_format.capital(self.words)}: {self.before} to {self.after}, difference {self.change}; {sure}"


def indices(c: Comparison, scenario: str) -> list[Moved]:
    """Indices of the country, what moves most first; one that is the same in all worlds of both is left out."""
    table = _rows(c, scenario, "index")
    table = table[(table["province"] == COUNTRY) & table["quantity"].isin(INDICES)]
    return _ranked(
        [_index(str(row["quantity"]), float(row["against_mean"]), row, float(row["spread"])) for row in table.to_dict("records")]
    )


def indices_of_run(results: Results, scenario: str) -> list[Moved]:
    """The same from the tables of a run, in which a difference has a standard error, and a line of the middle worlds."""
    whole = results.whole[scenario]
    return _ranked([_index_of_run(name, whole.loc[name]) for name in INDICES if name in whole.index])


def influences(c: Comparison, scenario: str) -> list[Moved]:
    """Shares of influence by province that move at all, what moves most first."""
    table = _rows(c, scenario, "influence")
    table = table[table["province"].isin(list(c.names))]
    return _ranked([_influence(c, row) for row in table.to_dict("records")])


def _rows(c: Comparison, scenario: str, kind: str) -> pd.DataFrame:
    if scenario == c.against:
        raise ValueError(f"'{scenario}' is the scenario compared with and differs from nothing")
    return comparison_text.rows(c.differences, scenario=scenario, kind=kind, given=ALL)


def _ranked(moved: Sequence[Moved | None]) -> list[Moved]:
    return sorted((m for m in moved if m is not None), key=lambda m: (-abs(m.size), m.words))


def _index(name: str, was: float, row: Row, spread: float, **more: Any) -> Moved | None:
    if math.isnan(row["difference"]) or math.isnan(spread) or (spread <= _NONE and abs(row["difference"]) <= _NONE):
        return None
    unit, (before, after) = INDICES[name].unit, number_format.pair(was, was + float(row["difference"]))
    return Moved(
        words=label(name),
        unit="" if unit == "index" or unit in label(name) else unit,
        colour=palette.measure_colour(name),
        before=before,
        after=after,
        change=number_format.number(row["difference"], signed=True),
        scale=spread,
        brought=name.startswith(_BROUGHT),
        **_interval(row),
        **more,
    )


def _index_of_run(name: str, row: pd.Series) -> Moved | None:
    """An index over the worlds that both have; its spread is the root mean square of both scenarios' standard deviations."""
    ends = {"low": row["difference"] - SURE * row["error"], "high": row["difference"] + SURE * row["error"]}
    line = None if math.isnan(row["p05"]) else (float(row["p05"]), float(row["p95"]))
    spread = math.hypot(row["sd"], row["root_sd"]) / math.sqrt(2)
    return _index(name, float(row["root_mean"]), row.to_dict() | ends, spread, line=line, off=float(row["half_width"]))


def _influence(c: Comparison, row: Row) -> Moved | None:
    power = str(row["quantity"]).removeprefix("influence_")
    if math.isnan(row["difference"]) or abs(row["difference"]) <= _NONE or power not in palette.SPHERES:
        return None
    return Moved(
        words=f"{display_name(power)} in {c.names[row['province']]}",
        unit="",
        colour=palette.SPHERES[power],
        before=number_format.percent(float(row["against_mean"])),
        after=number_format.percent(float(row["mean"])),
        change=f"{number_format.signed_points(row['difference'])} points",
        scale=0.01,
        whose=f"{possessive(power)} in {c.names[row['province']]}",
        **_interval(row),
    )


def _interval(row: Row) -> dict[str, Any]:
    """Difference and interval; with a world or two there is none, and its ends are the difference."""
    mid = float(row["difference"])
    low, high = (mid if math.isnan(row[key]) else float(row[key]) for key in ("low", "high"))
    return {"difference": mid, "low": low, "high": high, "told": bool(row["told"])}
