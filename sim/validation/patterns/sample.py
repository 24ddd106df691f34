"""A sample: some worlds of one scenario, with a value in every world for each term that a pattern may name.

Read from a folder of results, or run here; both give the same numbers to the bit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from sim.experiment.recording.annual_values import MONTHS, AnnualValues
from sim.experiment.recording.chunk import CHUNK, ChunkJob, model_of
from sim.experiment.storage.results import Result, Span
from sim.model.observation.classification import HIGHER, LOWER
from sim.model.observation.measure_catalogue import OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE
from sim.model.state.dimensions import Array, Row
from sim.scenario import Scenario
from sim.validation.patterns import stored_sample
from sim.validation.patterns.terms import COUNTS, DATES, OF_WHOLE, PLACE_DATES, Term

CLASSES = {"outcome": OUTCOMES, "territory": TERRITORIES, "sphere": SPHERES}
_TAKEN: dict[str, Callable[[Array], Row]] = {
    "": lambda rows: rows[0],
    "sum": lambda rows: rows.sum(axis=0),
    "mean": lambda rows: rows.mean(axis=0),
    "lowest": lambda rows: rows.min(axis=0),
    "highest": lambda rows: rows.max(axis=0),
}
FACTORS = (1.0, LOWER, HIGHER)  # of thresholds, by which classes are known


@dataclass(frozen=True)
class Moment:
    """All worlds at the start or at the horizon.

    `whole` (n,) and `province` (provinces, n) by measure; `classes` by (name, factor of its thresholds), indices (n,), for spheres
    (provinces, n); `dates` month indices, NaN where it did not happen, (n,), for provinces (provinces, n).
    """

    whole: Mapping[str, Row]
    province: Mapping[str, Array]
    classes: Mapping[tuple[str, float], Array]
    dates: Mapping[str, Array]


@dataclass(frozen=True)
class Sample:
    """Worlds (n,) of a scenario by number. `years` (years + 1, n) by measure of the whole country; `first` is the start."""

    name: str
    start: str
    months: int
    iso: tuple[str, ...]
    worlds: Array
    years: Mapping[str, Array]
    first: Moment
    end: Moment

    def value(self, term: Term) -> Row:
        """A term in every world, (n,) float64; NaN for a date of what did not happen. Raises ValueError for years not run."""
        if term.years:
            return self._over_years(term.of, *term.years)
        if not term.places and term.at == "start" and term.of in OF_WHOLE:
            return self.years[term.of][0].astype(float)
        moment = self.first if term.at == "start" else self.end
        if term.of in COUNTS:
            sphere = moment.classes["sphere", 1.0]
            return (sphere == COUNTS.index(term.of)).sum(axis=0).astype(float)
        rows = moment.dates[term.of] if term.is_date else (moment.province if term.places else moment.whole)[term.of]
        if not term.places:
            return rows.astype(float)
        rows = rows[[self.iso.index(code) for code in term.places]].astype(float)
        return _TAKEN[term.take](rows)

    def classed(self, name: str, place: str = "", at: str = "horizon", factor: float = 1.0) -> Array:
        """A class in every world, (n,) indices; with its thresholds moved by one of FACTORS."""
        classes = (self.first if at == "start" else self.end).classes[name, factor]
        return classes[self.iso.index(place)] if name == "sphere" else classes

    def _over_years(self, of: str, first: int, last: int) -> Row:
        if MONTHS * last > self.months:
            raise ValueError(f"{self.name} has {self.months} months, so no whole year {last}")
        rows = self.years[of][first : last + 1].astype(float)
        return rows.sum(axis=0) if OF_WHOLE[of].cumulative else rows.mean(axis=0)


def run_sample(scenario: Scenario, worlds: int, seed: int = 1, first_world: int = 0, draws: bool = True) -> Sample:
    """Run worlds of a scenario here, in this process. Raises what the model raises."""
    edges = [*range(first_world, first_world + worlds, CHUNK), first_world + worlds]
    jobs = [ChunkJob(scenario, low, high - low, seed, draws) for low, high in pairwise(edges)]
    parts = [_run(job) for job in jobs]
    iso, start = parts[0][0], joined([part[1] for part in parts])
    years = {m.name: np.concatenate([part[2][:, i] for part in parts], axis=-1) for i, m in enumerate(WHOLE)}
    numbers = np.arange(first_world, first_world + worlds)
    return Sample(scenario.name, scenario.start, scenario.months, iso, numbers, years, start, joined([part[3] for part in parts]))


def read_sample(result: Result, scenario: str, span: Span) -> Sample:
    """A range of worlds of a scenario of a folder of results. Raises SettingsError if they are not there, or from before these tables."""
    kept = stored_sample.read(result, scenario, span)
    never = {name: np.full(months.shape, np.nan) for name, months in kept.dates.items()}
    first = {measure: rows[0] for measure, rows in kept.years.items()}
    start = Moment(first, kept.start_province, kept.start_classes, never)
    end = Moment(kept.whole, kept.province, kept.classes, kept.dates)
    return Sample(scenario, kept.start, kept.months, kept.iso, kept.worlds, kept.years, start, end)


def moment(horizon: Any) -> Moment:
    """What a model gives at its start or horizon, in the precision of the tables."""
    by_factor = dict(zip(FACTORS, (horizon, horizon.lower, horizon.higher), strict=True))
    return Moment(
        whole={m.name: np.array(horizon.whole[m.name], dtype=np.float32) for m in WHOLE},
        province={m.name: np.array(horizon.province[m.name], dtype=np.float32) for m in PROVINCE},
        classes={(name, factor): np.array(getattr(by_factor[factor], name), dtype=np.int8) for name in CLASSES for factor in FACTORS},
        dates={name: stored_sample.dated(getattr(horizon, name)) for name in (*DATES, *PLACE_DATES)},
    )


def joined(moments: Sequence[Moment]) -> Moment:
    """The worlds of several moments, one after the other."""

    def along(parts: Sequence[Mapping[Any, Array]]) -> dict[Any, Array]:
        return {key: np.concatenate([part[key] for part in parts], axis=-1) for key in parts[0]}

    return Moment(*(along([getattr(one, kind) for one in moments]) for kind in ("whole", "province", "classes", "dates")))


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
