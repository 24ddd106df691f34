"""`spheres history`: a hindcast, the model compared with what happened from September 2015 to June 2021."""

from typing import Annotated

import typer

from sim.cli.error_handling import answering


def history(
    worlds: Annotated[
        str, typer.Option(metavar="N", help="Worlds that draw their parameters; a third as many are run with central values.")
    ] = "1000",
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of the random numbers.")] = "1",
    name: Annotated[str, typer.Option(metavar="NAME", help="Folder in results/; an older comparison there is replaced.")] = "history",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Run September 2015 to June 2021 with the baseline's rules; compare with dated facts and null models, in tables and a figure."""
    with answering():
        from sim.cli.hindcast_report import run_hindcast_report

        run_hindcast_report(worlds, seed, name, quiet)
