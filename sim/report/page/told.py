"""Stories for the page: for each outcome of a scenario, the world that stands least apart from the others, run again and told."""

from concurrent.futures import Executor
from pathlib import Path

from sim.compare.medoid import Medoid, medoids
from sim.compare.sides import Side
from sim.experiment.progress import Watch
from sim.experiment.replay import replay
from sim.experiment.settings import SettingsError
from sim.experiment.story import story_of
from sim.report import strip
from sim.report.page.story import StoryShown


def stories(sides: list[Side], watch: Watch, executor: Executor | None = None) -> dict[str, list[StoryShown]]:
    """The stories of every scenario by its name; `executor` may spread the work over processes. Raises SettingsError."""
    chosen = [(side, medoid) for side in sides for medoid in medoids(side.result, side.scenario)]
    watch.phase("telling stories", steps=max(1, len(chosen)))
    told: dict[str, list[StoryShown]] = {side.name: [] for side in sides}
    folders, picked = [side.result.folder for side, _ in chosen], [medoid for _, medoid in chosen]
    for (side, _), one in zip(chosen, (executor.map if executor else map)(story_shown, folders, picked), strict=True):
        told[side.name].append(one)
        watch.detail(side.name)
    return told


def story_shown(folder: Path, medoid: Medoid) -> StoryShown:
    """A medoid run again and told. Raises SettingsError if it does not come out as in the results."""
    again = replay(folder, medoid.scenario, medoid.world)
    if again.differences:
        named = ", ".join(again.differences[:5])
        raise SettingsError(
            f"world {medoid.world} of '{medoid.scenario}' does not come out as in {folder} ({named}); run the scenarios again."
        )
    whole = story_of(again)
    sentences = [(one.date, f"In all: {one.text}" if one.routine else one.text, one.claims) for one in whole.sentences]
    end = again.chunk.job.scenario
    last = whole.sentences[-1].date if whole.sentences else end.start
    return StoryShown(
        outcome=medoid.outcome,
        world=medoid.world,
        share=medoid.share,
        sentences=(*sentences, *((last, text, ()) for text in whole.end)),
        spec=strip.figure(again),
        why=medoid.why,
    )

