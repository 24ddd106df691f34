"""`spheres sensitivity`: what matters for an outcome: luck, groups of parameters, single parameters, definitions."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment.run_settings import RESULTS


def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="A folder of results.")] = RESULTS / "default",
    scenario: Annotated[str, typer.Option(metavar="S", help="A scenario of the result.")] = "baseline",
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="O", help="balance, iranian_primacy, 'balance>0.6', influence_iran@SY-DY; may be given several times."),
    ] = None,
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds to run for luck and groups, in all.")] = "16000",
    stored: Annotated[bool, typer.Option("--stored", help="Run nothing: only single parameters and definitions.")] = False,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of what is run and resampled.")] = "1",
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core. Changes no result.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Find what matters for an outcome: luck first, then groups of parameters, then single ones with their grades, then definitions.

    Worlds that were run are kept, so a stopped call goes on, and a further one about any outcome answers at once.
    """
    with error_messages():
        from sim.cli.sensitivity_study import SensitivityOptions, study_sensitivity

        study_sensitivity(SensitivityOptions(folder, scenario, outcome or [], worlds, stored, seed, jobs, quiet))
