r"""Formulas as MathML: drawn by the browser itself, without a script, a font or a network.

A displayed formula is cut where its parts are set apart (`\qquad`) and at the rows of `aligned`, so that the parts wrap on narrow screens.
"""

import re
from typing import Any

from docutils import nodes
from math_core import LatexToMathML
from sphinx.application import Sphinx

APART = r"\qquad"
ALIGNED = re.compile(r"^\\begin\{aligned\}(.*)\\end\{aligned\}$", re.S)
SANS = re.compile("<mi>([\U0001d5a0-\U0001d5d3_]+)</mi>")  # letters of a mathematical font that not every computer has
CAPITAL, SMALL = 0x1D5A0, 0x1D5BA
BAR = '<mo stretchy="true">\u0332</mo></mover>'
CONVERTER = LatexToMathML()


def mathml(latex: str, displayed: bool) -> str:
    r"""One formula; names of parameters (`\mathsf`) are plain letters of the class `parameter`."""
    made = CONVERTER.convert_with_local_state(latex, displaystyle=displayed)
    if displayed:
        made = made.replace('<math display="block">', '<math displaystyle="true">', 1)
    made = SANS.sub(lambda match: f'<mi class="parameter" mathvariant="normal">{_plain(match[1])}</mi>', made)
    return _means(made)


def _means(made: str) -> str:
    """A formula whose bars over means are borders, since not every font has a bar that stretches."""
    while BAR in made:
        end = made.index(BAR)
        start, depth = end, 1
        while depth:  # back to the <mover> that this bar closes
            closing, opening = made.rfind("</mover>", 0, start), made.rfind("<mover", 0, start)
            start = max(closing, opening)
            depth += 1 if closing > opening else -1
        inside = made.index(">", start) + 1
        made = f'{made[:start]}<mrow class="mean">{made[inside:end]}</mrow>{made[end + len(BAR) :]}'
    return made


def rows(latex: str) -> list[list[str]]:
    """The parts of a displayed formula, row by row: rows of `aligned`, and in each what stands apart."""
    text = latex.strip()
    found = ALIGNED.match(text)
    lines = _split(found[1], r"\\") if found else [text]
    return [[part for part in (piece.strip().removeprefix("&").strip() for piece in _split(line, APART)) if part] for line in lines]


def _split(text: str, mark: str) -> list[str]:
    """A text cut at a mark, but not within braces or an environment."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        if text.startswith(mark, at) and depth == 0:
            parts.append(text[start:at])
            at = start = at + len(mark)
            continue
        if text.startswith((r"\{", r"\}"), at):
            at += 2
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        depth += text.startswith(r"\begin{", at) - text.startswith(r"\end{", at)
        at += 1
    return [*parts, text[start:]]


def _plain(letters: str) -> str:
    """ASCII letters for sans-serif ones."""
    return "".join(
        letter if letter == "_" else chr(ord("a") + ord(letter) - SMALL if ord(letter) >= SMALL else ord("A") + ord(letter) - CAPITAL)
        for letter in letters
    )


def visit_inline(writer: Any, node: nodes.math) -> None:
    """Write a formula within a sentence."""
    writer.body.append(mathml(node.astext(), displayed=False))
    raise nodes.SkipNode


def visit_displayed(writer: Any, node: nodes.math_block) -> None:
    """Write a formula on lines of its own."""
    made = ("".join(f"<span>{mathml(part, displayed=True)}</span>" for part in row) for row in rows(node.astext()))
    writer.body.append('<div class="formula" tabindex="0">' + "".join(f"<div>{row}</div>" for row in made) + "</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx."""
    app.add_html_math_renderer("formulas", (visit_inline, None), (visit_displayed, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
