"""The result tables as the figures need them: small, aggregated, scenario by scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.compare.comparison import ALL, HAS_FALLEN, SURVIVED, Comparison
from sim.compare.effort_table import read_effort
from sim.compare.quantities import COLLAPSE, POOLED_KINDS
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_reader import REMEDY
from sim.experiment.storage.manifest_file import check_hash
from sim.experiment.storage.monthly_tables import COUNTRY, MONTHS_FILE
from sim.experiment.storage.result_folder import read_manifest
from sim.model.observation import measure_catalogue
from sim.model.state.dimensions import Array, Power, keys
from sim.report.text import labels

POWERS = keys(Power)
INDICES = {"territory_share" if m.name == "territory" else m.name: m for m in measure_catalogue.WHOLE}  # by their names in the tables
_SPHERES = {f"sphere:{name}": name for name in measure_catalogue.SPHERES}


@dataclass(frozen=True)
class ManifestEntry:
    """What the manifest says about a scenario; a root has itself as root. `paired`: its worlds have the random numbers of the root's."""

    question: str
    basis: str
    root: str
    paired: bool = True


@dataclass(frozen=True)
class InfluenceSeries:
    """Mean influence shares of a scenario: by ISO code, shape (months, powers), powers as in POWERS; rows sum to 1."""

    months: tuple[str, ...]
    shares: Mapping[str, Array]


@dataclass(frozen=True)
class Results:
    """A results folder, read; every mapping is keyed by scenario, in the order of the tables.

    `whole`: the country's rows of `comparison.parquet`, indexed by quantity; `spheres`: share of the worlds in which the government
    stands, a row per province (ISO code), a column for each of measures.SPHERES; `fallen_spheres`: of those in which it has fallen;
    `root_spheres`: those of the root in the worlds in which it stands in both; all three and `influence` may lack a scenario; `names` of
    provinces by ISO code; `moments`: the shares of `spheres` by month, the horizon included, where other months than the horizon are known;
    `standing`: in how many worlds the government stands, by scenario and month of `moments`; `effort`: the rows of table `effort`, which
    may lack a scenario.
    """

    about: Mapping[str, ManifestEntry]
    whole: Mapping[str, pd.DataFrame]
    spheres: Mapping[str, pd.DataFrame]
    influence: Mapping[str, InfluenceSeries]
    names: Mapping[str, str]
    moments: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    fallen_spheres: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    root_spheres: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    standing: Mapping[tuple[str, str], int] = field(default_factory=dict)
    effort: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios' names, in order."""
        return tuple(self.whole)

    def root(self, scenario: str) -> str | None:
        """The scenario at the root of this one, or None for a root (or where its root was not run)."""
        root = self.about[scenario].root
        return root if root != scenario and root in self.whole else None

    def compared_with(self, scenario: str) -> str | None:
        """The same, but None also where the horizons cannot be compared: they are other months, or no world is in both."""
        return self.root(scenario) if self.whole[scenario]["difference"].notna().any() else None

    def worlds(self, scenario: str) -> int:
        """How many worlds a scenario has."""
        return int(self.whole[scenario]["worlds"].iloc[0])

    def pairs(self, scenario: str) -> int:
        """How many of them its root has too."""
        return int(self.whole[scenario]["pairs"].iloc[0])

    def fallen_worlds(self, scenario: str) -> int:
        """In how many of a scenario's worlds the government has fallen."""
        return round(float(self.whole[scenario].loc[COLLAPSE, "mean"]) * self.worlds(scenario))

    def standing_pairs(self, scenario: str) -> int:
        """In how many worlds the government stands in the scenario and in its root."""
        return int(self.whole[scenario].loc["overlap", "pairs"])

    def standing_worlds(self, scenario: str, month: str | None = None) -> int:
        """In how many of a scenario's worlds the government stands in a month of `moments`, or else at the horizon."""
        stand = self.worlds(scenario) - self.fallen_worlds(scenario)
        return stand if month is None else self.standing.get((scenario, month), stand)

    def title(self, scenario: str) -> str:
        """A scenario's name as a sentence spells it, e.g. `US strikes in east`."""
        return labels.scenario(scenario)

    def question(self, scenario: str) -> str:
        """A scenario's name and what it asks."""
        return labels.asked(scenario, self.about[scenario].question)


