"""`comparison.parquet`: every share, index and influence at the horizon, and its difference from the baseline in the same worlds."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.compare.scenario_differences import ScenarioDifferences
from sim.experiment.recording.world_tables import constant, encodings, words


def write_comparison(path: Path, compared: Sequence[ScenarioDifferences]) -> None:
    """Write the table, a row per scenario and quantity."""
    table = pa.concat_tables([_rows(one) for one in compared])
    pq.write_table(table, path, compression="zstd", version="2.6", **encodings(table.schema))


def _rows(one: ScenarioDifferences) -> pa.Table:
    assessment = one.assessment
    quantities, numbers, n = assessment.quantities, assessment.differences, len(assessment.quantities)
    unknown = np.full(n, np.nan)  # a baseline does not differ from itself
    compares = one.is_compared
    low, high = assessment.interval
    columns = {
        "scenario": constant(one.scenario.name, n),
        "kind": _texts([quantity.kind for quantity in quantities]),
        "quantity": _texts([quantity.name for quantity in quantities]),
        "province": _texts([quantity.province for quantity in quantities]),
        "worlds": pa.array(one.worlds.astype(np.int32)),
        "pairs": pa.array(np.broadcast_to(numbers.n if numbers.counts is None else numbers.counts, n).astype(np.int32)),
        "significant": pa.array(assessment.significant if compares else np.zeros(n, dtype=bool)),
        "status": _texts(assessment.status.tolist() if compares else [""] * n),
    }
    values = {
        "mean": one.mean,
        "sd": one.std,
        "overall": one.overall,
        "root_mean": numbers.other_mean,
        "root_sd": numbers.other_std,
        "difference": numbers.difference if compares else unknown,
        "error": numbers.standard_error if compares else unknown,
        "low": low if compares else unknown,
        "high": high if compares else unknown,
        "same": numbers.same if compares else unknown,
        "size": assessment.size if compares else unknown,
        "p05": one.p05 if compares else unknown,
        "p95": one.p95 if compares else unknown,
        "half_width": one.half_width if compares else unknown,
    }
    return pa.table(columns | {name: pa.array(column) for name, column in values.items()})


def _texts(texts: Sequence[str]) -> pa.DictionaryArray:
    known = tuple(dict.fromkeys(texts))
    return words(np.array([known.index(text) for text in texts]), known)
