"""Series through time in fixed bins, so that chunks of worlds merge as whole numbers and no world's series is ever held.

Every measure has bins whose centres run from its `low` to its `high`; the end bins also hold whatever lies beyond. Counts have a
bin for every whole number. A quantile is the centre of the bin in which it falls, off by at most half a bin; a mean comes
from sums in fixed point (2**-20) and is exact to that. Both are sums of whole numbers: no order of chunks can change them.

Worlds whose government has fallen are never pooled with those in which it stands: bins, means and quantiles of a month are over the worlds
that stand in it, and of the fallen ones sums are kept apart. Only `collapsed`, which says how many have fallen, is over all worlds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE, Measure
from sim.model.state.dimensions import Array

QUANTILES = (("p05", 5), ("p25", 25), ("p50", 50), ("p75", 75), ("p95", 95))  # in percent
FIXED_POINT = 2.0**20
FALLEN_MEASURE = "collapsed"  # the measure of the whole country by which a world has fallen (1) or stands (0)
CACHED = 2**15  # numbers of as many series as are worked on together, so that they stay in the processor's cache
EXACT = 2.0**53  # whole numbers below this are exact in float64, so adding them in any order gives the same sum


class MonthlyMeasures(Protocol):
    """What a model shows of one month: measures by name, (provinces, worlds) and (worlds,)."""

    province: dict[str, Array]
    whole: dict[str, Array]


class NotFinite(ValueError):
    """A measure that is no number, or is absurdly large: a fault of a rule, never of a scenario."""


@dataclass(frozen=True)
class Scale:
    """The bins of one measure: `n` bins, the centre of bin i is `low + i * step`."""

    low: float
    step: float
    n: int
    whole: bool = False

    @property
    def half_width(self) -> float:
        """How far a quantile can be off within the bins; 0 for whole numbers."""
        return 0.0 if self.whole else self.step / 2.0


def scale(measure: Measure) -> Scale:
    """The bins of a measure: whole numbers for counts, 101 bins for shares and indices, 201 for longer scales."""
    if measure.unit == "count":
        return Scale(measure.low, 1.0, round(measure.high - measure.low) + 1, whole=True)
    n = 101 if measure.high - measure.low <= 2.0 else 201
    return Scale(measure.low, (measure.high - measure.low) / (n - 1), n)


class Layout:
    """Where each series stands: every province measure in every province, then the measures of the whole."""

    def __init__(self, provinces: int) -> None:
        self.provinces = provinces
        scales = [s for m in PROVINCE for s in [scale(m)] * provinces] + [scale(m) for m in WHOLE]
        self.series = len(scales)
        self.fallen = len(PROVINCE) * provinces + [m.name for m in WHOLE].index(FALLEN_MEASURE)
        self.scales: Sequence[Scale] = scales
        sizes = np.array([s.n for s in scales])
        self.offsets = np.concatenate([[0], np.cumsum(sizes)])
        self.total = int(self.offsets[-1])
        self.low = np.array([[s.low] for s in scales])
        self.per_step = np.array([[1.0 / s.step] for s in scales])
        self.last = np.array([[s.n - 1.0] for s in scales])
        self.first_bin = self.offsets[:-1, None].astype(np.float64)


class Series:
    """Histograms and sums of all series, month by month, of at most `worlds` worlds.

    Whole numbers: `counts` (months, bins), of worlds that stand; `sums` (months, series), of all worlds; `fallen_sums`, of fallen ones;
    `standing` (months,), how many worlds stand.
    """

    def __init__(self, layout: Layout, months: int, worlds: int) -> None:
        self.layout, self.months, self.n_worlds = layout, months, 0
        dtype = np.uint16 if worlds < 2**16 else np.uint32  # a bin holds at most all worlds
        self.counts: Array = np.zeros((months, layout.total), dtype=dtype)
        self.sums = np.zeros((months, layout.series), dtype=np.int64)
        self.fallen_sums = np.zeros((months, layout.series), dtype=np.int64)
        self.standing = np.zeros(months, dtype=np.int64)

    def merge(self, part: "Series") -> None:
        """Add the worlds of a chunk of the same scenario."""
        self.counts += part.counts
        self.sums += part.sums
        self.fallen_sums += part.fallen_sums
        self.standing += part.standing
        self.n_worlds += part.n_worlds

    def worlds(self) -> Array:
        """How many worlds each mean and quantile is over, (months, series): those that stand, but all for how many have fallen."""
        n = np.repeat(self.standing[:, np.newaxis], self.layout.series, axis=1)
        n[:, self.layout.fallen] = self.n_worlds
        return n

    def means(self) -> Array:
        """Mean over those worlds, shape (months, series); NaN where there are none."""
        sums = self.sums - self.fallen_sums
        sums[:, self.layout.fallen] = self.sums[:, self.layout.fallen]
        return _mean(sums, self.worlds())

    def fallen_means(self) -> Array:
        """Mean over the worlds whose government has fallen, shape (months, series); NaN where there are none."""
        return _mean(self.fallen_sums, np.broadcast_to(self.n_worlds - self.standing[:, np.newaxis], self.fallen_sums.shape))

    def quantiles(self) -> Array:
        """The bin centres at QUANTILES, shape (5, months, series): the smallest with at least that share of worlds up to it.

        NaN where there are no worlds.
        """
        n = self.worlds()
        ranks = np.array([-(-percent * n // 100) for _, percent in QUANTILES])
        out = np.empty((len(QUANTILES), self.months, self.layout.series))
        for i, s in enumerate(self.layout.scales):
            below = np.cumsum(self.counts[:, self.layout.offsets[i] : self.layout.offsets[i + 1]], axis=1, dtype=np.int64)
            place = (below[None] < ranks[:, :, i, None]).sum(axis=2)
            out[:, :, i] = np.where(n[:, i] > 0, s.low + place * s.step, np.nan)
        return out


def _mean(sums: Array, n: Array) -> Array:
    """Sums in fixed point over numbers of worlds; NaN without any."""
    return np.divide(sums, FIXED_POINT * n, out=np.full(sums.shape, np.nan), where=n > 0)


class HistogramAccumulator:
    """Puts the months of one chunk of worlds into bins; its arrays are made once and used again every month."""

    def __init__(self, layout: Layout, months: int, worlds: int) -> None:
        self.series = Series(layout, months, worlds)
        self.series.n_worlds = worlds
        self._at_once = max(1, CACHED // worlds)
        self._values = np.empty((layout.series, worlds))
        self._work = np.empty((min(self._at_once, layout.series), worlds))
        self._place = np.empty((layout.series, worlds), dtype=np.intp)

    def add(self, month: int, seen: MonthlyMeasures) -> None:
        """Count one month of all series. Raises NotFinite for a measure that is not a usable number."""
        layout, place = self.series.layout, self._place
        whole = np.array([seen.whole[measure.name] for measure in WHOLE])
        np.concatenate([*(seen.province[measure.name] for measure in PROVINCE), whole], out=self._values)
        fallen = np.flatnonzero(seen.whole[FALLEN_MEASURE] > 0.0)
        for first in range(0, layout.series, self._at_once):
            self._add_some(month, slice(first, first + self._at_once), fallen)
        self.series.standing[month] = place.shape[1] - fallen.size
        if fallen.size:
            of_all = place[layout.fallen].copy()
            place[:, fallen] = layout.total  # beyond the last bin
            place[layout.fallen] = of_all
        self.series.counts[month] = np.bincount(place.ravel(), minlength=layout.total + 1)[: layout.total]

    def _add_some(self, month: int, rows: slice, fallen: Array) -> None:
        """Sums of some series, and the place of each number among all bins."""
        layout, values = self.series.layout, self._values[rows]
        work = self._work[: len(values)]
        np.multiply(values, FIXED_POINT, out=work)
        np.rint(work, out=work)
        sums = work.sum(axis=1)
        usable = np.abs(sums) < EXACT
        if not usable.all():
            raise NotFinite(f"{self._name(rows.start + int(np.argmin(usable)))} is not a usable number")
        self.series.sums[month, rows] = sums
        if fallen.size:
            self.series.fallen_sums[month, rows] = work[:, fallen].sum(axis=1)
        above = np.subtract(values, layout.low[rows], out=work) if layout.low[rows].any() else values
        np.multiply(above, layout.per_step[rows], out=work)
        np.rint(work, out=work)
        np.maximum(work, 0.0, out=work)
        np.minimum(work, layout.last[rows], out=work)
        np.add(work, layout.first_bin[rows], out=work)
        np.copyto(self._place[rows], work, casting="unsafe")

    def _name(self, series: int) -> str:
        n = self.series.layout.provinces
        if series < len(PROVINCE) * n:
            return f"{PROVINCE[series // n].name} of province {series % n}"
        return WHOLE[series - len(PROVINCE) * n].name