def read(folder: Path) -> Results:
    """The results in `folder`. Raises SettingsError where a table or the manifest is missing or damaged."""
    manifest = read_manifest(folder)
    for name in ("comparison.parquet", "effort.csv", MONTHS_FILE):
        if not check_hash(folder, manifest, name):
            raise SettingsError(f"{folder / name} is missing or damaged. {REMEDY}")
    whole, spheres, fallen, roots = _comparison(folder / "comparison.parquet")
    entries = {scenario: manifest["scenarios"][scenario] for scenario in whole}
    about = {scenario: ManifestEntry(entry["question"], entry["basis"], entry["root"]) for scenario, entry in entries.items()}
    effort = _by_scenario(read_effort(folder / "effort.csv"))
    results = Results(
        about,
        whole,
        spheres,
        _influence(folder / MONTHS_FILE),
        manifest["provinces"],
        effort=effort,
        fallen_spheres=fallen,
        root_spheres=roots,
    )
    pa.default_memory_pool().release_unused()  # what reading took is wanted back before the drawing begins
    return results


def of(c: Comparison) -> Results:
    """A comparison as results: the root of every scenario is the one compared with.

    `p05`, `p95` and `half_width` of the differences between worlds are unknown there (NaN), and `sd`, `root_sd` are
    one: the standard deviation of both.
    """
    spheres = {given: _by_scenario(c.spheres[c.spheres["given"] == given]) for given in (SURVIVED, HAS_FALLEN)}
    standing, fallen = (
        {name: _moments(spheres[given].get(name, c.spheres.iloc[:0])) for name in c.scenarios} for given in (SURVIVED, HAS_FALLEN)
    )
    whole = _whole_of(c)
    horizon = str(c.spheres["month"].max())
    counted = c.spheres[c.spheres["given"] == SURVIVED].drop_duplicates(["scenario", "month"])
    return Results(
        {name: ManifestEntry(about.question, about.basis, c.against, about.paired) for name, about in c.about.items()},
        whole,
        {name: by_month[horizon] for name, by_month in standing.items() if horizon in by_month},
        {str(name): _influence_of(rows) for name, rows in _by_scenario(c.influence).items()},
        dict(c.names),
        standing,
        {name: by_month[horizon] for name, by_month in fallen.items() if horizon in by_month},
        _roots_of(c),
        {(str(row.scenario), str(row.month)): int(row.worlds) for row in counted.itertuples()},
        _by_scenario(c.effort),
    )


def _roots_of(c: Comparison) -> dict[str, pd.DataFrame]:
    """Shares by sphere in the scenario compared with, over the worlds in which the government stands in both."""
    rows = c.differences[(c.differences["kind"] == "sphere") & (c.differences["given"] == SURVIVED) & (c.differences["worlds"] > 0)]
    return {name: _shares_by_sphere(own.assign(mean=own["against_mean"])) for name, own in _by_scenario(rows).items() if len(own)}


def _whole_of(c: Comparison) -> dict[str, pd.DataFrame]:
    """The country's rows of every scenario, indexed by quantity; the shares of the one compared with have no difference."""
    shares = _by_scenario(c.shares[c.shares["given"] == ALL])
    told = np.where(c.differences["kind"].isin(POOLED_KINDS), ALL, SURVIVED)
    country = c.differences[(c.differences["province"] == COUNTRY) & (c.differences["given"] == told)]
    found = _by_scenario(country)
    none = country.iloc[:0]
    return {name: _whole(c, name, shares[name].set_index("quantity"), found.get(name, none).set_index("quantity")) for name in c.scenarios}


