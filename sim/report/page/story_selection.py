"""Stories for the page: for each outcome of a scenario its representative world, the medoid, run again."""

from collections.abc import Sequence
from concurrent.futures import Executor

from sim.compare.compared_scenarios import ComparedScenario
from sim.compare.medoid import Medoid, medoids
from sim.experiment.progress import Progress
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_key import model_version
from sim.experiment.storage.results import Result
from sim.replay.narrative import narrative_of
from sim.replay.rerun import Replay, replay_worlds
from sim.report.figures import sphere_filmstrip
from sim.report.page.story_view import StoryView


def stories(sides: Sequence[ComparedScenario], watch: Progress, executor: Executor | None = None) -> dict[str, list[StoryView]]:
    """The stories of every scenario by its name, none for one that this version of the model cannot run again.

    `executor` may spread the work over processes. Raises SettingsError.
    """
    watch.phase("replaying representative worlds", steps=len(sides))
    stories_by_scenario = {}
    for side, found in zip(sides, (executor.map if executor else map)(stories_of, sides), strict=True):
        stories_by_scenario[side.name] = found
        watch.detail(side.name)
    return stories_by_scenario


def can_replay(side: ComparedScenario) -> bool:
    """Whether the scenario was run by this very version of the model, so that its worlds can be run again to the bit."""
    return side.model == model_version()


def stories_of(side: ComparedScenario) -> list[StoryView]:
    """The stories of a scenario, one for each outcome that occurs, the commonest first. Raises SettingsError."""
    if not can_replay(side):
        return []
    found = sorted(medoids(side.result, side.scenario), key=lambda medoid: -medoid.share)
    replays = {one.world: one for one in replay_worlds(side.result, side.scenario, [medoid.world for medoid in found])}
    return [_story(side.result, medoid, replays[medoid.world]) for medoid in found]


def _story(result: Result, medoid: Medoid, replay: Replay) -> StoryView:
    """The story of a medoid, which was run again. Raises SettingsError if it does not come out as in the results."""
    if replay.differences:
        named = ", ".join(replay.differences[:5])
        raise SettingsError(
            f"world {medoid.world} of '{medoid.scenario}' does not come out as in {result.folder} ({named}); run the scenarios again."
        )
    narrative = narrative_of(replay)
    sentences = [(line.date, line.whole, line.claims) for line in narrative.sentences]
    last = narrative.sentences[-1].date if narrative.sentences else replay.scenario.start
    return StoryView(
        outcome=medoid.outcome,
        world=medoid.world,
        share=medoid.share,
        sentences=(*sentences, *((last, text, ()) for text in narrative.end)),
        spec=sphere_filmstrip.figure(replay),
        why=medoid.why,
    )
