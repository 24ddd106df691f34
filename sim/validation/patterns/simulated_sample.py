"""A sample of worlds that are run here, in this process."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from sim.experiment.recording.annual_values import AnnualValues
from sim.experiment.recording.chunk import CHUNK, ChunkJob, model_of
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.state.dimensions import Array
from sim.scenario import Scenario
from sim.validation.patterns.sample import CLASSES, FACTORS, Moment, Sample, month_or_nan
from sim.validation.patterns.terms import DATES, PLACE_DATES


def run_sample(scenario: Scenario, worlds: int, seed: int = 1, first_world: int = 0, draws: bool = True) -> Sample:
    """Run worlds of a scenario. Raises what the model raises."""
    edges = [*range(first_world, first_world + worlds, CHUNK), first_world + worlds]
    jobs = [ChunkJob(scenario, low, high - low, seed, draws) for low, high in pairwise(edges)]
    parts = [_run(job) for job in jobs]
    iso, start = parts[0][0], joined([part[1] for part in parts])
    years = {m.name: np.concatenate([part[2][:, i] for part in parts], axis=-1) for i, m in enumerate(WHOLE)}
    numbers = np.arange(first_world, first_world + worlds)
    return Sample(scenario.name, scenario.start, scenario.months, iso, numbers, years, start, joined([part[3] for part in parts]))


def moment(horizon: Any) -> Moment:
    """What a model gives at its start or horizon, in the precision of the tables."""
    by_factor = dict(zip(FACTORS, (horizon, horizon.lower, horizon.higher), strict=True))
    return Moment(
        whole={m.name: np.array(horizon.whole[m.name], dtype=np.float32) for m in WHOLE},
        province={m.name: np.array(horizon.province[m.name], dtype=np.float32) for m in PROVINCE},
        classes={(name, factor): np.array(getattr(by_factor[factor], name), dtype=np.int8) for name in CLASSES for factor in FACTORS},
        dates={name: month_or_nan(getattr(horizon, name)) for name in (*DATES, *PLACE_DATES)},
    )


def joined(moments: Sequence[Moment]) -> Moment:
    """The worlds of several moments, one after the other."""

    def along(parts: Sequence[Mapping[Any, Array]]) -> dict[Any, Array]:
        return {key: np.concatenate([part[key] for part in parts], axis=-1) for key in parts[0]}

    return Moment(*(along([getattr(part, kind) for part in moments]) for kind in ("whole", "province", "classes", "dates")))


def _run(job: ChunkJob) -> tuple[tuple[str, ...], Moment, Array, Moment]:
    """Run a job for provinces, start, years and horizon."""
    model = model_of(job)
    try:
        begin = model.unchanged()
        start, years = moment(begin), AnnualValues(begin.whole, model.months, job.n_worlds)
        for _ in range(model.months):
            model.step()
            years.add(model.observe().whole)
        return tuple(model.provinces.iso), start, years.rows(), moment(model.finish())
    finally:
        model.close()
