"""What a terminal is given: no character that would move its cursor, ring, or turn the order of letters; and none that it cannot show.

Scenario files, folders of results and messages of libraries may hold any character. Everything that a command writes goes through here,
the last step before the terminal (`PlainStream`), so that no command has to think of it.
"""

import codecs
import re
import unicodedata
from typing import Any, TextIO

from sim.text.suggestions import printable

HANDLER = "sim.plain_output"  # what Python calls for characters that an encoding does not have
_IN_ASCII = {
    "±": "+-",
    "−": "-",
    "–": "-",
    "—": "-",
    "‑": "-",
    "→": "->",
    "←": "<-",
    "↑": "^",
    "↓": "v",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "…": "...",
    "·": "*",
    "•": "*",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
}
_KEPT = re.compile(r"([\n\t]|\x1b\[[01]m)")  # ends of lines, and the bold headings of `spheres explain`


def plain(text: str) -> str:
    """A text of several lines without what a terminal would obey: a question mark for each such character, and for marks of direction."""
    if text.isprintable():
        return text
    return "".join(part if i % 2 else printable(part) for i, part in enumerate(_KEPT.split(text)))


def in_ascii(character: str) -> str:
    """What stands for a character where it cannot be shown: `+-` for ±, the letter without its mark, or a question mark."""
    if character in _IN_ASCII:
        return _IN_ASCII[character]
    if unicodedata.category(character) == "Zs":
        return " "
    letter = unicodedata.normalize("NFKD", character)[0]
    return letter if letter.isascii() and letter.isalnum() else "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    """What Python asks for where an encoding lacks characters."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(in_ascii, error.object[error.start : error.end])), error.end


codecs.register_error(HANDLER, _replace)


class PlainStream:
    """A stream of the terminal that writes plain texts; all else is as it was. `unfiltered` is the stream itself, for what draws."""

    def __init__(self, stream: TextIO) -> None:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)
        self.unfiltered = stream

    def write(self, text: str) -> int:
        """Write a text, made plain."""
        self.unfiltered.write(plain(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Write some texts, made plain."""
        for line in lines:
            self.write(line)

    @property
    def encoding(self) -> str:
        """That of the stream. ASCII goes by another name: Click would take it for a mistake, and write UTF-8 to a terminal without it."""
        name = str(getattr(self.unfiltered, "encoding", None) or "utf-8")
        return "latin-1" if codecs.lookup(name).name == "ascii" else name

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unfiltered, name)
