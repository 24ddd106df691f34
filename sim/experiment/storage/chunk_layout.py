"""What a chunk must hold: its members, what is said about it, and the shape, type and size of its arrays and tables.

All follow from the numbers of months, provinces and worlds, so a file can be held against them before anything in it is unpacked.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.recording.annual_values import year_count
from sim.experiment.recording.effort_measures import EFFORTS
from sim.experiment.recording.histograms import Layout
from sim.experiment.recording.snapshots import snapshot_months
from sim.experiment.recording.world_tables import PARAM, ROW_TABLES, START, moved_names, world_column
from sim.experiment.storage.chunk_container import NotWhole
from sim.experiment.storage.chunk_writer import ABOUT, FORMAT
from sim.model.observation.measure_catalogue import PROVINCE, SPHERES, WHOLE
from sim.model.state.dimensions import Bidder, Power, Sector
from sim.model.state.event_log import KINDS

ARRAYS = (
    "month_counts",
    "month_sums",
    "fallen_sums",
    "month_worlds",
    "events",
    "sway",
    "snapshot_worlds",
    "spheres",
    "contracts",
    "effort",
)
MEMBERS = (ABOUT, *(f"{name}.parquet" for name in ROW_TABLES), *(f"{name}.zst" for name in ARRAYS))
TYPES: Mapping[str, type] = {
    "format": int,
    "key": str,
    "scenario": str,
    "digest": str,
    "first_world": int,
    "worlds": int,
    "seed": int,
    "draws": bool,
    "months": int,
    "arrays": dict,
    "provinces": dict,
    "goals": str,
}
MOST_ABOUT = 2**18  # bytes; a hundredth of it is usual
_MOST_MONTHS = 1200
_MOST_PROVINCES = 1000
_MOST_OTHERS = {"worlds": 2000, "groups": 200}  # columns of parameters, and of armed groups
_PER_COLUMN = 2048  # bytes of a file of Parquet for a column's name, type, texts and place, at most
_PER_CELL = 8  # bytes of a number or a code in it, at most


@lru_cache(maxsize=16)
def shapes(months: int, provinces: int, worlds: int) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Type and shape of every array."""
    layout, snapshots = _layout(provinces), len(snapshot_months(months))
    return {
        "month_counts": ("<u2" if worlds < 2**16 else "<u4", (months, layout.total)),
        "month_sums": ("<i8", (months, layout.series)),
        "fallen_sums": ("<i8", (months, layout.series)),
        "month_worlds": ("<i8", (months,)),
        "events": ("<i8", (len(KINDS), months, provinces + 1)),
        "sway": ("|u1", (months, len(Power), provinces, worlds)),
        "snapshot_worlds": ("<i4", (snapshots, 2)),
        "spheres": ("<i4", (snapshots, 2, provinces, len(SPHERES))),
        "contracts": ("<i8", (snapshots, 2, len(Sector), len(Bidder) + 1)),
        "effort": ("<i8", (len(EFFORTS), provinces + 1)),
    }


def check_about(about: Any) -> None:
    """Make sure that what a chunk says about itself can be true. Raises NotWhole."""
    if not isinstance(about, dict) or list(about) != list(TYPES) or any(type(about[key]) is not kind for key, kind in TYPES.items()):
        raise NotWhole(f"{ABOUT} does not say what a chunk is")
    months, worlds, provinces = about["months"], about["worlds"], about["provinces"]
    if about["format"] != FORMAT:
        raise NotWhole(f"its format is not {FORMAT}")
    sensible = 0 < months <= _MOST_MONTHS and worlds > 0 and about["first_world"] >= 0 and 0 < len(provinces) <= _MOST_PROVINCES
    if not sensible or not all(isinstance(name, str) for name in provinces.values()):
        raise NotWhole(f"{ABOUT} names impossible months, worlds or provinces")
    wanted = {name: [kind, *shape] for name, (kind, shape) in shapes(*sizes(about)).items()}
    if about["arrays"] != wanted or about["goals"].count(" ") + 1 != len(EFFORTS):
        raise NotWhole("its arrays have other shapes than those of its months, provinces and worlds")


