"""The worlds of a chunk as numbers: a row for each quantity, a column for each world."""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.compare.quantities import INDICES, OBSERVED_FALL, Quantity
from sim.experiment.recording.influence_codes import LEVELS
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES
from sim.model.state.dimensions import Array, Row

MONTH_STEP = 3  # months between those that are compared world by world
CLASSES = {"outcome": OUTCOMES, "territory": TERRITORIES, "sphere": SPHERES}
_COUNTRY_KINDS = ("outcome", "territory", "fallen", "index", "effort")


def read_horizon(file: ChunkFile, quantities: Sequence[Quantity]) -> Array:
    """Quantities at the horizon, (quantities, worlds), shares of worlds as 0 and 1. Raises DamagedChunk."""
    iso = list(dict(file.about["provinces"]))
    country = _reader(file, "worlds", [quantity for quantity in quantities if quantity.kind in _COUNTRY_KINDS])
    by_province = _reader(file, "provinces", [quantity for quantity in quantities if quantity.kind not in _COUNTRY_KINDS])

    def row(quantity: Quantity) -> Row:
        if quantity.kind in _COUNTRY_KINDS:
            return country(quantity)
        return by_province(quantity).reshape(-1, len(iso))[:, iso.index(quantity.province)]  # the table has a row per world and province

    return np.stack([row(quantity) for quantity in quantities]).astype(np.float64)


def read_years(file: ChunkFile) -> Array:
    """Measures of the whole country by year (0 is the start), (years + 1, INDICES, worlds). Raises DamagedChunk."""
    table = file.table("years", list(INDICES))
    n_worlds = file.about["worlds"]
    return np.stack([table.column(name).to_numpy().reshape(n_worlds, -1).T for name in INDICES], axis=1).astype(np.float64)


def read_start(file: ChunkFile, measures: Sequence[str]) -> Array:
    """Measures of the whole country at the start, (measures, worlds). Raises DamagedChunk."""
    table, n_worlds = file.table("years", list(measures)), file.about["worlds"]
    return np.stack([table.column(name).to_numpy().reshape(n_worlds, -1)[:, 0] for name in measures]).astype(np.float64)


def read_influence(file: ChunkFile, months: Sequence[int]) -> Array:
    """Shares of influence after some months (0 the first), (months, powers, provinces, worlds). Raises DamagedChunk."""
    return np.asarray(file.influence_codes()[list(months)] / LEVELS)


def compared_months(n_months: int) -> tuple[int, ...]:
    """The months (0 the first) that are compared world by world: every third, and the last."""
    return tuple(sorted({*range(MONTH_STEP - 1, n_months, MONTH_STEP), n_months - 1}))


def _reader(file: ChunkFile, table: str, quantities: Sequence[Quantity]) -> Callable[[Quantity], Row]:
    """Gives the column of a quantity from one table, of which each column is read once."""
    columns = dict.fromkeys(_column(quantity) for quantity in quantities)
    read = file.table(table, list(columns)) if columns else pa.table({})
    known = {name: read.column(name) for name in columns if name not in (*CLASSES, "collapse_month")}
    values = {name: np.asarray(column.to_numpy()) for name, column in known.items()}
    codes = {name: _codes(read, name) for name in columns if name in CLASSES}

    def row(quantity: Quantity) -> Row:
        if quantity.kind in CLASSES:
            return np.asarray(codes[quantity.kind] == CLASSES[quantity.kind].index(quantity.class_name))
        if quantity.kind == "fallen":
            return _fallen(read.column("collapse_month").cast(pa.string()))
        return values[quantity.name]

    return row


def _column(quantity: Quantity) -> str:
    return quantity.kind if quantity.kind in CLASSES else "collapse_month" if quantity.kind == "fallen" else quantity.name


def _codes(table: pa.Table, name: str) -> Row:
    """Which class a row is of, as its place among CLASSES; -1 where it is of none of them."""
    codes = pc.index_in(table.column(name).cast(pa.string()), value_set=pa.array(CLASSES[name]))
    return np.asarray(pc.fill_null(codes, -1).to_numpy(), dtype=np.int64)


def _fallen(month: pa.ChunkedArray) -> Row:
    """Whether the government has fallen by the month in which it did."""
    return np.asarray(pc.fill_null(pc.less_equal(month, OBSERVED_FALL), False).to_numpy(), dtype=bool)
