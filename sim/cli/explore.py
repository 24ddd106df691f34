"""`spheres explore`: turn parameters on a page and see what follows."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment.run_settings import RESULTS


def explore(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="A folder of results, best of 10,000 worlds.")] = RESULTS / "explorer",
    scenario: Annotated[str, typer.Option(metavar="S", help="A scenario of the result.")] = "baseline",
    page: Annotated[bool, typer.Option("--page", help="Only write RESULT/explore.html, which opens in any browser, offline.")] = False,
) -> None:
    """Turn parameters on a page and see what follows: at once from stored worlds, then from true runs on this machine."""
    with error_messages():
        from sim.cli.explore_run import write_explorer

        write_explorer(folder, scenario)
