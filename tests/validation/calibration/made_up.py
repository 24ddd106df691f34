"""A calibration with a known answer: two made-up patterns whose shares are plain functions of two parameters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario import Scenario, load_scenario
from sim.validation.calibration.problem import CalibrationProblem
from sim.validation.patterns.conditions import Bound, Level
from sim.validation.patterns.pattern_file import Expected, Pattern
from sim.validation.patterns.terms import Term

PROJECT = Path(__file__).resolve().parents[3]
X, Y = "israel.strike_rate", "fight.raid_rate"
BEST = {X: 0.2, Y: 0.8}  # where both patterns hold in all worlds, in widths of the ranges


def pattern(name: str, low: float = 0.98, high: float = 1.0, **more: Any) -> Pattern:
    """A pattern with a made-up condition."""
    values = {
        "name": name,
        "says": f"What {name} says.",
        "claims": (),
        "role": "fitted",
        "expect": Expected(low, high),
        "scenarios": ("baseline",),
        "condition": Level(Term("strikes"), 1, Bound(1.0)),
        "file": "patterns.yaml",
        "line": 1,
    }
    return Pattern(**(values | more))


@cache
def _baseline() -> Scenario:
    return load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(12)


def problem(name: str = "made_up", scenario: Scenario | None = None, **more: Any) -> CalibrationProblem:
    """Two parameters, two patterns, on the baseline."""
    values: dict[str, Any] = {
        "scenario": scenario or _baseline(),
        "parameters": (X, Y),
        "patterns": (pattern("near_x"), pattern("near_y")),
        "worlds": 20,
        "seed": 1,
    }
    return CalibrationProblem(name, **(values | more))


def place(asked: CalibrationProblem, values: Mapping[str, float], path: str) -> float:
    """Where a value lies in its range, 0 to 1."""
    low, high = asked.ranges[path]
    return (values[path] - low) / (high - low)


def one_best_point(asked: CalibrationProblem, values: Mapping[str, float], first_world: int) -> list[float]:
    """Each pattern holds the more the nearer its parameter is to the best point."""
    return [1.0 - abs(place(asked, values, path) - best) for path, best in BEST.items()]


def at_odds(asked: CalibrationProblem, values: Mapping[str, float], first_world: int) -> list[float]:
    """One pattern wants the first parameter high, the other wants it low."""
    x = place(asked, values, X)
    return [x, 1.0 - x]
