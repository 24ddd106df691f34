"""A JSON Schema of scenario files, by which editors complete names, show meanings and mark faults. `spheres check` checks far more.

`make docs` writes it to scenarios/scenario.schema.json, from where it ships.
"""

import re
from collections.abc import Iterable
from typing import Any

from sim.model.state.parameters import KINDS, Kind, ParameterValue
from sim.scenario.baseline_schema import entry_schema, sections_schema
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import BASIS_WORDS
from sim.scenario.scenario_names import FORM, RESERVED
from sim.scenario.schema_parts import DRAFT, TEXT, as_defined, choices, closed, number_of, pair_of, parameter_help
from sim.scenario.scripted_events import ONLY_AT_START
from sim.scenario.value_parsers import MAX_MONTHS

_BEGIN, _END = (re.escape(one) for one in ONLY_AT_START)
_NOT_ONLY_AT_START = {
    "pattern": f"^(?!{_BEGIN})(?!.*{_END}$)",
    "patternErrorMessage": "It is read once, before the first month; no event can change it. Move it to 'set'.",
}
MONTH = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$", "patternErrorMessage": "Write year and month, such as 2024-12."}
MONTHS = {"type": "integer", "minimum": 1, "maximum": MAX_MONTHS}


def json_schema(baseline: Scenario, *others: Scenario, known: Iterable[str] = ()) -> dict[str, Any]:
    """The schema of files whose root is `baseline`, or that extend it: every key, and every parameter with bounds and meaning.

    `others` are scenarios from other starts, which add the parameters of their groups. `known` are names that `extends` is completed with.
    """
    settings = all_settings(baseline, *others)
    return {
        "$schema": DRAFT,
        "title": "A scenario of spheres",
        "description": "How a set of assumptions differs from another. `spheres check FILE` checks more than an editor can.",
        "type": "object",
        "properties": _properties(sorted({scenario.start for scenario in (baseline, *others)}), known),
        "required": ["question", "basis"],
        "additionalProperties": False,
        "dependencies": {"because": ["set"]},
        "if": {"required": ["parameters"]},
        "then": {"required": ["start", "months"], "properties": {"extends": False, "set": False}},
        "else": {"required": ["extends"]},
        "definitions": {
            "set": {**closed({path: _parameter(setting) for path, setting in settings.items()}, ()), "minProperties": 1},
            "event_set": {**as_defined("set"), "propertyNames": _NOT_ONLY_AT_START},
            **{f"change_{name}": _change(kind) for name, kind in KINDS.items()},
            **{f"entry_{name}": entry_schema(kind) for name, kind in KINDS.items()},
            "parameters": sections_schema(one for one in baseline.settings.values() if one.file == baseline.file),
        },
    }


def all_settings(*scenarios: Scenario) -> dict[str, ParameterValue]:
    """The parameters of all scenarios by path, each as the first says that has it."""
    found: dict[str, ParameterValue] = {}
    for scenario in scenarios:
        found |= {path: setting for path, setting in scenario.settings.items() if path not in found}
    return found


def _properties(starts: list[str], known: Iterable[str]) -> dict[str, Any]:
    """The keys of a file."""
    name = {"type": "string", "pattern": f"^(?!({'|'.join(RESERVED)})$){FORM.pattern}$", "examples": sorted(known)}
    event = {
        "month": {"description": "The month in which this begins, such as 2022-02.", **MONTH},
        "until": {"description": "Optional: the first month in which it no longer applies; the values revert.", **MONTH},
        "set": {
            "description": "What changes. `scale` and `add` act on the value that the scenario gives at its start.",
            **as_defined("event_set"),
        },
        "because": {"description": "Why this happens then.", **TEXT},
    }
    events = {"type": "array", "minItems": 1, "items": closed(event, ("month", "set", "because"))}
    return {
        "extends": {"description": "The scenario that this one differs from, by its name alone.", **name},
        "question": {"description": "What the scenario asks, in plain words; shown in results.", **TEXT},
        "basis": choices("Where the question comes from.", BASIS_WORDS),
        "start": {"description": "Optional: the month in which the run begins.", "enum": starts},
        "months": {"description": "Optional: the length of the run in months. Ten years are 120.", **MONTHS},
        "parameters": {"description": "Every parameter; in a baseline only.", **as_defined("parameters")},
        "set": {"description": "Parameters that differ from the first month on.", **as_defined("set")},
        "because": {"description": "The reason for the lines of `set`.", **TEXT},
        "events": {"description": "What is decided outside the model, and when.", **events},
    }


def _parameter(setting: ParameterValue) -> dict[str, Any]:
    """What an editor shows about a parameter, and the value that it offers."""
    value = int(setting.value) if setting.value.is_integer() else setting.value
    return {"description": parameter_help(setting), "default": value, **as_defined(f"change_{setting.kind.name}")}


def _change(kind: Kind) -> dict[str, Any]:
    """What may be said about a parameter of a kind: a number, or exactly one of range, scale, add; and what editors offer."""
    width = kind.high - kind.low
    factor = {"type": "number"} | ({"minimum": 0} if kind.low >= 0.0 else {})
    ways = {
        "range": {"description": "Drawn anew, evenly between two numbers: [low, high].", **pair_of(kind)},
        "scale": {"description": "Each world's own value times this.", **factor},
        "add": {"description": "Each world's own value plus this.", "type": "number", "minimum": -width, "maximum": width},
    }
    offers = [{"label": f"{{{way}: ...}}", "body": {way: body}} for way, body in (("range", "[$1]"), ("scale", "$1"), ("add", "$1"))]
    return {"anyOf": [number_of(kind), *(closed({way: what}, [way]) for way, what in ways.items())], "defaultSnippets": offers}
