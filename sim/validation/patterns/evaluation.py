"""Judging: in which worlds a pattern holds, how that compares with what is expected, and with the rival that nothing changes.

A share has its 95 % interval after Wilson. Between two scenarios the same worlds are compared one by one: the share is taken among the
worlds that differ, and the mean difference has its own interval.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.experiment.storage.results import Span
from sim.model.observation.classification import HIGHER, LOWER
from sim.model.state.dimensions import Array
from sim.statistics.confidence_intervals import Z_95, wilson_interval
from sim.validation.patterns.conditions import Differs, Worlds
from sim.validation.patterns.null_model import frozen
from sim.validation.patterns.pattern_file import EVERYWHERE, Expected, Pattern
from sim.validation.patterns.sample import Sample

Parts = Mapping[Span, Sample]  # the worlds of a scenario, by first world and number of worlds
COLUMNS = (
    *("pattern", "role", "claims", "scenario", "against", "worlds", "share", "low", "high", "rival", "lower", "higher"),
    *("expected_low", "expected_high", "difference", "difference_low", "difference_high", "differ", "verdict"),
)

HANGS, CLOSE, LUCK = "hangs on the threshold", "too close to tell", "no difference beyond luck"
VERDICTS = {
    "speaks": ("as the report expects", "not as the report expects"),
    "setting": ("as it was set", "not as it was set"),
}


class Share(NamedTuple):
    """A share of `n` worlds with its 95 % interval."""

    share: float
    low: float
    high: float
    n: int


class Unjudged(NamedTuple):
    """A pattern that cannot be judged on a scenario, and why."""

    pattern: Pattern
    scenario: str
    why: str


def holds(pattern: Pattern, sample: Sample, against: Sample | None = None, factor: float = 1.0) -> Array:
    """In which worlds a pattern holds, boolean (n,), with every threshold times `factor` (of classes: 0.75, 1 or 1.25).

    `against` are the same worlds of the scenario that it compares with. Raises ValueError where they, or some months, are missing.
    """
    return pattern.condition.holds(Worlds(sample, against), factor)


def unfit(pattern: Pattern, start: str, months: int, against: tuple[str, int] | None = None) -> str:
    """Why a pattern cannot be judged on worlds of a start and so many months (`against` the same of the other scenario), or nothing."""
    if pattern.start != start:
        return f"it is meant for the start of {pattern.start}, not of {start}"
    if pattern.against and against is None:
        return f"there is no scenario '{pattern.against}' to compare with"
    if against is not None and against != (start, months):
        return f"'{pattern.against}' does not cover the same months"
    needed = max((term.months for term in pattern.condition.terms()), default=1)
    return f"it needs {needed} months, and there are {months}" if needed > months else ""


def wilson(happened: int, n: int) -> Share:
    """A share and its 95 % interval (Wilson 1927); NaN without any worlds."""
    if n == 0:
        return Share(np.nan, np.nan, np.nan, 0)
    return Share(happened / n, *wilson_interval(happened / n, n), n)


def judge(patterns: Sequence[Pattern], samples: Mapping[str, Parts]) -> pd.DataFrame:
    """A row for each pattern and each scenario that it is judged on, in the order of the patterns; the columns are COLUMNS.

    `rival` is the share if nothing changed after the start (between two scenarios 0: there would be no difference), `lower` and
    `higher` the share with thresholds a quarter lower and higher. For a difference between two scenarios the shares are those among
    the worlds that differ, `differ` is the share that do, and `difference` the mean over all worlds. What cannot be judged is left out.
    """
    return judged(patterns, samples)[0]


def judged(patterns: Sequence[Pattern], samples: Mapping[str, Parts]) -> tuple[pd.DataFrame, list[Unjudged]]:
    """As `judge`, and what cannot be judged.

    Worlds are gone through range by range, and within a range scenario by scenario, so parts may be read as they are asked for.
    """
    tallies: list[tuple[int, Tally]] = []
    out = [Unjudged(p, name, "it is not in these results") for p in patterns for name in p.scenarios if name not in (EVERYWHERE, *samples)]
    for name, parts in samples.items():
        for place, pattern in enumerate(patterns):
            if pattern.applies(name) and pattern.against != name:
                if why := _unfit(pattern, parts, samples.get(pattern.against)):
                    out.append(Unjudged(pattern, name, why))
                else:
                    tallies.append((place, Tally(pattern, name)))
    for span in sorted({span for parts in samples.values() for span in parts}):
        for name in samples:
            _add(span, samples, name, [tally for _, tally in tallies if tally.scenario == name])
    rows = [tally.row() for _, tally in sorted(tallies, key=lambda one: one[0])]
    return pd.DataFrame(rows, columns=list(COLUMNS)), out


def _unfit(pattern: Pattern, parts: Parts, against: Parts | None) -> str:
    """Why a pattern cannot be judged on a scenario, or nothing."""
    sample = parts[next(iter(parts))]
    if not pattern.against or against is None:
        return unfit(pattern, sample.start, sample.months)
    other = against[next(iter(against))]
    no_pair = "" if set(parts) & set(against) else f"'{pattern.against}' has none of its worlds"
    return unfit(pattern, sample.start, sample.months, (other.start, other.months)) or no_pair


def _add(span: Span, samples: Mapping[str, Parts], name: str, tallies: Sequence["Tally"]) -> None:
    """Add a range of worlds of one scenario to its tallies; between two scenarios, if both have the range."""
    if span not in samples[name]:
        return
    sample = samples[name][span]
    still = frozen(sample)
    for tally in tallies:
        other = samples.get(tally.pattern.against)
        if other is None or span in other:
            tally.add(sample, still, other[span] if other is not None else None)


class Tally:
    """In how many worlds of a scenario a pattern holds, worlds added part by part."""

    def __init__(self, pattern: Pattern, scenario: str) -> None:
        self.pattern, self.scenario = pattern, scenario
        self.worlds = self.rival = 0
        self.held = dict.fromkeys((1.0, LOWER, HIGHER), 0)
        self.differences: list[Array] = []

    def add(self, sample: Sample, still: Sample, against: Sample | None) -> None:
        """Count some worlds (`still`: if nothing changed in them), and keep their differences where that is what the pattern asks."""
        worlds, condition = Worlds(sample, against), self.pattern.condition
        self.worlds += worlds.n
        for factor in self.held:
            self.held[factor] += int(condition.holds(worlds, factor).sum())
        if isinstance(condition, Differs):
            self.differences.append(condition.way * condition.difference(worlds))
        else:
            self.rival += int(condition.holds(Worlds(still, frozen(against) if against else None), 1.0).sum())

    def row(self) -> dict[str, Any]:
        """The row of the table."""
        return self._pair(self.pattern.condition) if isinstance(self.pattern.condition, Differs) else self._alone()

    def _shares(self, of: int) -> tuple[Share, Share, Share]:
        own, lower, higher = (wilson(held, of) for held in self.held.values())
        return own, lower, higher

    def _alone(self) -> dict[str, Any]:
        """Of a pattern whose conditions hold or fail in each world."""
        own, lower, higher = self._shares(self.worlds)
        found = {"rival": self.rival / self.worlds, "lower": lower.share, "higher": higher.share}
        return _head(self.pattern, self.scenario, own) | found | {"verdict": verdict(self.pattern, own, lower, higher)}

    def _pair(self, condition: Differs) -> dict[str, Any]:
        """Of a difference between two scenarios."""
        difference = np.concatenate(self.differences)
        n, differ = len(difference), int((difference != 0.0).sum())
        own, lower, higher = self._shares(differ)
        mean, half = float(difference.mean()), Z_95 * float(difference.std(ddof=1)) / np.sqrt(n) if n > 1 else np.nan
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
        told = mean - half > 0.0 or mean + half < 0.0
        called = verdict(self.pattern, own, lower, higher, right=mean > 0.0) if told else LUCK
        return _head(self.pattern, self.scenario, own) | found | {"worlds": n, "verdict": called}


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
    """In plain words, whether a share is as expected; `right` is False where the mean goes the other way."""
    expect: Expected = pattern.expect
    fits = right and own.share in expect
    moved = [right and one.share in expect for one in (lower, higher)]
    if any(one != fits for one in moved):
        return HANGS
    if any(own.low < end < own.high for end in expect):
        return CLOSE
    return VERDICTS[pattern.role][0 if fits else 1]
