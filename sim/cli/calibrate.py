"""`spheres calibrate`: search the ranges of chosen parameters for values at which patterns hold."""

from typing import Annotated

import typer

from sim.cli.error_handling import answering


def calibrate(
    name: Annotated[str, typer.Argument(help="Name of the calibration, and of the scenario that it writes.")],
    parameters: Annotated[
        str, typer.Option(metavar="PATH[,PATH...]", help="Parameters to search within their ranges; fight.* stands for a section.")
    ],
    patterns: Annotated[
        str | None,
        typer.Option(metavar="NAME[,NAME...]", help="Patterns that should hold; default: all those used for fitting."),
    ] = None,
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="The scenario that gives all other values.")] = "baseline",
    trials: Annotated[str, typer.Option(metavar="N", help="Total number of trials, including those stored earlier.")] = "100",
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds in each trial.")] = "200",
    months: Annotated[str | None, typer.Option(metavar="M", help="Months to run; default: those of the scenario.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of the random numbers, and of the search.")] = "1",
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core. Changes no result.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the scenario file of an earlier calibration.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Search parameter ranges for values at which patterns hold; store the trials, write scenarios/calibrated/NAME.yaml."""
    with answering():
        from sim.cli.parameter_calibration import CalibrationOptions, run_calibration

        run_calibration(CalibrationOptions(name, parameters, patterns, parent, trials, worlds, months, seed, jobs, force, quiet))
