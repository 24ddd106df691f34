"""Sums over the worlds of two scenarios, under each condition: all worlds, or those in which the government survives in both."""

import numpy as np
import pandas as pd

from sim.compare.comparison import ALL, CONDITIONS, SURVIVED
from sim.model.state.dimensions import Array, Row
from sim.statistics.exact_sums import Moments
from sim.statistics.mean_differences import MeanDifferences, PairSums, unpaired_differences
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
    """The same worlds of two scenarios."""

    def __init__(self, n_quantities: int) -> None:
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
        frame = _frame(condition, True, pairs.n, percentile_interval(self._resampled.means(condition)))
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
    """Two scenarios that have no random numbers in common: each has its own worlds."""

    def __init__(self, n_quantities: int) -> None:
        self.mine, self.other = Sample(n_quantities), Sample(n_quantities)

    def differences(self, condition: str) -> MeanDifferences:
        """Differences under a condition."""
        return unpaired_differences(self.mine.moments[condition], self.other.moments[condition])

    def frame(self, condition: str) -> pd.DataFrame:
        """Columns that resampling gives, a row per quantity; what only pairs can give is NaN."""
        interval = percentile_interval(self.mine.resampled.means(condition) - self.other.resampled.means(condition))
        n = self.differences(condition).n
        return _frame(condition, False, n, interval).assign(more=np.nan, fewer=np.nan, same=np.nan)


def _frame(condition: str, paired: bool, n: int, interval: tuple[Row, Row]) -> pd.DataFrame:
    """One world alone has no interval."""
    low, high = interval if n > 1 else (np.full(len(interval[0]), np.nan),) * 2
    return pd.DataFrame({"low": low, "high": high}).assign(given=condition, paired=paired, worlds=n)
