"""What a scenario is once its files are read: settings of every parameter, scripted events, and the state it starts from."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sim.model.state.parameters import Change, ParameterValue
from sim.scenario.horizon import RunPeriod, divide, horizon_notices
from sim.scenario.python_numbers import whole_months

EVIDENCE = {  # by grade: what a number rests on
    "stated": "the report says it",
    "inferred": "we infer it from the claims of the report that its source names",
    "sourced": "taken from the pages or tables that its source names",
    "assumed": "we assume it, with a line of reasoning and no evidence",
}
GRADES = tuple(EVIDENCE)


class SetEntry(NamedTuple):
    """One line of a `set` block: what a scenario changes, and where it says so."""

    path: str
    change: Change
    file: str
    line: int
    because: str = ""


@dataclass(frozen=True)
class ScriptedEvent:
    """Something decided outside the model. `month` counts from 0, the month named in `start`; in `until` the values return."""

    month: int
    date: str
    changes: tuple[tuple[str, Change], ...]
    because: str
    until: int | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Scenario:
    """A named set of assumptions, fully resolved.

    `settings` hold every parameter with all changes in order (ancestors, this file, `--set`); `sets` are the differences from the
    root alone. `lineage` runs from the root of `extends` to this scenario; `root` is the first of it that starts when this one does, with
    which this one is compared. `start_state` are the tables of the start file. `beyond` are events that the horizon leaves out.
    """

    name: str
    file: str
    question: str
    basis: str
    extends: str | None
    lineage: tuple[str, ...]
    start: str
    months: int
    settings: Mapping[str, ParameterValue]
    events: tuple[ScriptedEvent, ...]
    sets: tuple[SetEntry, ...]
    notices: tuple[str, ...]
    start_state: Mapping[str, Any]
    root: str
    beyond: tuple[ScriptedEvent, ...] = ()

    def __repr__(self) -> str:
        from sim.scenario.scenario_summary import scenario_summary  # here, since it reads what is defined here

        return scenario_summary(self)

    def with_months(self, months: int) -> "Scenario":
        """The same scenario over another horizon, as if it had been read with it: of the events of all its files, those within.

        Notices say which events are left out, and which values do not revert. Raises ScenarioError.
        """
        months = whole_months(months)
        known, before = (*self.events, *self.beyond), RunPeriod(self.start, self.months)
        within, beyond = divide(known, months)
        told = set(horizon_notices(self.name, before, known))
        notices = [notice for notice in self.notices if notice not in told]
        notices += horizon_notices(self.name, RunPeriod(self.start, months), (*within, *beyond))
        return replace(self, months=months, events=within, beyond=beyond, notices=tuple(notices))

    def digest(self) -> str:
        """A stable hash of everything that determines the scenario's results, and of nothing else (no texts, no file names)."""
        content = {
            "start": self.start,
            "months": self.months,
            "settings": {path: _in_force(setting) for path, setting in sorted(self.settings.items())},
            "events": [_happening(event, self.months) for event in self.events],
            "state": _without_sources(self.start_state),
        }
        return hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()


def assumed_share(scenario: Scenario) -> float:
    """The share of the scenario's parameters whose value is assumed (grade `assumed`), 0 to 1."""
    grades = [setting.grade for setting in scenario.settings.values()]
    return grades.count("assumed") / len(grades) if grades else 0.0


def all_notices(scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """The notices of several scenarios, each text once."""
    return tuple(dict.fromkeys(notice for scenario in scenarios for notice in scenario.notices))


def _in_force(setting: ParameterValue) -> list[Any]:
    """What is left of a setting when changes that a later one overrides, or that do nothing, are taken away."""
    spread = setting.range is not None and setting.range[0] < setting.range[1]
    base: list[Any] = ["drawn", setting.range, float(setting.value)] if spread else ["number", float(setting.value)]
    for change in setting.changes:
        if change.how in ("set", "range"):
            base = ["number", float(change.amount)] if change.how == "set" else ["range", float(change.amount), float(change.upper)]
        elif (change.how, change.amount) not in (("scale", 1.0), ("add", 0.0)):
            base = [*base, change.how, float(change.amount)]
    return base


def _happening(event: ScriptedEvent, months: int) -> list[Any]:
    until = event.until if event.until is not None and event.until < months else None
    return [event.month, until, [[path, c.how, float(c.amount), float(c.upper)] for path, c in event.changes]]


def _without_sources(table: Any) -> Any:
    """A start table without what only a reader needs."""
    if isinstance(table, Mapping):
        return {key: _without_sources(value) for key, value in table.items() if key not in ("source", "grade")}
    return table
