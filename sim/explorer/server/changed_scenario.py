"""The scenario of a result with parameters set, at the start or by an event in a month, as a scenario file would set them.

The changes become the text of such a file, which the loader reads: what is allowed, and what is said about what is not, is its own. It
builds on the scenario as it was run, whatever has become of its files since.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.model import registry
from sim.scenario import Scenario
from sim.scenario.initial_state_files import InitialStateFile
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.resolver import resolve
from sim.scenario.scenario_file import read_scenario_text
from sim.scenario.validation_errors import ErrorCollector, ScenarioError

_FILE = Path("explorer.yaml")  # which is never written
_PLACE = re.compile(rf"^{re.escape(str(_FILE))}(, line \d+)?: ")
_QUESTION, _REASON = "What was turned in the explorer?", "turned in the explorer"


@dataclass(frozen=True)
class SetChange:
    """A parameter set to a number: from the start, or from `month` (2023-01) on, and then perhaps only `until` another."""

    path: str
    value: float
    month: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class ChangedScenario:
    """A scenario after changes, and sentences about what is allowed and unusual in them."""

    scenario: Scenario
    notices: tuple[str, ...] = ()


def changed_scenario(stored: Scenario, changes: Sequence[SetChange]) -> ChangedScenario:
    """The scenario with every change; without any, itself. Raises ScenarioError, as the loader does."""
    if not changes:
        return ChangedScenario(stored)
    file = read_scenario_text(_FILE, _text(stored, changes).encode())
    start = InitialStateFile(stored.start, ErrorCollector(stored.start), True, tuple(stored.start_state["groups"]))
    start.state = dict(stored.start_state)
    catalogue = Catalogue(registry.paths(start.groups), stored.settings)
    scenario, problems = resolve([file], start, catalogue, ())
    problems = [*file.findings.problems, *problems]
    if problems or scenario is None:
        raise ScenarioError(problems)
    scenario = replace(scenario, events=(*stored.events, *scenario.events))
    return ChangedScenario(scenario, tuple(_PLACE.sub("", notice) for notice in scenario.notices))


def _text(stored: Scenario, changes: Iterable[SetChange]) -> str:
    """The scenario file that has these changes, one value of JSON a line, which is YAML."""
    sets = {change.path: change.value for change in changes if change.month is None}
    lines = [f"extends: {_json(stored.name)}", f"question: {_json(_QUESTION)}", "basis: beyond_report"]
    lines += [f"start: {_json(stored.start)}", f"months: {stored.months}"]
    if sets:
        lines += [f"because: {_json(_REASON)}", f"set: {_json(sets)}"]
    events = [_event(change) for change in changes if change.month is not None]
    return "\n".join([*lines, *(["events:"] if events else []), *events]) + "\n"


def _event(change: SetChange) -> str:
    until = {} if change.until is None else {"until": change.until}
    return f"  - {_json({'month': change.month, **until, 'set': {change.path: change.value}, 'because': _REASON})}"


def _json(value: object) -> str:
    return json.dumps(value)
