"""Scenario simulation of post-war spheres of interest in Syria, seen from 2021. Start reading at `sim/model/schedule.py`."""

from importlib import import_module
from typing import Any

_PUBLIC = {"Spheres": "sim.simulation", "load_scenario": "sim.scenario", "open_results": "sim.analysis"}
__all__ = ["Spheres", "load_scenario", "open_results"]


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first used: importing the package alone costs nothing."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    return getattr(import_module(_PUBLIC[name]), name)
