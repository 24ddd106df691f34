"""`spheres new`: write a commented scenario to begin from."""

import os
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario.")],
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="The scenario to start from.")] = "baseline",
) -> None:
    """Write a commented scenario to scenarios/NAME.yaml, ready to edit."""
    with error_messages():
        from sim.experiment.run_settings import SettingsError
        from sim.experiment.storage.whole_files import write_text
        from sim.scenario import load_scenario, template
        from sim.scenario.packaged_files import MISSING
        from sim.scenario.value_parsers import NAME

        if not NAME.fullmatch(name):
            raise SettingsError(
                f"'{name[:60]}' cannot be the name of a scenario; use small letters, digits, '_' and '-', such as my_scenario."
            )
        place = Path("scenarios") / f"{name}.yaml"
        if os.path.lexists(place):
            raise SettingsError(f"{place} exists already; choose another name, or edit that file.")
        text = template(name, load_scenario(parent))
        if not place.parent.is_dir():
            raise SettingsError(MISSING)
        write_text(place, text)
        typer.echo(f"{place} is written. Edit it, then run it: spheres run {place}")
