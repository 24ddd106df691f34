"""`spheres new`: write a commented scenario to begin from."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario.")],
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="The scenario to start from.")] = "baseline",
    every: Annotated[bool, typer.Option("--all", help="List every parameter, with its range and meaning, to be uncommented.")] = False,
) -> None:
    """Write a commented scenario, ready to edit: to scenarios/NAME.yaml, or beside one that lies in a folder of its own."""
    with error_messages():
        from sim.experiment.storage.whole_files import write_bytes, write_text
        from sim.scenario.editor_schemas import SCENARIO_SCHEMA, schema_to_write
        from sim.scenario.new_file import new_file

        place, text = new_file(name, parent, every)
        if (schema := schema_to_write()) is not None:
            write_bytes(SCENARIO_SCHEMA, schema)
            typer.echo(f"{SCENARIO_SCHEMA} is written, by which editors complete and explain the names of parameters.")
        write_text(place, text)
        path = f'"{place}"' if " " in str(place) else str(place)
        typer.echo(f"{place} is written. Edit it, then run it: spheres run {path}")
