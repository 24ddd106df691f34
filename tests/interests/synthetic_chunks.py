"""Chunks of which every number at the horizon is known: those of a short run, with values put in their place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from sim.experiment.recording.chunk import Chunk, ChunkJob, run_chunk
from sim.experiment.storage import chunk_writer
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.scenario import Scenario, load_scenario

PROJECT = Path(__file__).resolve().parents[2]
WHOLE_NAMES = [measure.name for measure in WHOLE]
PROVINCE_NAMES = [measure.name for measure in PROVINCE]
Value = float | Callable[[np.ndarray], np.ndarray]  # of every world, or from the numbers of the worlds


@cache
def baseline() -> Scenario:
    """The baseline over one month."""
    return load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(1)


@cache
def _run(first: int, n: int) -> Chunk:
    return run_chunk(ChunkJob(baseline(), first, n, 1, True))


def chunk(
    folder: Path,
    whole: Mapping[str, Value] | None = None,
    province: Mapping[tuple[str, str], Value] | None = None,
    force: Mapping[tuple[str, str], Value] | None = None,
    worlds: tuple[int, int] = (0, 40),
) -> ChunkFile:
    """A chunk in which every measure and force is one half but for those named: by measure, measure and province, group and province."""
    made = _run(*worlds)
    numbers = np.arange(worlds[0], sum(worlds))

    def value(given: Value) -> np.ndarray | float:
        return given(numbers) if callable(given) else given

    arrays = {name: np.full_like(getattr(made, name), 0.5) for name in ("whole", "province", "force")}
    for name, given in (whole or {}).items():
        arrays["whole"][WHOLE_NAMES.index(name)] = value(given)
    for (name, place), given in (province or {}).items():
        arrays["province"][PROVINCE_NAMES.index(name), made.iso.index(place)] = value(given)
    for (group, place), given in (force or {}).items():
        arrays["force"][made.groups.index(group), made.iso.index(place)] = value(given)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{worlds[0]:07d}-{sum(worlds) - 1:07d}.key.zip"
    path.write_bytes(chunk_writer.packed(replace(made, **arrays), "key"))
    return ChunkFile(path)
