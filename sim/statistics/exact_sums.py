"""Exact sums over worlds: in whole numbers, so that the order of chunks cannot change a bit of the result."""

from collections.abc import Sequence

import numpy as np

from sim.model.state.dimensions import Array

FIXED_POINT = 2.0**20
_LARGEST = 2.0**24  # a value beyond this is meaningless here, and would not fit
_STORED_BITS = 23  # of a stored number's fraction
_SPLIT = 20  # bits of the lower part of a number that is squared
_CACHED = 2**15  # numbers that are worked on together, so that they stay in the processor's cache
_EDGES = 1.02 ** np.arange(-465, 699)  # of bins on either side of zero: from 1e-4 to 1e6, each 2 % wide
QUANTILES = (0.05, 0.95)


def fixed_point(values: Array) -> Array:
    """Numbers in fixed point, int64. Raises ValueError for one that is not finite, or too large."""
    if not (np.abs(values) < _LARGEST).all():
        raise ValueError("a value is not a finite number, or is too large")
    return np.rint(values * FIXED_POINT).astype(np.int64)


def differs(mine: Array, other: Array) -> Array:
    """1 where a number in fixed point exceeds another, -1 where it falls short of it, 0 for a tie: where they differ by no more than
    numbers resolve, a step of fixed point (2^-20) or the last digit of a stored number (float32: 2^-23 of it).
    """
    difference, step = mine - other, 1 + (np.maximum(np.abs(mine), np.abs(other)) >> _STORED_BITS)
    return (difference > step).astype(np.int8) - (difference < -step).astype(np.int8)


class Moments:
    """Sum and sum of squares of some quantities over worlds."""

    def __init__(self, n_quantities: int) -> None:
        self.n = 0
        self._sum = np.zeros(n_quantities, dtype=object)
        self._squares = np.zeros(n_quantities, dtype=object)

    def add(self, numbers: Array) -> None:
        """Further worlds: numbers in fixed point, (quantities, worlds)."""
        at_once = max(1, _CACHED // max(1, numbers.shape[1]))
        for first in range(0, len(numbers), at_once):
            self._add_some(slice(first, first + at_once), numbers[first : first + at_once])
        self.n += numbers.shape[1]

    def _add_some(self, rows: slice, numbers: Array) -> None:
        high, low = numbers >> _SPLIT, numbers & (2**_SPLIT - 1)
        squares = (high * high).sum(axis=1).astype(object) << 2 * _SPLIT
        squares += (high * low).sum(axis=1).astype(object) << _SPLIT + 1
        self._sum[rows] += numbers.sum(axis=1).astype(object)
        self._squares[rows] += squares + (low * low).sum(axis=1).astype(object)

    def mean(self) -> Array:
        """Means; NaN without worlds."""
        return np.array([total / (FIXED_POINT * self.n) if self.n else np.nan for total in self._sum])

    def std(self) -> Array:
        """Standard deviations over worlds; NaN for fewer than two."""
        if self.n < 2:
            return np.full(len(self._sum), np.nan)
        sums = zip(self._sum, self._squares, strict=True)
        variances = [(self.n * squares - total * total) / (self.n * (self.n - 1)) for total, squares in sums]
        return np.sqrt(np.array(variances)) / FIXED_POINT

    def is_share(self) -> Array:
        """Which quantities are 0 or 1 in every world, so that their mean is a share of worlds, boolean."""
        return np.array([squares == total * int(FIXED_POINT) for total, squares in zip(self._sum, self._squares, strict=True)], dtype=bool)

    def standard_error(self) -> Array:
        """Standard errors of the means; NaN for fewer than two worlds."""
        return self.std() / np.sqrt(max(self.n, 1))


class BinnedCounts:
    """Worlds counted by value of some quantities, in fixed bins: zero alone, and bins 2 % wide on either side of it."""

    def __init__(self, n_quantities: int) -> None:
        self._bins = 2 * len(_EDGES) + 1
        self._counts = np.zeros((n_quantities, self._bins), dtype=np.int64)

    def add(self, values: Array) -> None:
        """Further worlds, (quantities, worlds)."""
        size = np.searchsorted(_EDGES, np.abs(values))
        places = len(_EDGES) + np.where(values < 0, -size, size)
        places = np.clip(places, 0, self._bins - 1) + self._bins * np.arange(len(values))[:, np.newaxis]
        self._counts += np.bincount(places.ravel(), minlength=self._counts.size).reshape(self._counts.shape)

    def quantiles(self, shares: Sequence[float] = QUANTILES) -> tuple[Array, Array]:
        """Quantiles (shares, quantities), and how inexact they can be: half the width of their bin; NaN without worlds."""
        below = self._counts.cumsum(axis=1)
        total = below[:, -1:]
        values, widths = _centres()
        places = np.stack([(below < np.ceil(share * total)).sum(axis=1) for share in shares])
        places = np.minimum(places, self._bins - 1)
        known = (total[:, 0] > 0)[np.newaxis]
        return np.where(known, values[places], np.nan), np.where(known, widths[places], np.nan)


def _centres() -> tuple[Array, Array]:
    """The middle of every bin, and half its width; the outermost bins also count what lies beyond them."""
    low, high = _EDGES, np.append(_EDGES[1:], _EDGES[-1])
    middle, width = (low + high) / 2.0, (high - low) / 2.0
    return np.concatenate([-middle[::-1], [0.0], middle]), np.concatenate([width[::-1], [_EDGES[0]], width])
