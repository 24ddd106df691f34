"""The part of the JSON Schema that is about a baseline: every parameter in its section, a line each."""

from collections.abc import Iterable
from typing import Any

from sim.model.state.parameters import Kind, ParameterValue
from sim.scenario.parameter_entries import KEYS, WITHOUT_RANGE
from sim.scenario.scenario import EVIDENCE
from sim.scenario.schema_parts import TEXT, as_defined, choices, closed, number_of, pair_of


def entry_schema(kind: Kind) -> dict[str, Any]:
    """What a baseline says about a parameter of a kind."""
    properties = {
        "value": {"description": "The central value.", **number_of(kind)},
        "unit": {"description": "Its unit.", **TEXT},
        "range": {"description": "What is plausible; worlds draw from it. null: they do not.", "anyOf": [pair_of(kind), {"type": "null"}]},
        "grade": choices("What the number rests on.", EVIDENCE),
        "source": {"description": "A line of reasoning, or what was read; R numbers are claims of the report.", **TEXT},
    }
    return closed({key: properties[key] for key in KEYS}, [key for key in KEYS if key != "range"])


def sections_schema(settings: Iterable[ParameterValue]) -> dict[str, Any]:
    """The parameters of a baseline file in their sections, each of which must be there; `entry_KIND` are definitions of the schema."""
    root = closed({}, ())
    for setting in settings:
        *sections, name = setting.path.split(".")
        place = root
        for section in sections:
            place = place["properties"].setdefault(section, closed({}, ()))
        needed = [] if setting.path.startswith(WITHOUT_RANGE) else ["range"]
        place["properties"][name] = {"description": setting.meaning, **as_defined(f"entry_{setting.kind.name}"), "required": needed}
    return _all_required(root)


def _all_required(section: dict[str, Any]) -> dict[str, Any]:
    """The section with every key of it, and of those below, required."""
    if "properties" not in section:
        return section
    properties = {key: _all_required(one) for key, one in section["properties"].items()}
    return {**section, "required": list(properties), "properties": properties}
