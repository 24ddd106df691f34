"""What hostile texts become on a page, in tables and on a terminal, each beside the same with harmless texts."""

import csv
import io
import os
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

from command_line import PROJECT
from report.made_page import comparison, stories
from rich.table import Table

from sim.compare.csv_export import write_tables
from sim.report.page.page import write_page
from sim.report.page.sections import SECTIONS
from sim.text.console import PlainConsole
from sim.text.csv_text import csv_text
from sim.text.plain_output import PlainStream

from .hostile_texts import Random, text

ENCODINGS = ("utf-8", "ascii", "cp1252", "cp437", "cp1256", "latin-1")
HARMLESS = ("baseline", "second", "third")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[-+]?(inf|nan)", re.ASCII)
_FEW = [section for section in SECTIONS if section.choice == ""]  # the others say the same texts, and take long


def typed(here: Path, words: tuple[str, ...], encoding: str) -> tuple[int, str]:
    """A command in a process of its own on a terminal of some encoding: its exit status, and all that it printed."""
    more = {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    call = (sys.executable, "-m", "sim.cli", *words)
    answer = subprocess.run(call, cwd=here, env=os.environ | more, capture_output=True, timeout=200, check=False)
    return answer.returncode, (answer.stdout + answer.stderr).decode(encoding)


def unprintable(printed: str) -> str:
    """The characters in what was printed that a terminal would obey."""
    return "".join(c for c in printed if c not in "\n\t\u200c\u200d" and not c.isprintable() and unicodedata.category(c) != "Zs")


def through_terminal(random: Random) -> str:
    """What is wrong with a hostile text on a stream and in a table of some encoding; nothing if all is well."""
    said, encoding = text(random), ENCODINGS[int(random.integers(len(ENCODINGS)))]
    raw = io.BytesIO()
    stream = PlainStream(io.TextIOWrapper(raw, encoding=encoding, write_through=True))
    stream.write(f"{said}\n")
    console = PlainConsole(width=int(random.integers(20, 200)), no_color=True, highlight=False)
    console.file = stream.unfiltered
    table = Table(box=None)
    table.add_column("scenario")
    table.add_row(said.replace("[", "\\["))
    console.print(table)
    stream.flush()
    printed = raw.getvalue().decode(encoding)
    return f"{encoding}: {unprintable(printed)!r} of {said!r}" if unprintable(printed) else ""


def through_csv(random: Random, folder: Path) -> str:
    """What is wrong with the tables of a comparison whose scenarios have hostile names; numbers are those beside harmless names."""
    names = ("baseline", f"b{text(random, 2)}", text(random, 2))
    if len(set(names)) < 3:
        return ""
    hostile, harmless = (
        {path.name: _read(path) for path in write_tables(folder / kind, comparison(chosen))}
        for kind, chosen in (("hostile", names), ("harmless", HARMLESS))
    )
    known = {csv_text(name): other for name, other in zip(names, HARMLESS, strict=True)}
    for name, rows in hostile.items():
        if [[known.get(cell, cell) for cell in row] for row in rows] != harmless[name]:
            return f"{name}: other numbers or rows with {names!r}"
        bad = next((cell for row in rows for cell in row if _runs(cell) or unprintable(cell) or "\n" in cell), None)
        if bad is not None:
            return f"{name}: {bad!r}"
    return ""


def _runs(cell: str) -> bool:
    return cell.lstrip()[:1] in {*"=+-@", "\uff1d"} and not _NUMBER.fullmatch(cell)


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


class _Elements(HTMLParser):
    """The elements of a page, with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attributes)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", ()))


def page(said: str, names: tuple[str, str, str], file: Path) -> Path:
    """The page of the small comparison with a text wherever a file would give one."""
    c = comparison(names, said)
    return write_page(file, c, stories(c, said), _FEW)


def elements(file: Path) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page in their order, without the scripts' own texts."""
    reader = _Elements()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.found


def hostile_page(random: Random, folder: Path) -> tuple[Path, str]:
    """A page full of hostile texts, and what is in it, to repeat it."""
    said, names = text(random, 6), ("baseline", f"x{text(random, 3)}", f"y{text(random, 3)}")
    return page(said, names, folder / "hostile.html"), f"{said!r}, {names[1:]!r}"
