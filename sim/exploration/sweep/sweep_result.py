"""A sweep as a run like any other, whose result also has the table of its points."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.compare.quantities import FALLEN_BY_OBSERVED_MONTH, INDICES, OBSERVED_FALL, covers_month
from sim.experiment.storage.chunk_store import chunks_being_published
from sim.experiment.storage.data_dictionary import add_columns
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


COLUMNS = {  # meaning, unit; between `point` and `outcome` stands a column for each parameter that is turned, with its value or quantile
    "point": ("number of the point", "number"),
    "outcome": ("what is asked about, as it is typed", "name"),
    "unit": ("unit of the outcome", "name"),
    "worlds": ("lucks under which every point was run", "count"),
    "mean": ("mean over these lucks; a share of worlds where the unit says so", "of the outcome"),
    "low": ("lower end of the 95 % interval of the mean (Wilson for shares, normal for others)", "of the outcome"),
    "high": ("upper end of it", "of the outcome"),
    "difference": ("mean difference from the reference point, luck by luck", "of the outcome"),
    "difference_low": ("lower end of its 95 % interval (paired)", "of the outcome"),
    "difference_high": ("upper end of it", "of the outcome"),
    "size": (
        "the difference in percentage points for shares, in standard deviations over worlds for others",
        "points or standard deviations",
    ),
    "p": ("p value for no difference, before Holm's correction over the points of an outcome", "probability"),
    "status": ("as in comparison.parquet, after that correction; empty for the reference point", "class"),
    "reference": ("whether it is the point that differences are taken from: today's, or the nearest to it", "true or false"),
}


@dataclass
class SweepResult:
    """Writes the table of points, and draws it, into the folder of a result that is being made; keeps what is to be printed."""

    design: Design
    folder: Path
    outcomes: tuple[Outcome, ...]
    draw: Callable[[Path, Responses], None]
    found: Responses | None = None

    def __call__(self, work: Path) -> None:
        """Raises DamagedChunk, OSError."""
        chunks = chunks_being_published(work, self.folder)[self.design.scenario.name]
        every = dict.fromkeys([*self.outcomes, *all_outcomes(self.design.scenario)])
        whole = responses(self.design, chunks, tuple(every))
        table = response_table(whole)
        add_columns(work / "columns.csv", "points", COLUMNS)
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), work / POINTS_FILE, compression="zstd")
        self.found = replace(whole, outcomes=self.outcomes, values=whole.values[: len(self.outcomes)])
        self.draw(work, self.found)


def default_outcomes() -> tuple[Outcome, ...]:
    """What a sweep shows if nothing is asked."""
    return tuple(parse_outcome(name) for name in SHOWN)


def all_outcomes(scenario: Scenario) -> tuple[Outcome, ...]:
    """What the table of points always has: every class of outcome and territory, and every index of the whole country."""
    fallen = (FALLEN_BY_OBSERVED_MONTH,) if covers_month(scenario.start, scenario.months, OBSERVED_FALL) else ()
    return tuple(parse_outcome(name) for name in (*OUTCOMES, *(f"territory:{name}" for name in TERRITORIES), *fallen, *INDICES))
