"""`spheres run`: run scenarios over many worlds; tables, figures and a summary."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def run(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Scenario files or names; default: all in scenarios/.")] = None,
    worlds: Annotated[
        str | None, typer.Option(metavar="N", help="Worlds per scenario (1,000); with --until-halfwidth at most this many (100,000).")
    ] = None,
    halfwidth: Annotated[
        str | None,
        typer.Option("--until-halfwidth", metavar="H", help="Add worlds until shares and differences are accurate to this, such as 0.01."),
    ] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="Months to run, instead of what the scenarios say.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of all random numbers.")] = "1",
    draws: Annotated[bool, typer.Option("--draws/--no-draws", help="Draw parameters from their ranges, or use central values.")] = True,
    change: Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a parameter in every scenario.")] = None,
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core. Changes no result.")] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="WHERE", help="Address or scheduler file of a Dask cluster to run on (docs/cluster.md).")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the folder in results/.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Run failed worlds again.")] = False,
    as_it_is: Annotated[bool, typer.Option("--as-it-is", help="Run nothing; make a result of the worlds that are there.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a result of more worlds, or of another seed.")] = False,
    plots: Annotated[
        bool | None,
        typer.Option("--plots/--no-plots", help="Draw the figures of every scenario, or none. Default: outcomes, and the baseline's."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Run scenarios over many worlds; write tables and figures to results/NAME and print a summary.

    Finished worlds are never run twice: raise --worlds, edit a scenario, or continue after a stop, and only what is missing is run.
    """
    with error_messages():
        from sim.cli.scenario_run import RunOptions, run_scenarios

        run_scenarios(
            RunOptions(
                files=files or [],
                worlds=worlds,
                halfwidth=halfwidth,
                months=months,
                seed=seed,
                draws=draws,
                changes=change or [],
                jobs=jobs,
                cluster=cluster,
                name=name,
                retry=retry,
                as_it_is=as_it_is,
                replace=replace,
                plots=plots,
                quiet=quiet,
            )
        )
