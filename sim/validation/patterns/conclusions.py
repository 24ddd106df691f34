"""Conclusions: what is held out of the fitting of a scenario, evaluated in every world; patterns, and classes of outcome and territory."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.model.observation.measure_catalogue import OUTCOME_MEANINGS, TERRITORY_MEANINGS
from sim.model.state.dimensions import Array
from sim.scenario import Scenario
from sim.validation.patterns import evaluation
from sim.validation.patterns.pattern_file import HELD_OUT, Expected, Pattern, load_patterns
from sim.validation.patterns.sample import CLASSES, Sample


@dataclass(frozen=True)
class Conclusion:
    """Something that holds or fails in each world. `expect` is the share of worlds that the report leads one to expect, if it does."""

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
    """Every held-out pattern that can be evaluated on the scenario alone, then the classes."""
    patterns = [Conclusion(p.name, p.says, p.claims, p.expect, partial(evaluation.holds, p)) for p in held_out(scenario)]
    return (*patterns, *_classes())


def held_out(scenario: Scenario) -> tuple[Pattern, ...]:
    """The held-out patterns that can be evaluated on a scenario alone, given its start and its months."""
    return tuple(pattern for pattern in load_patterns() if pattern.role == HELD_OUT and _fits(pattern, scenario))


def _fits(pattern: Pattern, scenario: Scenario) -> bool:
    """Whether a pattern is about this scenario by itself, and about years that it has."""
    return pattern.applies(scenario.name) and not pattern.against and not evaluation.why_not(pattern, scenario.start, scenario.months)


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
