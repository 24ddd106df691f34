"""Judging: in which worlds a pattern holds, how that compares with what is expected, and with the rival that nothing changes.

A share has its 95 % interval after Wilson. Between two scenarios the same worlds are compared one by one: the share is taken among the
worlds that differ, and the mean difference has its own interval.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.evidence.patterns.conditions import Differs, Worlds
from sim.evidence.patterns.file import EVERYWHERE, Expected, Pattern
from sim.evidence.patterns.rival import frozen
from sim.evidence.patterns.sample import Sample
from sim.experiment.precision import half_width
from sim.processes.outcome import HIGHER, LOWER
from sim.world.axes import Array

Z = 1.96  # of a 95 % interval
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
    share, half = happened / n, half_width(happened / n, n)
    middle = (share + Z * Z / (2 * n)) / (1.0 + Z * Z / n)
    return Share(share, max(0.0, middle - half), min(1.0, middle + half), n)


def judge(patterns: Sequence[Pattern], samples: Mapping[str, Sample]) -> pd.DataFrame:
    """A row for each pattern and each scenario that it is judged on, in the order of the patterns; the columns are COLUMNS.

    `rival` is the share if nothing changed after the start (between two scenarios 0: there would be no difference), `lower` and
    `higher` the share with thresholds a quarter lower and higher. For a difference between two scenarios the shares are those among
    the worlds that differ, `differ` is the share that do, and `difference` the mean over all worlds. What cannot be judged is left out.
    """
    return judged(patterns, samples)[0]


def judged(patterns: Sequence[Pattern], samples: Mapping[str, Sample]) -> tuple[pd.DataFrame, list[Unjudged]]:
    """As `judge`, and what cannot be judged. Scenarios are gone through one by one, so a mapping may read them as they are asked for."""
    rows: list[tuple[int, dict[str, Any]]] = []
    out = [Unjudged(p, name, "it is not in these results") for p in patterns for name in p.scenarios if name not in (EVERYWHERE, *samples)]
    for name in samples:
        asked = [(place, p) for place, p in enumerate(patterns) if p.applies(name) and p.against != name]
        for (place, pattern), row in zip(asked, _on(samples, name, [p for _, p in asked]), strict=True):
            if isinstance(row, str):
                out.append(Unjudged(pattern, name, row))
            else:
                rows.append((place, row))
    rows.sort(key=lambda row: row[0])
    return pd.DataFrame([row for _, row in rows], columns=list(COLUMNS)), out


def _on(samples: Mapping[str, Sample], name: str, patterns: Sequence[Pattern]) -> Iterator[dict[str, Any] | str]:
    """A row for each pattern on one scenario, or why there is none."""
    still: Sample | None = None
    for pattern in patterns:
        sample, against = samples[name], samples.get(pattern.against) if pattern.against else None
        why = unfit(pattern, sample.start, sample.months, (against.start, against.months) if against else None)
        if why:
            yield why
            continue
        if isinstance(pattern.condition, Differs):
            yield _pair(pattern, pattern.condition, Worlds(sample, against))
            continue
        still = still or frozen(sample)
        yield _row(pattern, sample, against, still)


def _row(pattern: Pattern, sample: Sample, against: Sample | None, still: Sample) -> dict[str, Any]:
    """The row of a pattern whose conditions hold or fail in each world."""
    n = len(sample.worlds)
    own, lower, higher = (wilson(int(holds(pattern, sample, against, factor).sum()), n) for factor in (1.0, LOWER, HIGHER))
    rival = holds(pattern, still, frozen(against) if against else None).mean()
    found = {"rival": float(rival), "lower": lower.share, "higher": higher.share}
    return _head(pattern, sample, own) | found | {"verdict": verdict(pattern, own, lower, higher)}


def _pair(pattern: Pattern, condition: Differs, worlds: Worlds) -> dict[str, Any]:
    """The row of a difference between two scenarios."""
    difference = condition.way * condition.difference(worlds)
    n = len(difference)
    differ = int((difference != 0.0).sum())
    own, lower, higher = (wilson(int(condition.holds(worlds, factor).sum()), differ) for factor in (1.0, LOWER, HIGHER))
    mean, half = float(difference.mean()), Z * float(difference.std(ddof=1)) / np.sqrt(n) if n > 1 else np.nan
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
    called = verdict(pattern, own, lower, higher, right=mean > 0.0) if told else LUCK
    return _head(pattern, worlds.sample, own) | found | {"worlds": n, "verdict": called}


def _head(pattern: Pattern, sample: Sample, own: Share) -> dict[str, Any]:
    return {
        "pattern": pattern.name,
        "role": pattern.role,
        "claims": " ".join(pattern.claims),
        "scenario": sample.name,
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
