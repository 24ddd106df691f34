"""The folder that `spheres compare` writes: the page, each of its figures as PNG and SVG, and its tables as CSV."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sim.compare.comparison import Comparison
from sim.compare.csv_export import write_tables
from sim.experiment.progress import Progress
from sim.experiment.storage.publishing import building
from sim.report.figure_files import Figure, draw
from sim.report.figures import outcome_bars
from sim.report.page.figure_source import FigureSource
from sim.report.page.interest_link import InterestLink
from sim.report.page.page import write_page
from sim.report.page.sections import SECTIONS
from sim.report.page.story_view import StoryView

PAGE, FIGURES, TABLES = "compare.html", "figures", "tables"


def write_folder(
    folder: Path,
    comparison: Comparison,
    stories: Mapping[str, Sequence[StoryView]],
    watch: Progress,
    pictures: bool = True,
    jobs: int = 1,
    executor: Executor | None = None,
    interests: InterestLink | None = None,
) -> Path:
    """Write the folder, whole or not at all; returns the page. Raises OSError, RuntimeError where a figure cannot be drawn.

    `jobs` processes render the figures; `executor` may spread the page and the tables over processes; `interests`: a study to link to.
    """
    with building(folder) as work:
        watch.phase("writing the page", steps=len(comparison.scenarios))
        with _alongside(executor, write_tables, work / TABLES, comparison):
            write_page(work / PAGE, comparison, stories, executor=executor, progress=watch, interests=interests)
        if pictures:
            draw(list(figures(comparison, stories)), work / FIGURES, watch, jobs)
    return folder / PAGE


@contextmanager
def _alongside(executor: Executor | None, task: Callable[..., object], *arguments: object) -> Iterator[None]:
    """Do a task in another process while this lasts, or afterwards where there is none; nothing is left running when it ends."""
    if executor is None:
        yield
        task(*arguments)
        return
    future = executor.submit(task, *arguments)
    try:
        yield
    finally:
        wait([future])
    future.result()


def figures(comparison: Comparison, stories: Mapping[str, Sequence[StoryView]]) -> Iterator[Figure]:
    """Every figure of the page by file stem, but those of one chosen province or index; maps are those of the horizon."""
    source = FigureSource(comparison)
    yield "outcomes", partial(outcome_bars.figure, source.results)
    for scenario in comparison.scenarios:
        stem, narrowed = quote(scenario, safe="+ ()"), source.of_scenario(scenario)
        for section in SECTIONS:
            if section.choice in ("", "month") and (options := section.options(narrowed, scenario)):
                yield f"{section.id}_{stem}", partial(section.make, narrowed, scenario, options[-1].value)
        for story in stories.get(scenario, ()):
            if story.spec is not None:
                yield f"story_{stem}_{story.outcome}", partial(dict, story.spec)
