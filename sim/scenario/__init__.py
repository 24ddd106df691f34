"""Scenario files: small named differences from a baseline, checked and resolved to parameters and events."""

from sim.scenario.json_schema import json_schema
from sim.scenario.loader import load_scenario, load_scenarios
from sim.scenario.parameter_paths import describe
from sim.scenario.scenario import Scenario, ScriptedEvent, SetEntry, all_notices, assumed_share
from sim.scenario.template import template
from sim.scenario.validation_errors import Problem, ScenarioError

__all__ = [
    "Problem",
    "Scenario",
    "ScenarioError",
    "ScriptedEvent",
    "SetEntry",
    "all_notices",
    "assumed_share",
    "describe",
    "json_schema",
    "load_scenario",
    "load_scenarios",
    "template",
]
