"""One chunk: some worlds of one scenario, run from start to horizon, kept as compact arrays."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiment.recording.annual_values import AnnualValues
from sim.experiment.recording.effort_measures import effort_sums
from sim.experiment.recording.histograms import HistogramAccumulator, Layout, NotFinite, Series
from sim.experiment.recording.influence_codes import InfluenceCodes
from sim.experiment.recording.snapshots import Snapshots
from sim.model.observation.measure_catalogue import FALLEN, OUTCOMES, PROVINCE, WHOLE, Measure
from sim.model.state.dimensions import Array
from sim.scenario import Scenario
from sim.scenario.design_rows import DesignRows

CHUNK = 1000  # worlds; half as many take a quarter more time, twice as many no less, and more memory
Factory = Callable[..., Any]  # a model of the contract of sim.simulation.Spheres


@dataclass(frozen=True)
class ChunkJob:
    """Which worlds of which scenario to run, and with which random numbers. `factory` is None for the real model.

    The worlds are `n_worlds` many from `first_world` on, or, to run single ones again, those of some `scattered` numbers (ascending).
    `rows` are the rows of a design behind them, one for each; without them world k is a world of its own, under its own luck.
    """

    scenario: Scenario
    first_world: int
    n_worlds: int
    seed: int
    draws: bool
    factory: Factory | None = None
    scattered: tuple[int, ...] | None = None
    rows: DesignRows | None = None

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of its worlds."""
        return range(self.first_world, self.first_world + self.n_worlds) if self.scattered is None else self.scattered

    @property
    def points(self) -> Array:
        """The point of each world in the space of parameters: its own number, or that of the design's point."""
        return np.array(self.numbers if self.rows is None else self.rows.point, dtype=np.int32)

    @property
    def lucks(self) -> Array:
        """The world whose random numbers each world has."""
        return np.array(self.numbers if self.rows is None else self.rows.luck, dtype=np.int64)

    @property
    def factors(self) -> tuple[str, ...]:
        """The parameters in which its worlds differ by design."""
        return () if self.rows is None else self.rows.factors


@dataclass(frozen=True)
class ChunkStart:
    """The worlds of a job before the first month: `province` as in Chunk; classes with thresholds as defined, lower and higher.

    The classes run along a first axis of three: `outcome` and `territory` (3, worlds), `sphere` (3, provinces, worlds).
    """

    province: Array
    outcome: Array
    territory: Array
    sphere: Array


@dataclass(frozen=True)
class Chunk:
    """What a job yields: the rows of its worlds at the horizon, and its series and events as whole numbers.

    `whole` (measures, worlds), `province` (measures, provinces, worlds), `force` (groups, provinces, worlds) are float32, exactly
    as they will stand in the tables, and so is `years` (years + 1, measures, worlds); `outcome`, `territory`, `collapse_month`,
    `breakdown_month`, `incident_month` (worlds,); `sphere` and `lost_month` (provinces, worlds); `events` (kinds, months,
    provinces + 1); `influence_codes`, `snapshot_worlds`, `spheres` and `contracts` as their modules say. `moved_outcome` and so on are the
    classes with thresholds a quarter lower and higher, along the first axis. `effort` (goals, worlds) is float32 as well, for all goals
    of `sim.model.registry.GOALS`; `effort_sums` as in effort_measures, over the worlds whose government stands at
    the horizon.
    """

    job: ChunkJob
    iso: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    whole: Array
    province: Array
    force: Array
    outcome: Array
    territory: Array
    collapse_month: Array
    breakdown_month: Array
    incident_month: Array
    sphere: Array
    moved_outcome: Array
    moved_territory: Array
    moved_sphere: Array
    lost_month: Array
    drawn: dict[str, Array]
    events: Array
    series: Series
    years: Array
    start: ChunkStart
    influence_codes: Array
    snapshot_worlds: Array
    spheres: Array
    contracts: Array
    effort: Array
    effort_sums: Array


class ChunkError(RuntimeError):
    """A chunk that could not be finished: `which` scenario and worlds, and `what` was at fault, if that is known."""

    def __init__(self, which: str, what: str = "") -> None:
        super().__init__(which, what)
        self.which, self.what = which, what

    def __str__(self) -> str:
        return f"{self.which}: {self.what}" if self.what else self.which


class Interruption(RuntimeError):
    """The run was asked to stop while this chunk was under way."""


def model_of(job: ChunkJob, **more: Any) -> Any:
    """The model of a job's worlds, at its start."""
    factory = job.factory or _spheres()
    if job.rows is not None:
        more |= job.rows.for_model()
    elif job.scattered is not None:
        more["luck"] = job.scattered
    return factory(job.scenario, worlds=job.n_worlds, first_world=job.first_world, seed=job.seed, draws=job.draws, **more)


