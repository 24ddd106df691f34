"""The dependence of conclusions on parameters, from the worlds of a result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import Array
from sim.validation.patterns import evaluation
from sim.validation.patterns.pattern_file import Pattern
from sim.validation.sensitivity.parameter_draws import ParameterDraws
from sim.validation.sensitivity.regional_sensitivity import PairEffect, ParameterEffect, parameter_effects, strongest_pair


@dataclass(frozen=True)
class PatternSensitivity:
    """What one conclusion depends on: every parameter, the strongest first (none where too few worlds fail or hold), and a pair."""

    pattern: Pattern
    holds: Array
    effects: tuple[ParameterEffect, ...]
    pair: PairEffect | None

    @property
    def share(self) -> float:
        """Share of worlds in which it holds."""
        return float(self.holds.mean())

    @property
    def significant(self) -> tuple[ParameterEffect, ...]:
        """The parameters whose effect is statistically significant."""
        return tuple(effect for effect in self.effects if effect.significant)


def sensitivities(draws: ParameterDraws, patterns: Sequence[Pattern]) -> Iterator[PatternSensitivity]:
    """What each pattern depends on."""
    held = [[evaluation.holds(pattern, sample) for pattern in patterns] for sample in draws.samples.values()]
    for pattern, parts in zip(patterns, zip(*held, strict=True), strict=True):
        holds = np.concatenate(parts).astype(bool)
        effects = parameter_effects(holds, draws.quantiles)
        yield PatternSensitivity(pattern, holds, tuple(effects), strongest_pair(holds, draws.quantiles, effects) if effects else None)
