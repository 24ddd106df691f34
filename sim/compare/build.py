"""Some scenarios compared with one of them: everything that is known, gathered into a Comparison."""

from collections.abc import Sequence
from concurrent.futures import Executor
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd

from sim.compare.compared_scenarios import Side, all_sides, chosen
from sim.compare.comparison import ALL, STANDING, About, Comparison
from sim.compare.differences import Found, differences
from sim.compare.paired_differences import BY_THEN, COLLAPSE, FELL, covers_month
from sim.compare.precision import wilson
from sim.compare.scenario_facts import about
from sim.experiment.progress import Progress
from sim.experiment.recording.snapshots import snapshot_months
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES
from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Array, Bidder, Sector, keys

HOLDERS = (*keys(Bidder), "open")
_INFLUENCE = "influence_"


def compare(folders: Sequence[Path], scenarios: Sequence[str] = (), against: str | None = None) -> tuple[Comparison, list[str]]:
    """Compare scenarios of some folders of results, all by default, with one of them; also what was left out, and why.

    Raises SettingsError where results, scenarios or chunks cannot be read.
    """
    sides, left_out = chosen(all_sides(folders), scenarios, against)
    return compare_sides(sides), left_out


def compare_sides(sides: Sequence[Side], watch: Progress | None = None, executor: Executor | None = None) -> Comparison:
    """Compare all sides with the first. `executor` may spread the work over processes; no number depends on it. Raises SettingsError."""
    reference = sides[0]
    watch = watch or Progress()
    watch.phase("comparing", steps=len(sides))
    found, abouts = [], {}
    for side, (said, differs) in zip(sides, (executor.map if executor else map)(_one, sides, repeat(reference)), strict=True):
        abouts[side.name] = said
        found += [differs] if differs else []
        watch.detail(side.name)
    provinces = reference.result.provinces
    series = pd.concat([_series(side) for side in sides], ignore_index=True)
    is_sway = series["measure"].str.startswith(_INFLUENCE)
    sway = series[is_sway & (series["province"] != COUNTRY)]
    return Comparison(
        scenarios=tuple(side.name for side in sides),
        against=reference.name,
        about=abouts,
        names=provinces,
        shares=pd.concat([_shares(side) for side in sides], ignore_index=True),
        differences=_joined(found, "differences"),
        years=_joined(found, "years"),
        months=_joined(found, "months"),
        transitions=_joined(found, "transitions"),
        spheres=pd.concat([_spheres(side, tuple(provinces)) for side in sides], ignore_index=True),
        influence=sway.assign(power=sway["measure"].str.removeprefix(_INFLUENCE))[
            ["scenario", "month", "province", "power", "mean"]
        ].reset_index(drop=True),
        series=series[~is_sway].reset_index(drop=True),
        contracts=pd.concat([_contracts(side) for side in sides], ignore_index=True),
    )


def _one(side: Side, reference: Side) -> tuple[About, Found | None]:
    """What a scenario is, and how it differs from the one compared with, unless it is that one."""
    return about(side, reference), None if side.name == reference.name else differences(side, reference)


def _joined(found: Sequence[Found], table: str) -> pd.DataFrame:
    parts = [getattr(one, table) for one in found]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_EMPTY[table])


_THROUGH_TIME = ("worlds", "mean", "against_mean", "difference", "low", "high", "more", "fewer")
_EMPTY = {
    "differences": [
        *("scenario", "kind", "quantity", "province", "given", "paired", "worlds", "mean", "against_mean", "difference"),
        *("low", "high", "error", "spread", "more", "fewer", "same", "narrowing", "p", "p_holm", "told"),
    ],
    "years": ["scenario", "quantity", "given", "year", *_THROUGH_TIME],
    "months": ["scenario", "province", "power", "given", "month", *_THROUGH_TIME],
    "transitions": ["scenario", "kind", "before", "after", "worlds", "share"],
}


def _shares(side: Side) -> pd.DataFrame:
    """Shares of worlds by outcome, by territory and by whether the government fell, with intervals."""
    rows = []
    parts = [side.result.part(file, "worlds", ["outcome", "territory", "collapse_month"]).to_pandas() for file in side.files.values()]
    table = pd.concat(parts).astype({"outcome": str, "territory": str})
    for given in (ALL, STANDING):
        worlds = table if given == ALL else table[table["collapse_month"].isna()]
        n = len(worlds)
        counted = [("outcome", name, int((worlds["outcome"] == name).sum())) for name in OUTCOMES]
        counted += [("territory", name, int((worlds["territory"] == name).sum())) for name in TERRITORIES]
        counted += [("fallen", COLLAPSE, int(worlds["collapse_month"].notna().sum()))]
        if covers_month(*side.span, FELL):
            counted += [("fallen", BY_THEN, int((worlds["collapse_month"].astype("string") <= FELL).sum()))]
        for kind, name, happened in counted:
            share, ends = (happened / n, wilson(happened / n, n)) if n else (np.nan, (np.nan, np.nan))
            rows.append((side.name, kind, name, given, n, share, *ends))
    return pd.DataFrame(rows, columns=["scenario", "kind", "quantity", "given", "worlds", "share", "low", "high"])


def snapshot_dates(start: str, months: int) -> tuple[str, ...]:
    """The months of the snapshots: the one before the first for the start, then the last month of each year, and the horizon."""
    return tuple(month_name(start, passed - 1) for passed in snapshot_months(months))


def _spheres(side: Side, iso: tuple[str, ...]) -> pd.DataFrame:
    """Shares of worlds by sphere, province and snapshot."""
    counts = _added(side, "spheres")
    places = pd.MultiIndex.from_product([snapshot_dates(*side.span), iso, SPHERES], names=["month", "province", "sphere"])
    table = pd.DataFrame({"share": (counts / side.worlds).ravel()}, index=places).reset_index()
    table.insert(0, "scenario", side.name)
    return table


def _contracts(side: Side) -> pd.DataFrame:
    """Mean shares of each sector's assets by holder and snapshot."""
    counts = _added(side, "contracts")
    assets = counts.sum(axis=2, keepdims=True)
    places = pd.MultiIndex.from_product([snapshot_dates(*side.span), keys(Sector), HOLDERS], names=["month", "sector", "holder"])
    share = np.divide(counts, assets, out=np.zeros(counts.shape), where=assets > 0)
    many = np.broadcast_to(assets // side.worlds, counts.shape)
    table = pd.DataFrame({"share": share.ravel(), "assets": many.ravel()}, index=places).reset_index()
    table.insert(0, "scenario", side.name)
    return table


def _added(side: Side, name: str) -> Array:
    """Whole numbers of all chunks, added up."""
    first, *rest = (side.result.array(file, name).astype(np.int64) for file in side.files.values())
    return np.asarray(sum(rest, first))


def _series(side: Side) -> pd.DataFrame:
    """Means and quantiles by month of a scenario, from its result's own table."""
    path = side.result.folder / "months.parquet"
    texts = ["scenario", "month", "province", "measure"]
    try:
        table = pd.read_parquet(path, filters=[("scenario", "==", side.scenario)])
    except (OSError, ValueError) as fault:
        raise SettingsError(f"{path} is missing or damaged ({fault}); the same `spheres run` makes it anew.") from None
    table = table.astype(dict.fromkeys(texts, str))
    table["scenario"] = side.name
    return table
