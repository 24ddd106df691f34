"""The worlds of a folder of results, read from its tables as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.evidence.patterns.terms import DATES, PLACE_DATES
from sim.experiment.blocks import BLOCK
from sim.experiment.folder import read_manifest
from sim.experiment.settings import SettingsError
from sim.experiment.tables import START, moved_names, world_column
from sim.processes.outcome import HIGHER, LOWER
from sim.world.axes import Array, Row
from sim.world.calendar import month_index
from sim.world.measures import OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE

AGAIN = "Run the scenarios again, for instance: spheres run --name NAME."


@dataclass(frozen=True)
class Stored:
    """One scenario of a folder: start and horizon as in `sample.Moment`, the years by measure, (years + 1, n)."""

    start: str
    months: int
    iso: tuple[str, ...]
    worlds: Array
    whole: Mapping[str, Row]
    province: Mapping[str, Array]
    classes: Mapping[tuple[str, float], Array]
    dates: Mapping[str, Array]
    start_province: Mapping[str, Array]
    start_classes: Mapping[tuple[str, float], Array]
    years: Mapping[str, Array]


def read(folder: Path, scenario: str) -> Stored:
    """Read a scenario of a folder of results. Raises SettingsError if it is not there or cannot be read."""
    manifest = read_manifest(folder)
    if scenario not in manifest["scenarios"]:
        raise SettingsError(f"there is no scenario '{scenario[:60]}' in {folder}; there are {', '.join(manifest['scenarios'])}.")
    about = manifest["scenarios"][scenario]
    worlds, provinces, starts, years = (_table(folder, name, manifest, scenario) for name in ("worlds", "provinces", "starts", "years"))
    n = worlds.num_rows
    iso = tuple(provinces.column("province")[: provinces.num_rows // n].to_pylist())

    def by_place(column: Array) -> Array:
        return column.reshape(n, len(iso)).T

    def classes(place: pa.Table, prefix: str) -> dict[tuple[str, float], Array]:
        whole = _classes(worlds, "outcome", OUTCOMES, prefix) | _classes(worlds, "territory", TERRITORIES, prefix)
        return whole | {key: by_place(codes) for key, codes in _classes(place, "sphere", SPHERES).items()}

    dates = {name: _months(worlds, name, about["start"]) for name in DATES}
    return Stored(
        start=about["start"],
        months=int(about["months"]),
        iso=iso,
        worlds=_column(worlds, "world"),
        whole={m.name: _column(worlds, world_column(m)) for m in WHOLE},
        province={m.name: by_place(_column(provinces, m.name)) for m in PROVINCE},
        classes=classes(provinces, ""),
        dates=dates | {name: by_place(_months(provinces, name, about["start"])) for name in PLACE_DATES},
        start_province={m.name: by_place(_column(starts, m.name)) for m in PROVINCE if not m.flow},
        start_classes=classes(starts, START),
        years={m.name: _column(years, world_column(m)).reshape(n, -1).T for m in WHOLE},
    )


def dated(months: Array) -> Array:
    """Month indices as numbers, NaN where it did not happen (a negative month)."""
    return np.where(np.asarray(months) < 0, np.nan, months).astype(float)


def _table(folder: Path, name: str, manifest: Mapping[str, Any], scenario: str) -> pa.Table:
    """The rows of a scenario in a table."""
    path = folder / f"{name}.parquet"
    blocks = -(-int(manifest["worlds"]) // BLOCK)
    first = list(manifest["scenarios"]).index(scenario) * blocks
    try:
        with pq.ParquetFile(path) as file:
            return file.read_row_groups(range(first, first + blocks))
    except FileNotFoundError:
        raise SettingsError(f"{path} is missing: these results are from before it was written. {AGAIN}") from None
    except (OSError, pa.ArrowException):
        raise SettingsError(f"{path} is damaged. {AGAIN}") from None


def _column(table: pa.Table, name: str) -> Array:
    if name not in table.column_names:
        raise SettingsError(f"the results have no column '{name}': they were made by another version of the program. {AGAIN}")
    return np.asarray(table.column(name).to_numpy())


def _texts(table: pa.Table, name: str) -> list[str | None]:
    _column(table, name)
    texts: list[str | None] = table.column(name).cast(pa.string()).to_pylist()
    return texts


def _classes(table: pa.Table, name: str, texts: tuple[str, ...], prefix: str = "") -> dict[tuple[str, float], Array]:
    """A class as defined, and with its thresholds moved, by (name, factor)."""
    columns = (prefix + name, *moved_names(prefix + name))
    return {(name, factor): _codes(table, column, texts) for factor, column in zip((1.0, LOWER, HIGHER), columns, strict=True)}


def _codes(table: pa.Table, name: str, texts: tuple[str, ...]) -> Array:
    places = {text: i for i, text in enumerate(texts)}
    return np.array([places.get(text or "", -1) for text in _texts(table, name)], dtype=np.int8)


def _months(table: pa.Table, name: str, start: str) -> Array:
    return np.array([np.nan if text is None else float(month_index(start, text)) for text in _texts(table, name)])
