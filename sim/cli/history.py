"""`spheres history`: a hindcast, the model compared with what happened from September 2015 to June 2021."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def history(
    worlds: Annotated[
        str, typer.Option(metavar="N", help="Worlds that draw their parameters; a third as many are run with central values.")
    ] = "1000",
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of the random numbers.")] = "1",
    name: Annotated[str, typer.Option(metavar="NAME", help="Folder in results/; an older comparison there is replaced.")] = "history",
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Score the held-out facts too; else only those of the setting half are read.")
    ] = False,
    split: Annotated[
        Path | None, typer.Option("--split", metavar="FILE", help="A file of your own that says which facts are held out.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Run September 2015 to June 2021 with the baseline's rules; compare with dated facts and rivals, in tables and two figures."""
    with error_messages():
        from sim.cli.hindcast_report import HistoryOptions, run_hindcast_report

        run_hindcast_report(HistoryOptions(worlds, seed, name, held_out, split, quiet))
