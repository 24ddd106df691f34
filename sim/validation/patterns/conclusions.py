"""Conclusions: what is left to speak about a scenario, judged in every world; patterns, and the classes of outcome and territory."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.model.observation.measure_catalogue import OUTCOME_MEANINGS, TERRITORY_MEANINGS
from sim.model.state.dimensions import Array
from sim.scenario import Scenario
from sim.validation.patterns import evaluation
from sim.validation.patterns.pattern_file import Expected, Pattern, load_patterns
from sim.validation.patterns.sample import CLASSES, Sample

SPEAKS = "speaks"


@dataclass(frozen=True)
class Conclusion:
    """Something that holds or fails in each world. `expect` is the share of worlds the report leads one to expect, if it does."""

    name: str
    says: str
    claims: tuple[str, ...]
    expect: Expected | None
    holds: Callable[[Sample], Array]

    def crosses(self, before: float, after: float) -> str:
        """In words, whether a change of share makes it as expected, or no longer so; empty where it does neither."""
        if self.expect is None or (before in self.expect) == (after in self.expect):
            return ""
        return f"{'now' if after in self.expect else 'no longer'} as the report expects ({self.expect})"


def conclusions(scenario: Scenario) -> tuple[Conclusion, ...]:
    """Every pattern left to speak that can be judged on the scenario alone, then the classes."""
    return (*(_of_pattern(pattern) for pattern in speaking(scenario)), *_classes())


def speaking(scenario: Scenario) -> tuple[Pattern, ...]:
    """The patterns left to speak that can be judged on a scenario alone, given its start and its months."""
    return tuple(pattern for pattern in load_patterns() if pattern.role == SPEAKS and _fits(pattern, scenario))


def _fits(pattern: Pattern, scenario: Scenario) -> bool:
    """Whether a pattern is about this scenario, by itself, and about years that it has."""
    return pattern.applies(scenario.name) and not pattern.against and not evaluation.unfit(pattern, scenario.start, scenario.months)


def _of_pattern(pattern: Pattern) -> Conclusion:
    return Conclusion(pattern.name, pattern.says, pattern.claims, pattern.expect, partial(evaluation.holds, pattern))


def _classes() -> tuple[Conclusion, ...]:
    """Each class of outcome between the partners and of territory."""
    meanings = {"outcome": OUTCOME_MEANINGS, "territory": TERRITORY_MEANINGS}
    return tuple(
        Conclusion(name, f"class of {kind}: {meanings[kind][name]}", (), None, partial(_is_class, kind, CLASSES[kind].index(name)))
        for kind in meanings
        for name in CLASSES[kind]
    )


def _is_class(kind: str, index: int, sample: Sample) -> Array:
    """Which worlds are of a class at the horizon."""
    return np.asarray(sample.classed(kind) == index)
