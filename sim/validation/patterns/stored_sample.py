"""A range of worlds of a folder of results, read from its tables as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.experiment.recording.world_tables import START, moved_names, world_column
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result, Span
from sim.model.observation.classification import HIGHER, LOWER
from sim.model.observation.measure_catalogue import OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE
from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Array, Row
from sim.validation.patterns.terms import DATES, PLACE_DATES

AGAIN = "Run the scenarios again into another folder, for instance: spheres run --name NAME."


@dataclass(frozen=True)
class Stored:
    """Some worlds of a scenario: start and horizon as in `sample.Moment`, the years by measure, (years + 1, n)."""

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


def read(result: Result, scenario: str, span: Span) -> Stored:
    """Read a range of worlds of a scenario. Raises SettingsError if it cannot be read."""
    about, file = result.about(scenario), result.files(scenario)[span]
    worlds, provinces, starts, years = (file.table(name) for name in ("worlds", "provinces", "starts", "years"))
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
        start_province={m.name: by_place(_column(starts, m.name)) for m in PROVINCE if not m.cumulative},
        start_classes=classes(starts, START),
        years={m.name: _column(years, world_column(m)).reshape(n, -1).T for m in WHOLE},
    )


def dated(months: Array) -> Array:
    """Month indices as numbers, NaN where it did not happen (a negative month)."""
    return np.where(np.asarray(months) < 0, np.nan, months).astype(float)


def _column(table: pa.Table, name: str) -> Array:
    if name not in table.column_names:
        raise SettingsError(f"the results have no column '{name}': they were made by another version of the program. {AGAIN}")
    return np.asarray(table.column(name).to_numpy())


def _classes(table: pa.Table, name: str, texts: tuple[str, ...], prefix: str = "") -> dict[tuple[str, float], Array]:
    """A class as defined, and with its thresholds moved, by (name, factor)."""
    columns = (prefix + name, *moved_names(prefix + name))
    return {(name, factor): _codes(table, column, texts) for factor, column in zip((1.0, LOWER, HIGHER), columns, strict=True)}


def _codes(table: pa.Table, name: str, texts: tuple[str, ...]) -> Array:
    """Which of some texts a column has, -1 for none of them."""
    _column(table, name)
    places = pc.index_in(table.column(name).cast(pa.string()), value_set=pa.array(texts))
    return np.asarray(places.fill_null(-1).to_numpy(), dtype=np.int8)


def _months(table: pa.Table, name: str, start: str) -> Array:
    """Months as indices from the start, NaN where there is none."""
    _column(table, name)
    texts = table.column(name).cast(pa.string())
    known = texts.drop_null().unique()
    indices = np.array([*(month_index(start, text) for text in known.to_pylist()), np.nan])
    return indices[pc.index_in(texts, value_set=known).fill_null(len(known)).to_numpy()]
