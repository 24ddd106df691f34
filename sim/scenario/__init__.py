"""Scenario files: small named differences from a baseline, read with care and resolved to settings and events."""

from sim.scenario.load import load, load_all
from sim.scenario.names import describe
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.scenario import Difference, Scenario, Scripted, all_notices, assumed_share
from sim.scenario.schema import json_schema
from sim.scenario.template import template

__all__ = [
    "Difference",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Scripted",
    "all_notices",
    "assumed_share",
    "describe",
    "json_schema",
    "load",
    "load_all",
    "template",
]
