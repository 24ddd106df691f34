"""`spheres tidy`: remove from a folder of results the chunks that the result does not use."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment.run_settings import RESULTS, check_name


def tidy(name: Annotated[str, typer.Argument(metavar="NAME", help="Folder in results/.")] = "default") -> None:
    """Remove what a result no longer uses: chunks of other versions, seeds or longer runs, and records of failures."""
    with error_messages():
        from sim.experiment.storage.cleanup import tidy as remove
        from sim.experiment.storage.result_folder import CHUNKS

        folder = RESULTS / check_name(name)
        files, size = remove(folder)
        typer.echo(f"{files:,} files removed from {folder}/{CHUNKS}/, {size / 1e6:,.1f} MB. The result itself is complete.")
