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
    port: Annotated[str, typer.Option(metavar="N", help="The port of this machine to serve the page at; 0: one that is free.")] = "0",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Turn parameters on a page and see what follows: at once from stored worlds, then from true runs on this machine.

    The page is served to this machine alone, until Ctrl-C. Nothing is written but scenario files that are saved on it.
    """
    with error_messages():
        if page:
            from sim.cli.explore_run import write_explorer

            write_explorer(folder, scenario)
        else:
            from sim.cli.explore_live import serve_explorer

            serve_explorer(folder, scenario, port, browser)
