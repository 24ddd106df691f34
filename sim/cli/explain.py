"""`spheres explain`: what something in the model is, where it comes from, and what rests on it."""

import shutil
import sys
from typing import Annotated

import typer

from sim.cli.error_handling import answering, complain
from sim.explain.answer import lines
from sim.explain.lookup import explain as meanings
from sim.provenance.register import load_register

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
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what has to be read from results or run first.")] = False,
) -> None:
    """Explain a word: meaning, value, source, where it acts, and what depends on it."""
    with answering():
        register = load_register()
        if word.upper() in register.claims and not quick:
            complain("Some hundred worlds are run to tell what changes if the claim is wrong; --quick leaves this out.")
        for fault in register.unread:
            complain(f"notice: left out, since it cannot be read: {fault}")
        for n, told in enumerate(meanings(word, register, computed=not quick)):
            if n:
                typer.echo()
            for line, heading in lines(told, _width()):
                typer.echo(typer.style(line, bold=True) if heading else line)  # styles are left out where no terminal reads


def _width() -> int:
    """As wide as the terminal, within what reads well; of one width when piped."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else PIPED
