"""Scenarios as they were run: every number with the file and line it came from, so that results stand on their own.

A resolved file holds all that determines a scenario's results, the tables of its start included. `read_resolved` gives the same
scenario again, whatever has become of the files it was read from.
"""

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from sim.model.state.parameters import KINDS, Change, ParameterValue
from sim.scenario import Scenario, ScriptedEvent
from sim.scenario.scenario import SetEntry
from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.scenario.value_parsers import plain
from sim.scenario.yaml_reader import read_file

_HEAD = """\
# Written by `spheres run`: every number that this scenario used, with the file and line where it stands.
# `in_force` is the central value after all changes; worlds draw from `range` where there is one. Changes act in their order.
"""


def portable(file: str) -> str:
    """A file's name without the folders of this machine: relative as it is, else from `sim/` on, else the bare name."""
    path = PurePath(file)
    if not path.is_absolute():
        return path.as_posix()
    parts = path.parts
    inside = [i for i in range(len(parts) - 1) if parts[i : i + 2] == ("sim", "data")]
    return PurePath(*parts[inside[-1] :]).as_posix() if inside else path.name


def resolved_text(scenario: Scenario) -> str:
    """The text of a resolved file."""
    head = {
        "scenario": scenario.name,
        "file": portable(scenario.file),
        "question": scenario.question,
        "basis": scenario.basis,
        "extends": scenario.extends,
        "lineage": list(scenario.lineage),
        "compared_with": scenario.root,
        "start": scenario.start,
        "months": scenario.months,
    }
    lines = [f"{key}: {flow(value)}" for key, value in head.items()]
    lines += ["", "parameters:"]
    lines += [f"  {path}: {flow(_setting(setting))}" for path, setting in sorted(scenario.settings.items())]
    lines += ["", "sets:" if scenario.sets else "sets: []"]
    lines += [f"  - {flow(_difference(one))}" for one in scenario.sets]
    lines += ["", "events:" if scenario.events else "events: []"]
    lines += [f"  - {flow(_event(event))}" for event in scenario.events]
    lines += ["", "start_tables:"]
    lines += [f"  {key}: {flow(table)}" for key, table in scenario.start_state.items()]
    return _HEAD + "\n".join(lines) + "\n"


def flow(value: Any) -> str:
    """A value in YAML's flow style, exact to the bit for numbers."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return repr(value)
    if value.isidentifier() and value.lower() not in ("true", "false", "null"):
        return str(value)
    return '"' + "".join(_character(c) for c in value) + '"'


def _character(c: str) -> str:
    """A character within double quotes."""
    if c in '"\\':
        return f"\\{c}"
    return c if c.isprintable() else f"\\U{ord(c):08x}"


def _setting(setting: ParameterValue) -> dict[str, Any]:
    return {
        "in_force": setting.central(),
        "value": float(setting.value),
        "range": None if setting.range is None else [float(end) for end in setting.range],
        "changes": [_change(change) for change in setting.changes],
        "unit": setting.unit,
        "kind": setting.kind.name,
        "grade": setting.grade,
        "source": setting.source,
        "meaning": setting.meaning,
        "file": portable(setting.file),
        "line": setting.line,
    }


def _change(change: Change) -> list[Any]:
    return [change.how, float(change.amount), *([float(change.upper)] if change.how == "range" else [])]


def _difference(one: SetEntry) -> dict[str, Any]:
    return {"path": one.path, "change": _change(one.change), "because": one.because, "file": portable(one.file), "line": one.line}


def _event(event: ScriptedEvent) -> dict[str, Any]:
    return {
        "date": event.date,
        "month": event.month,
        "until": event.until,
        "changes": [[path, *_change(change)] for path, change in event.changes],
        "because": event.because,
        "file": portable(event.file),
        "line": event.line,
    }


def read_resolved(path: Path) -> Scenario:
    """The scenario of a resolved file. Raises ScenarioError if it cannot be read, or is not as `spheres run` wrote it."""
    findings = ErrorCollector(str(path))
    root = read_file(path, findings)
    if findings.problems or root is None:
        raise ScenarioError(findings.problems)
    try:
        return _scenario(plain(root))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        findings.error(0, "is not as `spheres run` wrote it.", "Run the scenarios again.")
        raise ScenarioError(findings.problems) from None


def _scenario(read: Mapping[str, Any]) -> Scenario:
    return Scenario(
        name=read["scenario"],
        file=read["file"],
        question=read["question"],
        basis=read["basis"],
        extends=read["extends"],
        lineage=tuple(read["lineage"]),
        root=read["compared_with"],
        start=read["start"],
        months=int(read["months"]),
        settings={path: _read_setting(path, leaf) for path, leaf in read["parameters"].items()},
        events=tuple(_read_event(one) for one in read["events"]),
        sets=tuple(_read_difference(one) for one in read["sets"]),
        notices=(),
        start_state=read["start_tables"],
    )


def _read_setting(path: str, leaf: Mapping[str, Any]) -> ParameterValue:
    ends = leaf["range"]
    return ParameterValue(
        path=path,
        kind=KINDS[leaf["kind"]],
        value=float(leaf["value"]),
        range=None if ends is None else (float(ends[0]), float(ends[1])),
        unit=leaf["unit"],
        grade=leaf["grade"],
        source=leaf["source"],
        file=leaf["file"],
        line=int(leaf["line"]),
        meaning=leaf["meaning"],
        changes=tuple(Change(how, *(float(n) for n in amounts)) for how, *amounts in leaf["changes"]),
    )


def _read_difference(one: Mapping[str, Any]) -> SetEntry:
    how, *amounts = one["change"]
    return SetEntry(one["path"], Change(how, *(float(n) for n in amounts)), one["file"], int(one["line"]), one["because"])


def _read_event(one: Mapping[str, Any]) -> ScriptedEvent:
    return ScriptedEvent(
        month=int(one["month"]),
        date=one["date"],
        changes=tuple((path, Change(how, *(float(n) for n in amounts))) for path, how, *amounts in one["changes"]),
        because=one["because"],
        until=None if one["until"] is None else int(one["until"]),
        file=one["file"],
        line=int(one["line"]),
    )
