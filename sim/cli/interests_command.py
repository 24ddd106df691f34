"""`spheres interests`: what changes when each interest of an actor is taken away, and when it is doubled."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def interests(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Scenario file or name.")] = "baseline",
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds for each of the runs, two for every interest and one.")] = "200",
    actor: Annotated[
        list[str] | None, typer.Option(metavar="A", help="Only this actor's interests; may be given several times. Default: all actors.")
    ] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="Months to run; default: those of the scenario.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of all random numbers.")] = "1",
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core. Changes no result.")] = None,
    name: Annotated[str, typer.Option(metavar="NAME", help="Name of the folder in results/.")] = "interests",
    retry: Annotated[bool, typer.Option("--retry", help="Run failed worlds again.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a result of more worlds or actors, or of another scenario.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Run a scenario without each interest in turn, and with twice its weight; report what changes, in tables and a figure.

    All runs have the same worlds. Finished worlds are never run twice: the same command continues after a stop, and with more actors only
    what is missing is run.
    """
    with error_messages():
        from sim.cli.interest_study import StudyOptions, study_interests

        study_interests(StudyOptions(scenario, worlds, actor or [], months, seed, jobs, name, retry, replace, quiet))
