"""Folders of results, opened: tidy DataFrames, and the figures of the page as Altair charts."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from sim.compare.build import compare
from sim.compare.comparison import Comparison
from sim.experiment.recording.world_tables import ROW_TABLES
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result
from sim.report.figures import (
    contract_shares,
    index_over_time,
    influence_tiles,
    outcome_bars,
    outcome_intervals,
    outcome_transitions,
    partnership,
    province_over_time,
    ranked_differences,
    sphere_map,
    strikes_over_time,
)
from sim.report.figures.data import comparison_text, figure_data
from sim.report.figures.data.figure_data import INDICES, Results
from sim.text.suggestions import did_you_mean


def open(folder: str | Path, *more: str | Path, scenarios: Sequence[str] = (), against: str | None = None) -> "Opened":
    """Open a folder of results, or several that are to be compared.

    `scenarios` picks some of them (all by default), `against` the one compared with (the baseline by default). Raises SettingsError
    where a folder holds no results, or not those scenarios.
    """
    return Opened([Path(one) for one in (folder, *more)], scenarios, against)


class Opened:
    """Results as tables and charts. Whatever needs all scenarios compared takes a while the first time, about a second for each."""

    def __init__(self, folders: Sequence[Path], scenarios: Sequence[str], against: str | None) -> None:
        self._folders, self._wanted, self._against = list(folders), tuple(scenarios), against
        self._results = [Result(folder) for folder in folders]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios, in order."""
        return self._wanted or tuple(dict.fromkeys(name for result in self._results for name in result.scenarios))

    @property
    def provinces(self) -> dict[str, str]:
        """The provinces' names by ISO code."""
        return self._results[0].provinces

    def table(self, scenario: str, name: str = "worlds", columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table of a scenario's worlds: `worlds`, `provinces`, `groups`, `starts` or `years`; whole or some columns of it.

        `columns.csv` in the results says what every column means. Raises SettingsError where there is no such scenario or table. Of large
        results read a few columns.
        """
        _one(name, ROW_TABLES, "table")
        result = next((one for one in self._results if scenario in one.scenarios), self._results[0])
        frame: pd.DataFrame = result.table(scenario, name, columns).to_pandas()
        return frame

    @cached_property
    def comparison(self) -> Comparison:
        """Every scenario against the one compared with: shares, differences with intervals, transitions and the rest as tidy tables."""
        return compare(self._folders, self._wanted, self._against)[0]

    @cached_property
    def _for_figures(self) -> Results:
        return figure_data.of(self.comparison)

    def differences(self, scenario: str, kind: str = "index", given: str = "all") -> pd.DataFrame:
        """What a scenario changes, the largest difference (in standard deviations over worlds) first.

        `kind`: index, outcome, territory, fallen, influence, place or sphere; `given`: all worlds, or `standing`, those alone in which the
        government stands at the horizon.
        """
        table = self.comparison.differences
        _one(kind, tuple(dict.fromkeys(table["kind"])), "kind of quantity")
        rows = table[(table["scenario"] == self._known(scenario)) & (table["kind"] == kind) & (table["given"] == given)]
        return comparison_text.ranked(rows).reset_index(drop=True)

    def outcomes(self) -> alt.Chart:
        """Shares of worlds by outcome, a bar for each scenario."""
        return _chart(outcome_bars.figure(self._for_figures))

    def map(self, scenario: str, month: str | None = None) -> alt.Chart:
        """The likeliest sphere of each province, at the horizon or after another month (the start, or the last of a year)."""
        known = tuple(dict.fromkeys(self.comparison.spheres["month"]))
        return _chart(sphere_map.figure(self._for_figures, self._known(scenario), None if month is None else _one(month, known, "month")))

    def tiles(self, scenario: str) -> alt.Chart:
        """Influence through time in each province."""
        return _chart(influence_tiles.figure(self._for_figures, self._known(scenario)))

    def ranked(self, scenario: str) -> alt.Chart:
        """The indices that a scenario moves, ranked, with intervals."""
        return _chart(ranked_differences.figure(self.comparison, self._known(scenario)))

    def ranked_places(self, scenario: str) -> alt.Chart:
        """The powers' influence that a scenario moves, by province, ranked, with intervals."""
        return _chart(ranked_differences.places(self.comparison, self._known(scenario)))

    def ends(self, scenario: str) -> alt.Chart:
        """Shares of worlds by outcome and territory with their intervals."""
        return _chart(outcome_intervals.figure(self.comparison, self._known(scenario)))

    def flows(self, scenario: str) -> alt.Chart:
        """What became of the worlds of each outcome."""
        return _chart(outcome_transitions.figure(self.comparison, self._known(scenario)))

    def course(self, scenario: str, index: str) -> alt.Chart:
        """One index (a column of table `worlds`) through time, beside the scenario compared with."""
        return _chart(index_over_time.figure(self.comparison, self._known(scenario), _one(index, tuple(INDICES), "index")))

    def place(self, scenario: str, province: str) -> alt.Chart:
        """Influence in one province, by name or ISO code, through time."""
        codes = {name: iso for iso, name in self.provinces.items()} | {iso: iso for iso in self.provinces}
        return _chart(province_over_time.figure(self.comparison, self._known(scenario), codes[_one(province, tuple(codes), "province")]))

    def contracts(self, scenario: str) -> alt.Chart:
        """Contracts by sector and holder through time."""
        return _chart(contract_shares.figure(self.comparison, self._known(scenario)))

    def partners(self, scenario: str) -> alt.Chart:
        """Friction, channels and incidents between the partners through time."""
        return _chart(partnership.figure(self.comparison, self._known(scenario)))

    def strikes(self, scenario: str) -> alt.Chart:
        """Israeli and US strikes on Iran-backed presence, through time and by province."""
        return _chart(strikes_over_time.figure(self.comparison, self._known(scenario)))

    def _known(self, scenario: str) -> str:
        return _one(scenario, self.comparison.scenarios, "scenario")


def _one(name: str, known: tuple[str, ...], what: str) -> str:
    """The name, if it is known. Raises SettingsError with the nearest one that is."""
    if name not in known:
        raise SettingsError(f"there is no {what} '{name}'. {did_you_mean(name, known)}")
    return name


def _chart(spec: dict[str, Any]) -> alt.Chart:
    """A Vega-Lite spec as an Altair chart."""
    chart: alt.Chart = alt.Chart.from_dict(spec)
    return chart
