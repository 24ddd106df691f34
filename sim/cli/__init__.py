"""The commands, one file each: `spheres run`, `check`, `new`, `replay`, `explain`, `patterns`, `doubts`, `history`, `calibrate`.

Whatever an analyst types wrong is answered in plain lines on stderr, with exit status 2 and nothing written.
"""

import signal
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from sim.cli.calibrate import calibrate
from sim.cli.check import check
from sim.cli.doubts import doubts
from sim.cli.explain import explain
from sim.cli.history import history
from sim.cli.new import new
from sim.cli.patterns import patterns
from sim.cli.replay import replay
from sim.cli.run import run

COMMANDS = (run, check, new, replay, explain, patterns, doubts, history, calibrate)

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def main() -> None:
    """The command `spheres`."""
    signal.signal(signal.SIGTERM, _interrupt)
    app(prog_name="spheres")


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"spheres {version('syria-spheres')}")
        raise typer.Exit


@app.callback()
def spheres(
    wanted: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")] = False,
) -> None:
    """Scenario simulation of post-war spheres of interest in Syria, after a report of 2021. Projections, no forecast."""


for command in COMMANDS:
    app.command()(command)
