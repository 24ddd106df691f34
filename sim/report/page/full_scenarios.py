"""The scenarios that a page shows in full: their figures and stories, packed one after the other until the page has no room for more."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from sim.experiment.progress import Progress
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.page import compression, figure_blocks, page_budget
from sim.report.page.compression import Json, Packer, Shared
from sim.report.page.figure_blocks import PackedScenario
from sim.report.page.figure_source import FigureSource
from sim.report.page.sections import Section
from sim.report.page.story_view import StoryView
from sim.text import number_format

Stories = Mapping[str, Sequence[StoryView]]  # by scenario, one for each outcome
StoriesOf = Callable[[Sequence[str]], Stories]  # those of some scenarios: they are made for those alone that may fit


@dataclass(frozen=True)
class FullScenario:
    """A scenario's figures and stories, and all of it in blocks; `shared` is what the stories' figures have in common with others."""

    packed: PackedScenario
    stories: Sequence[StoryView]
    story_block: str
    shared: Shared

    @property
    def letters(self) -> int:
        """How much of the page it takes."""
        return len(self.story_block) + sum(len(block.text) for block in self.packed.blocks)


def full_scenarios(
    source: FigureSource,
    stories: StoriesOf,
    sections: Sequence[Section],
    executor: Executor | None,
    progress: Progress,
    room: int,
    more: Callable[[str], int],
) -> dict[str, FullScenario]:
    """Those that fit into `room` letters, in the order of the comparison: the reference scenario and one other in any case.

    `more`: how many letters a scenario takes besides its blocks.
    """
    found: dict[str, FullScenario] = {}
    for names in page_budget.batches(page_budget.by_difference(source.comparison)):
        told = stories(names)
        progress.phase("writing the page", steps=len(names))
        for name, packed in zip(names, figure_blocks.pack_scenarios(source, sections, names, executor), strict=True):
            packer = Packer()
            views = told.get(name, ())
            one = FullScenario(packed, views, compression.block([_story(packer, view) for view in views]), packer.shared)
            room -= one.letters + more(name)
            if room < 0 and len(found) >= page_budget.LEAST_FULL:
                return _in_order(source, found)
            found[name] = one
            progress.detail(name)
    return _in_order(source, found)


def _in_order(source: FigureSource, found: dict[str, FullScenario]) -> dict[str, FullScenario]:
    return {name: found[name] for name in source.comparison.scenarios if name in found}


def _story(packer: Packer, story: StoryView) -> Json:
    """A story as the script lays it out."""
    outcome = OUTCOME_WORDS.get(story.outcome, story.outcome)
    share = story.why or f"{number_format.capital(number_format.percent(story.share))} of this scenario's worlds end so."
    return {
        "heading": f"Simulated world {story.world:,}: {outcome}",
        "share": share,
        "summary": f"The story in {number_format.count(len(story.sentences), 'dated sentence')}",
        "sentences": [[number_format.month(month), text, list(claims)] for month, text, claims in story.sentences],
        "strip": figure_blocks.pack_figure(packer, story.spec) if story.spec else None,
    }
