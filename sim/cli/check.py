"""`spheres check`: check scenario files without running them."""

from typing import Annotated

import typer

from sim.cli.error_handling import answering
from sim.experiment import run_settings as limits
from sim.experiment.storage.resolved_scenarios import portable
from sim.scenario import assumed_share, load_scenarios


def check(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILES]...", help="Scenario files or names; all if none.")] = None,
) -> None:
    """Check scenario files without running them."""
    with answering():
        for scenario in load_scenarios(files or limits.default_files()):
            events = f"{len(scenario.events)} event{'s' * (len(scenario.events) != 1)}"
            assumed = f"{100 * assumed_share(scenario):.0f} % of {len(scenario.settings)} numbers assumed"
            typer.echo(f"OK {portable(scenario.file)}: {scenario.months} months from {scenario.start}, {events}, {assumed}")
            for notice in scenario.notices:
                typer.echo(f"   notice: {notice}")
