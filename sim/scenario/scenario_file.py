"""One scenario file read on its own: its keys in their types, before anything is inherited or looked up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sim.scenario import value_parsers
from sim.scenario.commented_keys import check_keys, commented_key, commented_lines
from sim.scenario.scenario_names import FORM, NAME, name_hint
from sim.scenario.validation_errors import ErrorCollector, Problem
from sim.scenario.yaml_reader import Node, read_bytes, read_raw
from sim.text.suggestions import did_you_mean, display_path, quote

BASIS_WORDS = {
    "report": "the report's own case",
    "beyond_report": "our question",
    "hindsight": "uses what happened after June 2021",
}
BASES = tuple(BASIS_WORDS)
KEYS = ("extends", "question", "basis", "start", "months", "parameters", "set", "because", "events")
EVENT_KEYS = ("month", "until", "set", "because")


@dataclass(frozen=True)
class EventEntry:
    """An event as written; `sets` is its `set` mapping."""

    date: str
    until: str | None
    sets: Node
    because: str
    line: int


@dataclass
class ScenarioFile:
    """What one file says. None stands for a key that is absent or faulty; `findings` say which."""

    path: Path
    name: str
    findings: ErrorCollector
    parsed: bool = False
    extends: str | None = None
    question: str | None = None
    basis: str | None = None
    start: str | None = None
    months: int | None = None
    parameters: Node | None = None
    sets: Node | None = None
    because: str | None = None
    events: list[EventEntry] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    commented: dict[str, int] = field(default_factory=dict)  # the lines in which 'set:' and 'events:' are commented out

    @property
    def label(self) -> str:
        """The file as messages show it."""
        return self.findings.file

    @property
    def changes_nothing(self) -> bool:
        """Whether it differs in nothing from the scenario that it extends."""
        return self.extends is not None and not {"set", "events", "start", "months"} & self.lines.keys()


def read_scenario_file(path: Path) -> ScenarioFile:
    """Read a scenario file. All faults that can be seen within the file alone are in `findings`."""
    return _read(path, lambda findings: read_raw(path, findings))


def read_scenario_text(path: Path, raw: bytes) -> ScenarioFile:
    """The same of a file that need not be there yet, from what it is to contain."""
    return _read(path, lambda findings: raw)


def _read(path: Path, contents: Callable[[ErrorCollector], bytes | None]) -> ScenarioFile:
    findings = ErrorCollector(display_path(path))
    file = ScenarioFile(path, path.stem, findings)
    if path.suffix != ".yaml" or not NAME.fullmatch(path.stem):
        usual = "Use small letters, digits, '_' and '-', then '.yaml', such as my_scenario.yaml."
        hint = name_hint(path.stem) if path.suffix == ".yaml" and FORM.fullmatch(path.stem) else usual
        findings.error(0, f"{quote(path.name)} is not a name for a scenario file.", hint)
    raw = contents(findings)
    if raw is None:
        return file
    root, text = read_bytes(raw, findings), raw.decode(errors="replace")
    if root is None or root.entries is None:
        if (slip := commented_key(text)) and findings.problems[-1:] and findings.problems[-1].line:
            findings.problems[-1] = Problem(findings.file, slip.line, slip.text, slip.hint)
        return file
    file.parsed = True
    file.lines = {key: node.line for key, node in root.entries.items()}
    file.commented = commented_lines(text) if "extends" in root.entries and "set" not in root.entries else {}
    check_keys(root.entries, KEYS, text, findings)
    _read_head(file, root.entries)
    _read_body(file, root.entries)
    _check_role(file)
    return file


def _read_head(file: ScenarioFile, entries: dict[str, Node]) -> None:
    """The keys that say what the scenario is about."""
    findings = file.findings
    for key in ("question", "basis"):
        if key not in entries:
            hint = "State in plain words what the scenario asks." if key == "question" else f"Choose from {', '.join(BASES)}."
            findings.error(1, f"'{key}' is missing.", hint)
    if "question" in entries:
        file.question = value_parsers.free_text(entries["question"], "'question'", findings)
    if "basis" in entries:
        file.basis = value_parsers.choice(entries["basis"], "'basis'", BASES, findings)
    if "extends" in entries:
        file.extends = _extends(entries["extends"], findings)
    if "start" in entries:
        file.start = value_parsers.month(entries["start"], "'start'", findings)
    if "months" in entries:
        file.months = value_parsers.month_count(entries["months"], findings)


def _extends(node: Node, findings: ErrorCollector) -> str | None:
    name = value_parsers.text(node, "'extends'", findings)
    if name is None or NAME.fullmatch(name):
        return name
    stem = Path(name).stem
    hint = f"Write the name alone: {stem}." if NAME.fullmatch(stem) else "Names have small letters, digits, '_' and '-'."
    return findings.error(node.line, f"'extends' cannot be {quote(name)}.", hint)


def _read_body(file: ScenarioFile, entries: dict[str, Node]) -> None:
    """The keys that hold numbers."""
    file.parameters, file.sets = entries.get("parameters"), entries.get("set")
    if "because" in entries:
        file.because = value_parsers.free_text(entries["because"], "'because'", file.findings)
        if file.sets is None:
            line = file.commented.get("set")
            hint = f"Remove the '#' before 'set:' in line {line}." if line else ""
            file.findings.error(entries["because"].line, "'because' gives the reason of a 'set' block, and there is none.", hint)
    if "events" in entries:
        node = entries["events"]
        if not node.items:
            file.findings.error(node.line, "'events' must be a list, each with '- month: 2022-02'.", "Delete the key if there are none.")
        read = [_event(item, file.findings) for item in node.items or ()]
        file.events = [event for event in read if event is not None]


def _event(node: Node, findings: ErrorCollector) -> EventEntry | None:
    """One event, or None with findings."""
    if node.entries is None:
        return findings.error(node.line, f"an event must have 'month', 'set' and 'because'; it is {node}.")
    for key, child in node.entries.items():
        if key not in EVENT_KEYS:
            findings.error(child.line, f"{quote(key)} is not a key of an event.", did_you_mean(key, EVENT_KEYS))
    absent = [key for key in EVENT_KEYS if key not in node.entries and key != "until"]
    if absent:
        findings.error(node.line, f"an event lacks {', '.join(repr(key) for key in absent)}.", "Every event says when, what and why.")
    get = node.entries.get
    date = value_parsers.month(n, "'month'", findings) if (n := get("month")) else None
    until = value_parsers.month(n, "'until'", findings) if (n := get("until")) else None
    because = value_parsers.free_text(n, "'because'", findings) if (n := get("because")) else None
    if date and until and until <= date:
        findings.error(node.entries["until"].line, f"'until' ({until}) must come after 'month' ({date}).")
        until = None
    sets = get("set")
    # An event with another fault is kept for the sake of its `set`, so that a misspelt path in it is reported at once.
    return EventEntry(date or "", until, sets, because or "", node.line) if sets else None


def _check_role(file: ScenarioFile) -> None:
    """A file is either a baseline, with every parameter, or a difference from another scenario."""
    findings, lines = file.findings, file.lines
    if "extends" in lines:
        if "parameters" in lines:
            text = "'parameters' belong in a baseline file; this file extends another."
            findings.error(lines["parameters"], text, "Use 'set' for what differs.")
        return
    if "parameters" not in lines:
        findings.error(1, "'extends' is missing.", "Name the scenario that this one differs from, such as 'extends: baseline'.")
        return
    for key in ("start", "months"):
        if key not in lines:
            findings.error(1, f"'{key}' is missing.", "A baseline file says when it starts (2021-06) and how many months it runs (120).")
    if "set" in lines:
        text = "'set' belongs in a file that extends another."
        findings.error(lines["set"], text, "In a baseline file, change the number under 'parameters'.")
