"""The reference of the commands, docs/reference/commands.md, from their own help: `python -m sim.cli.command_reference`, or `make docs`."""

import sys
from itertools import zip_longest
from pathlib import Path
from typing import Any

import typer

from sim.cli.commands import COMMANDS, app
from sim.cli.examples import lines_of
from sim.documentation.generated_blocks import regenerated, table
from sim.experiment.storage.whole_files import write_text
from sim.provenance.project_paths import Project

PAGE = Path("docs/reference/commands.md")
BLOCK = "commands"


def commands() -> str:
    """Every command: its help, arguments and options."""
    group: Any = typer.main.get_command(app)
    return "\n\n".join(_command(name, group.get_command(typer.Context(group), name)) for name in COMMANDS)


def _command(name: str, command: Any) -> str:
    """One command."""
    given = [parameter for parameter in command.params if parameter.name != "help"]
    arguments = [
        _typed(parameter) if parameter.required or " " in _typed(parameter) else f"[{_typed(parameter)}]"
        for parameter in given
        if _is_argument(parameter)
    ]
    usage = " ".join(["spheres", name, "[OPTIONS]", *arguments])
    parts = [f"## spheres {name}", f"    {usage}", _text(command.help or "")]
    rows = [(f"`{_typed(parameter)}`", _escaped(_meaning(parameter))) for parameter in given]
    parts += [table(("argument or option", "meaning"), rows)] if rows else []
    return "\n\n".join([*parts, _examples(name)] if lines_of(name) else parts)


def _text(words: str) -> str:
    """A command's help as paragraphs."""
    paragraphs = (" ".join(part.split()) for part in words.replace("\b", "").split("\n\n"))
    return "\n\n".join(_escaped(part) for part in paragraphs if part)


def _examples(name: str) -> str:
    """What its help shows, each line with what it is for."""
    lines = lines_of(name)
    width = max(len(typed) for typed, _ in lines)
    return "\n".join(["Examples:", "", *(f"    {typed:<{width}}  # {meaning}" for typed, meaning in lines)])


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _typed(parameter: Any) -> str:
    """What is typed: an argument by its name, an option with what follows it."""
    if _is_argument(parameter):
        name = parameter.metavar or parameter.name
        name += "..." * (parameter.nargs == -1 and " " not in name and not name.endswith("..."))
        return (name if " " in name else name.removeprefix("[").replace("]", "")).upper()
    names = " / ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {parameter.metavar or parameter.name.upper()}"


def _meaning(parameter: Any) -> str:
    """What it means, with its default where that is a number or a word."""
    words, default = " ".join((parameter.help or "").split()), parameter.default
    if _is_argument(parameter) or not parameter.show_default or isinstance(default, bool) or default in (None, "", (), []):
        return words
    return f"{words} Default: {default}." if words.endswith(".") else f"{words}; default: {default}."


def _escaped(text: str) -> str:
    """A text in which nothing is taken for Markdown."""
    plain = text.split("`")[::2]
    marked = ["".join(f"\\{letter}" if letter in "*_<>[]" else letter for letter in part) for part in plain]
    return "`".join(part for pair in zip_longest(marked, text.split("`")[1::2]) for part in pair if part is not None)


def main(root: Path) -> int:
    """Regenerate the page. Returns the exit status."""
    path = root / PAGE
    text = path.read_text(encoding="utf-8")
    made = regenerated(text, PAGE.as_posix(), {BLOCK: commands})
    if made != text:
        write_text(path, made)
        print(f"{PAGE.as_posix()}: regenerated")
    return 0


if __name__ == "__main__":
    sys.exit(main(Project().root))