def sizes(about: Mapping[str, Any]) -> tuple[int, int, int]:
    """Months, provinces and worlds of a chunk."""
    return about["months"], len(about["provinces"]), about["worlds"]


def array_bytes(kind: str, shape: Sequence[int]) -> int:
    """The size of an array, unpacked."""
    size = np.dtype(kind).itemsize
    for length in shape:
        size *= int(length)
    return size


def most_stored(name: str, months: int, provinces: int, worlds: int) -> int:
    """The most bytes that a member of this name can have, packed."""
    if name == ABOUT:
        return MOST_ABOUT
    stem, _, kind = name.partition(".")
    if kind == "zst":
        size = array_bytes(*shapes(months, provinces, worlds)[stem])
        return size + size // 128 + 1024
    return most_unpacked(stem, months, provinces, worlds)


def most_unpacked(table: str, months: int, provinces: int, worlds: int) -> int:
    """The most bytes that a table can have, unpacked."""
    columns = len(_columns(table)[0]) + _MOST_OTHERS.get(table, 0)
    return columns * (_PER_COLUMN + _PER_CELL * rows(table, months, provinces, worlds))


def rows(table: str, months: int, provinces: int, worlds: int) -> int:
    """The number of rows of a table."""
    return worlds * {"worlds": 1, "years": year_count(months) + 1}.get(table, provinces)


def open_table(found: bytes, table: str, about: Mapping[str, Any]) -> pq.ParquetFile:
    """A table to be read, of which columns, rows and size are what they should be. Raises NotWhole, and what Parquet raises."""
    file = pq.ParquetFile(pa.BufferReader(found))
    _check_columns(table, file.schema.names)
    groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    if not file.metadata.num_rows == sum(group.num_rows for group in groups) == rows(table, *sizes(about)):
        raise NotWhole(f"{table} has other rows than it should")
    if sum(group.total_byte_size for group in groups) > most_unpacked(table, *sizes(about)):
        raise NotWhole(f"{table} is too large")
    return file


def check_types(table: str, schema: pa.Schema) -> None:
    """Make sure of the types of some of a table's columns. Raises NotWhole."""
    if not all(_usable(kind) for kind in set(schema.types)):
        raise NotWhole(f"{table} has columns of another type than it should")


def _check_columns(table: str, names: Sequence[str]) -> None:
    known, other = _columns(table)
    rest = names[len(known) :]
    right = tuple(names[: len(known)]) == known and all(other and name.startswith(other) for name in rest)
    if not right or len(set(names)) != len(names):
        raise NotWhole(f"{table} has other columns than it should")


def _usable(kind: pa.DataType) -> bool:
    return kind in (pa.float32(), pa.int32(), pa.int16()) or (pa.types.is_dictionary(kind) and kind.value_type == pa.string())


@lru_cache(maxsize=8)
def _layout(provinces: int) -> Layout:
    return Layout(provinces)


@lru_cache(maxsize=8)
def _columns(table: str) -> tuple[tuple[str, ...], str]:
    """The columns that a table begins with, and how all others begin (nothing if there are none)."""
    keys = ("scenario", "world", "province", "name")
    if table == "provinces":
        return (*keys, "sphere", "lost_month", *moved_names("sphere"), *(m.name for m in PROVINCE)), ""
    if table == "starts":
        return (*keys, "sphere", *moved_names("sphere"), *(m.name for m in PROVINCE if not m.cumulative)), ""
    if table == "groups":
        return keys, "force_"
    if table == "years":
        return ("scenario", "world", "year", *(world_column(m) for m in WHOLE)), ""
    classes = ("outcome", "territory")
    events = ("collapse_month", "breakdown_month", "incident_month")
    moved = tuple(name for one in classes for name in moved_names(one))
    begun = tuple(name for one in classes for name in (START + one, *moved_names(START + one)))
    measures = (*(world_column(m) for m in WHOLE), *(m.name for m in EFFORTS))
    return ("scenario", "world", "point", "luck", *classes, *events, *moved, *begun, *measures), PARAM
