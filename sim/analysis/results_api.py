"""Results folders for notebooks: tidy DataFrames, and the figures of the comparison page as Altair charts."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from sim.analysis import arguments
from sim.analysis.experiments import Experiments, experiments_of
from sim.compare.build import compare
from sim.compare.compared_scenarios import all_scenarios
from sim.compare.comparison import CONDITIONS, Comparison
from sim.compare.findings import by_size
from sim.experiment.recording.world_tables import ROW_TABLES
from sim.experiment.run_settings import SettingsError
from sim.report.figures import (
    contract_shares,
    effort_by_goal,
    effort_places,
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
from sim.report.figures.data import figure_data
from sim.report.figures.data.figure_data import INDICES, Results
from sim.text.number_format import count


def open_results(folder: str | Path, *more: str | Path, scenarios: Sequence[str] | None = None, against: str | None = None) -> "ResultSet":
    """Open a results folder, or several to compare with each other.

    `scenarios` selects scenarios (default: all), `against` names the reference scenario (default: the baseline). Raises SettingsError
    where a folder holds no results or a scenario is not in it.
    """
    return ResultSet([arguments.folder(path) for path in (folder, *more)], scenarios, against)


class ResultSet:
    """Results as tables and charts. Every method raises SettingsError, with the nearest known name, for a name that is not there.

    Comparing the scenarios takes about a second for each; it is done once, when a table or chart first needs it.
    """

    def __init__(self, folders: Sequence[Path], scenarios: Sequence[str] | None, against: str | None) -> None:
        self._folders = list(folders)
        self._sides = {side.name: side for side in all_scenarios(folders)}
        self._results = list(dict.fromkeys(side.result for side in self._sides.values()))
        self._wanted = () if scenarios is None else arguments.some_of(scenarios, self._sides, "scenario")
        self._against = None if against is None else arguments.one_of(against, self._sides, "scenario")

    def __repr__(self) -> str:
        folders = ", ".join(str(folder) for folder in self._folders)
        against = f", compared with {self._against}" if self._against else ""
        return f"<Results in {folders}: {count(len(self.scenarios), 'scenario')}{against} ({', '.join(self.scenarios)})>"

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios, in order."""
        return self._wanted or tuple(self._sides)

    @property
    def provinces(self) -> dict[str, str]:
        """The provinces' names by ISO code."""
        return self._results[0].provinces

    def table(self, scenario: str, name: str = "worlds", columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table of one scenario: `worlds`, `provinces`, `groups`, `starts` or `years`, with all columns or those named.

        `columns.csv` in the results folder explains every column. Name the columns you need where results are large. Raises
        SettingsError where there is no such scenario, table or column.
        """
        side = self._sides[arguments.one_of(scenario, self._sides, "scenario")]
        arguments.one_of(name, ROW_TABLES, "table")
        known = next(iter(side.files.values())).table(name).column_names if columns is not None else ()
        wanted = None if columns is None else arguments.some_of(columns, known, "column")
        frame: pd.DataFrame = side.result.table(side.scenario, name, wanted).to_pandas()
        return frame if wanted is None else frame[list(wanted)]

    def experiments(self, scenarios: str | Sequence[str] | None = None) -> Experiments:
        """Worlds as the pair of experiments and outcomes that EMA Workbench's analyses take; of all scenarios, of some or of one.

        `experiments` has a column for each parameter and the columns `point`, `luck`, `scenario` (the world), `policy` (the scenario) and
        `model`, which analyses should not take for parameters: leave them out (`sim.analysis.experiments.LABELS`). docs/elsewhere.md has
        examples. A parameter that a scenario does not draw is empty (NaN) in its worlds where others draw it.
        """
        names = self.scenarios if scenarios is None else arguments.some_of(scenarios, self._sides, "scenario")
        return experiments_of((name, self.table(name)) for name in names)

    @cached_property
    def comparison(self) -> Comparison:
        """Every scenario compared with the reference: shares, differences with intervals, transitions and more, as tidy tables."""
        return compare(self._folders, self._wanted, self._against)[0]

    @cached_property
    def _for_figures(self) -> Results:
        return figure_data.of(self.comparison)

    def differences(self, scenario: str, kind: str = "index", given: str = "all") -> pd.DataFrame:
        """What a scenario changes, the largest difference (in standard deviations over worlds) first.

        `kind`: index, outcome, territory, fallen, effort, influence, place or sphere. `given`: `all` worlds, or `standing`, only those
        in which the government survives to the horizon.
        """
        table = self.comparison.differences
        arguments.one_of(kind, dict.fromkeys(table["kind"]), "kind of quantity")
        arguments.one_of(given, CONDITIONS, "condition")
        rows = table[(table["scenario"] == self._other(scenario)) & (table["kind"] == kind) & (table["given"] == given)]
        return by_size(rows).reset_index(drop=True)

    def outcome_bars(self) -> alt.Chart:
        """Shares of worlds by outcome, one bar per scenario."""
        return _chart(lambda: outcome_bars.figure(self._for_figures))

    def sphere_map(self, scenario: str, month: str | None = None) -> alt.Chart:
        """The likeliest sphere of each province, at the horizon or at another month (the start, or the last month of a year)."""
        months = dict.fromkeys(self.comparison.spheres["month"])
        at = None if month is None else arguments.one_of(month, months, "month")
        return _chart(lambda: sphere_map.figure(self._for_figures, self._known(scenario), at))

    def influence_tiles(self, scenario: str) -> alt.Chart:
        """Influence over time in each province."""
        return _chart(lambda: influence_tiles.figure(self._for_figures, self._known(scenario)))

    def ranked_differences(self, scenario: str) -> alt.Chart:
        """The national indices that a scenario changes, the largest first, with intervals."""
        return _chart(lambda: ranked_differences.figure(self.comparison, self._other(scenario)))

    def ranked_influence(self, scenario: str) -> alt.Chart:
        """The powers' influence by province that a scenario changes, the largest first, with intervals."""
        return _chart(lambda: ranked_differences.figure_of_influence(self.comparison, self._other(scenario)))

    def outcome_intervals(self, scenario: str) -> alt.Chart:
        """Shares of worlds by outcome and by the government's territory, with intervals."""
        return _chart(lambda: outcome_intervals.figure(self.comparison, self._known(scenario)))

    def outcome_transitions(self, scenario: str) -> alt.Chart:
        """How worlds move between outcomes from the reference scenario to this one."""
        return _chart(lambda: outcome_transitions.figure(self.comparison, self._other(scenario)))

    def index_over_time(self, scenario: str, index: str) -> alt.Chart:
        """One index (a column of the table `worlds`) over time, beside the reference scenario."""
        arguments.one_of(index, INDICES, "index")
        return _chart(lambda: index_over_time.figure(self.comparison, self._known(scenario), index))

    def province_over_time(self, scenario: str, province: str) -> alt.Chart:
        """Influence in one province (name or ISO code) over time."""
        codes = {name: iso for iso, name in self.provinces.items()} | {iso: iso for iso in self.provinces}
        place = codes[arguments.one_of(province, codes, "province")]
        return _chart(lambda: province_over_time.figure(self.comparison, self._known(scenario), place))

    def contract_shares(self, scenario: str) -> alt.Chart:
        """Contracts by sector and holder over time."""
        return _chart(lambda: contract_shares.figure(self.comparison, self._known(scenario)))

    def effort_by_goal(self, scenario: str) -> alt.Chart:
        """What each actor spends its effort on, beside the reference scenario."""
        return _chart(lambda: effort_by_goal.figure(self._for_figures, self._known(scenario)))

    def effort_places(self, scenario: str) -> alt.Chart:
        """Where the two partners spend their effort, and on what there."""
        return _chart(lambda: effort_places.figure(self._for_figures, self._known(scenario)))

    def partnership(self, scenario: str) -> alt.Chart:
        """Relations between Russia and Iran over time: friction, channels and incidents."""
        return _chart(lambda: partnership.figure(self.comparison, self._known(scenario)))

    def strikes_over_time(self, scenario: str) -> alt.Chart:
        """Israeli and US strikes on Iran-backed presence, over time and by province."""
        return _chart(lambda: strikes_over_time.figure(self.comparison, self._known(scenario)))

    def _known(self, scenario: str) -> str:
        return arguments.one_of(scenario, self.comparison.scenarios, "scenario")

    def _other(self, scenario: str) -> str:
        """A scenario that is compared with another."""
        if self._known(scenario) == self.comparison.against:
            others = [name for name in self.comparison.scenarios if name != scenario]
            named = f"name one that is: {', '.join(others)}" if others else "the results have no other"
            raise SettingsError(f"'{scenario}' is what the others are compared with, and differs from nothing; {named}.")
        return scenario


def _chart(make: Callable[[], dict[str, Any]]) -> alt.Chart:
    """A Vega-Lite spec as an Altair chart. Raises SettingsError where there is nothing to draw."""
    try:
        spec = make()
    except ValueError as error:
        raise SettingsError(f"{error}.") from error
    chart: alt.Chart = alt.Chart.from_dict(spec)
    return chart
