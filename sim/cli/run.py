"""`spheres run`: run scenarios over many worlds; tables, pictures and the comparison."""

import os
import shlex
import shutil
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import Tried, answering, complain, tell_notices, watch_of
from sim.experiment import run_settings as limits
from sim.experiment.execution.executors import Place
from sim.experiment.execution.runner import Ended
from sim.experiment.execution.runner import run as run_settings
from sim.experiment.progress import Progress
from sim.experiment.recording.chunk import ChunkError
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, MOST_WORLDS, Settings, SettingsError, whole_number
from sim.experiment.storage.chunk_reader import Damaged
from sim.experiment.storage.cleanup import unused_size
from sim.experiment.storage.resolved_scenarios import portable
from sim.experiment.storage.result_folder import CHUNKS, FAILURES, check_place
from sim.report.console.precision_advice import advice, goal_text
from sim.report.console.summary_table import console, show
from sim.scenario import load_scenarios
from sim.scenario.value_parsers import MOST_MONTHS

WORLDS, LIMIT = 1000, 100_000  # of a scenario, if not said; the latter where a half-width is to be reached


def run(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILES]...", help="Scenario files or names; all of scenarios/ if none.")
    ] = None,
    worlds: Annotated[
        str | None, typer.Option(metavar="N", help="Worlds a scenario (1,000); with --until-halfwidth the most of them (100,000).")
    ] = None,
    halfwidth: Annotated[
        str | None,
        typer.Option("--until-halfwidth", metavar="H", help="Add worlds until shares and differences are sure to this, such as 0.01."),
    ] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="Months, instead of what the scenarios say.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of all luck.")] = "1",
    draws: Annotated[bool, typer.Option("--draws/--no-draws", help="Draw parameters from their ranges, or keep central values.")] = True,
    change: Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a parameter in every scenario.")] = None,
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; as many as cores if not given.")] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="WHERE", help="Address or scheduler file of a Dask cluster that does the work (docs/cluster.md).")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Folder in results/.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Run again what failed before.")] = False,
    as_it_is: Annotated[bool, typer.Option("--as-it-is", help="Run nothing; make the result of the worlds that are there.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Also where the result there is of more worlds, or another seed.")] = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw the pictures, or leave them out.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Run scenarios over many worlds; write tables and pictures to results/NAME and print the comparison.

    Worlds that are there already are not run again: give more with --worlds, edit a scenario, or go on after a stop.
    """
    with answering():
        settings = _settings(files or [], worlds, halfwidth, months, seed, draws, change or [], jobs, name, retry, as_it_is, replace)
        check_place(settings)
        tell_notices(settings.scenarios, quiet)
        watch = watch_of(quiet)
        drawing = _Drawing(plots, watch)
        ended = _run(settings, watch, drawing, cluster)
        show(ended.rows, console(piped=not sys.stdout.isatty()))
        for line in ("", *advice(ended.precision), "", *_told(ended, settings), drawing.told(settings.folder)):
            typer.echo(line)
        for failure in ended.failed:
            complain(f"failed: {failure.where}: {failure.fault}")
        if ended.failed:
            complain(
                f"{len(ended.failed)} chunks failed and are not in the result; {settings.folder}/{FAILURES}/ has the traceback and the "
                "parameters of each. The same command with --retry runs them again."
            )
        if drawing.fault or ended.failed:
            raise typer.Exit(1)


def _run(settings: Settings, watch: Progress, drawing: "_Drawing", cluster: str | None) -> Ended:
    """The run; when it ends early, what is kept and how to go on is told."""
    kept = f"Finished worlds are kept in {settings.folder}/{CHUNKS}/: the same command goes on from there, "
    kept += "and with --as-it-is makes a result of them."
    try:
        with _cluster(cluster) as place:
            return run_settings(settings, watch, drawing, place=place)
    except KeyboardInterrupt:
        complain(f"stopped. {kept}")
        raise typer.Exit(130) from None
    except (ChunkError, Damaged, MemoryError, OSError) as fault:
        complain(f"{str(fault) or type(fault).__name__}. The run did not finish. {kept}")
        raise typer.Exit(1) from None


def _cluster(where: str | None) -> AbstractContextManager[Place | None]:
    """The cluster that was named; None for this machine."""
    if where is None:
        return nullcontext()
    from sim.experiment.execution.dask_executor import cluster  # here, since its library is an extra

    return cluster(where, complain)


def _told(ended: Ended, settings: Settings) -> list[str]:
    """What was run, what was found, and where it is."""
    found = f", {ended.found:,} were there already" if ended.found else ""
    goal = [] if settings.halfwidth is None else [goal_text(ended.precision, settings.halfwidth), ""]
    lines = [*goal, f"{ended.made:,} worlds were run{found}. Tables: {settings.folder}/ (columns.csv says what is in them)."]
    if len(settings.scenarios) > 1:
        lines.append(f"Compare them on a page: spheres compare {settings.folder}")
    files, size = unused_size(settings.folder)
    if files:
        lines.append(f"{files:,} chunks ({size / 1e6:,.0f} MB) are no part of this result; `spheres tidy {settings.name}` removes them.")
    return lines


def _settings(
    files: list[str],
    worlds: str | None,
    halfwidth: str | None,
    months: str | None,
    seed: str,
    draws: bool,
    changes: list[str],
    jobs: str | None,
    name: str | None,
    retry: bool,
    as_it_is: bool,
    replace: bool,
) -> Settings:
    """The settings that were asked for; the faults of all options and files are told together."""
    tried = Tried()
    goal = tried(lambda: limits.fraction(halfwidth, "--until-halfwidth") if halfwidth is not None else None)
    usual = WORLDS if halfwidth is None else LIMIT
    n_worlds = tried(lambda: whole_number(worlds, "--worlds", 1, MOST_WORLDS) if worlds is not None else usual)
    n_months = tried(lambda: whole_number(months, "--months", 1, MOST_MONTHS) if months is not None else None)
    n_seed = tried(lambda: whole_number(seed, "--seed", 0, MOST_SEED))
    n_jobs = tried(lambda: whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs())
    folder = tried(lambda: limits.check_name(name) if name is not None else limits.default_name(files))
    scenarios = tried(lambda: load_scenarios(files or limits.default_files(), changes))
    if tried.faults or not scenarios or n_worlds is None or n_seed is None or n_jobs is None or folder is None:
        raise SettingsError("\n".join(tried.faults))
    if n_months is not None:
        scenarios = [scenario.with_months(n_months) for scenario in scenarios]
    return Settings(
        scenarios=tuple(scenarios),
        name=folder,
        worlds=n_worlds,
        seed=n_seed,
        draws=draws,
        jobs=n_jobs,
        months=n_months,
        overrides=tuple(changes),
        command=shlex.join(["spheres", *(portable(word) if os.path.isabs(word) else word for word in sys.argv[1:])]),
        halfwidth=goal,
        retry=retry,
        as_it_is=as_it_is,
        replace=replace,
    )


class _Drawing:
    """Draws the pictures into a folder of results; a fault there is told and costs no tables."""

    def __init__(self, wanted: bool, watch: Progress) -> None:
        self.wanted, self.watch, self.fault, self.pictures = wanted, watch, "", 0

    def __call__(self, folder: Path) -> None:
        if not self.wanted:
            return
        self.watch.phase("drawing")
        from sim.report.figure_files import draw_all  # here, since the drawing libraries are large and the run needs them last

        try:
            self.pictures = len(draw_all(folder, self.watch.detail))
        except Exception as fault:
            self.fault = f"{type(fault).__name__}: {fault}"
            shutil.rmtree(folder / "plots", ignore_errors=True)

    def told(self, folder: Path) -> str:
        """Where the pictures are, or why there are none."""
        if self.fault:
            return f"The pictures could not be drawn ({self.fault})."
        return f"Pictures: {folder}/plots/ ({self.pictures} files)." if self.wanted else "No pictures were asked for."
