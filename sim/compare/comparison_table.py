"""`comparison.parquet`: every share, index and influence at the horizon, and its difference from the root in the same worlds."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.compare.paired_differences import Compared
from sim.experiment.recording.world_tables import constant, encodings, words
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import OUTCOMES


def write_comparison(path: Path, compared: Sequence[Compared]) -> None:
    """Write the table, a row per scenario and quantity."""
    table = pa.concat_tables([_rows(one) for one in compared])
    pq.write_table(table, path, compression="zstd", version="2.6", **encodings(table.schema))


def _rows(one: Compared) -> pa.Table:
    n, own = len(one.names), one.scenario.name == one.scenario.root
    unlike = np.full(n, np.nan)  # a root does not differ from itself
    quantities, places = zip(*(quantity(name) for name in one.names), strict=True)
    columns = {"scenario": constant(one.scenario.name, n), "quantity": _texts(quantities), "province": _texts(places)}
    columns["worlds"] = pa.array(np.full(n, one.worlds, dtype=np.int32))
    columns["pairs"] = pa.array(np.full(n, one.pairs, dtype=np.int32))
    numbers = {
        "mean": one.mean,
        "sd": one.deviation,
        "surviving": one.surviving,
        "root_mean": one.root_mean,
        "root_sd": one.spread,
        "difference": unlike if own else one.difference,
        "error": unlike if own else one.error,
        "p05": unlike if own else one.low,
        "p95": unlike if own else one.high,
        "half_width": one.half_width,
    }
    columns["told"] = pa.array(np.zeros(n, dtype=bool) if own else one.told)
    return pa.table(columns | {name: pa.array(values) for name, values in numbers.items()})


def quantity(name: str) -> tuple[str, str]:
    """The quantity and place of a name among the compared quantities; the country's code for what is of no province."""
    place, _, rest = name.partition(":")
    if place.startswith(f"{COUNTRY}-"):
        return rest, place
    return (f"outcome:{name}" if name in OUTCOMES else name), COUNTRY


def _texts(texts: Sequence[str]) -> pa.DictionaryArray:
    known = tuple(dict.fromkeys(texts))
    return words(np.array([known.index(text) for text in texts]), known)
