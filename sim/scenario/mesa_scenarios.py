"""A scenario of Mesa (`mesa.Scenario`, in Mesa 3.5 still in `mesa.experimental.scenarios`) read as what `Spheres` is given.

Its attributes are the arguments of `Spheres` by name, and parameters by path; where a name can have no dot, two underscores stand for it:
`israel__strike_rate`. `scenario` names the scenario of this project (`baseline` unless given), `rng` is the seed.
"""

from importlib import import_module
from typing import Any

import mesa

_DOT = "__"
_OWN = {"model", "rng"}  # Mesa's, besides what begins with an underscore


def scenario_class() -> type | None:
    """Mesa's class, or None where this Mesa has none (before 3.5)."""
    found = getattr(mesa, "Scenario", None)
    if found is None:
        try:
            found = import_module("mesa.experimental.scenarios").Scenario
        except (ImportError, AttributeError):
            return None
    return found if isinstance(found, type) else None


def is_mesa_scenario(given: object) -> bool:
    """Whether something is a scenario of Mesa."""
    of = scenario_class()
    return of is not None and isinstance(given, of)


def arguments_of(given: Any) -> dict[str, Any]:
    """The arguments of `Spheres` in a scenario of Mesa, by name; parameters by path."""
    arguments: dict[str, Any] = {"scenario": "baseline"}
    for name, value in vars(given).items():
        if name not in _OWN and not name.startswith("_"):
            arguments[name.replace(_DOT, ".")] = value
    seed = getattr(given, "rng", None)
    return arguments if seed is None else arguments | {"rng": seed}
