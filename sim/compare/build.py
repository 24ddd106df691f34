"""Some scenarios compared with one of them: everything that is known, gathered into a Comparison."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd

from sim.compare.compared_scenarios import ComparedScenario, all_scenarios, select_scenarios
from sim.compare.comparison import ALL, CONDITIONS, HAS_FALLEN, SURVIVED, Comparison, ScenarioFacts
from sim.compare.difference_tables import COLUMNS, DifferenceTables, difference_tables
from sim.compare.effort_table import effort_table
from sim.compare.fallen_holdings import holdings_table
from sim.compare.negotiated_share import Side, frame, negotiated_shares
from sim.compare.quantities import FELL, INFLUENCE, POOLED_KINDS, quantities
from sim.compare.scenario_facts import scenario_facts
from sim.compare.threshold_shares import threshold_table
from sim.compare.world_values import read_horizon
from sim.experiment.progress import Progress
from sim.experiment.recording.snapshots import snapshot_months
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.derived_tables import monthly_table
from sim.experiment.storage.monthly_tables import COUNTRY, MONTHS_FILE
from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import SPHERES
from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Array, Bidder, Sector, keys
from sim.statistics.confidence_intervals import wilson_interval

HOLDERS = (*keys(Bidder), "open")
_GIVEN = (SURVIVED, HAS_FALLEN)


def compare(folders: Sequence[Path], scenarios: Sequence[str] = (), against: str | None = None) -> tuple[Comparison, list[str]]:
    """Compare scenarios of some folders of results, all by default, with one of them; also what was left out, and why.

    Raises SettingsError where results, scenarios or chunks cannot be read.
    """
    sides, left_out = select_scenarios(all_scenarios(folders), scenarios, against)
    return compare_scenarios(sides), left_out


def compare_scenarios(sides: Sequence[ComparedScenario], watch: Progress | None = None, executor: Executor | None = None) -> Comparison:
    """Compare all sides with the first. `executor` may spread the work over processes; no number depends on it. Raises SettingsError."""
    reference = sides[0]
    watch = watch or Progress()
    watch.phase("comparing", steps=len(sides))
    tables: list[DifferenceTables] = []
    facts: dict[str, ScenarioFacts] = {}
    thresholds: list[pd.DataFrame] = []
    for side, (known, differences, moved) in zip(
        sides, (executor.map if executor else map)(_one_side, sides, repeat(reference)), strict=True
    ):
        facts[side.name] = known
        tables += [differences] if differences else []
        thresholds.append(moved)
        watch.detail(side.name)
    provinces = reference.result.provinces
    series = _series(sides)
    is_influence = series["measure"].str.startswith(INFLUENCE)
    influence = series[is_influence & (series["province"] != COUNTRY) & series["mean"].notna()]
    return Comparison(
        scenarios=tuple(side.name for side in sides),
        against=reference.name,
        about=facts,
        names=provinces,
        shares=pd.concat([shares_of(side) for side in sides], ignore_index=True),
        differences=_joined(tables, "differences"),
        years=_joined(tables, "years"),
        months=_joined(tables, "months"),
        transitions=_joined(tables, "transitions"),
        spheres=pd.concat([_spheres(side, tuple(provinces)) for side in sides], ignore_index=True),
        influence=influence.assign(power=influence["measure"].str.removeprefix(INFLUENCE))[
            ["scenario", "month", "province", "power", "mean"]
        ].reset_index(drop=True),
        series=series[~is_influence].reset_index(drop=True),
        contracts=pd.concat([_contracts(side) for side in sides], ignore_index=True),
        effort=pd.concat([effort_table(side.name, side.files.values(), tuple(provinces)) for side in sides], ignore_index=True),
        holdings=pd.concat([holdings_table(side.name, side.files.values()) for side in sides], ignore_index=True),
        negotiated=frame(negotiated_shares([_side(side) for side in sides])),
        thresholds=pd.concat(thresholds, ignore_index=True),
    )


def _one_side(side: ComparedScenario, reference: ComparedScenario) -> tuple[ScenarioFacts, DifferenceTables | None, pd.DataFrame]:
    """What a scenario is, how it differs from the one compared with, unless it is that one, and its classes with other thresholds."""
    differences = None if side.name == reference.name else difference_tables(side, reference)
    return scenario_facts(side, reference), differences, threshold_table(side)


def _side(side: ComparedScenario) -> Side:
    """A scenario as the negotiated share reads it. Raises SettingsError where the results lack it."""
    return Side(side.name, side.result.scenario(side.scenario), side.files, (side.random_numbers, side.model))


def _joined(tables: Sequence[DifferenceTables], name: str) -> pd.DataFrame:
    parts = [getattr(table, name) for table in tables]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS[name])


def shares_of(side: ComparedScenario) -> pd.DataFrame:
    """Shares of worlds by outcome, by territory and by whether the government fell, with intervals; also among those that stand."""
    compared = [quantity for quantity in quantities((), *side.span) if quantity.kind in POOLED_KINDS]
    collapse = compared.index(FELL)
    counts = {condition: np.zeros(len(compared), dtype=np.int64) for condition in CONDITIONS}
    n_worlds = dict.fromkeys(CONDITIONS, 0)
    for file in side.files.values():
        happened = read_horizon(file, compared) > 0.0
        for condition, worlds in ((ALL, happened), (SURVIVED, happened[:, ~happened[collapse]])):
            counts[condition] += worlds.sum(axis=1)
            n_worlds[condition] += worlds.shape[1]
    rows = [
        (side.name, quantity.kind, quantity.name, condition, n_worlds[condition], *_share(int(count), n_worlds[condition]))
        for condition in CONDITIONS
        for quantity, count in zip(compared, counts[condition], strict=True)
    ]
    return pd.DataFrame(rows, columns=["scenario", "kind", "quantity", "given", "worlds", "share", "low", "high"])


def _share(count: int, n_worlds: int) -> tuple[float, float, float]:
    """A share and the ends of its interval; NaN without worlds."""
    return (count / n_worlds, *wilson_interval(count / n_worlds, n_worlds)) if n_worlds else (np.nan, np.nan, np.nan)


def snapshot_dates(start: str, months: int) -> tuple[str, ...]:
    """The months of the snapshots: the one before the first for the start, then the last month of each year, and the horizon."""
    return tuple(month_name(start, passed - 1) for passed in snapshot_months(months))


def _spheres(side: ComparedScenario, iso: tuple[str, ...]) -> pd.DataFrame:
    """Shares of worlds by sphere, province and snapshot, of those that stand then and of those that have fallen."""
    counts = _added(file.spheres() for file in side.files.values())
    worlds = np.broadcast_to(_added(file.snapshot_worlds() for file in side.files.values())[:, :, None, None], counts.shape)
    names = ["month", "given", "province", "sphere"]
    places = pd.MultiIndex.from_product([snapshot_dates(*side.span), _GIVEN, iso, SPHERES], names=names)
    share = np.divide(counts, worlds, out=np.zeros(counts.shape), where=worlds > 0)
    table = pd.DataFrame({"worlds": worlds.ravel(), "share": share.ravel()}, index=places).reset_index()
    return _of_scenario(table, side.name)


def _of_scenario(table: pd.DataFrame, scenario: str) -> pd.DataFrame:
    """The rows for which there are worlds, with the scenario and the condition in front."""
    table = table[table["worlds"] > 0].reset_index(drop=True)
    table.insert(0, "scenario", scenario)
    table.insert(1, "given", table.pop("given"))
    return table


def _contracts(side: ComparedScenario) -> pd.DataFrame:
    """Mean shares of each sector's assets by holder and snapshot, in worlds that stand then and in those that have fallen."""
    counts = _added(file.contracts() for file in side.files.values())
    assets = counts.sum(axis=3, keepdims=True)
    worlds = np.broadcast_to(_added(file.snapshot_worlds() for file in side.files.values())[:, :, None, None], counts.shape)
    names = ["month", "given", "sector", "holder"]
    places = pd.MultiIndex.from_product([snapshot_dates(*side.span), _GIVEN, keys(Sector), HOLDERS], names=names)
    share = np.divide(counts, assets, out=np.zeros(counts.shape), where=assets > 0)
    many = np.broadcast_to(assets, counts.shape) // np.maximum(worlds, 1)
    table = pd.DataFrame({"worlds": worlds.ravel(), "share": share.ravel(), "assets": many.ravel()}, index=places).reset_index()
    return _of_scenario(table, side.name)


