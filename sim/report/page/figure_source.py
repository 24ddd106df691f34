"""What the figures of the page are made of: a comparison, whole or of one scenario."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import pandas as pd

from sim.compare.comparison import Comparison
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.figures.data import comparison_text, figure_data
from sim.report.figures.data.figure_data import INDICES, Results
from sim.report.page import figure_tables

# the tables in which a figure of a chosen index or province looks for its rows, and the column that names the choice
_LOOKED_UP = {
    "index": (("series", "measure"), ("years", "quantity"), ("differences", "quantity")),
    "province": (("influence", "province"), ("months", "province"), ("differences", "province")),
}


@dataclass(frozen=True)
class FigureSource:
    """What figures are made of: the comparison, and the same as `Results` for those that read them."""

    comparison: Comparison

    @cached_property
    def results(self) -> Results:
        """The comparison as results."""
        return figure_data.of(self.comparison)

    @cached_property
    def indices(self) -> frozenset[str]:
        """The measures of the whole country that have a series."""
        rows = self.comparison.series
        return frozenset(rows.loc[rows["province"] == COUNTRY, "measure"].astype(str).unique())

    @cached_property
    def yearly(self) -> dict[tuple[str, str], list[Any]]:
        """The country's series at the start, every twelve months and at the horizon: by scenario and measure the rows by month."""
        rows = comparison_text.rows(self.comparison.series, province=COUNTRY)
        by_series: dict[tuple[str, str], list[Any]] = {}
        for scenario, own in rows.groupby("scenario", observed=True, sort=False):
            shown = figure_tables.yearly(own["month"])
            for row in own[own["month"].isin(shown)].sort_values("month", kind="stable").itertuples(index=False):
                by_series.setdefault((str(scenario), str(row.measure)), []).append(row)
        return by_series

    def is_compared(self, scenario: str) -> bool:
        """Whether a scenario has something to differ from."""
        return bool((self.comparison.differences["scenario"] == scenario).any())

    def of_scenario(self, scenario: str) -> "FigureSource":
        """The same with the rows of a scenario and of the reference scenario alone, in which rows are found faster."""
        c = self.comparison
        kept = tuple(dict.fromkeys([c.against, scenario]))
        rows = {
            name: pd.concat(found) if (found := [parts[key] for key in kept if key in parts]) else getattr(c, name).iloc[:0]
            for name, parts in self._by_scenario.items()
        }
        return FigureSource(replace(c, scenarios=kept, about={name: c.about[name] for name in kept}, **rows))

    @cached_property
    def _by_scenario(self) -> dict[str, dict[str, pd.DataFrame]]:
        """The rows of every table by scenario."""
        c = self.comparison
        tables = {field.name: getattr(c, field.name) for field in fields(c) if isinstance(getattr(c, field.name), pd.DataFrame)}
        return {
            name: {str(key): rows for key, rows in table.groupby("scenario", sort=False, observed=True)} for name, table in tables.items()
        }

    def comparison_of(self, choice: str, value: str) -> Comparison:
        """The comparison with the rows of a chosen index or province alone, in the tables that its figure looks through."""
        tables = {}
        for table, column in _LOOKED_UP[choice]:
            key = INDICES[value].name if column == "measure" else value
            tables[table] = self._split[table, column].get(key, getattr(self.comparison, table).iloc[:0])
        return replace(self.comparison, **tables)

    @cached_property
    def _split(self) -> dict[tuple[str, str], dict[str, pd.DataFrame]]:
        """The rows of those tables by what can be chosen, by table and column."""
        return {
            (table, column): {str(key): rows for key, rows in getattr(self.comparison, table).groupby(column, sort=False, observed=True)}
            for table, column in dict.fromkeys(pair for pairs in _LOOKED_UP.values() for pair in pairs)
        }
