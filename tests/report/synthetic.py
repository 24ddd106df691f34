"""Made-up results of the right shape, plausible enough to look at: no model is run."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from stored import write_manifest

from sim.compare.assessment import Assessment
from sim.compare.effort_table import COLUMNS, write_effort
from sim.compare.quantities import Quantity
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation import measure_catalogue
from sim.model.state.dimensions import Power, keys
from sim.report.figures.data.figure_data import INDICES
from sim.statistics.mean_differences import MeanDifferences

PROVINCES = {
    "SY-DI": "Damascus",
    "SY-DR": "Daraa",
    "SY-DY": "Deir ez-Zor",
    "SY-HA": "Hasakah",
    "SY-HI": "Homs",
    "SY-HL": "Aleppo",
    "SY-HM": "Hama",
    "SY-ID": "Idlib",
    "SY-LA": "Latakia",
    "SY-QU": "Quneitra",
    "SY-RA": "Raqqa",
    "SY-RD": "Rif Dimashq",
    "SY-SU": "Suwayda",
    "SY-TA": "Tartus",
}
POWERS = keys(Power)
START = {  # rough influence at the start: government, Russia, Iran, Turkey, United States, Islamic State, local
    "SY-DI": (0.68, 0.16, 0.16, 0, 0, 0, 0),
    "SY-DR": (0.4, 0.32, 0.2, 0, 0, 0, 0.08),
    "SY-DY": (0.14, 0.1, 0.33, 0, 0.2, 0.05, 0.18),
    "SY-HA": (0.05, 0.06, 0.01, 0.12, 0.36, 0.03, 0.37),
    "SY-HI": (0.4, 0.22, 0.24, 0, 0.1, 0.04, 0),
    "SY-HL": (0.28, 0.15, 0.17, 0.26, 0.04, 0, 0.1),
    "SY-HM": (0.5, 0.3, 0.16, 0, 0, 0.04, 0),
    "SY-ID": (0.2, 0.14, 0.06, 0.36, 0, 0, 0.24),
    "SY-LA": (0.4, 0.54, 0.06, 0, 0, 0, 0),
    "SY-QU": (0.42, 0.28, 0.28, 0, 0, 0, 0.02),
    "SY-RA": (0.16, 0.14, 0.08, 0.1, 0.2, 0.04, 0.28),
    "SY-RD": (0.44, 0.16, 0.38, 0, 0.02, 0, 0),
    "SY-SU": (0.6, 0.1, 0.06, 0, 0, 0, 0.24),
    "SY-TA": (0.42, 0.52, 0.06, 0, 0, 0, 0),
}
BASELINE, STRIKES, LEAVES = "baseline", "israel_escalates", "patrons_withdraw"
QUESTIONS = {
    BASELINE: "What if everything stays as the report of 2021 describes it?",
    STRIKES: "What if Israel doubles its strikes on what Iran and its partners build near the line and along the road from Iraq?",
    LEAVES: "What if both partners withdraw in steps?",
}
TILT = {BASELINE: (0.0, 0.02, 0.02), STRIKES: (0.02, 0.02, -0.08), LEAVES: (-0.1, -0.12, -0.1)}
OUTCOME_SHARES = {
    BASELINE: (0.3, 0.24, 0.2, 0.05, 0.04, 0.07, 0.1),
    STRIKES: (0.22, 0.25, 0.15, 0.18, 0.01, 0.09, 0.1),
    LEAVES: (0.04, 0.2, 0.06, 0.1, 0.12, 0.08, 0.4),
}
TERRITORY_SHARES = {BASELINE: (0.1, 0.78, 0.08, 0.04), STRIKES: (0.08, 0.76, 0.1, 0.06), LEAVES: (0.01, 0.2, 0.24, 0.55)}
MOST = 200  # worlds; fewer are the first of these


def results(
    folder: Path,
    scenarios: Mapping[str, str] = QUESTIONS,
    worlds: int | Mapping[str, int] = 200,
    months: int = 120,
    root: str = BASELINE,
) -> Path:
    """Write made-up tables for the scenarios (name -> question) into `folder`; returns it. `worlds`: of all, or of each scenario."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [BASELINE, STRIKES, LEAVES]
    like = {name: kinds[min(i, 2) if i < 3 else 1 + i % 2] for i, name in enumerate(scenarios)}
    many = {name: worlds if isinstance(worlds, int) else worlds[name] for name in scenarios}
    influence = {name: _influence(like[name], months, seed) for seed, name in enumerate(scenarios)}
    made = {name: country(_worlds(like[name], many[name])).join(_provinces(influence[name][-1], many[name])) for name in scenarios}
    comparison(made, dict.fromkeys(made, root)).to_parquet(folder / "comparison.parquet", index=False)
    pd.concat([_months(name, series) for name, series in influence.items()]).to_parquet(folder / "months.parquet", index=False)
    write_effort(folder / "effort.csv", [made_effort(name, 0.1 * i) for i, name in enumerate(scenarios)])
    about = {
        name: {"question": question, "basis": "hindsight" if name == LEAVES else "report", "root": root}
        for name, question in scenarios.items()
    }
    said = {"worlds": max(many.values()), "scenarios": about, "provinces": PROVINCES}
    write_manifest(folder, said)
    return folder


