"""What the page asks the program for, checked before anything is run: a run, with what is turned and how many worlds."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from sim.experiment.run_settings import SettingsError
from sim.explorer.server.changed_scenario import SetChange, changed_scenario
from sim.model.state.parameters import Declared, ParameterValue
from sim.scenario import Scenario
from sim.scenario.parameter_paths import unknown_path
from sim.scenario.python_rows import GivenRows
from sim.scenario.validation_errors import Problem, ScenarioError
from sim.text.suggestions import did_you_mean, quote

MOST_CHANGES, MOST_BATCHES = 1000, 200
_KEYS = ("changes", "batches", "first", "window")
_CHANGE_KEYS = ("path", "quantile", "value", "month", "until")
_LONGEST_WINDOW = 64


@dataclass(frozen=True)
class RunRequest:
    """A run: of which scenario, where in their ranges which parameters are drawn, and so many worlds a batch from `first` on.

    `window` names the window of a browser that asks: its next run takes the place of this one. `notices` are sentences about values that
    are allowed and unusual.
    """

    scenario: Scenario
    quantiles: Mapping[str, float]
    batches: tuple[int, ...]
    first: int = 0
    window: str = ""
    notices: tuple[str, ...] = ()


def read_json(body: bytes) -> dict[str, Any]:
    """An object of JSON. Raises SettingsError."""
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise SettingsError("What was sent is not JSON.") from None
    if not isinstance(found, dict):
        raise SettingsError("What was sent must be an object of JSON.")
    return found


def read_run_request(asked: Mapping[str, Any], scenario: Scenario, n_worlds: int) -> RunRequest:
    """A run of worlds of a stored scenario, of which there are `n_worlds`. Raises SettingsError."""
    _check_keys(asked, _KEYS, "a run")
    changes = asked.get("changes", [])
    if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
        raise SettingsError(f"'changes' must be a list of at most {MOST_CHANGES:,} changes.")
    first = _whole(asked.get("first", 0), "'first'", 0, n_worlds - 1)
    batches = asked.get("batches")
    if not isinstance(batches, list) or not 1 <= len(batches) <= MOST_BATCHES:
        raise SettingsError(f"'batches' must be a list of 1 to {MOST_BATCHES} numbers of worlds, such as [50, 150].")
    sizes = tuple(_whole(size, "a batch", 1, n_worlds) for size in batches)
    if first + sum(sizes) > n_worlds:
        raise SettingsError(f"worlds {first:,} to {first + sum(sizes) - 1:,} are asked for, and the result has {n_worlds:,}.")
    window = asked.get("window", "")
    if not isinstance(window, str) or len(window) > _LONGEST_WINDOW:
        raise SettingsError(f"'window' must be a text of at most {_LONGEST_WINDOW} letters.")
    try:
        quantiles, sets = _read_changes(changes, scenario.settings)
        found = changed_scenario(scenario, sets)
    except ScenarioError as error:
        raise SettingsError(_words(error)) from None
    return RunRequest(found.scenario, quantiles, sizes, first, window, found.notices)


def _read_changes(changes: list[Any], settings: Mapping[str, ParameterValue]) -> tuple[dict[str, float], list[SetChange]]:
    """Quantiles by path, and what is set. Raises SettingsError or ScenarioError."""
    quantiles, sets, turned = dict[str, float](), list[SetChange](), set[str]()
    for change in changes:
        if not isinstance(change, dict):
            raise SettingsError('A change must be an object, such as {"path": "israel.strike_rate", "quantile": 0.8}.')
        _check_keys(change, _CHANGE_KEYS, "a change")
        path = change.get("path")
        if not isinstance(path, str):
            raise SettingsError("A change must have a 'path', such as israel.strike_rate.")
        if path not in settings:
            text, hint, _ = unknown_path(path, {name: Declared(name, one.kind, one.meaning) for name, one in settings.items()}, settings)
            raise SettingsError(f"{text} {hint}".rstrip())
        if ("quantile" in change) == ("value" in change):
            raise SettingsError(f"the change of '{path}' must have either 'quantile' or 'value'.")
        month, until = (_text(change.get(key), f"'{key}' of '{path}'") for key in ("month", "until"))
        if month is None and path in turned:
            raise SettingsError(f"'{path}' is changed twice.")
        if month is None and until is not None:
            raise SettingsError(f"the change of '{path}' has 'until' and no 'month'.")
        if "quantile" in change and month is not None:
            raise SettingsError(f"'{path}' is changed in {quote(month)}, so it needs a 'value': draws are made before the first month.")
        if month is None:
            turned.add(path)
        if "quantile" in change:
            quantiles[path] = _number(change["quantile"], f"'quantile' of '{path}'")
        else:
            sets.append(SetChange(path, _number(change["value"], f"'value' of '{path}'"), month, until))
    GivenRows(None, quantiles, {}).quantile_rows(settings, 1)
    return quantiles, sets


def _check_keys(given: Mapping[str, Any], known: tuple[str, ...], what: str) -> None:
    for key in given:
        if key not in known:
            raise SettingsError(f"{quote(key)} is not known of {what}. {did_you_mean(key, known)}")


def _whole(value: Any, what: str, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise SettingsError(f"{what} must be a whole number from {low:,} to {high:,}.")
    return value


def _number(value: Any, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SettingsError(f"{what} must be a number.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise SettingsError(f"{what} must be a number that is not so large.")
    return number


def _text(value: Any, what: str) -> str | None:
    if value is None or (isinstance(value, str) and len(value) <= 20):
        return value
    raise SettingsError(f"{what} must be a month, such as 2023-01.")


def _words(error: ScenarioError) -> str:
    """What is wrong, without the place in a file that nobody wrote."""
    return " ".join(_sentence(problem) for problem in error.problems)


def _sentence(problem: Problem) -> str:
    return f"{problem.text} {problem.hint}".rstrip()


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
