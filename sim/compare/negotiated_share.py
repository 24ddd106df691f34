"""The negotiated share: how much of a scenario's delimitation comes of talks, from the same worlds in which the partners never talk.

A class such as `delimited by agreement` is a function of one world. How much talks bring is not: it is the difference between a world and
the same world without talks, a quantity of its own, over the worlds in which the government stands in both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.compare.quantities import FELL, Quantity
from sim.compare.scenario_inputs import input_paths
from sim.compare.world_values import read_horizon, read_start
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.common_worlds import CommonRange, common_ranges
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.experiment.storage.results import Span
from sim.model.state.dimensions import Array, BoolRow
from sim.scenario import Scenario
from sim.statistics.exact_sums import Moments, fixed_point
from sim.statistics.pair_sums import PairSums
from sim.statistics.poisson_bootstrap import ResampledSums, percentile_interval, resample_counts
from sim.statistics.small_samples import LEAST_PAIRS

DELIMITATION = Quantity("index", "delimitation", COUNTRY)
TALKS = ("bargain.talks", "bargain.readiness")  # where both are zero, nothing is ever agreed
_SECTION = "bargain."
_WITHOUT_A_WORD = ("bargain.anticipation", "bargain.foothold")  # these two act where nobody talks as well
_SCALE = 1.0  # the length of the scale of delimitation
_LEAST_RISE = 0.01  # of delimitation since the start: below it, no part of it is given


class Side(NamedTuple):
    """A scenario with its chunks; worlds of the same number are paired where `luck` (seed, draws) is the same."""

    name: str
    scenario: Scenario
    files: Mapping[Span, ChunkFile]
    luck: object = None


@dataclass(frozen=True)
class NegotiatedShare:
    """Delimitation of a scenario and, in the same worlds, of a `silent` one, in which the partners never talk.

    `by_talks`: whether talks are all in which the two differ; only then does the difference come of talks alone. `never_talks`: whether the
    scenario has no talks either, so that what it delimits more sorted itself in another way. `mean`, `silent_mean`:
    of delimitation; `difference`: of the two, with its 95 % interval (bootstrap over worlds); `rise`: of the scenario's delimitation since
    the start. `part`: the difference as a part of that rise, with its interval; NaN where delimitation hardly rises, where other things
    than talks differ, and over fewer than LEAST_PAIRS worlds.
    """

    scenario: str
    silent: str
    by_talks: bool
    never_talks: bool
    worlds: int
    mean: float
    silent_mean: float
    difference: float
    low: float
    high: float
    rise: float
    part: float
    part_low: float
    part_high: float


def negotiated_shares(sides: Sequence[Side]) -> list[NegotiatedShare]:
    """Every scenario that has a silent one to be compared with, in order. Raises DamagedChunk where a chunk cannot be read."""
    pairs = [(side, *found) for side in sides if (found := _silent_side(side, sides))]
    sums = [_Sums() for _ in pairs]
    last_read = {side.name: lru_cache(maxsize=1)(partial(_read_range, side)) for mine, silent, _ in pairs for side in (mine, silent)}
    drawn = lru_cache(maxsize=1)(lambda span: resample_counts(*span))
    for common, i in _in_order(pairs):
        (mine, silent, _), counts = pairs[i], drawn(common.span)
        (own, fell), (other, others_fell) = last_read[mine.name](common.mine), last_read[silent.name](common.other)
        own, other = own[:, common.in_mine], other[:, common.in_other]
        both = ~fell[common.in_mine] & ~others_fell[common.in_other]
        sums[i].add(own[:, both], other[:, both], counts[:, both])
    return [part.result(mine, silent.name, alone) for (mine, silent, alone), part in zip(pairs, sums, strict=True) if part.n]


def _in_order(pairs: Sequence[tuple[Side, Side, bool]]) -> list[tuple[CommonRange, int]]:
    """The worlds that each pair (by its place) has in common, in the order of their numbers, so that each chunk is read once."""
    return sorted((common, i) for i, (mine, silent, _) in enumerate(pairs) for common in common_ranges(mine.files, silent.files))


def _read_range(side: Side, span: Span) -> tuple[Array, BoolRow]:
    return _read(side.files[span])


def frame(shares: Iterable[NegotiatedShare]) -> pd.DataFrame:
    """The same as a tidy table, a row per scenario."""
    return pd.DataFrame([vars(share) for share in shares], columns=list(NegotiatedShare.__dataclass_fields__))


def is_silent(scenario: Scenario) -> bool:
    """Whether the partners never talk: both chances are zero in every world and in every month."""
    changed = {path for event in scenario.events for path, _ in event.changes}
    settings = [scenario.settings[path] for path in TALKS if path in scenario.settings]
    return len(settings) == len(TALKS) and not any(s.varies or s.central() or s.path in changed for s in settings)


def differ_by_talks_alone(scenario: Scenario, silent: Scenario) -> bool:
    """Whether a scenario differs from a silent one in nothing but talks, and in what acts through them alone."""
    return all(path.startswith(_SECTION) and path not in _WITHOUT_A_WORD for path in input_paths(scenario, silent))


def _silent_side(side: Side, sides: Sequence[Side]) -> tuple[Side, bool] | None:
    """The silent scenario to compare a side with: one that differs by talks alone, else that of its baseline; and which of the two."""
    months = side.scenario.start, side.scenario.months
    known = [s for s in sides if s is not side and s.luck == side.luck and (s.scenario.start, s.scenario.months) == months]
    silent = [s for s in known if is_silent(s.scenario)]
    if not is_silent(side.scenario):
        for other in silent:
            if differ_by_talks_alone(side.scenario, other.scenario):
                return other, True
    for baseline in known:
        if baseline.scenario.name == side.scenario.root:
            return next(((s, False) for s in silent if differ_by_talks_alone(baseline.scenario, s.scenario)), None)
    return None


def _read(file: ChunkFile) -> tuple[Array, BoolRow]:
    """Delimitation at the horizon and at the start, in fixed point, (2, worlds), and which governments fell. Raises DamagedChunk."""
    horizon, fell = read_horizon(file, [DELIMITATION, FELL])
    return fixed_point(np.concatenate([horizon[np.newaxis], read_start(file, [DELIMITATION.name])])), fell > 0.0


class _Sums:
    """Sums over the worlds of a scenario and the same worlds of its silent one."""

    def __init__(self) -> None:
        self._moments, self._resampled, self._pairs = Moments(4), ResampledSums(4), PairSums(1)

    @property
    def n(self) -> int:
        """How many pairs of worlds there are."""
        return self._moments.n

    def add(self, mine: Array, silent: Array, counts: Array) -> None:
        """Further worlds: delimitation of both, at the horizon and at the start, in fixed point, (2, worlds)."""
        numbers = np.stack([mine[0], silent[0], mine[0] - silent[0], mine[0] - mine[1]])
        self._moments.add(numbers)
        self._pairs.add(mine[:1], silent[:1])
        self._resampled.add(numbers, counts)

    def result(self, side: Side, silent: str, by_talks: bool) -> NegotiatedShare:
        """The share, from the sums."""
        mean, silent_mean, difference, rise = map(float, self._moments.mean())
        resampled = self._resampled.means()
        lows, highs = percentile_interval(resampled)
        low, high = self._interval(float(lows[2]), float(highs[2]))
        part = (np.nan, np.nan, np.nan)
        if by_talks and rise >= _LEAST_RISE and lows[3] > 0.0 and self.n >= LEAST_PAIRS:
            ends = percentile_interval(resampled[:, 2:3] / resampled[:, 3:4])
            part = (difference / rise, float(ends[0][0]), float(ends[1][0]))
        names = side.name, silent, by_talks, is_silent(side.scenario)
        return NegotiatedShare(*names, self.n, mean, silent_mean, difference, low, high, rise, *part)

    def _interval(self, low: float, high: float) -> tuple[float, float]:
        """The resampled interval, or a bounded one where worlds are few or all differ alike; NaN for one world alone."""
        numbers = self._pairs.differences()
        below, above = numbers.margins(np.array([_SCALE]))
        middle = float(numbers.difference[0])
        return (middle - float(below[0]), middle + float(above[0])) if numbers.uses_exact[0] else (low, high)
