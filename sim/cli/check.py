"""`spheres check`: check scenario files without running them."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def check(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Scenario files or names; default: all in scenarios/.")] = None,
) -> None:
    """Check scenario files without running them."""
    with error_messages():
        from sim.experiment.run_settings import default_files
        from sim.scenario import assumed_share, load_scenarios
        from sim.text.number_format import percent

        for scenario in load_scenarios(files or default_files()):
            events = f"{len(scenario.events)} event{'s' * (len(scenario.events) != 1)}"
            assumed = f"{percent(assumed_share(scenario))} of {len(scenario.settings)} parameters assumed"
            typer.echo(f"OK {scenario.file}: {scenario.months} months from {scenario.start}, {events}, {assumed}")
            for notice in scenario.notices:
                typer.echo(f"   notice: {notice}")
