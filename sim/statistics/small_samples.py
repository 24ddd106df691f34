"""Exact tests and bounded intervals for what the methods for many worlds get wrong: few worlds, few that differ, none that does.

With two worlds that differ alike, or with a hundred in which nothing differs, the standard deviation is zero, and a t test or a normal
interval would be certain of everything. All here holds for any number of worlds.
"""

import numpy as np
from scipy.special import bdtr, gammaln

from sim.model.state.dimensions import Row
from sim.statistics.confidence_intervals import Z_95, wilson_intervals

# Nothing is called significant over fewer pairs of worlds. The t test takes means of differences for normal: of 30 differences as skewed
# as an exponential distribution, a 95 % interval misses in 7 to 8 % of cases, of 10 in 10 % (tests/statistics/test_coverage.py), and where
# hundreds of quantities are tested at once the tails count even more.
LEAST_PAIRS = 30
FEW_DIFFERING = 25  # worlds that differ in a yes or no: below, exact tests and intervals take the place of the normal ones (McNemar)
LEAST_P = 1e-300  # a p value is never zero: what numbers cannot hold is given as this
_TAIL = 0.025  # of either side of a 95 % interval


def least_p(n_differing: Row) -> Row:
    """The least p value that so many differing pairs can have in an exact test: that of all signs alike, 2^(1-n); 1 where none differs."""
    return np.asarray(np.minimum(1.0, np.exp2(1.0 - n_differing)))


def least_p_of_samples(n: int, other_n: int) -> float:
    """The least p value of an exact test of two samples: that of the most extreme of all divisions into two (permutation test)."""
    return float(min(1.0, 2.0 * np.exp(-_log_choose(n + other_n, n))))


def mcnemar(more: Row, fewer: Row) -> Row:
    """Exact p (McNemar 1947): in `more` pairs only the one holds, in `fewer` only the other; both are equally likely if nothing differs."""
    return np.asarray(np.minimum(1.0, 2.0 * bdtr(np.minimum(more, fewer), more + fewer, 0.5)))


def fisher(count: int, n: int, other_count: int, other_n: int) -> float:
    """Exact two-sided p (Fisher 1935) that something is as frequent among `n` worlds as among `other_n` others."""
    total = count + other_count
    some = np.arange(max(0, total - other_n), min(n, total) + 1)
    logs = _log_choose(n, some) + _log_choose(other_n, total - some) - _log_choose(n + other_n, total)
    p = np.exp(logs)
    return float(min(1.0, p[p <= p[some == count] * (1.0 + 1e-7)].sum()))


def paired_share_interval(more: Row, fewer: Row, n: Row | int) -> tuple[Row, Row]:
    """95 % interval of the difference of two shares of the same `n` worlds (Bonett and Price 2012): it has a width whatever is seen."""
    first, second = (more + 1.0) / (n + 2.0), (fewer + 1.0) / (n + 2.0)
    middle = first - second
    half = Z_95 * np.sqrt((first + second - middle**2) / (n + 2.0))
    return np.asarray(np.maximum(-1.0, middle - half)), np.asarray(np.minimum(1.0, middle + half))


def share_difference_interval(share: Row, n: int, other_share: Row, other_n: int) -> tuple[Row, Row]:
    """95 % interval of the difference of two shares of different worlds, from Wilson's interval of each (Newcombe 1998)."""
    (low, high), (other_low, other_high) = wilson_intervals(share, n), wilson_intervals(other_share, other_n)
    difference = share - other_share
    below = np.sqrt((share - low) ** 2 + (other_high - other_share) ** 2)
    above = np.sqrt((high - share) ** 2 + (other_share - other_low) ** 2)
    return np.asarray(difference - below), np.asarray(difference + above)


def unseen_share(n: Row | int) -> Row:
    """The largest share of worlds, at 97.5 %, that may be unlike `n` worlds that are all alike (Clopper and Pearson 1934): about 3.7 / n.

    Where a quantity has bounds, that bounds its mean although not one world has shown a spread.
    """
    return np.asarray(1.0 - _TAIL ** (1.0 / np.maximum(n, 1)))


def _log_choose(n: Row | int, k: Row | int) -> Row:
    return np.asarray(gammaln(np.add(n, 1.0)) - gammaln(np.add(k, 1.0)) - gammaln(np.subtract(n, k) + 1.0))
