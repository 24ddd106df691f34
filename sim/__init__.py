"""Scenario simulation of post-war spheres of interest in Syria, seen from 2021. Start reading at `sim/model/schedule.py`.

The public names are loaded when they are asked for, so that `import sim` costs nothing:

    from sim import Spheres, load_scenario, open_results
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.analysis import open_results
    from sim.scenario import load_scenario
    from sim.simulation import Spheres

__version__ = "0.2.0.dev0"  # the one place of the version: pyproject.toml and `spheres --version` read it here

__all__ = ["Spheres", "__version__", "load_scenario", "open_results"]

_HOMES = {"Spheres": "sim.simulation", "load_scenario": "sim.scenario", "open_results": "sim.analysis"}


def __getattr__(name: str) -> object:
    """A public name, loaded from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
