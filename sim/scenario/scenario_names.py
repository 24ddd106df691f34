"""Names of scenarios: what one may be, what would be right instead, and how a file writes it."""

import re

from sim.text.file_names import DEVICES, NO_VALUE, reserved

FORM = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
RESERVED = (*DEVICES, *NO_VALUE)
NAME = re.compile(rf"(?!(?:{'|'.join(RESERVED)})\Z){FORM.pattern}")
_PLAIN = re.compile(r"[a-z][a-z0-9_-]*")
_WORDS = ("true", "false")  # which a file takes for something other than a text


def name_hint(name: str) -> str:
    """What would be right instead of a name that cannot name a scenario."""
    if name in NO_VALUE:
        return "Tables take this word for an empty cell; choose another name."
    return reserved(name) or "Use small letters, digits, '_' and '-', at most 60, such as my_scenario."


def written(name: str) -> str:
    """A name as a value in a file: in quotes where it would not be read as a text, such as a number."""
    return name if _PLAIN.fullmatch(name) and name not in _WORDS else f'"{name}"'
