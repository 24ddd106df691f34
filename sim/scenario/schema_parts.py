"""Parts of JSON Schemas of draft 7, which every editor reads, and their text as a file."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sim.model.state.parameters import Kind, ParameterValue
from sim.scenario.scenario import EVIDENCE

DRAFT = "http://json-schema.org/draft-07/schema#"
TEXT = {"type": "string", "pattern": r"\S"}
_MOST_ON_A_LINE = 1200  # characters of JSON, so that a parameter is a line


def closed(properties: Mapping[str, Any], required: Iterable[str]) -> dict[str, Any]:
    """A mapping with these keys and no others."""
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": dict(properties)}


def choices(what: str, words: Mapping[str, str]) -> dict[str, Any]:
    """One of a few words, each with its meaning."""
    return {"description": what, "enum": list(words), "markdownEnumDescriptions": list(words.values())}


def number_of(kind: Kind) -> dict[str, Any]:
    """A number within the bounds of a kind."""
    return {"type": "number", "minimum": kind.low, "maximum": kind.high}


def pair_of(kind: Kind) -> dict[str, Any]:
    """Two such numbers."""
    return {"type": "array", "items": number_of(kind), "minItems": 2, "maxItems": 2}


def as_defined(name: str) -> dict[str, Any]:
    """A definition, beside which more may be said: in draft 7, nothing may stand beside a `$ref`."""
    return {"allOf": [{"$ref": f"#/definitions/{name}"}]}


def numbers_of(setting: ParameterValue) -> str:
    """Unit, central value, plausible range and bounds of a parameter, in a few words."""
    plausible = f"; plausible: {setting.range[0]:g} to {setting.range[1]:g}" if setting.range else ""
    bounds = f"{setting.kind.low:g} to {setting.kind.high:g}"
    return f"Unit: {setting.unit}. In the baseline: {setting.value:g}{plausible}; possible: {bounds}."


def parameter_help(setting: ParameterValue) -> str:
    """What an editor shows about a parameter: its meaning, its numbers, and where they come from."""
    source = f"Grade: {setting.grade} ({EVIDENCE[setting.grade]}). Source: {setting.source}"
    return "\n\n".join((setting.meaning, numbers_of(setting), source))


def schema_text(schema: Mapping[str, Any]) -> str:
    """A schema as the text of a file: what is short on a line of its own, so that a change of one parameter changes one line."""
    return _laid_out(schema, "") + "\n"


def _laid_out(value: Any, indent: str) -> str:
    short = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, (Mapping, list)) or len(short) <= (_MOST_ON_A_LINE if indent else 0):
        return short
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"{indent} {_laid_out(one, indent + ' ')}" for one in value) + f"\n{indent}]"
    lines = (f"{indent} {json.dumps(key, ensure_ascii=False)}: {_laid_out(one, indent + ' ')}" for key, one in value.items())
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
