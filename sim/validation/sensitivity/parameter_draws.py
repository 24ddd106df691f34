"""The worlds of a result with their parameter draws: where in its range each world drew each parameter.

Where a world draws a parameter follows from seed, path and world alone, so nothing has to be stored for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result, Span
from sim.model.registry import paths
from sim.model.state.dimensions import Array, Row
from sim.model.state.parameters import ParameterValue
from sim.model.state.random_streams import RandomStreams
from sim.scenario import Scenario
from sim.validation.patterns.result_samples import Samples
from sim.validation.patterns.sample import Sample

MAX_WORLDS = 20_000  # the first of a result; more would take memory and add little


@dataclass(frozen=True)
class ParameterDraws:
    """The first worlds of one scenario of a result; `quantiles` (n,) by path of every parameter in which they differ."""

    folder: Path
    scenario: Scenario
    samples: Mapping[Span, Sample]
    quantiles: Mapping[str, Row]

    @property
    def n_worlds(self) -> int:
        """How many worlds."""
        return sum(worlds for _, worlds in self.samples)

    @property
    def label(self) -> str:
        """The worlds in a few words."""
        return f"the first {self.n_worlds:,} worlds of {self.scenario.name} in {self.folder}"

    @property
    def settings(self) -> Mapping[str, ParameterValue]:
        """Every parameter, as these worlds had it."""
        return self.scenario.settings


def read_draws(folder: Path, name: str) -> ParameterDraws:
    """The draws of a scenario of a result. Raises SettingsError or ScenarioError if they cannot be read, or nothing was drawn."""
    result = Result(folder)
    scenario = drawn_scenario(result, name)
    samples = Samples(result, name, most=MAX_WORLDS)
    numbers = np.concatenate([np.arange(first, first + worlds) for first, worlds in samples])
    return ParameterDraws(folder, scenario, samples, quantiles_of(scenario.settings, int(result.manifest["seed"]), numbers))


def drawn_scenario(result: Result, name: str) -> Scenario:
    """A scenario of a result whose worlds have draws of their own. Raises SettingsError for others."""
    if result.manifest["design"] is not None:
        raise SettingsError(f"{result.folder} was run by a design, whose rows share lucks or draws; name the folder of a `spheres run`.")
    if not result.manifest["draws"]:
        raise SettingsError(f"{result.folder} was run without draws, so its worlds differ in no parameter.")
    scenario = result.scenario(name)
    if set(scenario.settings) != set(paths(tuple(scenario.start_state["groups"]))):
        raise SettingsError(f"{result.folder} was made by another version of the program, with other parameters; run the scenarios again.")
    return scenario


def quantiles_of(settings: Mapping[str, ParameterValue], seed: int, worlds: Array) -> dict[str, Row]:
    """Where in its range each world (n,) draws each parameter that varies, (n,) by path."""
    streams = RandomStreams(seed, 0, len(worlds), worlds)
    return {path: streams.draw(path) for path, setting in settings.items() if setting.varies}
