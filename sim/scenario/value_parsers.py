"""What a value in a file may mean: a number, a range, a text, a month. Each parser reports an error and gives None otherwise."""

import math
import re
from typing import Any

from sim.model.state.parameters import Kind
from sim.scenario.number_hints import number_hint, percent_hint
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, printable, quote

MAX_MONTHS = 1200
MAX_TEXT_LENGTH = 2000  # characters of a text; tables and pictures show it
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_LEADING_ZERO = re.compile(r"[-+]?0\d.*", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.?(inf|infinity|nan)", re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_TRUTH = ("true", "false")
_YES_OR_NO = (*_TRUTH, "yes", "no", "on", "off")
_NOTHING = ("", "~", "null")


def is_null(node: Node) -> bool:
    """Whether a key is written out as `null`: given, and deliberately without a value."""
    return node.text == "null" and not node.quoted


def number(node: Node, what: str, findings: ErrorCollector) -> float | None:
    """A finite number written as one; `what` names it in messages."""
    if node.text is None:
        return findings.error(node.line, f"{what} must be a number, not {node}.")
    text = node.text
    if node.quoted:
        hint = f"Write {text} without quotes." if _NUMBER.fullmatch(text) else number_hint(text)
        return findings.error(node.line, f"{what} must be a number; {quote(text)} is text.", hint)
    if text.lower() in _NOTHING:
        return findings.error(node.line, f"{what} must be a number, but nothing is given.")
    if text.lower() in _YES_OR_NO:
        return findings.error(node.line, f"{what} must be a number; {quote(text)} is a yes-or-no value.")
    if not _NUMBER.fullmatch(text) and not _NOT_FINITE.fullmatch(text):
        return findings.error(node.line, f"{what} must be a number; {quote(text)} is text.", number_hint(text))
    if _LEADING_ZERO.fullmatch(text):
        plain = re.sub(r"^([-+]?)0+(?=\d)", r"\1", text)
        return findings.error(node.line, f"{what}: {quote(text)} starts with a zero and can be read in two ways.", f"Write {plain}.")
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else findings.error(node.line, f"{what} must be a finite number, not {quote(text)}.")


def bounded(node: Node, what: str, kind: Kind, findings: ErrorCollector, about: str = "") -> float | None:
    """A number within the bounds of a kind; `about` adds the plausible range to the hint, `0.5 to 4 (strikes per month)`."""
    value = number(node, what, findings)
    if value is None or kind.low <= value <= kind.high:
        return value
    bounds = f"ust lie between {kind.low:g} and {kind.high:g}"
    hint = f"M{bounds}; plausible: {about}." if about else f"Unit: {kind.name}; m{bounds}."
    meant = percent_hint(value) if kind.high == 1.0 else ""
    return findings.error(node.line, f"{what} cannot be {value:g}.", f"{hint} {meant}".rstrip())


def spread(node: Node, what: str, kind: Kind, findings: ErrorCollector, about: str = "") -> tuple[float, float] | None:
    """Two numbers within the bounds of a kind, the lower first."""
    if node.items is None or len(node.items) != 2:
        hint = "A comma stands between two numbers; write each with a point." if node.items is not None and len(node.items) > 2 else ""
        return findings.error(node.line, f"{what} must be two numbers, such as [0.5, 4], not {node}.", hint)
    low, high = (bounded(item, what, kind, findings, about) for item in node.items)
    if low is None or high is None:
        return None
    return (low, high) if low <= high else findings.error(node.line, f"{what} runs from {low:g} down to {high:g}.", "Swap the two.")


def month_count(node: Node, findings: ErrorCollector) -> int | None:
    """The length of a scenario in months, 1 to 1200."""
    value = number(node, "'months'", findings)
    if value is None:
        return None
    if not value.is_integer() or not 1 <= value <= MAX_MONTHS:
        return findings.error(node.line, f"'months' must be a whole number from 1 to {MAX_MONTHS}, not {value:g}.", "Ten years are 120.")
    return int(value)


def text(node: Node, what: str, findings: ErrorCollector) -> str | None:
    """A text that is not empty, with single spaces."""
    if node.text is None:
        return findings.error(node.line, f"{what} must be a text, not {node}.")
    if not node.text.strip() or (not node.quoted and node.text.lower() in _NOTHING):
        return findings.error(node.line, f"{what} is empty.", "Give a few plain words.")
    if not node.quoted and (node.text.lower() in _TRUTH or _NUMBER.fullmatch(node.text)):
        return findings.error(node.line, f"{what} must be a text, not {quote(node.text)}.")
    words = " ".join(node.text.split())
    can_be_shown = printable(words) == words
    if len(words) > MAX_TEXT_LENGTH or not can_be_shown:
        fault = f"is longer than {MAX_TEXT_LENGTH} characters" if can_be_shown else "contains characters that cannot be shown"
        return findings.error(node.line, f"{what} {fault}.")
    return words


def free_text(node: Node, what: str, findings: ErrorCollector) -> str | None:
    """A text in a person's own words, of which a '#' may have cut off the rest: told, where it looks like part of the text."""
    cut = node.comment
    if re.match(r"#[^\s#]", cut):
        hint = "Put the whole text in quotes; or, if it is a comment, write a space after the '#'."
        return findings.error(node.line, f"{what} ends before {quote(cut)}, since '#' begins a comment.", hint)
    words = text(node, what, findings)
    if words is not None and cut.strip("# "):
        findings.notice(node.line, f"{what} ends before {quote(cut)}, a comment; a text with '#' in it needs quotes.")
    return words


def choice(node: Node, what: str, known: tuple[str, ...], findings: ErrorCollector) -> str | None:
    """One of a few known words."""
    word = text(node, what, findings)
    if word is None or word in known:
        return word
    return findings.error(node.line, f"{what} cannot be {quote(word)}.", did_you_mean(word, known))


def month(node: Node, what: str, findings: ErrorCollector) -> str | None:
    """A calendar month as text, `2024-12`."""
    if node.text is None:
        return findings.error(node.line, f"{what} must be a month such as 2024-12, not {node}.")
    if _MONTH.fullmatch(node.text):
        return node.text
    close = re.fullmatch(r"(\d{4})-(\d{1,2})(-\d{1,2})?", node.text, re.ASCII)
    hint = f"Write {close[1]}-{int(close[2]):02d}." if close and 1 <= int(close[2]) <= 12 else "Write year and month, such as 2024-12."
    return findings.error(node.line, f"{what}: {quote(node.text)} is not a month.", hint)


def plain(node: Node) -> Any:
    """The node as plain Python data (for the tables of a start file): dict, list, float, int, bool, str or None."""
    if node.entries is not None:
        return {key: plain(value) for key, value in node.entries.items()}
    if node.items is not None:
        return [plain(item) for item in node.items]
    text = node.text or ""
    if node.quoted:
        return text
    if text.lower() in (*_TRUTH, *_NOTHING):
        return {"true": True, "false": False}.get(text.lower())
    if _NUMBER.fullmatch(text) and not _LEADING_ZERO.fullmatch(text) and math.isfinite(float(text)):
        return int(text) if text.lstrip("+-").isdigit() and len(text) < 16 else float(text)
    return text
