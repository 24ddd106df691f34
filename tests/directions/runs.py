"""Runs of the baseline with a few things moved, kept for the session so that several tests can look at one run."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.model.observation.measure_catalogue import TERRITORIES
from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Array, Field, Row, keys
from sim.model.state.parameters import Change
from sim.scenario import Scenario, ScriptedEvent
from sim.scenario.loader import load_from, project_library
from sim.scenario.scenario_library import Library
from sim.simulation import Spheres

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BASELINE, HISTORY = SCENARIOS / "baseline.yaml", SCENARIOS / "history" / "history_2015.yaml"
BY_PROVINCE = ("force_russia", "force_iran", "incidents", "primacy")


class Decision(NamedTuple):
    """A scripted change: from `month` (0 is the first) on, `path` is changed as `change` says."""

    month: int
    path: str
    change: Change


@dataclass(frozen=True)
class Run:
    """What the tests look at. `whole` (months, worlds) and `province` (months, P, worlds) by measure; rows of 0 and 1 by world."""

    whole: dict[str, Array]
    province: dict[str, Array]
    iso: tuple[str, ...]
    broke: Row  # the partnership broke at some time
    fell: Row  # the government fell

    def last(self, measure: str) -> Row:
        """A measure of the whole country in the last month."""
        return self.whole[measure][-1]

    def mean(self, measure: str) -> Row:
        """A measure of the whole country, averaged over the months."""
        return self.whole[measure].mean(axis=0)

    def total(self, measure: str) -> Row:
        """A count of the whole country, summed over the months."""
        return self.whole[measure].sum(axis=0)

    def friction(self) -> Row:
        """Friction in all fields together, averaged over the months."""
        return sum(self.mean(f"friction_{field}") for field in keys(Field))

    def within(self, measure: str, provinces: tuple[str, ...]) -> Array:
        """A measure summed over some provinces, (months, worlds)."""
        places = [self.iso.index(code) for code in provinces]
        return self.province[measure][:, places].sum(axis=1)


@cache
def library() -> Library:
    """The files of the project, each read once."""
    return project_library()


@cache
def run(*values: str, worlds: int = 128, months: int = 36, decisions: tuple[Decision, ...] = (), file: Path = BASELINE) -> Run:
    """A scenario with `values` ("path=value" as on the command line) and scripted decisions, over some worlds and months."""
    scenario = load_from(library(), (file,), values)[-1]
    scenario = scripted(scenario, decisions) if decisions else scenario
    model = Spheres(scenario, worlds=worlds, months=months)
    whole: dict[str, list[Array]] = {}
    province: dict[str, list[Array]] = {}
    while model.running:
        model.step()
        now = model.observe()
        for name, row in now.whole.items():
            whole.setdefault(name, []).append(row.astype(np.float32))
        for name in BY_PROVINCE:
            province.setdefault(name, []).append(now.province[name].astype(np.float32))
    end = model.finish()
    made = Run(
        whole={name: np.stack(rows) for name, rows in whole.items()},
        province={name: np.stack(rows) for name, rows in province.items()},
        iso=model.provinces.iso,
        broke=(end.breakdown_month >= 0).astype(float),
        fell=(end.territory == TERRITORIES.index("collapsed")).astype(float),
    )
    model.close()
    return made


def scripted(scenario: Scenario, decisions: tuple[Decision, ...]) -> Scenario:
    """The scenario with decisions as its scripted events."""
    events = tuple(ScriptedEvent(d.month, month_name(scenario.start, d.month), ((d.path, d.change),), "a test moves it") for d in decisions)
    return replace(scenario, events=events)