def _spheres() -> Factory:
    from sim.simulation import Spheres  # here, so that a process that only merges chunks need not load the model

    spheres: Factory = Spheres
    return spheres


def run_chunk(job: ChunkJob, on_month: Callable[[int], None] | None = None, **more: Any) -> Chunk:
    """Run a job to its horizon. `on_month` is told the number of worlds after each month. Raises ChunkError."""
    try:
        model = model_of(job, **more)
        try:
            return _run(job, model, on_month)
        finally:
            model.close()
    except (Interruption, KeyboardInterrupt):
        raise
    except Exception as fault:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        which = f"scenario '{job.scenario.name}', worlds {job.first_world} to {job.first_world + job.n_worlds - 1}"
        what = f"{type(fault).__name__}: {fault} ({Path(place.filename).name}, line {place.lineno})"
        raise ChunkError(which, what) from fault


class ChunkRecorder:
    """What is kept of a model's months, from its start on."""

    def __init__(self, job: ChunkJob, model: Any) -> None:
        provinces = len(model.provinces.iso)
        begin = model.unchanged()
        self.start = start_of(begin)
        self.histograms = HistogramAccumulator(Layout(provinces), model.months, job.n_worlds)
        self.years = AnnualValues(begin.whole, model.months, job.n_worlds)
        self.influence = InfluenceCodes(model.months, provinces, job.n_worlds)
        self.snapshots = Snapshots(model.months, provinces)
        self.snapshots.look(0, model)

    def add(self, month: int, model: Any) -> None:
        """The month just done. Raises NotFinite for a measure that is not a usable number."""
        observed = model.observe()
        self.histograms.add(month, observed)
        self.years.add(observed.whole)
        self.influence.add(month, observed.province)
        self.snapshots.look(month + 1, model)


def _run(job: ChunkJob, model: Any, on_month: Callable[[int], None] | None) -> Chunk:
    record = ChunkRecorder(job, model)
    for month in range(model.months):
        model.step()
        try:
            record.add(month, model)
        except NotFinite as fault:
            raise NotFinite(f"month {month}: {fault}") from None
        if on_month is not None:
            on_month(job.n_worlds)
    return collect(job, model, record)


def start_of(begin: Any) -> ChunkStart:
    """What a model gives before its first month, copied out of its arrays."""
    ways = (begin, begin.lower, begin.higher)
    return ChunkStart(
        province=_stacked(begin.province, PROVINCE),
        outcome=np.array([one.outcome for one in ways], dtype=np.int8),
        territory=np.array([one.territory for one in ways], dtype=np.int8),
        sphere=np.array([one.sphere for one in ways], dtype=np.int8),
    )


def _stacked(measured: dict[str, Array], measures: tuple[Measure, ...]) -> Array:
    """Measures along a first axis, as they stand in the tables."""
    return np.stack([np.asarray(measured[m.name], dtype=np.float32) for m in measures])


def collect(job: ChunkJob, model: Any, record: ChunkRecorder) -> Chunk:
    """The rows of a finished model, copied out of its arrays."""
    end = model.finish()
    stands = np.asarray(end.outcome) != OUTCOMES.index(FALLEN)
    return Chunk(
        job=job,
        iso=tuple(model.provinces.iso),
        names=tuple(model.provinces.name),
        groups=tuple(model.groups),
        whole=_stacked(end.whole, WHOLE),
        province=_stacked(end.province, PROVINCE),
        force=np.array(end.force, dtype=np.float32),
        outcome=np.array(end.outcome, dtype=np.int8),
        territory=np.array(end.territory, dtype=np.int8),
        collapse_month=np.array(end.collapse_month, dtype=np.int16),
        breakdown_month=np.array(end.breakdown_month, dtype=np.int16),
        incident_month=np.array(end.incident_month, dtype=np.int16),
        sphere=np.array(end.sphere, dtype=np.int8),
        moved_outcome=np.array([end.lower.outcome, end.higher.outcome], dtype=np.int8),
        moved_territory=np.array([end.lower.territory, end.higher.territory], dtype=np.int8),
        moved_sphere=np.array([end.lower.sphere, end.higher.sphere], dtype=np.int8),
        lost_month=np.array(end.lost_month, dtype=np.int16),
        drawn={path: np.array(row, dtype=np.float32) for path, row in model.drawn.items()},
        events=np.array(model.log.counts, dtype=np.int64),
        series=record.histograms.series,
        years=record.years.rows(),
        start=record.start,
        influence_codes=record.influence.codes,
        snapshot_worlds=record.snapshots.worlds,
        spheres=record.snapshots.spheres,
        contracts=record.snapshots.contracts,
        effort=np.array(end.goal_effort, dtype=np.float32),
        effort_sums=effort_sums(end.goal_effort[:, stands], end.goal_effort_by_province[..., stands]),
    )
