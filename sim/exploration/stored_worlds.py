"""Stored worlds with where in its range each drew each parameter, and what came of them: the sample that questions are asked of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.compare.quantities import FELL
from sim.compare.world_values import read_horizon
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result, Span
from sim.exploration.outcome import Outcome
from sim.model.state.dimensions import Array, BoolRow, Row
from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario
from sim.validation.sensitivity.parameter_draws import drawn_scenario, quantiles_of

MOST_STORED = 20_000  # worlds, the first of a result; more would take memory and add little


@dataclass(frozen=True)
class StoredWorlds:
    """Worlds of one scenario of a result: `numbers` (n,), and by path where in its range (n,) each drew a parameter that varies."""

    result: Result
    scenario: Scenario
    numbers: Array
    quantiles: Mapping[str, Row]

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def seed(self) -> int:
        """The seed of the run."""
        return int(self.result.manifest["seed"])

    @property
    def settings(self) -> Mapping[str, ParameterValue]:
        """Every parameter, as the scenario has it."""
        return self.scenario.settings

    @property
    def label(self) -> str:
        """The worlds in a few words."""
        return f"{len(self):,} worlds of {self.scenario.name} in {self.result.folder}"

    def values(self, outcome: Outcome) -> Row:
        """The outcome in each world, (n,). Raises SettingsError where a chunk is damaged."""
        rows = [
            read_horizon(file, [outcome.quantity])[0] for span, file in self.result.files(self.scenario.name).items() if self._has(span)
        ]
        spans = [span for span in self.result.files(self.scenario.name) if self._has(span)]
        known = np.concatenate([np.arange(first, first + n) for first, n in spans])
        return outcome.of(np.concatenate(rows)[np.searchsorted(known, self.numbers)])

    def fallen(self) -> BoolRow:
        """Whether the government has fallen in each world, (n,)."""
        return self.values(Outcome(FELL.name, FELL.name, FELL)) > 0.0

    def some(self, numbers: Array) -> "StoredWorlds":
        """Those of them with these numbers (ascending)."""
        which = np.searchsorted(self.numbers, numbers)
        return replace(self, numbers=numbers, quantiles={path: row[which] for path, row in self.quantiles.items()})

    def _has(self, span: Span) -> bool:
        return bool(span[0] <= self.numbers[-1])


def read_worlds(folder: Path, name: str, most: int = MOST_STORED) -> StoredWorlds:
    """The first worlds of a scenario of a result. Raises SettingsError if they cannot be read, or have no draws of their own."""
    result = Result(folder)
    spans = list(result.files(name))
    scenario = drawn_scenario(result, name)
    numbers = np.concatenate([np.arange(first, first + n) for first, n in spans])[:most]
    return StoredWorlds(result, scenario, numbers, quantiles_of(scenario.settings, int(result.manifest["seed"]), numbers))


def read_pair(folder: Path, name: str, against: str, most: int = MOST_STORED) -> tuple[StoredWorlds, StoredWorlds]:
    """The worlds that two scenarios of a result both have, in the same order. Raises SettingsError."""
    one, other = read_worlds(folder, name, most), read_worlds(folder, against, most)
    common = np.intersect1d(one.numbers, other.numbers)
    if not len(common):
        raise SettingsError(f"'{name}' and '{against}' have no world in common in {folder}.")
    return one.some(common), other.some(common)
