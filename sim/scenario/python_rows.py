"""The rows of a design given from Python, checked as strictly as numbers for all worlds: whose luck, which quantiles, which values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.model.state.dimensions import Array, Row
from sim.model.state.parameters import Declared, ParameterValue
from sim.scenario.parameter_paths import plausible, unknown_path
from sim.scenario.python_numbers import MOST_FIRST_WORLD, real, shown, whole
from sim.scenario.validation_errors import Problem, ScenarioError
from sim.text.whole_numbers import MOST_WORLDS

_WHERE = "Spheres(...)"


@dataclass(frozen=True)
class GivenRows:
    """What `Spheres` was given for its rows: `luck` (n,) or None, `quantiles` and `values` by path (n,), `alike`: values for all rows."""

    luck: Array | None
    quantiles: Mapping[str, Any]
    values: Mapping[str, Any]
    alike: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lengths(self) -> dict[str, int]:
        """How many rows each of them has, by what it is."""
        luck = {} if self.luck is None else {"luck": len(self.luck)}
        rows = {f"quantiles of '{path}'": q for path, q in self.quantiles.items()} | {f"'{path}'": v for path, v in self.values.items()}
        return luck | {name: len(row) for name, row in rows.items() if _is_row(row)}

    def n_worlds(self, worlds: Any) -> int:
        """How many worlds there are: as many as rows, or `worlds` where nothing has rows. Raises ValueError."""
        lengths = self.lengths
        if not lengths:
            return whole(worlds, "worlds", 1, MOST_WORLDS)
        n_rows = next(iter(lengths.values()))
        for name, length in lengths.items():
            if length != n_rows:
                raise ValueError(f"{next(iter(lengths))} has {n_rows:,} rows, {name} has {length:,}; give the same number of each.")
        if not 1 <= n_rows <= MOST_WORLDS:
            raise ValueError(f"a design has from 1 to {MOST_WORLDS:,} rows, not {n_rows:,}.")
        if not _is_row(worlds) and worlds not in (1, n_rows):
            raise ValueError(f"worlds: {shown(worlds)} are asked for, and the design has {n_rows:,} rows; leave worlds out.")
        return n_rows

    def columns(self, n: int) -> "Array | None":
        """The luck of so many columns; one row is repeated, since no array holds one world."""
        return None if self.luck is None else np.resize(self.luck, n)

    def quantile_rows(self, settings: Mapping[str, ParameterValue], n: int) -> dict[str, Row]:
        """Quantiles by path in so many columns. Raises ScenarioError for unknown paths, for what is never drawn, and beyond 0 to 1."""

        def fault(path: str, setting: ParameterValue, row: Row | None) -> tuple[str, str] | None:
            if not setting.varies:
                return f"'{path}' is not drawn here, so it has no quantiles.", "Give its values instead."
            if row is not None and not ((row >= 0.0) & (row <= 1.0)).all():
                return f"quantiles of '{path}' must lie between 0 and 1.", ""
            if path in self.values or path in self.alike:
                return f"'{path}' is given as quantiles and as values; give one of them.", ""
            return None

        return _checked(self.quantiles, settings, n, fault)

    def value_rows(self, settings: Mapping[str, ParameterValue], n: int) -> dict[str, Row]:
        """Values by path in so many columns. Raises ScenarioError for unknown paths and impossible values."""

        def fault(path: str, setting: ParameterValue, row: Row | None) -> tuple[str, str] | None:
            kind = setting.kind
            wrong = np.zeros(0) if row is None else row[(row < kind.low) | (row > kind.high)]
            if not wrong.size:
                return None
            about = plausible(setting)
            text = f"'{path}' must lie between {kind.low:g} and {kind.high:g}, not {wrong[0]:g}."
            return text, f"Plausible: {about}." if about else ""

        return _checked(self.values, settings, n, fault)


def given_rows(luck: Any, quantiles: Any, values: Mapping[str, Any]) -> GivenRows:
    """Sort what `Spheres` was given into rows and numbers for all worlds. Raises ValueError."""
    if quantiles is not None and not isinstance(quantiles, Mapping):
        raise ValueError(f"quantiles must give numbers by path, such as {{'israel.strike_rate': [0.1, 0.9]}}, not {shown(quantiles)}.")
    by_row = {path: value for path, value in values.items() if _is_row(value)}
    alike = {path: value for path, value in values.items() if path not in by_row}
    return GivenRows(None if luck is None else numbers_of_worlds(luck), dict(quantiles or {}), by_row, alike)


def numbers_of_worlds(given: Any) -> Array:
    """Numbers of worlds in any order, (n,). Raises ValueError."""
    try:
        numbers = [whole(number, "luck", 0, MOST_FIRST_WORLD) for number in given]
    except TypeError:
        numbers = []
    if not numbers:
        raise ValueError(f"luck must be numbers of worlds, such as [0, 5, 5, 7], not {shown(given)}.")
    return np.array(numbers, dtype=np.int64)


def _is_row(value: Any) -> bool:
    """Whether something has a number for each row."""
    return (isinstance(value, Sequence) and not isinstance(value, (str, bytes))) or (isinstance(value, np.ndarray) and value.ndim == 1)


def _row(path: str, given: Any, n: int, problems: list[Problem]) -> Row | None:
    """What is given as a row of so many columns; one number counts for all."""
    if isinstance(given, np.ndarray) and given.ndim == 1 and given.dtype == np.float64 and np.isfinite(given).all():
        return np.resize(given, n)
    numbers = [real(number) for number in (given if _is_row(given) else [given])]
    wrong = next((one for one, number in zip(given if _is_row(given) else [given], numbers, strict=True) if number is None), None)
    if not numbers or wrong is not None:
        problems.append(Problem(_WHERE, 0, f"'{path}' must have numbers, not {shown(wrong)}."))
        return None
    return np.resize(np.array(numbers, dtype=np.float64), n)


def _unknown(path: str, settings: Mapping[str, ParameterValue]) -> tuple[str, str]:
    known = {name: Declared(name, one.kind, one.meaning) for name, one in settings.items()}
    text, hint, _ = unknown_path(path, known, settings)
    return text, hint


def _checked(
    given: Mapping[str, Any],
    settings: Mapping[str, ParameterValue],
    n: int,
    fault: Callable[[str, ParameterValue, Row | None], tuple[str, str] | None],
) -> dict[str, Row]:
    """Rows by path; `fault` says what is wrong with one of a known parameter, and what would be right. Raises ScenarioError."""
    problems: list[Problem] = []
    rows = {path: _row(path, row, n, problems) for path, row in given.items()}
    for path, row in rows.items():
        found = fault(path, settings[path], row) if path in settings else _unknown(path, settings)
        if found is not None:
            problems.append(Problem(_WHERE, 0, *found))
    if problems:
        raise ScenarioError(problems)
    return {path: row for path, row in rows.items() if row is not None}
