"""Made-up results of the right shape, plausible enough to look at: no model is run."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from sim.world import measures
from sim.world.axes import Power, keys

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


def results(folder: Path, scenarios: Mapping[str, str] = QUESTIONS, worlds: int = 200, months: int = 120, root: str = BASELINE) -> Path:
    """Write made-up tables for the scenarios (name -> question) into `folder`; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [BASELINE, STRIKES, LEAVES]
    like = {name: kinds[min(i, 2) if i < 3 else 1 + i % 2] for i, name in enumerate(scenarios)}
    pd.concat([_worlds(name, like[name], worlds) for name in scenarios]).to_parquet(folder / "worlds.parquet", index=False)
    influence = {name: _influence(like[name], months, seed) for seed, name in enumerate(scenarios)}
    pd.concat([_provinces(name, influence[name][-1], worlds) for name in scenarios]).to_parquet(folder / "provinces.parquet", index=False)
    pd.concat([_months(name, series) for name, series in influence.items()]).to_parquet(folder / "months.parquet", index=False)
    about = {
        name: {"question": question, "basis": "hindsight" if name == LEAVES else "report", "root": root}
        for name, question in scenarios.items()
    }
    (folder / "manifest.json").write_text(json.dumps({"worlds": worlds, "scenarios": about}), encoding="utf-8")
    return folder


def _worlds(name: str, like: str, n: int) -> pd.DataFrame:
    luck = np.random.default_rng(7)  # the same luck in every scenario
    table = pd.DataFrame({"scenario": name, "world": np.arange(n)})
    table["outcome"] = _classes(measures.OUTCOMES, OUTCOME_SHARES[like], luck.random(n))
    table["territory"] = _classes(measures.TERRITORIES, TERRITORY_SHARES[like], luck.random(n))
    for i, measure in enumerate(measures.WHOLE):
        middle = measure.low + (measure.high - measure.low) * (0.3 + 0.02 * (i % 9)) + (30 if measure.flow else 0)
        spread = 0.08 * (measure.high - measure.low)
        moved = spread * {BASELINE: 0.0, STRIKES: 0.9, LEAVES: 2.2}[like] * np.sin(1.7 * i) / (1 + 0.1 * i)
        column = "territory_share" if measure.name == "territory" else measure.name
        table[column] = (
            middle + spread * luck.standard_normal(n) + moved + spread * 0.3 * np.random.default_rng(i).standard_normal(n) * bool(moved)
        ).astype("float32")
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


def _provinces(name: str, horizon: np.ndarray, n: int) -> pd.DataFrame:
    luck = np.random.default_rng(11)
    rows = []
    for at, (iso, place) in enumerate(PROVINCES.items()):
        noisy = horizon[at] * np.exp(0.35 * luck.standard_normal((n, len(POWERS))))
        noisy /= noisy.sum(axis=1, keepdims=True)
        first, lead = noisy.argmax(axis=1), np.sort(noisy, axis=1)
        sphere = np.array(POWERS)[first]
        near = lead[:, -1] - lead[:, -2] < 0.06
        partners = (noisy[:, 1] > 0.25) & (noisy[:, 2] > 0.25)
        sphere = np.where(near, np.where(partners, "shared", "contested"), sphere)
        rows.append(pd.DataFrame({"scenario": name, "world": np.arange(n), "province": iso, "name": place, "sphere": sphere}))
    return pd.concat(rows).astype({"scenario": "category", "province": "category", "name": "category", "sphere": "category"})


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
