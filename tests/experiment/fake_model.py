"""A small model of the contract of sim.simulation.Spheres: random walks with the luck of the real one, quick and without rules."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.model.observation.measure_catalogue import FALLEN, OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE
from sim.model.registry import GOALS
from sim.model.state.dimensions import Bidder, Sector
from sim.model.state.event_log import KIND_INDEX, EventLog
from sim.model.state.parameters import KINDS, Change, ParameterValue
from sim.model.state.random_streams import RandomStreams
from sim.scenario import Scenario

ISO = ("SY-DI", "SY-DR", "SY-HL")
NAMES = ("Damascus", "Daraa", "Aleppo")
GROUPS = ("army", "militia")


def setting(
    path: str, *changes: Change, value: float = 1.0, spread: tuple[float, float] | None = (0.5, 2.0), grade: str = "assumed"
) -> ParameterValue:
    """A setting of a made-up parameter."""
    return ParameterValue(
        path,
        KINDS["rate"],
        value,
        spread,
        "index",
        grade,
        'a "source": with {odd} text',
        "scenarios/baseline.yaml",
        7,
        "meaning",
        changes,
    )


def scenario(
    name: str = "baseline", *changes: Change, months: int = 6, root: str = "baseline", start: str = "2021-06", **more: Any
) -> Scenario:
    """A scenario of three parameters; `changes` act on `iran.budget`."""
    settings = [
        setting("iran.budget", *changes),
        setting("russia.budget", grade="sourced"),
        setting("definitions.edge", spread=None),
    ]
    values: dict[str, Any] = {
        "name": name,
        "file": f"scenarios/{name}.yaml",
        "question": f"What of {name}?",
        "basis": "report",
        "extends": None if name == root else root,
        "lineage": (root,) if name == root else (root, name),
        "root": root,
        "start": start,
        "months": months,
        "settings": {one.path: one for one in settings},
        "events": (),
        "sets": (),
        "notices": (),
        "start_state": {"groups": {group: {"name": group} for group in GROUPS}},
    }
    return Scenario(**(values | more))


@dataclass
class Seen:
    """An observation."""

    province: dict[str, np.ndarray]
    whole: dict[str, np.ndarray]


class FakeModel:
    """Every measure is a number from its own stream, scaled by the parameter `iran.budget`."""

    def __init__(
        self,
        scenario: Scenario,
        worlds: int = 1,
        first_world: int = 0,
        seed: int = 1,
        draws: bool = True,
        record_events: bool = False,
        luck: Sequence[int] | None = None,
    ) -> None:
        self.scenario, self.worlds, self.months, self.month = scenario, worlds, scenario.months, 0
        self.chance = RandomStreams(seed, first_world, worlds, luck)
        self.provinces = SimpleNamespace(iso=ISO, name=NAMES)
        self.groups = GROUPS
        self.log = EventLog(worlds, self.months, len(ISO), record_events)
        rows = {path: s.row(self.chance.draw(path) if draws else None, worlds) for path, s in scenario.settings.items()}
        self.drawn = {path: rows[path] for path, s in scenario.settings.items() if s.varies and draws}
        self.budget = rows["iran.budget"]
        self.flows = {m.name: np.zeros(worlds) for m in WHOLE if m.cumulative}
        self.closed = False

    def step(self) -> None:
        """A month: noise, and a few strikes."""
        strikes = np.floor(self.chance.uniforms("strikes", self.month, len(ISO)) * 3 * self.budget)
        self.log.note("strike_israel", self.month, strikes)
        self.log.note("crisis", self.month, (self.chance.row("crisis", self.month) < 0.1).astype(float))
        self.strikes = strikes
        self.month += 1
        for name, sums in self.flows.items():
            sums += self.whole(name)

    def run(self) -> None:
        """To the horizon."""
        while self.month < self.months:
            self.step()

    def whole(self, name: str) -> np.ndarray:
        """A measure of the whole, this month."""
        if name == "collapsed":
            return (self.chance.row("class", self.months) * self.budget > 0.9) * 1.0
        if name == "strikes":
            return self.strikes.sum(axis=0)
        return self.chance.row(name, self.month) * np.minimum(self.budget, 1.0)

    def observe(self) -> Seen:
        """The month just done."""
        province = {m.name: self.chance.uniforms(f"p:{m.name}", self.month, len(ISO)) * self.budget for m in PROVINCE}
        return Seen(province | {"strikes": self.strikes}, {m.name: self.whole(m.name) for m in WHOLE})

    def unchanged(self) -> Any:
        """The start: noise of a month before the first, no flows."""
        none, nowhere = np.zeros(self.worlds, dtype=int), np.zeros((len(ISO), self.worlds), dtype=int)
        classes = SimpleNamespace(outcome=none, territory=none, sphere=nowhere)
        return SimpleNamespace(
            whole={m.name: np.zeros(self.worlds) if m.cumulative or m.name == "collapsed" else self.chance.row(m.name, 0) for m in WHOLE},
            province={m.name: self.chance.uniforms(f"start:{m.name}", 0, len(ISO)) for m in PROVINCE},
            lower=classes,
            higher=classes,
            **vars(classes),
        )

    def snapshot(self) -> Any:
        """Spheres and contracts now."""
        u = self.chance.uniforms("sphere", self.month, len(ISO))
        held = np.floor(self.chance.uniforms("held", self.month, len(Sector) * (len(Bidder) + 1)) * 4).astype(int)
        holders = held.reshape(len(Sector), len(Bidder) + 1, self.worlds)
        fallen = self.whole("collapsed") > 0.0
        return SimpleNamespace(sphere=np.floor(u * len(SPHERES)).astype(int), fallen=fallen, holders=holders)

    def finish(self) -> Any:
        """The horizon."""
        seen = self.observe()
        u = self.chance.row("class", self.months)
        none = np.full(self.worlds, -1)
        moved = SimpleNamespace(
            outcome=none + 1, territory=none + 1, sphere=np.floor(self.chance.uniforms("moved", self.months, len(ISO)) * len(SPHERES))
        )
        return SimpleNamespace(
            province=seen.province,
            whole=seen.whole | self.flows,
            outcome=np.where(u * self.budget > 0.9, OUTCOMES.index(FALLEN), np.floor(u * self.budget * 6.9).astype(int) % 7),
            territory=np.floor(u * len(TERRITORIES)).astype(int),
            sphere=np.floor(self.chance.uniforms("sphere", self.months, len(ISO)) * len(SPHERES)).astype(int),
            collapse_month=np.where(u * self.budget > 0.9, 3, none),
            breakdown_month=np.where(u < 0.2, 1, none),
            incident_month=np.where(u < 0.8, 0, none),
            lower=moved,
            higher=moved,
            lost_month=np.full((len(ISO), self.worlds), -1),
            goal_effort=self.effort("effort", 1)[:, 0],
            goal_effort_by_province=self.effort("effort by province", len(ISO)),
            force=self.chance.uniforms("force", self.months, len(GROUPS) * len(ISO)).reshape(len(GROUPS), len(ISO), self.worlds),
        )

    def effort(self, name: str, places: int) -> np.ndarray:
        """Effort by goal: numbers from a stream of their own, scaled by the parameter `iran.budget`."""
        return self.chance.uniforms(name, self.months, len(GOALS) * places).reshape(len(GOALS), places, self.worlds) * self.budget

    def close(self) -> None:
        """Free the arrays."""
        self.closed = True


class Failing(FakeModel):
    """Stops with a fault in its third month."""

    def step(self) -> None:
        """A month."""
        if self.month == 2:
            raise ArithmeticError("the rule failed")
        super().step()


class NotANumber(FakeModel):
    """Shows a measure that is no number."""

    def observe(self) -> Seen:
        """The month just done."""
        seen = super().observe()
        seen.whole["morale"][0] = np.nan
        return seen


class Dying(FakeModel):
    """Ends its whole process."""

    def step(self) -> None:
        """A month."""
        os._exit(9)


class Stumbling(FakeModel):
    """Fails in world 17 of one scenario, until a file in the current folder says that it is mended."""

    def step(self) -> None:
        """A month."""
        here = range(self.chance.first_world, self.chance.first_world + self.worlds)
        if self.month == 3 and self.scenario.name == "more_money" and 17 in here and not Path("mended").exists():
            raise ZeroDivisionError("no money at all")
        super().step()


class Deadly(FakeModel):
    """Ends its whole process in world 17 of one scenario, until a file in the current folder says that it is mended."""

    def step(self) -> None:
        """A month."""
        here = range(self.chance.first_world, self.chance.first_world + self.worlds)
        if self.scenario.name == "more_money" and 17 in here and not Path("mended").exists():
            os._exit(9)
        super().step()


class Slow(FakeModel):
    """Takes a while over each month."""

    def step(self) -> None:
        """A month."""
        time.sleep(0.04)
        super().step()


assert set(KIND_INDEX) >= {"strike_israel", "crisis"}
