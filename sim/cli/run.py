"""`spheres run`: run scenarios over many worlds; tables, pictures and the comparison."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.answer import Tried, answering, tell_notices, watch_of
from sim.experiment import settings as limits
from sim.experiment.folder import check_place
from sim.experiment.progress import Watch
from sim.experiment.resolved import portable
from sim.experiment.run import run as run_settings
from sim.experiment.settings import MOST_JOBS, MOST_SEED, MOST_WORLDS, Settings, SettingsError, whole_number
from sim.experiment.show import console, show
from sim.scenario import load_all
from sim.scenario.scalars import MOST_MONTHS


def run(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILES]...", help="Scenario files or names; all of scenarios/ if none.")
    ] = None,
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds a scenario.")] = "1000",
    months: Annotated[str | None, typer.Option(metavar="M", help="Months, instead of what the scenarios say.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of all luck.")] = "1",
    draws: Annotated[bool, typer.Option("--draws/--no-draws", help="Draw parameters from their ranges, or keep central values.")] = True,
    change: Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a parameter in every scenario.")] = None,
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; as many as cores if not given.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Folder in results/.")] = None,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw the pictures, or leave them out.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Run scenarios over many worlds; write tables and pictures to results/NAME and print the comparison."""
    with answering():
        settings = _settings(files or [], worlds, months, seed, draws, change or [], jobs, name)
        check_place(settings)
        tell_notices(settings.scenarios, quiet)
        watch = watch_of(quiet)
        drawing = _Drawing(plots, watch)
        rows = run_settings(settings, watch, drawing)
        show(rows, console(piped=not sys.stdout.isatty()))
        typer.echo(f"\nTables: {settings.folder}/ (columns.csv says what is in them). {drawing.told(settings.folder)}")
        if drawing.fault:
            raise typer.Exit(1)


def _settings(
    files: list[str],
    worlds: str,
    months: str | None,
    seed: str,
    draws: bool,
    changes: list[str],
    jobs: str | None,
    name: str | None,
) -> Settings:
    """The settings that were asked for; the faults of all options and files are told together."""
    tried = Tried()
    n_worlds = tried(lambda: whole_number(worlds, "--worlds", 1, MOST_WORLDS))
    n_months = tried(lambda: whole_number(months, "--months", 1, MOST_MONTHS) if months is not None else None)
    n_seed = tried(lambda: whole_number(seed, "--seed", 0, MOST_SEED))
    n_jobs = tried(lambda: whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs())
    folder = tried(lambda: limits.check_name(name) if name is not None else limits.default_name(files))
    scenarios = tried(lambda: load_all(files or limits.default_files(), changes))
    if tried.faults or not scenarios or n_worlds is None or n_seed is None or n_jobs is None or folder is None:
        raise SettingsError("\n".join(tried.faults))
    if n_months is not None:
        scenarios = [scenario.with_months(n_months) for scenario in scenarios]
    command = shlex.join(["spheres", *(portable(word) if os.path.isabs(word) else word for word in sys.argv[1:])])
    return Settings(tuple(scenarios), folder, n_worlds, n_seed, draws, n_jobs, n_months, tuple(changes), command)


class _Drawing:
    """Draws the pictures into a folder of results; a fault there is told and costs no tables."""

    def __init__(self, wanted: bool, watch: Watch) -> None:
        self.wanted, self.watch, self.fault, self.pictures = wanted, watch, "", 0

    def __call__(self, folder: Path) -> None:
        if not self.wanted:
            return
        self.watch.phase("drawing")
        from sim.report.plots import draw_all  # here, since the drawing libraries are large and the run needs them last

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
