"""Figures as files: those of a results folder, PNG and SVG each, drawn on several cores."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sim.experiment.progress import Progress
from sim.report.drawing.render import save_apart
from sim.report.figures import effort_by_goal, influence_tiles, outcome_bars, ranked_differences, sphere_map
from sim.report.figures.data import figure_data
from sim.report.figures.data.figure_data import Results
from sim.report.figures.data.outcome_shares import has_fallen_map

_BATCH = 5  # figures that one rendering process draws: larger costs memory, smaller costs time
Figure = tuple[str, Callable[[], dict[str, Any]]]  # file stem, and what makes its spec


def main_figures(results: Results) -> Iterator[Figure]:
    """The figures that a run draws unasked, by file stem: all outcomes, and the map, influence and effort of each baseline."""
    yield "outcomes", partial(outcome_bars.figure, results)
    for scenario in results.scenarios:
        if results.compared_with(scenario) is None:
            yield from scenario_figures(results, scenario)


def all_figures(results: Results) -> Iterator[Figure]:
    """Every figure that the results allow, by file stem; a spec is made only when it is asked for."""
    yield "outcomes", partial(outcome_bars.figure, results)
    for scenario in results.scenarios:
        yield from scenario_figures(results, scenario)


def scenario_figures(results: Results, scenario: str) -> Iterator[Figure]:
    """The figures of one scenario, by file stem."""
    stem = quote(scenario, safe="+ ")  # a name in a table is only a name; it never leads out of the folder
    if scenario in results.spheres:
        yield f"map_{stem}", partial(sphere_map.figure, results, scenario)
    if has_fallen_map(results, scenario):
        yield f"map_fallen_{stem}", partial(sphere_map.figure_of_fallen, results, scenario)
    if scenario in results.influence:
        yield f"tiles_{stem}", partial(influence_tiles.figure, results, scenario)
    if scenario in results.effort:
        yield f"effort_{stem}", partial(effort_by_goal.figure, results, scenario)
    if results.compared_with(scenario):
        yield f"indices_{stem}", partial(ranked_differences.figure_of_run, results, scenario)


def draw_results(folder: Path, progress: Progress, jobs: int = 1, every_scenario: bool = True) -> list[Path]:
    """Draw the figures of the results in `folder` as PNG and SVG into `folder/plots/`; returns the files in order.

    Only the main figures unless `every_scenario`. Raises FileNotFoundError where a result table is missing, RuntimeError where rendering
    fails.
    """
    results = figure_data.read(folder)
    return draw(list((all_figures if every_scenario else main_figures)(results)), folder / "plots", progress, jobs)


def draw(figures: Sequence[Figure], folder: Path, progress: Progress, jobs: int = 1) -> list[Path]:
    """Draw figures as PNG and SVG into `folder`; returns the files in order. Raises RuntimeError where rendering fails.

    `jobs` processes render while this one prepares the specs. The files are the same to the byte with any number of them.
    """
    progress.phase("drawing figures", steps=len(figures))
    folder.mkdir(exist_ok=True)
    files: list[Path] = []
    waiting: deque[Future[list[Path]]] = deque()

    def collect(most: int) -> None:
        while len(waiting) > most:
            for file in waiting.popleft().result():
                files.append(file)
                if file.suffix == ".png":
                    progress.detail(file.stem)

    batch = min(_BATCH, -(-len(figures) // jobs))  # few figures are shared out evenly
    pool = ThreadPoolExecutor(max_workers=jobs)  # of threads that each wait for a process
    try:
        for first in range(0, len(figures), max(batch, 1)):
            specs = [(folder / stem, make()) for stem, make in figures[first : first + batch]]
            waiting.append(pool.submit(save_apart, specs))
            collect(most=jobs)  # no more specs in memory than are worth it
        collect(most=0)
        return files
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
