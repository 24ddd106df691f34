"""A JSON Schema of design files, by which editors complete names, show meanings and mark faults. `spheres design` checks far more.

`make docs` writes it to scenarios/designs/design.schema.json, from where it ships.
"""

from typing import Any

from sim.exploration.design.design import KINDS, MOST_LUCK, MOST_ROWS, OTHERS, PAIRINGS, Lucks
from sim.exploration.design.factor_reader import GROUP_NAME
from sim.exploration.design.levels import LEVELS_PATTERN
from sim.model.state.parameters import KINDS as NUMBER_KINDS
from sim.model.state.parameters import Kind
from sim.scenario import Scenario
from sim.scenario.json_schema import MONTHS, all_settings
from sim.scenario.schema_parts import DRAFT, TEXT, as_defined, choices, closed, number_of, numbers_of
from sim.text.whole_numbers import MOST_SEED

_QUANTILE = Kind("quantile", 0.0, 1.0)
_ENDS = {"minItems": 2, "maxItems": 2}  # of a list: the two ends of a range
_POINTS = {"type": "integer", "minimum": 2, "maximum": MOST_ROWS}


def design_schema(*scenarios: Scenario) -> dict[str, Any]:
    """The schema of designs over the parameters of these scenarios."""
    settings = all_settings(*scenarios)
    factors = {path: {"description": f"{one.meaning}\n\n{numbers_of(one)}", **as_defined(one.kind.name)} for path, one in settings.items()}
    return {
        "$schema": DRAFT,
        "title": "A design of spheres",
        "description": "Which points of the space of parameters are run, and under which lucks. `spheres design FILE` checks more.",
        **closed(_properties(), ("scenario", "kind")),
        "allOf": [_only_if(kind, rule) for kind, rule in _rules().items()],
        "definitions": {
            "factors": {**closed(factors, ()), "minProperties": 1},
            "members": {"type": "array", "minItems": 1, "items": {"anyOf": [{"enum": list(settings)}, {"pattern": r"\*$"}]}},
            **{name: _factor(kind) for name, kind in NUMBER_KINDS.items()},
        },
    }


def _properties() -> dict[str, Any]:
    """The keys of a file."""
    seed = {"type": "integer", "minimum": 0, "maximum": MOST_SEED}
    n_lucks = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS}
    lucks = {
        "worlds": {"description": f"Under how many lucks each point is run; {Lucks.n} if nothing is said.", **n_lucks},
        "first": {"description": "The first of them.", "type": "integer", "minimum": 0, "maximum": MOST_LUCK},
        "pairing": choices("Which lucks each point has.", PAIRINGS),
    }
    return {
        "question": {"description": "Optional: what it is for, in plain words.", **TEXT},
        "scenario": {"description": "The scenario whose parameters are turned: a name, or a file.", **TEXT},
        "kind": choices("How the points are laid out.", KINDS),
        "factors": {"description": "Parameters, each with `values` or `quantiles`; groups of parameters in a design of kind 'groups'."},
        "points": {"description": "How many points; a power of two for 'sobol'.", **_POINTS},
        "luck": {"description": "Under how many lucks each point is run, or which.", "anyOf": [n_lucks, closed(lucks, ())]},
        "others": choices("What all other parameters do.", OTHERS),
        "months": {"description": "Optional: the length of the run in months.", **MONTHS},
        "seed": {"description": "Optional: for the points of 'lhs', 'sobol' and 'groups'.", **seed},
        "file": {"description": "A CSV with a column for each parameter, for a design of kind 'rows'.", **TEXT},
    }


def _rules() -> dict[str, dict[str, Any]]:
    """What each kind of design must have and may not have."""
    ends = {"additionalProperties": {"properties": {"values": _ENDS, "quantiles": _ENDS}}}
    grid: dict[str, Any] = {"required": ["factors"], "properties": {"factors": as_defined("factors"), "file": False}}
    spread = {"required": ["factors", "points"], "properties": {"factors": as_defined("factors") | ends, "file": False}}
    names = {"pattern": f"^{GROUP_NAME.pattern}$"}
    groups = {"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": as_defined("members")}
    return {
        "grid": {**grid, "properties": {**grid["properties"], "points": False}},
        "lhs": spread,
        "sobol": spread,
        "groups": {"required": ["factors", "points"], "properties": {"factors": groups, "file": False, "luck": False}},
        "rows": {"required": ["file"], "properties": {"factors": False, "points": False}},
    }


def _only_if(kind: str, rule: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": rule}


def _factor(kind: Kind) -> dict[str, Any]:
    """A parameter of a kind as a factor: its values or its quantiles."""
    ways = {
        "values": {"description": "Numbers that act as `set` in a scenario file: [1, 2, 4] or 1:8:5.", **_levels(kind)},
        "quantiles": {"description": "Where in its range, as if a world had drawn it: [0.1, 0.9] or 0.1:0.9:5.", **_levels(_QUANTILE)},
    }
    return {**closed(ways, ()), "minProperties": 1, "maxProperties": 1}


def _levels(kind: Kind) -> dict[str, Any]:
    """Levels of a factor: a list of numbers, one number, or a text such as 1:8:5."""
    many = {"type": "array", "minItems": 1, "uniqueItems": True, "items": number_of(kind)}
    return {"anyOf": [many, number_of(kind), {"type": "string", "pattern": LEVELS_PATTERN}]}
