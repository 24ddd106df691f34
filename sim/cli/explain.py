"""`spheres explain`: what something in the model is, where it comes from, and what depends on it."""

import shutil
import sys
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages, print_error

WIDEST = 110
PIPED = 100


def explain(
    word: Annotated[
        str,
        typer.Argument(
            metavar="WORD",
            help="A claim (R43), parameter, actor, armed group, province, index, outcome, event, scenario, asset, town or zone.",
        ),
    ],
    quick: Annotated[bool, typer.Option("--quick", help="Skip what needs stored results or new runs.")] = False,
) -> None:
    """Explain a name: its meaning, value, source, use in the code, and what depends on it."""
    with error_messages():
        from sim.explain.answer import lines
        from sim.explain.lookup import explain as meanings
        from sim.provenance.register import load_register
        from sim.scenario.packaged_files import is_shipped

        register = load_register()
        if is_shipped(register.project.scenarios):
            print_error(
                f"notice: there is no scenarios/ folder here; the scenarios that come with spheres are read: {register.project.scenarios}"
            )
        if word.upper() in register.claims and not quick:
            print_error("Running some hundred worlds to find what changes if the claim is wrong; --quick skips this.")
        for error in register.unread:
            print_error(f"notice: skipped, because it cannot be read: {error}")
        for n, text in enumerate(meanings(word, register, with_results=not quick)):
            if n:
                typer.echo()
            for line, heading in lines(text, screen_width()):
                typer.echo(typer.style(line, bold=True) if heading else line)  # styles are dropped where the output is no terminal


def screen_width() -> int:
    """The width of the terminal, within what reads well; a fixed width when piped."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else PIPED