def made_effort(scenario: str, more: float = 0.0) -> pd.DataFrame:
    """Table `effort`: Iran spends 0.2 on the land corridor, and `more`, 0.3 on deterrence, Russia all on its bases, Turkey half and half.

    The corridor is at stake in Homs alone, deterrence in Homs and Daraa alike, bases in Latakia; Turkey's goals nowhere.
    """
    rows = [
        ("russia", "bases", {"SY-LA": 1.0, COUNTRY: 1.0}),
        ("iran", "land_corridor", {"SY-HI": 0.2 + more, COUNTRY: 0.2 + more}),
        ("iran", "deterrence", {"SY-HI": 0.15, "SY-DR": 0.15, COUNTRY: 0.3}),
        ("turkey", "keep_the_north", {COUNTRY: 0.5}),
        ("turkey", "keep_astana", {COUNTRY: 0.5}),
    ]
    table = pd.DataFrame(
        [(scenario, actor, goal, place, effort) for actor, goal, by in rows for place, effort in by.items()], columns=[*COLUMNS[:5]]
    )
    return table.assign(share=table["effort"] / table.groupby(["actor", "province"])["effort"].transform("sum"))


def country(worlds: pd.DataFrame) -> pd.DataFrame:
    """A row per world and a column per (quantity, `SY`), from classes and indices."""
    columns = {f"outcome:{name}": worlds["outcome"] == name for name in measure_catalogue.OUTCOMES}
    columns |= {f"territory:{name}": worlds["territory"] == name for name in measure_catalogue.TERRITORIES}
    fell = worlds["territory"] == "collapsed"
    columns |= {"fallen_by_2024_12": fell & (worlds.index % 2 == 0)}
    columns |= {name: worlds[name] for name in worlds.columns.drop(["outcome", "territory"])}
    return pd.DataFrame({(name, "SY"): column.astype("float64") for name, column in columns.items()})


def comparison(made: Mapping[str, pd.DataFrame], roots: Mapping[str, str]) -> pd.DataFrame:
    """The table `comparison`, from a frame for each scenario: a row per world, a column per (quantity, province)."""
    table = pd.concat([_compared(name, frame, made.get(roots[name]), roots[name] == name) for name, frame in made.items()])
    return table.astype(dict.fromkeys(("scenario", "quantity", "province"), "category"))


def _compared(name: str, here: pd.DataFrame, there: pd.DataFrame | None, is_root: bool) -> pd.DataFrame:
    old = here.iloc[:0] if there is None else there.loc[here.index.intersection(there.index), here.columns]
    difference = here.loc[old.index] - old
    (p05, off_05), (p95, off_95) = (_binned(difference.quantile(share)) for share in (0.05, 0.95))
    table = pd.DataFrame(
        {
            "worlds": len(here),
            "mean": here.mean(),
            "sd": here.std(ddof=1),
            "overall": here.mean(),
            "pairs": len(old),
            "root_mean": old.mean(),
            "root_sd": old.std(ddof=1),
            "difference": difference.mean(),
            "error": difference.std(ddof=1) / np.sqrt(max(len(old), 1)),
            "p05": p05,
            "p95": p95,
            "half_width": np.maximum(off_05, off_95),
        }
    )
    freedom = np.full(len(table), max(len(old) - 1.0, 1.0))
    columns = (table[column].to_numpy() for column in ("mean", "root_mean", "sd", "root_sd", "difference", "error"))
    known = MeanDifferences(True, len(old), *columns, freedom)
    found = Assessment(tuple(Quantity(_kind(quantity), quantity, place) for quantity, place in here.columns), known, frozenset())
    low, high = found.interval
    table = table.assign(low=low, high=high, same=(difference == 0.0).mean().to_numpy())
    table = table.assign(kind=found.frame["kind"].to_numpy(), size=found.size, significant=found.significant, status=found.status)
    table.loc[[quantity not in INDICES for quantity, _ in here.columns], ["p05", "p95", "half_width"]] = np.nan
    if is_root:
        table[["difference", "error", "low", "high", "same", "size", "p05", "p95", "half_width"]] = np.nan
        table[["significant", "status"]] = False, ""
    return table.rename_axis(["quantity", "province"]).reset_index().assign(scenario=name)


