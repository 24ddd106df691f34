"""`spheres claims`: which conclusions change if a claim of the report is wrong, for every claim."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def claims(
    name: Annotated[
        str, typer.Argument(metavar="RESULT-NAME", help="Folder in results/; an older claims.csv there is replaced.")
    ] = "claims",
    worlds: Annotated[str | None, typer.Option(metavar="N", help="Worlds for each claim; default: 500.")] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="Months to run; default: those of the baseline.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Run the baseline again as if each claim of the report in turn were wrong; report which conclusions change."""
    with error_messages():
        from sim.cli.claim_study import run_study

        run_study(name, worlds, months, quiet)
