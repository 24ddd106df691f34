"""Evaluation: in which worlds a pattern holds, compared with what is expected and with the null model in which nothing changes.

A share has its 95 % interval after Wilson. Two scenarios are compared world by world: the share is taken among the worlds that differ,
and the mean difference has its own interval; over fewer than LEAST_PAIRS worlds nothing is said of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.experiment.storage.common_worlds import common_ranges, count_common
from sim.experiment.storage.results import Span
from sim.model.observation.classification import HIGHER, LOWER
from sim.model.state.dimensions import Array
from sim.statistics.confidence_intervals import Z_95, wilson_interval
from sim.statistics.significance import LEVEL
from sim.statistics.small_samples import LEAST_PAIRS, least_p
from sim.validation.patterns.conditions import Differs, Worlds
from sim.validation.patterns.null_model import unchanged
from sim.validation.patterns.pattern_file import EVERYWHERE, FITTED, HELD_OUT, Pattern
from sim.validation.patterns.sample import Sample

Parts = Mapping[Span, Sample]  # the worlds of a scenario, by first world and number of worlds
COLUMNS = (
    *("pattern", "role", "claims", "scenario", "against", "worlds", "share", "low", "high", "rival", "lower", "higher"),
    *("expected_low", "expected_high", "difference", "difference_low", "difference_high", "differ", "verdict"),
)
THRESHOLD_SENSITIVE, TOO_CLOSE, NO_DIFFERENCE = "threshold-sensitive", "too close to call", "no significant difference"
TOO_FEW_WORLDS = "too few worlds"  # to call a difference between two scenarios significant, or to say that there is none
VERDICTS = {
    HELD_OUT: ("as the report expects", "not as the report expects"),
    FITTED: ("as fitted", "not as fitted"),
}


class Share(NamedTuple):
    """A share of `n` worlds with its 95 % interval."""

    share: float
    low: float
    high: float
    n: int


class SkippedPattern(NamedTuple):
    """A pattern that cannot be evaluated on a scenario, and why."""

    pattern: Pattern
    scenario: str
    why: str


def holds(pattern: Pattern, sample: Sample, against: Sample | None = None, factor: float = 1.0) -> Array:
    """In which worlds a pattern holds, boolean (n,), with every threshold times `factor` (of classes: 0.75, 1 or 1.25).

    `against` are the same worlds of the scenario that it compares with. Raises ValueError where they, or some months, are missing.
    """
    return pattern.condition.holds(Worlds(sample, against), factor)


def why_not(pattern: Pattern, start: str, months: int, against: tuple[str, int] | None = None) -> str:
    """Why a pattern cannot be evaluated on a start and so many months (`against`: the same of the other scenario), or nothing."""
    if pattern.start != start:
        return f"it is meant for the start of {pattern.start}, not of {start}"
    if pattern.against and against is None:
        return f"there is no scenario '{pattern.against}' to compare with"
    if against is not None and against != (start, months):
        return f"'{pattern.against}' does not cover the same months"
    needed = max((term.months for term in pattern.condition.terms()), default=1)
    return f"it needs {needed} months, and there are {months}" if needed > months else ""


def share_of(n_true: int, n: int) -> Share:
    """A share and its 95 % interval (Wilson 1927); NaN without any worlds."""
    return Share(n_true / n, *wilson_interval(n_true / n, n), n) if n else Share(np.nan, np.nan, np.nan, 0)


def evaluate(patterns: Sequence[Pattern], samples: Mapping[str, Parts]) -> tuple[pd.DataFrame, list[SkippedPattern]]:
    """A row (COLUMNS) for each pattern and scenario that it applies to, in the order of the patterns; and what cannot be evaluated.

    `rival` is the share under the null model that nothing changes after the start (0 between two scenarios), `lower` and `higher` the
    share with thresholds a quarter lower and higher. For a difference between two scenarios the shares are those among the worlds that
    differ, `differ` is the share that do, and `difference` the mean over all worlds. Worlds are gone through range by range, and within
    a range scenario by scenario, so parts may be read only when needed.
    """
    counters: list[tuple[int, ShareCounter]] = []
    known = (EVERYWHERE, *samples)
    skipped = [SkippedPattern(p, name, "it is not in these results") for p in patterns for name in p.scenarios if name not in known]
    for name, parts in samples.items():
        for position, pattern in enumerate(patterns):
            if pattern.applies(name) and pattern.against != name:
                if why := _why_not(pattern, parts, samples.get(pattern.against)):
                    skipped.append(SkippedPattern(pattern, name, why))
                else:
                    counters.append((position, ShareCounter(pattern, name)))
    for span in sorted({span for parts in samples.values() for span in parts}):
        for name in samples:
            _add(span, samples, name, [counter for _, counter in counters if counter.scenario == name])
    rows = [counter.row() for _, counter in sorted(counters, key=lambda pair: pair[0])]
    return pd.DataFrame(rows, columns=list(COLUMNS)), skipped


def _why_not(pattern: Pattern, parts: Parts, against: Parts | None) -> str:
    """Why a pattern cannot be evaluated on the worlds of a scenario, or nothing."""
    sample = parts[next(iter(parts))]
    if not pattern.against or against is None:
        return why_not(pattern, sample.start, sample.months)
    other = against[next(iter(against))]
    no_pair = "" if count_common(parts, against) else f"'{pattern.against}' has none of its worlds"
    return why_not(pattern, sample.start, sample.months, (other.start, other.months)) or no_pair


def _add(span: Span, samples: Mapping[str, Parts], name: str, counters: Sequence["ShareCounter"]) -> None:
    """Add a range of worlds of one scenario to its counters; between two scenarios, those of its worlds that both have."""
    if span not in samples[name]:
        return
    sample = samples[name][span]
    null = unchanged(sample)
    for counter in counters:
        other = samples.get(counter.pattern.against)
        if other is None:
            counter.add(sample, null, None)
            continue
        for common in common_ranges([span], other):
            counter.add(sample.some(common.in_mine), null.some(common.in_mine), other[common.other].some(common.in_other))


class ShareCounter:
    """In how many worlds of a scenario a pattern holds; worlds are added part by part."""

    def __init__(self, pattern: Pattern, scenario: str) -> None:
        self.pattern, self.scenario = pattern, scenario
        self.worlds = self.in_null_model = 0
        self.held = dict.fromkeys((1.0, LOWER, HIGHER), 0)
        self.differences: list[Array] = []

    def add(self, sample: Sample, null: Sample, against: Sample | None) -> None:
        """Count some worlds (`null`: the same if nothing changed), and keep their differences where the pattern asks for these."""
        worlds, condition = Worlds(sample, against), self.pattern.condition
        self.worlds += worlds.n
        for factor in self.held:
            self.held[factor] += int(condition.holds(worlds, factor).sum())
        if isinstance(condition, Differs):
            self.differences.append(condition.way * condition.difference(worlds))
        else:
            self.in_null_model += int(condition.holds(Worlds(null, unchanged(against) if against else None), 1.0).sum())

    def row(self) -> dict[str, Any]:
        """The row of the table."""
        return self._pair(self.pattern.condition) if isinstance(self.pattern.condition, Differs) else self._single()

    def _shares(self, n: int) -> tuple[Share, Share, Share]:
        own, lower, higher = (share_of(held, n) for held in self.held.values())
        return own, lower, higher

    def _single(self) -> dict[str, Any]:
        """The row of a pattern whose conditions hold or fail in each world."""
        own, lower, higher = self._shares(self.worlds)
        found = {"rival": self.in_null_model / self.worlds, "lower": lower.share, "higher": higher.share}
        return _head(self.pattern, self.scenario, own) | found | {"verdict": verdict(self.pattern, own, lower, higher)}

    def _pair(self, condition: Differs) -> dict[str, Any]:
        """The row of a difference between two scenarios."""
        difference = np.concatenate(self.differences)
        n, differ = len(difference), int((difference != 0.0).sum())
        own, lower, higher = self._shares(differ)
        quantile = Z_95 if n >= LEAST_PAIRS else float(stdtrit(max(n - 1, 1), 0.975))
        mean, half = float(difference.mean()), quantile * float(difference.std(ddof=1)) / np.sqrt(n) if n > 1 else np.nan
        ends = sorted((condition.way * (mean - half), condition.way * (mean + half)))
        found = {
            "rival": 0.0,
            "lower": lower.share,
            "higher": higher.share,
            "difference": condition.way * mean,
            "difference_low": ends[0],
            "difference_high": ends[1],
            "differ": differ / n,
        }
        significant = (mean - half > 0.0 or mean + half < 0.0) and float(least_p(np.array(differ))) < LEVEL
        text = verdict(self.pattern, own, lower, higher, right=mean > 0.0) if significant else NO_DIFFERENCE
        text = TOO_FEW_WORLDS if n < LEAST_PAIRS else text
        return _head(self.pattern, self.scenario, own) | found | {"worlds": n, "verdict": text}


def _head(pattern: Pattern, scenario: str, own: Share) -> dict[str, Any]:
    return {
        "pattern": pattern.name,
        "role": pattern.role,
        "claims": " ".join(pattern.claims),
        "scenario": scenario,
        "against": pattern.against,
        "worlds": own.n,
        "share": own.share,
        "low": own.low,
        "high": own.high,
        "expected_low": pattern.expect.low,
        "expected_high": pattern.expect.high,
    }


def verdict(pattern: Pattern, own: Share, lower: Share, higher: Share, right: bool = True) -> str:
    """Whether a share is as expected, in words; `right` is False where the mean difference has the opposite sign."""
    fits = right and own.share in pattern.expect
    if any((right and moved.share in pattern.expect) != fits for moved in (lower, higher)):
        return THRESHOLD_SENSITIVE
    if any(own.low < end < own.high for end in pattern.expect):
        return TOO_CLOSE
    return VERDICTS[pattern.role][0 if fits else 1]
