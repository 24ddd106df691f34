"""The folder that `spheres compare` writes: the page, each of its figures as PNG and SVG, and its tables as CSV."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sim.compare.comparison import Comparison
from sim.compare.csv_export import write_tables
from sim.experiment.progress import Progress
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.publishing import building
from sim.experiment.storage.results import Result
from sim.experiment.storage.whole_files import write_bytes
from sim.report.figure_files import Figure, draw
from sim.report.figures import outcome_bars
from sim.report.page import page as whole_page
from sim.report.page.figure_source import FigureSource
from sim.report.page.full_scenarios import Stories, StoriesOf
from sim.report.page.page import NOTHING_BESIDES, Besides
from sim.report.page.sections import SECTIONS

PAGE, FIGURES, TABLES = "compare.html", "figures", "tables"


def write_folder(
    folder: Path,
    comparison: Comparison,
    stories: StoriesOf,
    watch: Progress,
    pictures: bool | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    results: Sequence[Result] = (),
    besides: Besides = NOTHING_BESIDES,
) -> whole_page.PageText:
    """Write the folder, whole or not at all; returns what the page holds. Raises OSError, RuntimeError where a figure cannot be drawn.

    `pictures`: figures as files as well, of all scenarios (True), of those that the page shows in full (None), of none (False). `jobs`
    processes render them; `executor` may spread the page and the tables over processes; `besides`: what the page links to and says of the
    reference scenario besides.
    `results`: what was compared; raises SettingsError where another result has taken the place of one of them meanwhile.
    """
    with building(folder) as work:
        with _alongside(executor, write_tables, work / TABLES, comparison):
            page = whole_page.page_text(comparison, stories, SECTIONS, executor, watch, besides)
            write_bytes(work / PAGE, page.text.encode("utf-8"))
        if pictures is not False:
            names = comparison.scenarios if pictures else tuple(page.stories)
            draw(list(figures(comparison, page.stories, names)), work / FIGURES, watch, jobs)
        for result in results:
            if not result.current():
                raise SettingsError(f"{result.folder} was replaced by another result while it was compared; compare again.")
    return page


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


def figures(comparison: Comparison, stories: Stories, names: Sequence[str] = ()) -> Iterator[Figure]:
    """The figures of some scenarios (or all) by file stem, but those of one chosen province or index; maps are those of the horizon."""
    source = FigureSource(comparison)
    yield "outcomes", partial(outcome_bars.figure, source.results)
    for scenario in names or comparison.scenarios:
        stem, narrowed = quote(scenario, safe="+ ()"), source.of_scenario(scenario)
        for section in SECTIONS:
            if section.choice in ("", "month") and (options := section.options(narrowed, scenario)):
                yield f"{section.id}_{stem}", partial(section.make, narrowed, scenario, options[-1].value)
        for story in stories.get(scenario, ()):
            if story.spec is not None:
                yield f"story_{stem}_{story.outcome}", partial(dict, story.spec)
