"""A JSON Schema of scenario files, by which editors complete names and show meanings. `load` checks far more than it can."""

from typing import Any

from sim.model.state.parameters import ParameterValue
from sim.scenario.parameter_paths import describe
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import BASES
from sim.scenario.scenario_names import FORM
from sim.scenario.value_parsers import MAX_MONTHS

_MONTH = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}
_TEXT = {"type": "string", "minLength": 1}


def json_schema(parent: Scenario) -> dict[str, Any]:
    """The schema of a file that extends `parent`: its keys, and every parameter with unit, range, bounds and meaning."""
    sets = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {path: _parameter(setting) for path, setting in parent.settings.items()},
    }
    event = {"month": _MONTH, "until": _MONTH, "set": {"$ref": "#/$defs/set"}, "because": _TEXT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A scenario that extends '{parent.name}'",
        "type": "object",
        "additionalProperties": False,
        "required": ["extends", "question", "basis"],
        "properties": {
            "extends": {"type": "string", "pattern": f"^{FORM.pattern}$"},
            "question": _TEXT,
            "basis": {"enum": list(BASES)},
            "start": _MONTH,
            "months": {"type": "integer", "minimum": 1, "maximum": MAX_MONTHS},
            "set": {"$ref": "#/$defs/set"},
            "because": _TEXT,
            "events": {"type": "array", "minItems": 1, "items": _object(event, ["month", "set", "because"])},
        },
        "$defs": {"set": sets},
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _parameter(setting: ParameterValue) -> dict[str, Any]:
    """What may be said about one parameter: a number, or exactly one of range, scale, add."""
    number = {"type": "number", "minimum": setting.kind.low, "maximum": setting.kind.high}
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    ways = {"range": pair, "scale": {"type": "number"}, "add": {"type": "number"}}
    about = f"{setting.meaning} {describe(setting.path, setting)}"
    return {"description": about, "anyOf": [number, *(_object({way: what}, [way]) for way, what in ways.items())]}
