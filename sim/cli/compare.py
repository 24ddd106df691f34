"""`spheres compare`: scenarios of finished results beside each other, on a page; or one world of two scenarios, to see where they part."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import answering, complain, watch_of
from sim.experiment import run_settings as limits
from sim.experiment.execution.executors import workers
from sim.experiment.run_settings import MOST_JOBS, MOST_WORLDS, SettingsError, whole_number
from sim.experiment.storage.result_folder import COMPARE, PARTED, building, write_text


def compare(
    results: Annotated[list[Path], typer.Argument(metavar="RESULT...", help="Folders of results, such as results/default.")],
    scenarios: Annotated[str, typer.Option(metavar="A,B,...", help="Some of the scenarios; all if not given.")] = "",
    against: Annotated[str | None, typer.Option(metavar="A", help="The scenario compared with; the baseline if not given.")] = None,
    world: Annotated[str | None, typer.Option(metavar="K", help="Tell where world K of two scenarios parts (--scenarios a,b).")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where to write; compare/ in the first result if not given.")] = None,
    stories: Annotated[bool, typer.Option("--stories/--no-stories", help="Tell a representative world of each outcome, or not.")] = True,
    pictures: Annotated[bool, typer.Option("--pictures/--no-pictures", help="Also write each figure as PNG and SVG, or not.")] = True,
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; as many as cores if not given.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Compare scenarios world by world; write one page that opens in any browser, offline, with its figures and tables.

    With --world: the first decision or event in which that world of two scenarios differs, what drove it, and how the difference spread.
    """
    with answering():
        wanted = [name.strip() for name in scenarios.split(",") if name.strip()]
        n_jobs = whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs()
        if world is not None:
            _parting(results, wanted, against, whole_number(world, "--world", 0, MOST_WORLDS - 1), out)
        else:
            _page(results, wanted, against, out, stories, pictures, n_jobs, quiet)


def _free(folder: Path, known: tuple[str, ...]) -> Path:
    """A folder to write: not there yet, or one that holds nothing but what an earlier comparison wrote."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise SettingsError(f"--out: {folder} is there already and is not a folder.")
    if folder.exists() and not {path.name for path in folder.iterdir()} <= set(known):
        raise SettingsError(f"--out: {folder} holds files that are not of a comparison; choose another folder.")
    return folder


def _page(
    results: list[Path], wanted: list[str], against: str | None, out: Path | None, stories: bool, pictures: bool, jobs: int, quiet: bool
) -> None:
    from sim.compare.build import compare_sides  # here, since the drawing libraries are large, and other commands need them not
    from sim.compare.compared_scenarios import all_sides, chosen
    from sim.report.comparison_folder import FIGURES, PAGE, TABLES, write_folder
    from sim.report.page import story_selection

    place = _free(out or results[0] / COMPARE, (PAGE, FIGURES, TABLES))
    sides, left_out = chosen(all_sides(results), wanted, against)
    watch = watch_of(quiet)
    try:
        with workers(jobs) as executor:
            comparison = compare_sides(sides, watch, executor)
            shown = story_selection.stories(sides, watch, executor) if stories else {}
            page = write_folder(place, comparison, shown, watch, pictures, jobs, executor)
    finally:
        watch.end()
    untold = [side.name for side in sides if stories and not story_selection.can_replay(side)]
    for text in (*left_out, *(f"no stories of '{name}', which was run by another version of the model" for name in untold)):
        complain(text)
    typer.echo(f"Tables: {place / TABLES}/ (columns.csv says what is in them).")
    if pictures:
        typer.echo(f"Figures: {place / FIGURES}/ ({len(list((place / FIGURES).iterdir()))} files).")
    typer.echo(f"Page: {page} (open it in a browser; it needs no network).")


def _parting(results: list[Path], wanted: list[str], against: str | None, world: int, out: Path | None) -> None:
    """Tell where one world of two scenarios parts, and draw how the difference spread."""
    from sim.replay.divergence.divergence import parting
    from sim.replay.divergence.divergence_text import lines
    from sim.report.drawing.render import save_apart
    from sim.report.figures import divergence_map

    pair = list(dict.fromkeys([*([against] if against else []), *wanted]))
    if len(results) != 1 or len(pair) != 2:
        raise SettingsError("--world compares two scenarios of one result; name them, for instance: --scenarios baseline,iran_withdraws")
    place = _free(out or results[0] / PARTED / f"{world}_{pair[0]}_{pair[1]}", ("told.txt", "spread.png", "spread.svg"))
    found = parting(results[0], (pair[0], pair[1]), world)
    told = list(lines(found))
    with building(place) as work:
        write_text(work / "told.txt", "\n".join(told) + "\n")
        if found.parts:
            save_apart([(work / "spread", divergence_map.figure(found))])
    for line in told:
        typer.echo(line)
    typer.echo(f"\nThis text and its figure: {place}/")