def _whole(c: Comparison, scenario: str, shares: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The country's rows of a scenario from its shares and its differences, both indexed by quantity."""
    rows = pd.DataFrame({"pairs": shares["worlds"], "mean": shares["share"], "root_mean": np.nan})
    columns = {"pairs": "worlds", "mean": "mean", "root_mean": "against_mean", "sd": "spread", "root_sd": "spread"}
    columns |= {name: name for name in ("difference", "error", "size", "significant", "status")}
    table = pd.DataFrame({name: found[column] for name, column in columns.items()}).combine_first(rows)
    table["significant"] = table["significant"].eq(True)
    return table.assign(scenario=scenario, worlds=c.about[scenario].worlds, p05=np.nan, p95=np.nan, half_width=np.nan)


def _moments(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Shares of worlds by sphere, for each month in order."""
    texts = rows.astype({"month": str, "province": str, "sphere": str})
    wide = texts.pivot(index=["month", "province"], columns="sphere", values="share").reindex(
        columns=list(measure_catalogue.SPHERES), fill_value=0.0
    )
    return {str(month): shares.droplevel("month").sort_index().fillna(0.0) for month, shares in wide.groupby(level="month")}


def _influence_of(rows: pd.DataFrame) -> InfluenceSeries:
    measured = rows.assign(measure="influence_" + rows["power"].astype(str))
    return _one_influence(measured, [f"influence_{power}" for power in POWERS])


def _by_scenario(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each scenario, scenarios in the order in which they first appear."""
    return {str(name): rows for name, rows in table.groupby("scenario", observed=True, sort=False)}


_Frames = dict[str, pd.DataFrame]


def _comparison(file: Path) -> tuple[_Frames, _Frames, _Frames, _Frames]:
    """The rows of the whole country, and the share of worlds by sphere: of those that stand, of those that have fallen, of the root."""
    table = pd.read_parquet(file).astype({"scenario": str, "quantity": str, "province": str, "status": str})
    country = table[table["province"] == COUNTRY]
    spheres = table[table["quantity"].isin(_SPHERES)]
    whole = {scenario: rows.set_index("quantity") for scenario, rows in _by_scenario(country).items()}
    standing, fallen, roots = {}, {}, {}
    for scenario, rows in _by_scenario(spheres).items():
        share = float(whole[scenario].loc[COLLAPSE, "mean"])
        if share < 1.0:
            standing[scenario] = _shares_by_sphere(rows)
        if share > 0.0:
            stand = rows["mean"].fillna(0.0) * (1.0 - share)
            fallen[scenario] = _shares_by_sphere(rows.assign(mean=((rows["overall"] - stand) / share).clip(0.0, 1.0)))
        if rows["difference"].notna().any():
            roots[scenario] = _shares_by_sphere(rows.assign(mean=rows["root_mean"]))
    return whole, standing, fallen, roots


def _shares_by_sphere(rows: pd.DataFrame) -> pd.DataFrame:
    wide = rows.pivot(index="province", columns="quantity", values="mean")
    return wide.reindex(columns=list(_SPHERES)).rename(columns=_SPHERES).sort_index()


def _influence(file: Path) -> dict[str, InfluenceSeries]:
    """Mean influence of every power by scenario, province and month."""
    wanted, texts = [f"influence_{power}" for power in POWERS], ["scenario", "month", "province", "measure"]
    table = pq.read_table(file, columns=[*texts, "mean"], filters=[("measure", "in", wanted)], read_dictionary=texts).to_pandas()
    return {scenario: _one_influence(rows, wanted) for scenario, rows in _by_scenario(table).items()}


def _one_influence(rows: pd.DataFrame, wanted: list[str]) -> InfluenceSeries:
    texts = rows.astype({"month": str, "province": str, "measure": str})
    months = tuple(sorted(texts["month"].unique()))
    wide = texts.pivot(index=["province", "month"], columns="measure", values="mean").reindex(columns=wanted, fill_value=0.0).sort_index()
    shares = {}
    for iso, values in wide.groupby(level="province"):
        array = values.droplevel("province").reindex(list(months)).to_numpy(np.float64)
        shares[str(iso)] = array / array.sum(axis=1, keepdims=True)
    return InfluenceSeries(months, shares)
