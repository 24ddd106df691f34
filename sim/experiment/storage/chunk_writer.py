"""How the file of a chunk is written: a zip of Parquet tables, of the months as whole numbers, and of what the chunk is.

The same worlds give the same bytes. chunk_layout.py says what must be in it; nothing in it is ever unpickled.
"""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.recording.chunk import Chunk
from sim.experiment.recording.influence_codes import steps
from sim.experiment.recording.world_tables import encodings, table_columns
from sim.experiment.storage.chunk_container import joined
from sim.model.registry import GOALS
from sim.model.state.dimensions import Array

FORMAT = 5
ABOUT = "about.json"
_ZSTD = pa.Codec("zstd", compression_level=1)


def packed(chunk: Chunk, key: str) -> bytes:
    """The bytes of a chunk's file."""
    job = chunk.job
    about = {
        "format": FORMAT,
        "key": key,
        "scenario": job.scenario.name,
        "digest": job.scenario.digest(),
        "first_world": job.first_world,
        "worlds": job.n_worlds,
        "seed": job.seed,
        "draws": job.draws,
        "months": chunk.series.months,
        "arrays": {name: [array.dtype.str, *array.shape] for name, array in _arrays(chunk).items()},
        "provinces": dict(zip(chunk.iso, chunk.names, strict=True)),
        "goals": " ".join(f"{pursuit.actor}.{pursuit.goal.name}" for pursuit in GOALS),  # one text, since many files are held at once
    }
    members = {ABOUT: json.dumps(about, indent=1, ensure_ascii=False).encode()}
    members |= {f"{name}.parquet": _parquet(pa.table(columns)) for name, columns in table_columns(chunk).items()}
    members |= {f"{name}.zst": _squeezed(array) for name, array in _arrays(chunk).items()}
    return joined(members)


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", version="2.6", **encodings(table.schema))
    return sink.getvalue().to_pybytes()


def _arrays(chunk: Chunk) -> dict[str, Array]:
    """What is summed over the chunk's worlds, by month, year or goal; but influence is that of each world."""
    return {
        "month_counts": chunk.series.counts,
        "month_sums": chunk.series.sums,
        "fallen_sums": chunk.series.fallen_sums,
        "month_worlds": chunk.series.standing,
        "events": chunk.events,
        "sway": steps(chunk.influence_codes),
        "snapshot_worlds": chunk.snapshot_worlds,
        "spheres": chunk.spheres,
        "contracts": chunk.contracts,
        "effort": chunk.effort_sums,
    }


def _squeezed(array: Array) -> bytes:
    """An array compressed byte by byte: first all first bytes of its numbers, then all second ones, which are mostly alike."""
    raw = np.ascontiguousarray(array).view(np.uint8).reshape(-1, array.dtype.itemsize)
    return bytes(_ZSTD.compress(np.ascontiguousarray(raw.T), asbytes=True))
