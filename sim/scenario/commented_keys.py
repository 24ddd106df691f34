"""A key that is commented out while what belongs below it is not: the slip of a first scenario file, found in its text."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_tree import Node
from sim.text.number_format import joined
from sim.text.suggestions import did_you_mean, quote

_COMMENTED = re.compile(r"#[#\s]*(set|events):\s*(?:#.*)?")
_TOP = re.compile(r"([A-Za-z_]+):")
_PARAMETER = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]+)+)\s*:")
_EVENT = re.compile(r"\s*-\s+(?:\{\s*)?month\s*:")
_BREAKS = re.compile(r"\r\n|[\r\n]")


class CommentedKey(NamedTuple):
    """What stands in `line` belongs below `key`, which is commented out in the line `commented`."""

    line: int
    what: str
    key: str
    commented: int

    @property
    def text(self) -> str:
        """What is wrong."""
        return f"{self.what}, but line {self.commented} has '{self.key}:' commented out."

    @property
    def hint(self) -> str:
        """What would be right."""
        return f"Remove the '#' before '{self.key}:' in line {self.commented}."


def commented_key(text: str) -> CommentedKey | None:
    """The first line of a scenario file that lacks a key above it because that is commented out; None where there is none."""
    above: tuple[str, int] | None = None
    for number, line in enumerate(_BREAKS.split(text), start=1):
        if found := _COMMENTED.fullmatch(line.strip()):
            above = found[1], number
        elif above is not None and above[0] == "set" and (parameter := _PARAMETER.match(line)):
            return CommentedKey(number, f"sets '{parameter[1]}'", *above)
        elif above is not None and above[0] == "events" and _EVENT.match(line):
            return CommentedKey(number, "begins an event", *above)
        elif (top := _TOP.match(line)) and top[1] != "because":
            above = None
    return None


def commented_lines(text: str) -> dict[str, int]:
    """The lines in which 'set:' and 'events:' are commented out, each where it comes first."""
    lines: dict[str, int] = {}
    for number, line in enumerate(_BREAKS.split(text), start=1):
        if found := _COMMENTED.fullmatch(line.strip()):
            lines.setdefault(found[1], number)
    return lines


def check_keys(entries: Mapping[str, Node], known: Collection[str], text: str, findings: ErrorCollector) -> None:
    """What is no key of a scenario file: a parameter without `set:` above it, or a misspelt key."""
    unknown = {key: node for key, node in entries.items() if key not in known}
    slip = commented_key(text) if any("." in key for key in unknown) and "set" not in entries else None
    if slip:
        findings.error(slip.line, slip.text, slip.hint)
    for key, node in unknown.items():
        if "." not in key:
            findings.error(node.line, f"{quote(key)} is not a key of a scenario file.", did_you_mean(key, known))
        elif not slip:
            hint = "A parameter stands below a line 'set:', indented by two spaces."
            findings.error(node.line, f"{quote(key)} is not a key of a scenario file.", hint)


def no_change_text(parent: str | None, commented: Mapping[str, int]) -> str:
    """That a file differs in nothing from its parent, and which keys are commented out."""
    out = [f"'{key}:' (line {line})" for key, line in commented.items()]
    why = f"; {joined(out)} {'is' if len(out) == 1 else 'are'} commented out" if out else ""
    return f"changes nothing: every world is as in '{parent}'{why}."
