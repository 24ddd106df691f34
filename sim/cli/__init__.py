"""The commands, one file each; `spheres --help` lists them.

Whatever an analyst types wrong is answered in plain lines on stderr, with exit status 2 and nothing written.
"""

import signal
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

COMMANDS = ("run", "compare", "check", "new", "replay", "export", "tidy", "explain", "patterns", "claims", "history", "calibrate")
FORMER_NAMES = {"doubts": "claims"}  # still understood, not listed


class Commands(TyperGroup):
    """Loads the file of a command when it is asked for: a run and its workers carry nothing of the others."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order in which an analyst meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None; a former name says what the command is called now."""
        if cmd_name in FORMER_NAMES:
            typer.echo(f"`spheres {cmd_name}` is now called `spheres {FORMER_NAMES[cmd_name]}`.", err=True)
            cmd_name = FORMER_NAMES[cmd_name]
        if cmd_name not in COMMANDS:
            return None
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(cmd_name)(getattr(import_module(f"sim.cli.{cmd_name}"), cmd_name))
        return typer.main.get_command(alone)


app = typer.Typer(cls=Commands, add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


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
