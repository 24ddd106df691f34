"""`spheres verdicts`: one page with the verdict on every pattern, score and fact, failures first."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment.run_settings import RESULTS

PAGE = "verdicts.md"


def verdicts(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="A folder of results.")] = RESULTS / "default",
    history: Annotated[Path, typer.Option("--history", metavar="FOLDER", help="What `spheres history --held-out` wrote.")] = RESULTS
    / "history",
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Where to write it; default: RESULT/verdicts.md.")] = None,
) -> None:
    """Write a page with the verdict on every pattern, score and fact, failures first."""
    with error_messages():
        from sim.documentation.verdict_page import page
        from sim.experiment.run_settings import SettingsError
        from sim.experiment.storage.whole_files import write_text

        place = folder / PAGE if to is None else to
        if place.is_dir() or not place.parent.is_dir():
            raise SettingsError(f"--to: {place} is a folder, or lies in none; give the path of a file, such as docs/verdicts.md.")
        write_text(place, page(folder, history))
        typer.echo(f"Verdicts: {place}")
