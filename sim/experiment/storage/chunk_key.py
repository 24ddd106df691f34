"""The key of a chunk: a hash of everything that determines its bytes, so that a file under the right key need not be computed again."""

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np

from sim.experiment.recording.chunk import ChunkJob

_SIM = Path(__file__).parents[2]
# What decides the numbers of a world, and how a chunk's file is laid out: every module that a rule imports, and the tables it reads.
# The reading of scenario files is left out, since the scenario as resolved is in the key itself.
_MODEL = ("model", "simulation.py", "text/names.py", "text/number_format.py", "text/whole_numbers.py")
_DATA = ("adjacency.csv", "assets.csv", "provinces.csv", "towns.csv", "traits.csv", "zones.csv")
_LAYOUT = ("experiment/recording", "experiment/storage/chunk_container.py", "experiment/storage/chunk_writer.py")
_LENGTH = 20  # characters of a key in a file's name: 80 bits


def key_of(job: ChunkJob) -> str:
    """The key of a job's chunk: scenario as resolved, starting state, seed, worlds, and the version of the model."""
    content = {
        "scenario": [job.scenario.name, job.scenario.digest()],
        "worlds": [job.first_world, job.n_worlds],
        "luck": [job.seed, job.draws, None if job.rows is None else job.rows.digest()],
        "model": model_version() if job.factory is None else job.factory.__qualname__,
    }
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:_LENGTH]


@cache
def model_version() -> str:
    """A hash of the rules, of the data they read, of the layout of a chunk's file, and of the version of NumPy."""
    found = hashlib.sha256(np.__version__.encode())
    for path in hashed_files():
        found.update(path.relative_to(_SIM).as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def hashed_files() -> list[Path]:
    """The files whose text decides what a chunk holds, in a fixed order."""
    return [*_files(_MODEL), *_files(_LAYOUT), *(_SIM / "data" / name for name in _DATA)]


def _files(names: tuple[str, ...]) -> list[Path]:
    """The files of some modules and packages of the project, in a fixed order."""
    return [path for name in names for path in (sorted((_SIM / name).rglob("*.py")) if (_SIM / name).is_dir() else [_SIM / name])]