def _added(counts: Iterable[Array]) -> Array:
    """Whole numbers of all chunks, added up."""
    first, *rest = (count.astype(np.int64) for count in counts)
    return np.asarray(sum(rest, first))


def _series(sides: Sequence[ComparedScenario]) -> pd.DataFrame:
    """Means and quantiles by month of the scenarios, in their order, from their results' own tables, each of which is read once."""
    wanted: dict[Path, list[ComparedScenario]] = {}
    for side in sides:
        wanted.setdefault(side.result.folder, []).append(side)
    found: dict[str, pd.DataFrame] = {}
    for of_result in wanted.values():
        table = _monthly_means(of_result[0].result, [side.scenario for side in of_result])
        parts = dict(iter(table.groupby("scenario", sort=False)))
        found |= {side.name: parts.get(side.scenario, table.iloc[:0]).assign(scenario=side.name) for side in of_result}
    return pd.concat([found[side.name] for side in sides], ignore_index=True)


def _monthly_means(result: Result, scenarios: Sequence[str]) -> pd.DataFrame:
    """The rows of some scenarios in a result's monthly table."""
    path = monthly_table(result, MONTHS_FILE)
    try:
        table = pd.read_parquet(path, filters=[("scenario", "in", list(scenarios))])
    except (OSError, ValueError) as fault:
        raise SettingsError(f"{path} is missing or damaged ({fault}); the same `spheres run` makes it anew.") from None
    return table.astype(dict.fromkeys(["scenario", "month", "province", "measure"], str))
