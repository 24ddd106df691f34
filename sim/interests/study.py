"""The study of interests: a run of a scenario and its variations like any other, whose result also has the table of effects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from sim.experiment.execution.runner import RunOutcome, run
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import ChunkError, Factory
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_store import chunks_being_published
from sim.interests.table import COLUMNS, effect_table, write_table
from sim.interests.variations import Variation

Draw = Callable[[Path, pd.DataFrame], None]  # adds the figure of a table to a folder


@dataclass
class _Finish:
    """Writes the table, and draws it, into the folder of a result that is being made; keeps the table."""

    settings: RunSettings
    variations: Sequence[Variation]
    draw: Draw
    table: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)))

    def __call__(self, work: Path) -> None:
        """Raises ChunkError where there is no world to compare."""
        scenario, *_ = self.settings.scenarios
        self.table = effect_table(scenario, self.variations, chunks_being_published(work, self.settings.folder))
        if self.table.empty:
            raise ChunkError(f"there are no worlds in which '{scenario.name}' and a variation of it can be compared")
        write_table(work, self.table)
        self.draw(work, self.table)


def run_interests(
    settings: RunSettings, variations: Sequence[Variation], progress: Progress, draw: Draw, factory: Factory | None = None
) -> tuple[pd.DataFrame, RunOutcome]:
    """Run what is missing of a scenario (the first of the settings) and its variations; write the result with its table of effects.

    Raises what `runner.run` raises; finished worlds are kept then, and the same call goes on from there.
    """
    finish = _Finish(settings, variations, draw)
    outcome = run(settings, progress, finish, factory)
    return finish.table, outcome
