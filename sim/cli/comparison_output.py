"""What `spheres compare` writes: a page of all scenarios, or the divergence of one world."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

import typer

from sim.cli.error_handling import print_error, progress_for
from sim.compare.build import compare_scenarios
from sim.compare.compared_scenarios import all_scenarios, select_scenarios
from sim.experiment.execution.executors import workers
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.manifest_file import CONTENTS
from sim.experiment.storage.publishing import NEW, building
from sim.experiment.storage.result_folder import COMPARE, PARTED
from sim.experiment.storage.whole_files import is_plain_folder, write_text
from sim.experiment.storage.writable import check_writable
from sim.replay.divergence.divergence import find_divergence
from sim.replay.divergence.divergence_text import lines
from sim.report.comparison_folder import FIGURES, PAGE, TABLES, write_folder
from sim.report.console.run_summary import summary
from sim.report.console.summary_rows import precision_of_comparison, rows_of_comparison
from sim.report.drawing.render import save_apart
from sim.report.figures import divergence_map
from sim.report.page import story_selection
from sim.report.page.explorer_link import find_explorer
from sim.report.page.full_scenarios import Stories
from sim.report.page.interest_link import find_interests
from sim.report.page.page import Besides
from sim.report.page.page_assets import prepare_engine
from sim.text.number_format import joined

if TYPE_CHECKING:
    from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings

Result = TypeVar("Result")

_LISTED = 4  # scenarios that a line names
DIVERGENCE = "divergence.txt"  # "told.txt" where an earlier version wrote it


def write_page(
    results: list[Path],
    names: list[str],
    against: str | None,
    out: Path | None,
    stories: bool,
    pictures: bool | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Compare scenarios of finished results on a page, with its figures and tables. Raises SettingsError."""
    place = _free(out or results[0] / COMPARE, (PAGE, FIGURES, TABLES))
    check_writable(place)
    sides, left_out = select_scenarios(all_scenarios(results), names, against)
    watch = progress_for(quiet)
    try:
        with workers(jobs) as executor:
            matters = _alongside(executor, _known_findings, sides[0].result.folder, sides[0].scenario)
            Thread(target=prepare_engine, daemon=True).start()
            comparison = compare_scenarios(sides, watch, executor)

            def stories_of(names: Sequence[str]) -> Stories:
                return story_selection.stories([side for side in sides if side.name in set(names)], watch, executor) if stories else {}

            compared = list({side.result.folder: side.result for side in sides}.values())
            besides = Besides(find_interests(results, place), matters(), find_explorer(results, place))
            page = write_folder(place, comparison, stories_of, watch, pictures, jobs, executor, compared, besides)
    finally:
        watch.end()
    without = [side.name for side in sides if stories and side.name in page.stories and not story_selection.can_replay(side)]
    for text in (*left_out, *page.notices, *_without_stories(without)):
        print_error(text)
    summary(rows_of_comparison(comparison), precision_of_comparison(comparison))
    typer.echo(f"Tables: {place / TABLES}/ (columns.csv explains every column).")
    if pictures is not False:
        typer.echo(f"Figures: {place / FIGURES}/ ({len(list((place / FIGURES).iterdir()))} files).")
    typer.echo(f"Page: {place / PAGE} (open it in a browser; no network needed).")


def _known_findings(folder: Path, scenario: str) -> "list[OutcomeFindings]":
    """What matters for some outcomes of a result; in a worker, which has loaded the model already."""
    from sim.exploration.global_sensitivity.for_page import known_findings

    return known_findings(folder, scenario)


def _alongside(executor: Executor | None, task: Callable[..., Result], *arguments: object) -> Callable[[], Result]:
    """Gives what a task comes to: begun at once in another process, or done when it is asked for where there is none."""
    return partial(task, *arguments) if executor is None else executor.submit(task, *arguments).result


def _without_stories(names: list[str]) -> list[str]:
    """A line on the scenarios whose worlds cannot be run again."""
    if not names:
        return []
    listed = joined([f"'{name}'" for name in names]) if len(names) <= _LISTED else f"{len(names)} scenarios"
    return [f"no stories of {listed}, run by another version of the model; `spheres run` runs {'it' if len(names) == 1 else 'them'} again"]


def write_divergence(results: list[Path], names: list[str], against: str | None, world: int, out: Path | None) -> None:
    """Show where one world of two scenarios diverges, and draw how the difference spread. Raises SettingsError."""
    pair = list(dict.fromkeys([*([against] if against else []), *names]))
    if len(results) != 1 or len(pair) != 2:
        raise SettingsError("--world compares two scenarios of one result; name them, for instance: --scenarios baseline,iran_withdraws")
    place = _free(out or results[0] / PARTED / f"{world}_{pair[0]}_{pair[1]}", (DIVERGENCE, "spread.png", "spread.svg", "told.txt"))
    found = find_divergence(results[0], (pair[0], pair[1]), world)
    text = list(lines(found))
    with building(place) as work:
        write_text(work / DIVERGENCE, "\n".join(text) + "\n")
        if found.differs_at_all:
            save_apart([(work / "spread", divergence_map.figure(found))])
    for line in text:
        typer.echo(line)
    typer.echo(f"\nThis text and its figure: {place}/")


def _free(folder: Path, known: tuple[str, ...]) -> Path:
    """A folder to write: not there yet, or one that holds nothing but what an earlier comparison wrote."""
    if (folder.exists() or folder.is_symlink()) and not is_plain_folder(folder):
        raise SettingsError(f"--out: {folder} is there already and is not a folder.")
    there = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if not there <= {*known, CONTENTS, NEW} or (there and not there & {known[0], CONTENTS, NEW}):
        raise SettingsError(f"--out: {folder} holds other files; choose another folder.")
    return folder
