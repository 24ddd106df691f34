"""Scenarios as they were run: every number with the file and line it came from, so that results stand on their own.

A resolved file holds all that determines a scenario's results, the tables of its start included. `read_resolved` gives the same
scenario again, whatever has become of the files it was read from. It is YAML with one JSON value a line, which a parser of JSON reads
a hundred times faster than one of YAML.
"""

import json
import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from sim.model.state.parameters import KINDS, Change, ParameterValue
from sim.scenario import Scenario, ScriptedEvent
from sim.scenario.scenario import SetEntry
from sim.scenario.validation_errors import Problem, ScenarioError

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


def portable_command(words: Sequence[str]) -> str:
    """A command as the manifest keeps it, from what was typed after `spheres`: without the folders of this machine."""
    return shlex.join(["spheres", *(portable(word) if os.path.isabs(word) else word for word in words)])


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
    lines = [f"{key}: {inline(value)}" for key, value in head.items()]
    lines += ["", "parameters:"]
    lines += [f"  {path}: {inline(_setting(setting))}" for path, setting in sorted(scenario.settings.items())]
    lines += ["", "sets:" if scenario.sets else "sets: []"]
    lines += [f"  - {inline(_set_entry(entry))}" for entry in scenario.sets]
    lines += ["", "events:" if scenario.events else "events: []"]
    lines += [f"  - {inline(_event(event))}" for event in scenario.events]
    lines += ["", "start_tables:"]
    lines += [f"  {key}: {inline(table)}" for key, table in scenario.start_state.items()]
    return _HEAD + "\n".join(lines) + "\n"


def inline(value: Any) -> str:
    """A value on one line, as JSON, which YAML reads as well; exact to the bit for numbers."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)


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


def _set_entry(entry: SetEntry) -> dict[str, Any]:
    where = {"file": portable(entry.file), "line": entry.line}
    return {"path": entry.path, "change": _change(entry.change), "because": entry.because} | where


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
    try:
        return _scenario(_entries(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        problem = Problem(str(path), 0, "is not as `spheres run` wrote it.", "Run the scenarios again.")
        raise ScenarioError([problem]) from None


def _entries(text: str) -> dict[str, Any]:
    """The entries of a file laid out by `resolved_text`: `key: value`, or a key above its entries, indented."""
    entries: dict[str, Any] = {}
    above = ""
    for line in text.split("\n"):
        key, _, value = line.strip().partition(": ")
        if not key or key.startswith("#"):
            continue
        if line.startswith("  - "):
            entries.setdefault(above, []).append(json.loads(line[4:]))
        elif line.startswith("  "):
            entries.setdefault(above, {})[key] = json.loads(value)
        elif value:
            entries[key] = json.loads(value)
        else:
            above = key.removesuffix(":")
    return entries


def _scenario(read: Mapping[str, Any]) -> Scenario:
    return Scenario(
        name=_text(read["scenario"]),
        file=_text(read["file"]),
        question=_text(read["question"]),
        basis=_text(read["basis"]),
        extends=None if read["extends"] is None else _text(read["extends"]),
        lineage=tuple(_text(name) for name in read["lineage"]),
        root=_text(read["compared_with"]),
        start=_text(read["start"]),
        months=int(read["months"]),
        settings={path: _read_setting(path, leaf) for path, leaf in read["parameters"].items()},
        events=tuple(_read_event(event) for event in read["events"]),
        sets=tuple(_read_set_entry(entry) for entry in read["sets"]),
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
        unit=_text(leaf["unit"]),
        grade=_text(leaf["grade"]),
        source=_text(leaf["source"]),
        file=_text(leaf["file"]),
        line=int(leaf["line"]),
        meaning=_text(leaf["meaning"]),
        changes=tuple(Change(how, *(float(n) for n in amounts)) for how, *amounts in leaf["changes"]),
    )


def _read_set_entry(entry: Mapping[str, Any]) -> SetEntry:
    how, *amounts = entry["change"]
    return SetEntry(
        _text(entry["path"]),
        Change(how, *(float(n) for n in amounts)),
        _text(entry["file"]),
        int(entry["line"]),
        _text(entry["because"]),
    )


def _read_event(event: Mapping[str, Any]) -> ScriptedEvent:
    return ScriptedEvent(
        month=int(event["month"]),
        date=_text(event["date"]),
        changes=tuple((_text(path), Change(how, *(float(n) for n in amounts))) for path, how, *amounts in event["changes"]),
        because=_text(event["because"]),
        until=None if event["until"] is None else int(event["until"]),
        file=_text(event["file"]),
        line=int(event["line"]),
    )


def _text(value: Any) -> str:
    """A text, and nothing else. Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"a text is wanted, not {type(value).__name__}")
    return value
