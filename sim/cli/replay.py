"""`spheres replay`: run one world of finished results again and print its story."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages, print_error
from sim.experiment.run_settings import MOST_WORLDS, whole_number


def replay(
    folder: Annotated[Path, typer.Argument(metavar="RESULTS", help="A folder of results, such as results/default.")],
    scenario: Annotated[str, typer.Option(metavar="S", help="One of its scenarios.")],
    world: Annotated[str, typer.Option(metavar="K", help="One of its worlds.")],
) -> None:
    """Run one world of finished results again, compare it to the bit, and print its story."""
    with error_messages():
        number = whole_number(world, "--world", 0, MOST_WORLDS - 1)
        from sim.experiment.storage.results import Result
        from sim.replay.narrative import narrative_lines
        from sim.replay.rerun import replay as run_again

        result = Result(folder)
        again = run_again(result, scenario, number)
        if result.rows is not None:
            typer.echo(f"Row {number:,} of a design, {result.rows.describe(number)}.")
        for line in narrative_lines(again):
            typer.echo(line)
        if again.differences:
            print_error(f"world {world} of '{scenario}' differs from {folder} in these columns: {', '.join(again.differences[:20])}")
            raise typer.Exit(1)
        typer.echo(f"\nAll {again.compared} values of this world equal those in {folder}, to the bit.")
