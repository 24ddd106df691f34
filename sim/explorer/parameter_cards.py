"""What the explorer says of each parameter: meaning, values over its range, grade, source, and whether a saved file acts otherwise."""

from typing import Any

import numpy as np

from sim.exploration.global_sensitivity.parameter_groups import group_label
from sim.exploration.global_sensitivity.parameter_screening import about_parameter
from sim.explorer.rest_dependence import moved_by_draws
from sim.model.state.parameters import ParameterValue
from sim.report.drawing import palette
from sim.scenario import Scenario
from sim.text.names import display_name, interest_name

_STEPS = 20  # of a parameter's values over its range
_INTERESTS = ".interests."
_DIGITS = 6


def drawn_cards(scenario: Scenario) -> list[dict[str, Any]]:
    """A card for each parameter that worlds draw, in the order of the file; `row` is its place among them."""
    moved = moved_by_draws(scenario)
    drawn = [setting for setting in scenario.settings.values() if setting.varies]
    return [_card(setting) | _drawn(setting) | {"row": row, "saved_differs": setting.path in moved} for row, setting in enumerate(drawn)]


def fixed_cards(scenario: Scenario) -> list[dict[str, Any]]:
    """A card for each parameter that has the same value in all worlds."""
    return [_card(setting) for setting in scenario.settings.values() if not setting.varies]


def interest_bars(scenario: Scenario) -> list[dict[str, Any]]:
    """The interests of each actor that has more than one, with the paths of their weights; the partners and the government first."""
    paths = [path for path in scenario.settings if _INTERESTS in path]
    actors: dict[str, list[str]] = {"russia": [], "iran": [], "government": []}
    for path in paths:
        actors.setdefault(path.partition(".")[0], []).append(path)
    return [
        {
            "key": actor,
            "title": display_name(actor)[:1].upper() + display_name(actor)[1:],
            "colour": palette.SPHERES.get(actor, palette.SOFT),
            "interests": [{"path": path, "label": interest_name(path.partition(_INTERESTS)[2])} for path in members],
        }
        for actor, members in actors.items()
        if len(members) > 1
    ]


def _card(setting: ParameterValue) -> dict[str, Any]:
    about = about_parameter(setting)
    return {
        "path": setting.path,
        "meaning": about["meaning"],
        "unit": setting.unit,
        "kind": setting.kind.name,
        "central": _short(about["value"]),
        "bounds": [setting.kind.low, setting.kind.high],
        "grade": setting.grade,
        "source": setting.source,
        "claims": about["claims"].split(),
        "group": group_label(about["group"]),
    }


def _drawn(setting: ParameterValue) -> dict[str, Any]:
    values = [_short(float(value)) for value in setting.row(np.linspace(0.0, 1.0, _STEPS + 1), _STEPS + 1)]
    return {"low": min(values), "high": max(values), "values": values}


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
