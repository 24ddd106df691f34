"""Results folders for notebooks: tidy DataFrames, and the figures of the comparison page as charts that need no network."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis import arguments
from sim.analysis.experiments import Experiments, experiments_of
from sim.analysis.figure import Figure
from sim.analysis.result_summary import in_html, in_lines
from sim.compare.build import compare_scenarios
from sim.compare.compared_scenarios import ComparedScenario, all_scenarios, select_scenarios
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
from sim.text.printed_lines import wrapped

_FIRST = ("quantity", "province", "against_mean", "mean", "difference", "low", "high", "size", "status")  # columns that come first


def open_results(folder: str | Path, *more: str | Path, scenarios: Sequence[str] | None = None, against: str | None = None) -> "ResultSet":
    """Open a results folder, or several to compare with each other.

    `scenarios` selects scenarios (default: all), `against` names the reference scenario (default: the baseline). Raises SettingsError
    where a folder holds no results or a scenario is not in it.
    """
    return ResultSet([arguments.folder(path) for path in (folder, *more)], scenarios, against)


class ResultSet:
    """Results as tables and figures. Every method raises SettingsError, with the nearest known name, for a name that is not there.

    Comparing a scenario takes about a second; it is done once, when a table or figure first needs it. `comparison` compares them all.
    """

    def __init__(self, folders: Sequence[Path], scenarios: Sequence[str] | None, against: str | None) -> None:
        self._folders = list(folders)
        self._sides = {side.name: side for side in all_scenarios(folders)}
        self._results = list(dict.fromkeys(side.result for side in self._sides.values()))
        self._wanted = () if scenarios is None else arguments.some_of(scenarios, self._sides, "scenario")
        self._against = None if against is None else arguments.one_of(against, self._sides, "scenario")
        self._pairs: dict[str, Comparison] = {}

    def __repr__(self) -> str:
        return wrapped(self._summary())

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return in_html(self._summary(), [self._sides[name] for name in self.scenarios])

    def _summary(self) -> list[str]:
        """The results in a few lines, also where their scenarios cannot be compared."""
        shown = [self._sides[name] for name in self.scenarios]
        try:
            against = self.against
        except SettingsError as fault:
            return [*in_lines(self._folders, shown, shown[0].name), str(fault)]
        return in_lines(self._folders, shown, against)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios, in order."""
        return self._wanted or tuple(self._sides)

    @property
    def against(self) -> str:
        """The name of the scenario that the others are compared with."""
        return self._compared[0].name

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
        return compare_scenarios(self._compared)

    @cached_property
    def _compared(self) -> list[ComparedScenario]:
        """The scenarios that can be compared, the one compared with first."""
        return select_scenarios(list(self._sides.values()), self._wanted, self._against)[0]

    def _pair(self, scenario: str) -> Comparison:
        """One scenario compared with the reference: its part of `comparison`, which takes far less time."""
        if self._known(scenario) not in self._pairs:
            reference, *others = self._compared
            self._pairs[scenario] = compare_scenarios([reference, *(side for side in others if side.name == scenario)])
        return self._pairs[scenario]

    def _drawn(self, scenario: str) -> Results:
        """One scenario as most figures need it."""
        return figure_data.of(self._pair(scenario))

    def differences(self, scenario: str, kind: str = "index", given: str = "all") -> pd.DataFrame:
        """What a scenario changes, the largest difference (in standard deviations over worlds) first.

        `kind`: index, outcome, territory, fallen, effort, influence, place or sphere. `given`: `all` worlds, or `standing`, only those
        in which the government survives to the horizon.
        """
        table = self._pair(self._other(scenario)).differences
        arguments.one_of(kind, dict.fromkeys(table["kind"]), "kind of quantity")
        arguments.one_of(given, CONDITIONS, "condition")
        rows = by_size(table[(table["kind"] == kind) & (table["given"] == given)]).reset_index(drop=True)
        return rows[[*_FIRST, *(column for column in rows if column not in _FIRST)]]

    def outcome_bars(self) -> Figure:
        """Shares of worlds by outcome, one bar per scenario."""
        plain = len(self._folders) == 1 and not self._wanted and self._against is None
        return _figure(lambda: outcome_bars.figure(figure_data.read(self._folders[0]) if plain else figure_data.of(self.comparison)))

    def sphere_map(self, scenario: str, month: str | None = None) -> Figure:
        """The likeliest sphere of each province, at the horizon or at another month (the start, or the last month of a year)."""
        months = dict.fromkeys(self._pair(scenario).spheres["month"])
        at = None if month is None else arguments.one_of(month, months, "month")
        return _figure(lambda: sphere_map.figure(self._drawn(scenario), scenario, at))

    def influence_tiles(self, scenario: str) -> Figure:
        """Influence over time in each province."""
        return _figure(lambda: influence_tiles.figure(self._drawn(scenario), scenario))

    def ranked_differences(self, scenario: str) -> Figure:
        """The national indices that a scenario changes, the largest first, with intervals."""
        return _figure(lambda: ranked_differences.figure(self._pair(self._other(scenario)), scenario))

    def ranked_influence(self, scenario: str) -> Figure:
        """The powers' influence by province that a scenario changes, the largest first, with intervals."""
        return _figure(lambda: ranked_differences.figure_of_influence(self._pair(self._other(scenario)), scenario))

    def outcome_intervals(self, scenario: str) -> Figure:
        """Shares of worlds by outcome and by the government's territory, with intervals."""
        return _figure(lambda: outcome_intervals.figure(self._pair(scenario), scenario))

    def outcome_transitions(self, scenario: str) -> Figure:
        """How worlds move between outcomes from the reference scenario to this one."""
        return _figure(lambda: outcome_transitions.figure(self._pair(self._other(scenario)), scenario))

    def index_over_time(self, scenario: str, index: str) -> Figure:
        """One index (a column of the table `worlds`) over time, beside the reference scenario."""
        arguments.one_of(index, INDICES, "index")
        return _figure(lambda: index_over_time.figure(self._pair(scenario), scenario, index))

    def province_over_time(self, scenario: str, province: str) -> Figure:
        """Influence in one province (name or ISO code) over time."""
        codes = {name: iso for iso, name in self.provinces.items()} | {iso: iso for iso in self.provinces}
        place = codes[arguments.one_of(province, codes, "province")]
        return _figure(lambda: province_over_time.figure(self._pair(scenario), scenario, place))

    def contract_shares(self, scenario: str) -> Figure:
        """Contracts by sector and holder over time."""
        return _figure(lambda: contract_shares.figure(self._pair(scenario), scenario))

    def effort_by_goal(self, scenario: str) -> Figure:
        """What each actor spends its effort on, beside the reference scenario."""
        return _figure(lambda: effort_by_goal.figure(self._drawn(scenario), scenario))

    def effort_places(self, scenario: str) -> Figure:
        """Where the two partners spend their effort, and on what there."""
        return _figure(lambda: effort_places.figure(self._drawn(scenario), scenario))

    def partnership(self, scenario: str) -> Figure:
        """Relations between Russia and Iran over time: friction, channels and incidents."""
        return _figure(lambda: partnership.figure(self._pair(scenario), scenario))

    def strikes_over_time(self, scenario: str) -> Figure:
        """Israeli and US strikes on Iran-backed presence, over time and by province."""
        return _figure(lambda: strikes_over_time.figure(self._pair(scenario), scenario))

    def _known(self, scenario: str) -> str:
        return arguments.one_of(scenario, (side.name for side in self._compared), "scenario")

    def _other(self, scenario: str) -> str:
        """A scenario that is compared with another."""
        if self._known(scenario) == self.against:
            others = [side.name for side in self._compared[1:]]
            named = f"name one that is: {', '.join(others)}" if others else "the results have no other"
            raise SettingsError(f"'{scenario}' is what the others are compared with, and differs from nothing; {named}.")
        return scenario


def _figure(make: Callable[[], dict[str, Any]]) -> Figure:
    """A Vega-Lite spec as a figure. Raises SettingsError where there is nothing to draw."""
    try:
        return Figure.of(make())
    except ValueError as error:
        raise SettingsError(f"{error}.") from error
