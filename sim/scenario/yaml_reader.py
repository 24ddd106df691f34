"""Reading a YAML file safely, as a tree of nodes that know their line.

Only plain YAML is supported: mappings, lists and scalars. Tags, anchors, aliases, merge keys, directives, second documents and
duplicate keys are refused. Scalars stay text here; `value_parsers.py` says what they mean, so that no library guesses at `NO`,
`012` or a date.
"""

from pathlib import Path

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from sim.scenario.plain_yaml import plain_tree
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_advice import advice
from sim.scenario.yaml_tree import Composer, Unreadable
from sim.scenario.yaml_tree import Node as Node
from sim.text.suggestions import nearest

MAX_BYTES = 1_000_000  # bytes


def read_file(path: Path, findings: ErrorCollector) -> Node | None:
    """The tree of a YAML file whose root is a mapping; None (with a finding) when it is none."""
    raw = read_raw(path, findings)
    return None if raw is None else read_bytes(raw, findings)


def read_raw(path: Path, findings: ErrorCollector) -> bytes | None:
    """What a file contains, as far as it may be long; None (with a finding) where it cannot be read."""
    try:
        if not path.is_file():
            if path.exists():
                return findings.error(0, "is not a file.", "Give the path of a scenario file, such as scenarios/baseline.yaml.")
            close = nearest(path.name, (other.name for other in path.parent.glob("*.yaml")))
            return findings.error(0, "does not exist.", f"Did you mean '{close}' in the same folder?" if close else "")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        return findings.error(0, f"cannot be read ({reason.lower()}).")


def read_bytes(raw: bytes, findings: ErrorCollector) -> Node | None:
    """As `read_file`, of what a file contains."""
    text = _decode(raw, findings)
    if text is None:
        return None
    root = read_text(text, findings)
    if root is not None and root.text == "" and not root.quoted:
        return findings.error(0, "is empty.", "A scenario needs at least 'extends', 'question' and 'basis'.")
    if root is not None and root.entries is None:
        return findings.error(root.line, f"the file contains {root}, not 'key: value' lines.", "Start with 'question: ...'.")
    return root


def _decode(raw: bytes, findings: ErrorCollector) -> str | None:
    if len(raw) > MAX_BYTES:
        return findings.error(0, "is larger than 1 MB.", "A scenario file is a page or two; is this the right file?")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return findings.error(1, "is UTF-16 text.", "Save the file as UTF-8.")
    if b"\0" in raw:
        return findings.error(0, "is a binary file, not text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return findings.error(line, "contains bytes that are not UTF-8 text.", "Save the file as UTF-8.")


def read_text(text: str, findings: ErrorCollector) -> Node | None:
    """The tree of a YAML text (an empty scalar when it holds nothing), or None with a finding when it does not parse."""
    if (plain := plain_tree(text)) is not None:
        return plain
    composer = Composer(text, findings)
    try:
        return composer.document()
    except Unreadable:
        return None
    except MarkedYAMLError as error:
        findings.error(*advice(text, error))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        findings.error(line, f"contains a control character (U+{ord(text[error.position]):04X}).", "Delete it.")
    except (ValueError, OverflowError, IndexError, AttributeError, TypeError, AssertionError, RecursionError):
        # The parser itself fails on some odd escapes; an analyst should get a message all the same.
        findings.error(composer.line, "cannot be read as YAML from here on.", "Look for a backslash within double quotes.")
    return None
