"""The folder that `spheres compare` writes: the page, each of its figures as PNG and SVG, and its tables as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sim.compare.comparison import Comparison
from sim.compare.csv_export import write_tables
from sim.experiment.progress import Progress
from sim.experiment.storage.result_folder import building
from sim.report.figure_files import Figure, draw
from sim.report.figures import outcome_bars
from sim.report.page.page import write_page
from sim.report.page.sections import SECTIONS, Source
from sim.report.page.story_view import StoryShown

PAGE, FIGURES, TABLES = "compare.html", "figures", "tables"


def write_folder(
    folder: Path, comparison: Comparison, stories: Mapping[str, Sequence[StoryShown]], watch: Progress, pictures: bool = True, jobs: int = 1
) -> Path:
    """Write the folder, whole or not at all; returns the page. Raises OSError, RuntimeError where a figure cannot be drawn."""
    with building(folder) as work:
        watch.phase("writing the page")
        write_page(work / PAGE, comparison, stories, jobs=jobs)
        write_tables(work / TABLES, comparison)
        if pictures:
            draw(list(figures(comparison, stories)), work / FIGURES, watch, jobs)
    return folder / PAGE


def figures(comparison: Comparison, stories: Mapping[str, Sequence[StoryShown]]) -> Iterator[Figure]:
    """Every figure of the page by file stem, but those of one chosen province or index; maps are those of the horizon."""
    source = Source(comparison)
    yield "outcomes", partial(outcome_bars.figure, source.results)
    for scenario in comparison.scenarios:
        stem, near = quote(scenario, safe="+ ()"), source.near(scenario)
        for section in SECTIONS:
            if section.choice in ("", "month") and (options := section.options(near, scenario)):
                yield f"{section.id}_{stem}", partial(section.make, near, scenario, options[-1].value)
        for story in stories.get(scenario, ()):
            if story.spec is not None:
                yield f"story_{stem}_{story.outcome}", partial(dict, story.spec)
