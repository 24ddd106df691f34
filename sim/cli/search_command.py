"""`spheres search`: which corners the model can reach at all, and what a rare outcome takes."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def search(
    outcome: Annotated[
        str | None, typer.Argument(metavar="OUTCOME", help="An outcome to be found, such as iranian_primacy or 'balance>0.6'.")
    ] = None,
    over: Annotated[
        str | None,
        typer.Option(metavar="MEASURE,MEASURE", help="Two measures: which combinations can be reached, such as delimitation,balance."),
    ] = None,
    scenario: Annotated[str, typer.Option(metavar="S", help="Name or file of the scenario.")] = "baseline",
    result: Annotated[
        Path | None,
        typer.Option(metavar="RESULT", help="A result whose worlds serve as random ones; default: results/default, if it fits."),
    ] = None,
    budget: Annotated[str, typer.Option(metavar="N", help="Worlds to search, and random ones to compare with.")] = "4000",
    holds: Annotated[
        str, typer.Option(metavar="SHARE", help="Share of lucks in which an outcome must hold at the point looked for.")
    ] = "0.5",
    lucks: Annotated[str, typer.Option(metavar="L", help="Other lucks under which each shown point is run again.")] = "15",
    months: Annotated[str | None, typer.Option(metavar="M", help="Months to run; default: those of the scenario.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of the random numbers, and of the search.")] = "1",
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core. Changes no result.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Folder in results/searches/; default: what is asked.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a search for something else in that folder.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Search for what random worlds miss: cells of two measures, or an outcome with the nearest parameters; check it under other lucks."""
    with error_messages():
        from sim.cli.reach_search import SearchOptions, run_search

        options = SearchOptions(outcome, over, scenario, result, budget, holds, lucks, months, seed, jobs, name, replace, quiet)
        run_search(options)
