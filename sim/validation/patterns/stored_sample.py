"""A sample read from a folder of results: a range of worlds as arrays."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.experiment.recording.world_tables import START, moved_names, world_column
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result, Span
from sim.model.observation.measure_catalogue import OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE
from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Array
from sim.validation.patterns.sample import FACTORS, Moment, Sample
from sim.validation.patterns.terms import DATES, PLACE_DATES

AGAIN = "Run the scenarios again into another folder, for instance: spheres run --name NAME."


def read_sample(result: Result, scenario: str, span: Span) -> Sample:
    """A range of worlds of a scenario. Raises SettingsError if they are not there, or were stored without some of these tables."""
    manifest, file = result.about(scenario), result.files(scenario)[span]
    worlds, provinces, starts, years = (file.table(name) for name in ("worlds", "provinces", "starts", "years"))
    start, n = manifest["start"], worlds.num_rows
    iso = tuple(provinces.column("province")[: provinces.num_rows // n].to_pylist())

    def by_place(column: Array) -> Array:
        return column.reshape(n, len(iso)).T

    def classes(table: pa.Table, prefix: str) -> dict[tuple[str, float], Array]:
        whole = _classes(worlds, "outcome", OUTCOMES, prefix) | _classes(worlds, "territory", TERRITORIES, prefix)
        return whole | {key: by_place(codes) for key, codes in _classes(table, "sphere", SPHERES).items()}

    annual = {m.name: _column(years, world_column(m)).reshape(n, -1).T for m in WHOLE}
    dates = {name: _months(worlds, name, start) for name in DATES}
    dates |= {name: by_place(_months(provinces, name, start)) for name in PLACE_DATES}
    first = Moment(
        whole={measure: rows[0] for measure, rows in annual.items()},
        province={m.name: by_place(_column(starts, m.name)) for m in PROVINCE if not m.cumulative},
        classes=classes(starts, START),
        dates={name: np.full(months.shape, np.nan) for name, months in dates.items()},
    )
    end = Moment(
        whole={m.name: _column(worlds, world_column(m)) for m in WHOLE},
        province={m.name: by_place(_column(provinces, m.name)) for m in PROVINCE},
        classes=classes(provinces, ""),
        dates=dates,
    )
    return Sample(scenario, start, int(manifest["months"]), iso, _column(worlds, "world"), annual, first, end)


def _column(table: pa.Table, name: str) -> Array:
    if name not in table.column_names:
        raise SettingsError(f"the results have no column '{name}': they were made by another version of the program. {AGAIN}")
    return np.asarray(table.column(name).to_numpy())


def _classes(table: pa.Table, name: str, texts: tuple[str, ...], prefix: str = "") -> dict[tuple[str, float], Array]:
    """A class as defined, and with its thresholds moved, by (name, factor)."""
    columns = (prefix + name, *moved_names(prefix + name))
    return {(name, factor): _codes(table, column, texts) for factor, column in zip(FACTORS, columns, strict=True)}


def _codes(table: pa.Table, name: str, texts: tuple[str, ...]) -> Array:
    """Which of some texts a column has, as an index; -1 for none of them."""
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
