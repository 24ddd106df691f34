"""The result tables as the figures need them: small, aggregated, scenario by scenario."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.world import measures
from sim.world.axes import Array, Power, keys

POWERS = keys(Power)
INDICES = {"territory_share" if m.name == "territory" else m.name: m for m in measures.WHOLE}  # `territory` is the class there
ROOT = "baseline"
_PROPER = ("US", "Russia", "Iran", "Israel", "Turkey", "Damascus", "Golan", "Caesar", "Islamic State")


@dataclass(frozen=True)
class About:
    """What the manifest says about a scenario; every part may be missing."""

    question: str = ""
    basis: str = ""
    root: str = ROOT


@dataclass(frozen=True)
class Influence:
    """Mean influence shares of a scenario: by ISO code, shape (months, powers), powers as in POWERS; rows sum to 1."""

    months: tuple[str, ...]
    shares: Mapping[str, Array]


@dataclass(frozen=True)
class Results:
    """A results folder, read; every mapping is keyed by scenario, in the order of the tables.

    `worlds`: a frame indexed by world with `outcome`, `territory` and the indices; `spheres`: share of worlds, a row per province
    (ISO code), a column for each of measures.SPHERES; `influence` may lack a scenario; `names` of provinces by ISO code.
    """

    about: Mapping[str, About]
    worlds: Mapping[str, pd.DataFrame]
    spheres: Mapping[str, pd.DataFrame]
    influence: Mapping[str, Influence]
    names: Mapping[str, str]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios' names, in order."""
        return tuple(self.worlds)

    def root(self, scenario: str) -> str | None:
        """The scenario that this one is compared with, or None for a root (or where its root was not run)."""
        root = self.about[scenario].root
        return root if root != scenario and root in self.worlds else None

    def title(self, scenario: str) -> str:
        """A scenario's name as a sentence spells it, e.g. `US strikes in east`."""
        text = scenario.replace("_", " ")
        for name in _PROPER:
            text = re.sub(rf"\b{name.lower()}\b", name, text)
        return text

    def question(self, scenario: str) -> str:
        """A scenario's name and what it asks."""
        name = self.title(scenario)
        asked = self.about[scenario].question
        return f"{name[:1].upper()}{name[1:]}{f': {asked}' if asked else ''}"


def read(folder: Path) -> Results:
    """The results in `folder`. Raises FileNotFoundError where a table is missing."""
    worlds = _worlds(folder / "worlds.parquet")
    spheres, names = _spheres(folder / "provinces.parquet")
    results = Results(_about(folder / "manifest.json", tuple(worlds)), worlds, spheres, _influence(folder / "months.parquet"), names)
    pa.default_memory_pool().release_unused()  # what reading took is wanted back before the drawing begins
    return results


def _table(file: Path, texts: tuple[str, ...], numbers: tuple[str, ...] = (), filters: Any = None) -> pd.DataFrame:
    """Some columns of a table, its texts as categories, which are small."""
    there = pq.read_schema(file).names
    columns = [name for name in (*texts, *numbers) if name in there]
    table = pq.read_table(file, columns=columns, filters=filters, read_dictionary=list(texts)).to_pandas()
    return table.astype(dict.fromkeys(texts, "category"))


def _by_scenario(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each scenario, scenarios in the order in which they first appear."""
    return {str(name): rows for name, rows in table.groupby("scenario", observed=True, sort=False)}


def _worlds(file: Path) -> dict[str, pd.DataFrame]:
    """Outcome classes and indices; the drawn parameters stay in the file."""
    table = _table(file, ("scenario", "outcome", "territory"), ("world", *INDICES))
    return {name: rows.set_index("world").sort_index() for name, rows in _by_scenario(table).items()}


def _spheres(file: Path) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Share of worlds by sphere, and the provinces' names."""
    table = _table(file, ("scenario", "province", "name", "sphere"))
    names = {str(iso): str(name) for iso, name in table[["province", "name"]].drop_duplicates().itertuples(index=False)}
    shares = {}
    for scenario, rows in _by_scenario(table).items():
        counts = pd.crosstab(rows["province"].astype(str), rows["sphere"].astype(str), normalize="index")
        shares[scenario] = counts.reindex(columns=list(measures.SPHERES), fill_value=0.0).sort_index()
    return shares, names


def _influence(file: Path) -> dict[str, Influence]:
    """Mean influence of every power by scenario, province and month."""
    wanted = [f"influence_{power}" for power in POWERS]
    table = _table(file, ("scenario", "month", "province", "measure"), ("mean",), filters=[("measure", "in", wanted)])
    return {scenario: _one_influence(rows, wanted) for scenario, rows in _by_scenario(table).items()}


def _one_influence(rows: pd.DataFrame, wanted: list[str]) -> Influence:
    texts = rows.astype({"month": str, "province": str, "measure": str})
    months = tuple(sorted(texts["month"].unique()))
    wide = texts.pivot(index=["province", "month"], columns="measure", values="mean").reindex(columns=wanted, fill_value=0.0).sort_index()
    shares = {}
    for iso, values in wide.groupby(level="province"):
        array = values.droplevel("province").reindex(list(months)).to_numpy(np.float64)
        shares[str(iso)] = array / array.sum(axis=1, keepdims=True)
    return Influence(months, shares)


def _about(file: Path, scenarios: tuple[str, ...]) -> dict[str, About]:
    """What the manifest says about the scenarios; a missing manifest or entry leaves the defaults."""
    said: Any = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    entries = said.get("scenarios", {}) if isinstance(said, dict) else {}
    found = {}
    for name in scenarios:
        entry = entries.get(name, {}) if isinstance(entries, dict) else {}
        texts = {key: str(entry[key]) for key in ("question", "basis", "root") if isinstance(entry, dict) and entry.get(key)}
        found[name] = About(**texts)
    return found
