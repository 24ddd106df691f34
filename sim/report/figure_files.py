"""All figures of a results folder."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sim.report.drawing.render import save_apart
from sim.report.figures import influence_tiles, outcome_bars, ranked_differences, sphere_map
from sim.report.figures.data import figure_data
from sim.report.figures.data.figure_data import Results

_BATCH = 5  # figures that one rendering process draws: larger costs memory, smaller costs time
Figure = tuple[str, Callable[[], dict[str, Any]]]  # file stem, and what makes its spec


def figures(results: Results) -> Iterator[Figure]:
    """Every figure that the results allow, by file stem; a spec is made only when it is asked for."""
    yield "outcomes", partial(outcome_bars.figure, results)
    for scenario in results.scenarios:
        stem = quote(scenario, safe="+ ")  # a name in a table is only a name; it never leads out of the folder
        yield f"map_{stem}", partial(sphere_map.figure, results, scenario)
        if scenario in results.influence:
            yield f"tiles_{stem}", partial(influence_tiles.figure, results, scenario)
        if results.compared_with(scenario):
            yield f"indices_{stem}", partial(ranked_differences.figure_of_run, results, scenario)


def draw_all(folder: Path, on_figure: Callable[[str], None] | None = None, jobs: int = 1) -> list[Path]:
    """Draw every figure of the results in `folder` as PNG and SVG into `folder/plots/`; returns the files in order.

    `on_figure` is told each figure's stem once its files stand. Raises FileNotFoundError where a result table is missing, RuntimeError
    where rendering fails.
    """
    return draw(figures(figure_data.read(folder)), folder / "plots", on_figure, jobs)


def draw(todo: Iterator[Figure], folder: Path, on_figure: Callable[[str], None] | None = None, jobs: int = 1) -> list[Path]:
    """Draw figures as PNG and SVG into `folder`; returns the files in order. Raises RuntimeError where rendering fails.

    `jobs` processes render while this one prepares the specs; `on_figure` is told each figure's stem once its files stand.
    """
    folder.mkdir(exist_ok=True)
    files: list[Path] = []
    waiting: deque[Future[list[Path]]] = deque()

    def collect(most: int) -> None:
        while len(waiting) > most:
            for file in waiting.popleft().result():
                files.append(file)
                if on_figure and file.suffix == ".png":
                    on_figure(file.stem)

    pool = ThreadPoolExecutor(max_workers=jobs)  # of threads that each wait for a process
    try:
        while batch := [(folder / stem, make()) for stem, make in islice(todo, _BATCH)]:
            waiting.append(pool.submit(save_apart, batch))
            collect(most=jobs)  # no more specs in memory than are worth it
        collect(most=0)
        return files
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
