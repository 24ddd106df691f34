"""`spheres compare`: scenarios of finished results side by side, on a page; or one world of two scenarios, to see where they diverge."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment import run_settings as limits
from sim.experiment.run_settings import MOST_JOBS, MOST_WORLDS, whole_number


def compare(
    results: Annotated[list[Path], typer.Argument(metavar="RESULT...", help="Folders of results, such as results/default.")],
    scenarios: Annotated[str, typer.Option(metavar="A,B,...", help="Only these scenarios; default: all.")] = "",
    against: Annotated[str | None, typer.Option(metavar="A", help="The scenario to compare with; default: the baseline.")] = None,
    world: Annotated[str | None, typer.Option(metavar="K", help="Show where world K of two scenarios diverges (--scenarios a,b).")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where to write; default: compare/ in the first result.")] = None,
    stories: Annotated[
        bool, typer.Option("--stories/--no-stories", help="Include the story of a representative world per outcome, or not.")
    ] = True,
    pictures: Annotated[
        bool | None,
        typer.Option(
            "--pictures/--no-pictures", help="Also write each figure as PNG and SVG, or not; default: of scenarios in full on the page."
        ),
    ] = None,
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Compare scenarios world by world; write one page that opens in any browser, offline, with its figures and tables.

    With --world: the first decision or event that differs between two scenarios in that world, what drove it, and how it spread.
    """
    with error_messages():
        names = [name.strip() for name in scenarios.split(",") if name.strip()]
        n_jobs = whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs()
        number = None if world is None else whole_number(world, "--world", 0, MOST_WORLDS - 1)
        from sim.cli.comparison_output import write_divergence, write_page

        if number is not None:
            write_divergence(results, names, against, number, out)
        else:
            write_page(results, names, against, out, stories, pictures, n_jobs, quiet)
