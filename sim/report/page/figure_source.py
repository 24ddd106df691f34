"""What the figures of the page are made of: a comparison, whole or of one scenario."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import pandas as pd

from sim.compare.comparison import Comparison
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.figures.data import comparison_text, figure_data
from sim.report.figures.data.figure_data import Results
from sim.report.page import figure_tables


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
        tables = {field.name: getattr(c, field.name) for field in fields(c) if isinstance(getattr(c, field.name), pd.DataFrame)}
        rows = {name: table[table["scenario"].isin(kept)] for name, table in tables.items()}
        return FigureSource(replace(c, scenarios=kept, about={name: c.about[name] for name in kept}, **rows))
