"""The list of commands, and the loading of what was typed.

A command's file holds its options and help, and loads the rest when it runs: help and mistyped words are answered at once. Whatever
is typed wrong is answered in plain lines on stderr, with exit status 2 and nothing written.
"""

import ast
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from sim import __version__
from sim.cli.examples import FIRST, lines_of
from sim.text.suggestions import nearest

GROUPS = (  # as an analyst meets them; a new command is added here, in `examples.py`, and as a file of its own
    ("Make a scenario", ("init", "new", "check")),
    ("Run scenarios and compare them", ("run", "compare", "replay", "export", "tidy")),
    ("Explore what matters", ("explore", "interests", "design", "sweep", "sensitivity", "discover", "robust", "search")),
    ("Check where numbers come from", ("find", "explain", "patterns", "claims", "history", "verdicts", "calibrate")),
)
COMMANDS = tuple(name for _, names in GROUPS for name in names)
MODULES = {
    "interests": "interests_command",
    "design": "design_command",
    "search": "search_command",
}  # files that cannot have the name of their command, since another file has it
FORMER_NAMES = {"doubts": "claims"}  # still understood, not listed


def summary(name: str) -> str:
    """The first line of a command's help, read from its file without loading it."""
    source = (Path(__file__).parent / f"{MODULES.get(name, name)}.py").read_text(encoding="utf-8")
    (function,) = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name)
    return (ast.get_docstring(function) or "").partition("\n")[0]


class Command(TyperCommand):
    """A command whose help ends with its examples, and names arguments without types of Python."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options, each with its help."""
        for parameter in self.params:
            if parameter.param_type_name == "argument":
                vars(parameter)["display_type_rich"] = _nothing
        super().format_options(ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """The examples, each with what it is for below it, so that it can be copied whole."""
        _write_examples(formatter, self.name or "")


def _nothing(ctx: Any) -> str:
    return ""


def _write_examples(formatter: Any, name: str) -> None:
    with formatter.section("Examples"):
        for typed, meaning in lines_of(name):
            formatter.write(f"{'':>{formatter.current_indent}}{typed}\n")
            with formatter.indentation():
                formatter.indent()
                formatter.write_text(meaning)
                formatter.dedent()


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
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        single.command(cmd_name, cls=Command)(getattr(import_module(f"sim.cli.{MODULES.get(cmd_name, cmd_name)}"), cmd_name))
        return typer.main.get_command(single)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed; a mistyped one is answered with the nearest name."""
        if args and not args[0].startswith("-") and args[0] not in (*COMMANDS, *FORMER_NAMES):
            close = nearest(args[0], COMMANDS)
            hint = f"Did you mean '{close}'?" if close else "`spheres --help` lists the commands."
            ctx.fail(f"There is no command '{args[0][:60]}'. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands in the help, by what they are for."""
        for title, names in GROUPS:
            with formatter.section(title):
                formatter.write_dl([(name, summary(name)) for name in names])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """A first session, and where there is more."""
        _write_examples(formatter, FIRST)
        formatter.write_paragraph()
        formatter.write_text("`spheres COMMAND --help` explains a command, with examples.")


app = typer.Typer(cls=Commands, add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"spheres {__version__}")
        raise typer.Exit


@app.callback()
def spheres(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """Scenario simulation of post-war spheres of interest in Syria, after a report of 2021. Results are projections, not predictions."""
