"""Parameters as a root scenario or a start file states them: one line each with value, unit, range, grade and source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.model.state.parameters import Declared, ParameterValue
from sim.scenario import value_parsers
from sim.scenario.scenario import GRADES
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, quote

KEYS = ("value", "unit", "range", "grade", "source")
WITHOUT_RANGE = "definitions."  # thresholds of classes, which worlds do not draw; any other parameter says so with `range: null`


@dataclass
class ParameterEntries:
    """What the files say about parameters. `seen` has the place of every path, also of those whose line is faulty."""

    settings: dict[str, ParameterValue] = field(default_factory=dict)
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    unknown: list[tuple[ErrorCollector, int, str, bool]] = field(default_factory=list)


def read_entries(node: Node, declared: Mapping[str, Declared], found: ParameterEntries, findings: ErrorCollector) -> None:
    """Add the parameters below a `parameters:` key to `found`, with a finding for each that is faulty."""
    if node.entries is None:
        findings.error(node.line, f"'parameters' must be sections of parameters, not {node}.")
    sections = {path[:place] for path in declared for place, letter in enumerate(path) if letter == "."}
    _walk(node, "", declared, sections, found, findings)


def _walk(
    node: Node, prefix: str, declared: Mapping[str, Declared], sections: set[str], found: ParameterEntries, findings: ErrorCollector
) -> None:
    for key, child in (node.entries or {}).items():
        path = prefix + key
        if path in found.seen:
            file, line = found.seen[path]
            findings.error(child.line, f"'{path}' is given twice (first in {file}, line {line}).", "Delete one of the two.")
        elif path in declared:
            found.seen[path] = findings.file, child.line
            setting = _entry(child, declared[path], findings)
            if setting is not None:
                found.settings[path] = setting
        elif path in sections:
            if child.entries is None:
                findings.error(child.line, f"'{path}' is a section; parameters must follow below it, not {child}.")
            _walk(child, f"{path}.", declared, sections, found, findings)
        else:
            section = child.entries is not None and "value" not in child.entries
            found.unknown.append((findings, child.line, path, section))


def _entry(node: Node, what: Declared, findings: ErrorCollector) -> ParameterValue | None:
    """One parameter, or None with every fault of its line found."""
    if node.entries is None:
        example = "{value: ..., unit: ..., range: [..., ...], grade: ..., source: ...}"
        return findings.error(node.line, f"'{what.path}' must be a line such as {example}, not {node}.")
    before = len(findings.problems)
    for key, child in node.entries.items():
        if key not in KEYS:
            findings.error(child.line, f"{quote(key)} is not a key of '{what.path}'.", did_you_mean(key, KEYS))
    optional = ("range",) if what.path.startswith(WITHOUT_RANGE) else ()
    absent = [key for key in KEYS if key not in node.entries and key not in optional]
    if absent:
        findings.error(node.line, f"'{what.path}' lacks {', '.join(absent)}.")
    get = node.entries.get
    value = value_parsers.bounded(n, f"the value of '{what.path}'", what.kind, findings) if (n := get("value")) else None
    spread = None
    if (n := get("range")) and not value_parsers.is_null(n):
        spread = value_parsers.spread(n, f"the range of '{what.path}'", what.kind, findings)
    unit = value_parsers.text(n, f"the unit of '{what.path}'", findings) if (n := get("unit")) else None
    grade = value_parsers.choice(n, f"the grade of '{what.path}'", GRADES, findings) if (n := get("grade")) else None
    source = value_parsers.text(n, f"the source of '{what.path}'", findings) if (n := get("source")) else None
    if value is not None and spread is not None and not spread[0] <= value <= spread[1]:
        findings.error(node.line, f"the value {value:g} of '{what.path}' lies outside its range {spread[0]:g} to {spread[1]:g}.")
    if len(findings.problems) > before or value is None:
        return None
    return ParameterValue(
        what.path,
        what.kind,
        value,
        spread,
        unit or "",
        grade or "",
        source or "",
        file=findings.file,
        line=node.line,
        meaning=what.meaning,
    )
