"""How wide text is, so that lines are broken and labels placed before anything is drawn.

Widths are those of Liberation Sans (the same as Arial's and Helvetica's), which vl-convert carries with it: every machine
draws the same letters.
"""

import re
from functools import lru_cache

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

_WIDTHS = {  # thousandths of the font size
    191: "'",
    222: "ijl",
    260: "|",
    278: " \u00a0!,./:;I[\\]ft·",
    333: "-()`r²°“”",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckvxysz",
    556: "#$0123456789?L_abdeghnopqu–",
    584: "+<=>~−±",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "→…—",
    1015: "@",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_UNKNOWN = 1000  # generous: letters outside the table are at most this wide
_BOLD = 1.07


@lru_cache(maxsize=20_000)  # the same words stand in many figures
def width(text: str, size: float, bold: bool = False) -> float:
    """Width of a line of text in pixels."""
    thousandths = sum(_WIDTH_OF.get(letter, _UNKNOWN) for letter in text)
    return thousandths / 1000 * size * (_BOLD if bold else 1.0)


def wrapped(text: str, limit: float, size: float, bold: bool = False, lines: int = 4) -> list[str]:
    """The text broken into at most `lines` lines of `limit` pixels.

    A number stays with its percent sign and a short bracket in one piece; what does not fit is cut with an ellipsis.
    """
    text = re.sub(r"\([^()]{1,16}\)", lambda bracket: bracket[0].replace(" ", "\u00a0"), text)
    words = re.sub(r"(\d) %", "\\1\u00a0%", text).split(" ")
    words = [piece for word in words if word for piece in _pieces(word, limit, size, bold)]
    broken: list[str] = []
    for word in words:
        if broken and width(f"{broken[-1]} {word}", size, bold) <= limit:
            broken[-1] = f"{broken[-1]} {word}"
        else:
            broken.append(word)
    if len(broken) <= lines:
        return broken
    return [*broken[: lines - 1], cut(" ".join(broken[lines - 1 :]), limit, size, bold)]


def balanced(text: str, limit: float, size: float, bold: bool = False, lines: int = 4) -> list[str]:
    """The text in as few lines as `wrapped` needs, but of like length, so that no word is left alone."""
    best = wrapped(text, limit, size, bold, lines)
    for narrower in range(int(limit) - 10, int(limit) // 2, -10):
        tried = wrapped(text, narrower, size, bold, lines=len(best) + 1)
        if len(tried) > len(best) or best[-1].endswith("…"):
            break
        best = tried
    return best


def cut(text: str, limit: float, size: float, bold: bool = False) -> str:
    """The text, shortened with an ellipsis where it is wider than `limit` pixels."""
    if width(text, size, bold) <= limit:
        return text
    while text and width(f"{text}…", size, bold) > limit:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _pieces(word: str, limit: float, size: float, bold: bool) -> list[str]:
    """A word in pieces that each fit a line (nearly always the word itself)."""
    if width(word, size, bold) <= limit:
        return [word]
    pieces = [""]
    for letter in word:
        if width(pieces[-1] + letter, size, bold) > limit:
            pieces.append("")
        pieces[-1] += letter
    return pieces
