"""The commands: `spheres run`, `check`, `new` and `replay`.

Whatever an analyst types wrong is answered in plain lines on stderr, with exit status 2 and nothing written.
"""

import os
import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer

from sim.experiment import settings as limits
from sim.experiment.chunk import ChunkError
from sim.experiment.folder import check_place, write_text
from sim.experiment.progress import Bar, Lines, Silent, Watch
from sim.experiment.replay import replay as run_again
from sim.experiment.resolved import portable
from sim.experiment.run import run as run_settings
from sim.experiment.settings import MOST_JOBS, MOST_SEED, MOST_WORLDS, Settings, SettingsError, whole_number
from sim.experiment.show import console, show
from sim.experiment.story import story
from sim.scenario import Scenario, ScenarioError, all_notices, assumed_share, load, load_all, template
from sim.scenario.scalars import MOST_MONTHS, NAME

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
T = TypeVar("T")
MOST_NOTICES = 6  # told one by one before a run


def main() -> None:
    """The command `spheres`."""
    signal.signal(signal.SIGTERM, _interrupt)
    app(prog_name="spheres")


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"spheres {version('syria-spheres')}")
        raise typer.Exit


@app.callback()
def spheres(
    wanted: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")] = False,
) -> None:
    """Scenario simulation of post-war spheres of interest in Syria, after a report of 2021. Projections, no forecast."""


@app.command()
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
    with _answering():
        settings = _settings(files or [], worlds, months, seed, draws, change or [], jobs, name)
        check_place(settings)
        _tell_notices(settings.scenarios, quiet)
        watch = _watch(quiet)
        drawing = _Drawing(plots, watch)
        rows = run_settings(settings, watch, drawing)
        show(rows, console(piped=not sys.stdout.isatty()))
        typer.echo(f"\nTables: {settings.folder}/ (columns.csv says what is in them). {drawing.told(settings.folder)}")
        if drawing.fault:
            raise typer.Exit(1)


@app.command()
def check(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILES]...", help="Scenario files or names; all if none.")] = None,
) -> None:
    """Check scenario files without running them."""
    with _answering():
        for scenario in load_all(files or limits.default_files()):
            events = f"{len(scenario.events)} event{'s' * (len(scenario.events) != 1)}"
            assumed = f"{100 * assumed_share(scenario):.0f} % of {len(scenario.settings)} numbers assumed"
            typer.echo(f"OK {portable(scenario.file)}: {scenario.months} months from {scenario.start}, {events}, {assumed}")
            for notice in scenario.notices:
                typer.echo(f"   notice: {notice}")


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario.")],
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="The scenario that it differs from.")] = "baseline",
) -> None:
    """Write a commented scenario to scenarios/NAME.yaml, to be edited."""
    with _answering():
        if not NAME.fullmatch(name) or len(name) > 100:
            raise SettingsError(
                f"'{name[:60]}' cannot be the name of a scenario; use small letters, digits, '_' and '-', such as my_scenario."
            )
        place = Path("scenarios") / f"{name}.yaml"
        if os.path.lexists(place):
            raise SettingsError(f"{place} is there already; choose another name, or edit that file.")
        text = template(name, load(parent))
        if not place.parent.is_dir():
            raise SettingsError("there is no folder scenarios/ here; start in the folder that has it.")
        write_text(place, text)
        typer.echo(f"{place} is written. Edit it, then: spheres run {place}")


@app.command()
def replay(
    folder: Annotated[Path, typer.Argument(metavar="RESULTS", help="A folder of results, such as results/default.")],
    scenario: Annotated[str, typer.Option(metavar="S", help="One of its scenarios.")],
    world: Annotated[str, typer.Option(metavar="K", help="One of its worlds.")],
) -> None:
    """Run one world of finished results again, compare it to the bit, and print its story."""
    with _answering():
        again = run_again(folder, scenario, whole_number(world, "--world", 0, MOST_WORLDS - 1))
        for line in story(again):
            typer.echo(line)
        if again.differences:
            _complain(f"world {world} of '{scenario}' is not as in {folder}; these columns differ: {', '.join(again.differences[:20])}")
            raise typer.Exit(1)
        typer.echo(f"\nAll {again.compared} values of this world equal those in {folder}, to the bit.")


@contextmanager
def _answering() -> Iterator[None]:
    """Turn what can go wrong into plain lines and an exit status."""
    try:
        yield
    except (ScenarioError, SettingsError) as fault:
        _complain(str(fault))
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        _complain("stopped; nothing was written.")
        raise typer.Exit(130) from None
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except (ChunkError, MemoryError, OSError) as fault:
        _complain(f"{fault or type(fault).__name__}. The run did not finish; nothing was written.")
        raise typer.Exit(1) from None


def _complain(text: str) -> None:
    typer.echo(text, err=True)


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
    faults: list[str] = []

    def tried(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except (ScenarioError, SettingsError) as fault:
            faults.append(str(fault))
            return None

    n_worlds = tried(lambda: whole_number(worlds, "--worlds", 1, MOST_WORLDS))
    n_months = tried(lambda: whole_number(months, "--months", 1, MOST_MONTHS) if months is not None else None)
    n_seed = tried(lambda: whole_number(seed, "--seed", 0, MOST_SEED))
    n_jobs = tried(lambda: whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs())
    folder = tried(lambda: limits.check_name(name) if name is not None else limits.default_name(files))
    scenarios = tried(lambda: load_all(files or limits.default_files(), changes))
    if faults or not scenarios or n_worlds is None or n_seed is None or n_jobs is None or folder is None:
        raise SettingsError("\n".join(faults))
    if n_months is not None:
        scenarios = [scenario.with_months(n_months) for scenario in scenarios]
    command = shlex.join(["spheres", *(portable(word) if os.path.isabs(word) else word for word in sys.argv[1:])])
    return Settings(tuple(scenarios), folder, n_worlds, n_seed, draws, n_jobs, n_months, tuple(changes), command)


def _tell_notices(scenarios: Sequence[Scenario], quiet: bool) -> None:
    """Tell the notices before a run; many of them in one line, because a batch of deliberate extremes should not bury its results."""
    notices = () if quiet else all_notices(scenarios)
    if len(notices) > MOST_NOTICES:
        notices = (f"{len(notices)} settings lie outside what is plausible, or are cut off; `spheres check FILES` tells each.",)
    for notice in notices:
        typer.echo(f"notice: {notice}", err=True)


def _watch(quiet: bool) -> Watch:
    if quiet:
        return Silent()
    return Bar() if sys.stderr.isatty() else Lines(lambda text: typer.echo(text, err=True))


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


if __name__ == "__main__":
    main()