def _kind(quantity: str) -> str:
    stem = quantity.partition(":")[0]
    return (
        "fallen" if stem.startswith("fallen_by") else stem if ":" in quantity else "influence" if stem.startswith("influence_") else "index"
    )


def _binned(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The middles of the bins, 2 % wide, in which values lie, and how far off they are at most; zero has a bin of its own."""
    low = 1.02 ** np.floor(np.log(values.abs().clip(lower=1e-4)) / np.log(1.02))
    zero = values.abs() < 1e-4
    return (np.sign(values) * 1.01 * low).mask(zero, 0.0), (0.01 * low).mask(zero, 1e-4)


def _worlds(like: str, n: int) -> pd.DataFrame:
    luck = np.random.default_rng(7)  # the same luck in every scenario
    table = pd.DataFrame(index=pd.RangeIndex(n, name="world"))
    table["outcome"] = _classes(measure_catalogue.OUTCOMES, OUTCOME_SHARES[like], luck.random(MOST)[:n])
    table["territory"] = _classes(measure_catalogue.TERRITORIES, TERRITORY_SHARES[like], luck.random(MOST)[:n])
    for i, (column, measure) in enumerate(INDICES.items()):
        middle = measure.low + (measure.high - measure.low) * (0.3 + 0.02 * (i % 9)) + (30 if measure.cumulative else 0)
        spread = 0.08 * (measure.high - measure.low)
        moved = spread * {BASELINE: 0.0, STRIKES: 0.9, LEAVES: 2.2}[like] * np.sin(1.7 * i) / (1 + 0.1 * i)
        own = np.random.default_rng(i).standard_normal(MOST)[:n] * bool(moved)
        table[column] = (middle + spread * luck.standard_normal(MOST)[:n] + moved + spread * 0.3 * own).astype("float32")
    return table


def _classes(names: tuple[str, ...], shares: tuple[float, ...], luck: np.ndarray) -> pd.Categorical:
    codes = np.searchsorted(np.cumsum(shares), luck * sum(shares))
    return pd.Categorical.from_codes(np.minimum(codes, len(names) - 1), categories=list(names))


def _influence(like: str, months: int, seed: int) -> np.ndarray:
    """Shares, shape (months, provinces, powers)."""
    start = np.array([START[iso] for iso in PROVINCES])
    tilt = np.zeros_like(start)
    tilt[:, :3] = TILT[like]
    tilt *= np.random.default_rng(seed).uniform(0.2, 2.2, tilt.shape) * (start > 0.02)
    course = 1 / (1 + np.exp(-(np.arange(months) - 45) / 9.0))
    series = np.clip(start + tilt * course[:, None, None], 0, None)
    if like == LEAVES:
        series[:, :, 6] += 0.5 * course[:, None] * (start[:, 0] < 0.5)
    return series / series.sum(axis=-1, keepdims=True)


def _provinces(horizon: np.ndarray, n: int) -> pd.DataFrame:
    """Influence and sphere at the horizon: a row per world, a column per (quantity, province)."""
    luck = np.random.default_rng(11)
    columns = {}
    for at, iso in enumerate(PROVINCES):
        noisy = horizon[at] * np.exp(0.35 * luck.standard_normal((MOST, len(POWERS)))[:n])
        noisy /= noisy.sum(axis=1, keepdims=True)
        first, lead = noisy.argmax(axis=1), np.sort(noisy, axis=1)
        near = lead[:, -1] - lead[:, -2] < 0.06
        partners = (noisy[:, 1] > 0.25) & (noisy[:, 2] > 0.25)
        sphere = np.where(near, np.where(partners, "shared", "contested"), np.array(POWERS)[first])
        columns |= {(f"influence_{power}", iso): noisy[:, i] for i, power in enumerate(POWERS)}
        columns |= {(f"sphere:{name}", iso): (sphere == name).astype("float64") for name in measure_catalogue.SPHERES}
    return pd.DataFrame(columns, index=pd.RangeIndex(n, name="world"))


def _months(name: str, series: np.ndarray) -> pd.DataFrame:
    months = [f"{2021 + (5 + i) // 12}-{(5 + i) % 12 + 1:02d}" for i in range(len(series))]
    index = pd.MultiIndex.from_product(
        [months, list(PROVINCES), [f"influence_{p}" for p in POWERS]], names=["month", "province", "measure"]
    )
    table = pd.DataFrame({"mean": series.ravel().astype("float32")}, index=index).reset_index()
    extra = pd.DataFrame({"month": months, "province": "SY", "measure": "overlap", "mean": np.float32(0.5)})
    table = pd.concat([table, extra])
    for column in ("p05", "p25", "p50", "p75", "p95"):
        table[column] = table["mean"]
    table.insert(0, "scenario", name)
    return table.astype(dict.fromkeys(("scenario", "month", "province", "measure"), "category"))
