"""A sweep as a run like any other, whose result also has the table of its points."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.compare.quantities import FALLEN_BY_OBSERVED_MONTH, INDICES, OBSERVED_FALL, covers_month
from sim.experiment.storage.chunk_store import chunks_being_published
from sim.exploration.design.design import Design
from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.sweep.responses import Responses, response_table, responses
from sim.model.observation.measure_catalogue import OUTCOMES, TERRITORIES
from sim.scenario import Scenario

POINTS_FILE = "points.parquet"
# What a sweep shows unasked: who leads, whether the government or the partnership breaks, and the indices that the report argues about.
SHOWN = (
    *("iranian_primacy", "russian_primacy", "condominium", "breakdown", "fallen", "balance"),
    *("delimitation", "friction", "iran_force"),
)


@dataclass
class SweepResult:
    """Writes the table of points, and draws it, into the folder of a result that is being made; keeps what is to be told."""

    design: Design
    folder: Path
    outcomes: tuple[Outcome, ...]
    draw: Callable[[Path, Responses], None]
    found: Responses | None = None

    def __call__(self, work: Path) -> None:
        """Raises DamagedChunk, OSError."""
        chunks = chunks_being_published(work, self.folder)[self.design.scenario.name]
        every = dict.fromkeys([*self.outcomes, *all_outcomes(self.design.scenario)])
        table = response_table(responses(self.design, chunks, tuple(every)))
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), work / POINTS_FILE, compression="zstd")
        self.found = responses(self.design, chunks, self.outcomes)
        self.draw(work, self.found)


def default_outcomes(scenario: Scenario) -> tuple[Outcome, ...]:
    """What a sweep shows if nothing is asked."""
    return tuple(parse_outcome(name) for name in SHOWN)


def all_outcomes(scenario: Scenario) -> tuple[Outcome, ...]:
    """What the table of points always has: every class of outcome and territory, and every index of the whole country."""
    fallen = (FALLEN_BY_OBSERVED_MONTH,) if covers_month(scenario.start, scenario.months, OBSERVED_FALL) else ()
    return tuple(parse_outcome(name) for name in (*OUTCOMES, *(f"territory:{name}" for name in TERRITORIES), *fallen, *INDICES))
