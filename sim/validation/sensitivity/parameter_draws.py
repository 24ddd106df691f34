"""The drawn worlds of a result: where in its range each world drew each parameter, and which of them bear a conclusion out.

Where a world draws a parameter follows from seed, path and world alone, so nothing has to be stored for it.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from sim.validation.patterns import evaluation
from sim.validation.patterns.pattern_file import Pattern
from sim.validation.patterns.result_samples import Samples
from sim.validation.patterns.sample import Sample
from sim.validation.sensitivity.regional_sensitivity import Corner, Hinge, corner, regional

MOST = 20_000  # worlds that are looked at, the first of a result: more would take memory and tell little


@dataclass(frozen=True)
class Drawn:
    """The first worlds of one scenario of a result; `quantiles` (n,) by path of every parameter in which they differ."""

    folder: Path
    scenario: Scenario
    samples: Mapping[Span, Sample]
    quantiles: Mapping[str, Row]

    @property
    def worlds(self) -> int:
        """How many worlds."""
        return sum(worlds for _, worlds in self.samples)

    @property
    def settings(self) -> Mapping[str, ParameterValue]:
        """Every parameter, as these worlds had it."""
        return self.scenario.settings


@dataclass(frozen=True)
class Found:
    """What one conclusion hangs on: every parameter, the strongest first (none where too few worlds fail or hold), and a pair."""

    pattern: Pattern
    holds: Array
    hinges: tuple[Hinge, ...]
    corner: Corner | None

    @property
    def share(self) -> float:
        """Share of worlds that bear it out."""
        return float(self.holds.mean())

    @property
    def telling(self) -> tuple[Hinge, ...]:
        """The parameters that can be told from noise."""
        return tuple(hinge for hinge in self.hinges if hinge.told)


def read_drawn(folder: Path, name: str) -> Drawn:
    """The drawn worlds of a scenario of a result. Raises SettingsError or ScenarioError if they cannot be read, or nothing was drawn."""
    result = Result(folder)
    if not result.manifest.get("draws", True):
        raise SettingsError(f"{folder} was run without draws, so its worlds differ in no parameter.")
    samples = Samples(result, name, most=MOST)
    scenario = result.scenario(name)
    if set(scenario.settings) != set(paths(tuple(scenario.start_state["groups"]))):
        raise SettingsError(f"{folder} was made by another version of the program, with other parameters; run the scenarios again.")
    numbers = np.concatenate([np.arange(first, first + worlds) for first, worlds in samples])
    return Drawn(folder, scenario, samples, quantiles_of(scenario.settings, int(result.manifest["seed"]), numbers))


def quantiles_of(settings: Mapping[str, ParameterValue], seed: int, worlds: Array) -> dict[str, Row]:
    """Where in its range each world (n,) draws each parameter in which worlds differ, (n,) by path."""
    numbers = np.asarray(worlds, dtype=int)
    chance = RandomStreams(seed, 0, int(numbers.max()) + 1)
    return {path: chance.draw(path)[numbers] for path, setting in settings.items() if setting.varies}


def find(drawn: Drawn, patterns: Sequence[Pattern]) -> Iterator[Found]:
    """What each pattern hangs on."""
    held = [[evaluation.holds(pattern, sample) for pattern in patterns] for sample in drawn.samples.values()]
    for pattern, parts in zip(patterns, zip(*held, strict=True), strict=True):
        holds = np.concatenate(parts).astype(bool)
        hinges = regional(holds, drawn.quantiles)
        yield Found(pattern, holds, tuple(hinges), corner(holds, drawn.quantiles, hinges) if hinges else None)
