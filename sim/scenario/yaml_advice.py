"""What is most often wrong where a file cannot be read as YAML, in plain words."""

import re
from typing import Any

_CANNOT = "cannot be read as YAML here."
_QUOTES = "needs quotes around the whole text."
_CAUSES = {  # part of the parser's message: what would be right
    "escape character": "A backslash within double quotes is written twice; or use single quotes.",
    "expected escape sequence": "A backslash within double quotes is written twice; or use single quotes.",
    "mapping values are not allowed": "A colon within a text needs quotes around the text; or the indentation is off.",
    "could not find expected ':'": "A colon and a space are missing after a key, or a quote is not closed.",
    "a comment or a line break": f"A text that starts with '|' or '>' {_QUOTES}",
    "sequence entries are not allowed": f"A text that starts with '-' {_QUOTES} A list begins on the next line.",
    "mapping keys are not allowed": f"A text that starts with '?' {_QUOTES}",
    "flow mapping": "A '}' or a comma is missing.",
    "flow sequence": "A ']' or a comma is missing.",
    "quoted scalar": "A quote is not closed.",
    "block mapping": "The indentation differs from that of the lines above.",
    "block collection": "The indentation differs from that of the lines above.",
    "cannot start any token": f"A text that starts with this character {_QUOTES}",
    "alias": f"A text that starts with '*' {_QUOTES}",
    "anchor": f"A text that starts with '&' {_QUOTES}",
    "tag": f"A text that starts with '!' {_QUOTES}",
}
_COMMENT = re.compile(r"\s#")
_ENCLOSED = re.compile(r"""[:-]\s+(?:'[^']*'|"[^"]*"|\[[^]]*\]|\{[^}]*\})\s*[^\s,#\]}]""")
_BREAKS = re.compile(r"\r\n|[\r\n]")


def advice(text: str, error: Any) -> tuple[int, str, str]:
    """Line, message and hint for an error of the parser in a text."""
    lines = _BREAKS.split(text)
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 0, _CANNOT, "Check quotes, colons and indentation."
    problem, here = f"{error.problem} {error.context}", _line(lines, mark.line)
    if "\t" in problem or "\\t" in problem:
        return mark.line + 1, *_of_tab(here)
    hint = next((right for cause, right in _CAUSES.items() if cause in problem), "Check quotes, colons and indentation.")
    above = error.context_mark.line if error.context_mark else mark.line
    near = [_line(lines, n) for n in {above, mark.line - 1, mark.line}]
    if "but found" in problem and _ENCLOSED.search(here):
        hint = f"A text that begins with a quote or a bracket and goes on after it {_QUOTES}"
    elif any(cause in problem for cause in ("flow", "block", "expected ':'")) and any(map(_COMMENT.search, near)):
        hint += f" Or a '#' cuts a text short: a text with '#' in it {_QUOTES}"
    return mark.line + 1, _CANNOT, hint


def _of_tab(line: str) -> tuple[str, str]:
    """Message and hint for a tab where YAML allows none, by where it stands in its line."""
    if line[: len(line) - len(line.lstrip())].count("\t"):
        return _CANNOT, "Indent with spaces, not with tabs."
    if re.search(r":\s*\t", line):
        return "a tab stands after the colon.", "Write a space instead."
    if re.search(r"^\s*-\s*\t", line):
        return "a tab stands after the '-'.", "Write a space instead."
    return "a tab stands in this line.", "Write a space instead; a text with a tab in it needs quotes."


def _line(lines: list[str], n: int) -> str:
    return lines[n] if 0 <= n < len(lines) else ""
