"""`spheres design`: check a design file, and say what it takes before anything is run."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def design(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A design: which points of the space of parameters, under which lucks.")],
    go: Annotated[bool, typer.Option("--run", help="Run it, into results/NAME/; a stopped run goes on from where it was.")] = False,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the folder in results/; default: that of the file.")] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="Months to run; default: those of the file or the scenario.")] = None,
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core. Changes no result.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Run failed worlds again.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the result of another design.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Check a design file; say how many worlds it takes, how long and how much disk; with --run, run it."""
    with error_messages():
        from sim.cli.design_run import DesignOptions, show_design

        show_design(DesignOptions(file, go, name, months, jobs, retry, replace, quiet))
