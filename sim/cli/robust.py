"""`spheres robust`: over how much of the space of parameters each scenario's difference keeps its sign."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment.run_settings import RESULTS


def robust(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="A folder of results.")] = RESULTS / "default",
    scenario: Annotated[list[str] | None, typer.Option(metavar="S", help="Only this scenario; several times; default: all.")] = None,
    against: Annotated[str, typer.Option(metavar="S2", help="The scenario to compare with.")] = "baseline",
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="O", help="What to look at; several times; default: balance, delimitation and iran_force."),
    ] = None,
    seed: Annotated[str, typer.Option(metavar="N", help="Seed of the random halves and resamples.")] = "1",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Say over which share of the parameter space a difference keeps its sign, its worst tenth, and regret by actor and interest."""
    with error_messages():
        from sim.cli.robustness_report import RobustOptions, run_robustness

        run_robustness(RobustOptions(folder, scenario or [], against, outcome or [], seed, quiet))
