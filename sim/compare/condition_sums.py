"""Sums over the worlds of two scenarios, under each condition: all worlds, or those in which the government survives in both."""

import numpy as np
import pandas as pd

from sim.compare.comparison import ALL, CONDITIONS, SURVIVED
from sim.model.state.dimensions import Array, Row
from sim.statistics.exact_sums import Moments
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.pair_sums import PairSums, unpaired_differences
from sim.statistics.poisson_bootstrap import ResampledSums, percentile_interval


class _Resampled:
    """Resampled sums by condition; those over survivors are the sums over all worlds without the fallen, who are fewer."""

    def __init__(self, n_quantities: int) -> None:
        self._all, self._fallen = ResampledSums(n_quantities), ResampledSums(n_quantities)

    def add(self, numbers: Array, survived: Row, counts: Array) -> None:
        self._all.add(numbers, counts)
        if not survived.all():
            self._fallen.add(numbers[:, ~survived], counts[:, ~survived])

    def means(self, condition: str) -> Array:
        return (self._all if condition == ALL else self._all.without(self._fallen)).means()


class PairedSums:
    """The same worlds of two scenarios. `scales`: the length of each quantity's scale, NaN for none (see MeanDifferences.margins)."""

    def __init__(self, n_quantities: int, scales: Row | None = None) -> None:
        self._scales = scales
        self._pairs = {condition: PairSums(n_quantities) for condition in CONDITIONS}
        self._resampled = _Resampled(n_quantities)

    def add(self, mine: Array, other: Array, survived: Row, counts: Array) -> None:
        """The same worlds of both, in fixed point, (quantities, worlds); `survived`: where the government survives in both."""
        self._pairs[ALL].add(mine, other)
        self._pairs[SURVIVED].add(mine[:, survived], other[:, survived])
        self._resampled.add(mine - other, survived, counts)

    def differences(self, condition: str) -> MeanDifferences:
        """Differences under a condition."""
        return self._pairs[condition].differences()

    def frame(self, condition: str) -> pd.DataFrame:
        """Columns that only pairs of worlds and resampling give, a row per quantity."""
        pairs = self._pairs[condition]
        n, more, fewer = max(pairs.n, 1), pairs.n_more, pairs.n_fewer
        frame = _frame(condition, pairs.differences(), percentile_interval(self._resampled.means(condition)), self._scales)
        return frame.assign(more=more / n, fewer=fewer / n, same=(pairs.n - more - fewer) / n)


class Sample:
    """The worlds of one scenario."""

    def __init__(self, n_quantities: int) -> None:
        self.moments = {condition: Moments(n_quantities) for condition in CONDITIONS}
        self.resampled = _Resampled(n_quantities)

    def add(self, numbers: Array, survived: Row, counts: Array) -> None:
        """Further worlds, in fixed point, (quantities, worlds)."""
        self.moments[ALL].add(numbers)
        self.moments[SURVIVED].add(numbers[:, survived])
        self.resampled.add(numbers, survived, counts)


class SampleSums:
    """Two scenarios that have no world in common: each has its own. `scales` as in PairedSums."""

    def __init__(self, n_quantities: int, scales: Row | None = None) -> None:
        self._scales = scales
        self.mine, self.other = Sample(n_quantities), Sample(n_quantities)

    def differences(self, condition: str) -> MeanDifferences:
        """Differences under a condition."""
        return unpaired_differences(self.mine.moments[condition], self.other.moments[condition])

    def frame(self, condition: str) -> pd.DataFrame:
        """Columns that resampling gives, a row per quantity; what only pairs can give is NaN."""
        interval = percentile_interval(self.mine.resampled.means(condition) - self.other.resampled.means(condition))
        return _frame(condition, self.differences(condition), interval, self._scales).assign(more=np.nan, fewer=np.nan, same=np.nan)


def _frame(condition: str, numbers: MeanDifferences, interval: tuple[Row, Row], scales: Row | None) -> pd.DataFrame:
    """The interval is that of resampling, or an exact or bounded one where worlds are too few or too much alike; none of one world alone.

    Without `scales` (through time) worlds that are all alike are left so: until something differs, all worlds are the same by design.
    """
    low, high = interval if numbers.n > 1 else (np.full(len(interval[0]), np.nan),) * 2
    if scales is None:
        other, half = ~numbers.suffices, numbers.half_width
        margins = half, half
    else:
        other, margins = numbers.uses_exact, numbers.margins(scales)
    low, high = np.where(other, numbers.difference - margins[0], low), np.where(other, numbers.difference + margins[1], high)
    return pd.DataFrame({"low": low, "high": high}).assign(given=condition, paired=numbers.paired, worlds=numbers.n)
