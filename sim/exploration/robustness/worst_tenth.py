"""The worst tenth of a difference: the worlds in which it goes least with its own sign, and where in the space of parameters they lie."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sim.model.state.dimensions import Array, BoolRow, Row
from sim.statistics.significance import LEVEL, holm
from sim.statistics.small_samples import LEAST_PAIRS

TENTH = 0.1
_RESAMPLES = 400
_TIED = 1.5  # so many times a tenth of the worlds, and its end is a tie
_ENDS = (0.025, 0.975)
MOST_NAMED = 3  # parameters that a sentence names


@dataclass(frozen=True)
class WorstTenth:
    """Mean difference over the worst tenth of worlds, with its 95 % interval (bootstrap); `low`, `high` of it.

    `rows`: the factors whose draws are significantly higher or lower there than in the other worlds (Holm over all), the clearest first;
    `draws`: the mean draw of each there, where 0.5 is the middle of its range.
    """

    mean: float
    low: float
    high: float
    rows: tuple[int, ...]
    draws: tuple[float, ...]


def worst_tenth(u: Array, difference: Row, sign: int, seed: int) -> WorstTenth:
    """The worst tenth of a difference (n,) whose mean has a `sign`, given draws (factors, n)."""
    along = sign * difference
    order = np.argsort(along, kind="stable")
    counts = np.random.default_rng(seed).poisson(1.0, (_RESAMPLES, len(along))).astype(np.float64)[:, order]
    means = tail_means(along[order], counts)
    mean = float(tail_means(along[order], np.ones((1, len(along))))[0])
    low, high = (float(end) for end in np.quantile(means, _ENDS))
    worst = _worst(along, order)
    rows = _unlike(u, worst) if worst.any() else ()
    low, high = (low, high) if sign > 0 else (-high, -low)
    return WorstTenth(sign * mean, low, high, rows, tuple(float(u[row, worst].mean()) for row in rows))


def _worst(along: Row, order: Array) -> BoolRow:
    """The worlds of the worst tenth, or those within it where many are tied at its end; none where these are too few to place."""
    n = max(1, int(TENTH * len(along)))
    end = along[order[n - 1]]
    worst = along <= end
    if np.count_nonzero(worst) > _TIED * n:
        worst = along < end
    return worst if np.count_nonzero(worst) >= LEAST_PAIRS else np.zeros(len(along), dtype=bool)


def tail_means(ascending: Row, counts: Array) -> Row:
    """Means over the lowest tenth of some values (n,) that count so often, (resamples, n); worlds at its end count in part."""
    total = counts.cumsum(axis=1)
    taken = np.minimum(total, TENTH * total[:, -1:])
    parts = np.diff(taken, axis=1, prepend=0.0)
    return np.asarray((parts * ascending).sum(axis=1) / parts.sum(axis=1))


def _unlike(u: Array, worst: BoolRow) -> tuple[int, ...]:
    """The factors whose mean draw differs significantly between some worlds and the others, the clearest first."""
    n, m = int(worst.sum()), int((~worst).sum())
    spread = u.std(axis=1) * np.sqrt(1.0 / n + 1.0 / m)
    gap = u[:, worst].mean(axis=1) - u[:, ~worst].mean(axis=1)
    z = np.abs(np.divide(gap, spread, out=np.zeros(len(u)), where=spread > 0.0))
    found = np.flatnonzero(holm(2.0 * ndtr(-z)) < LEVEL)
    return tuple(int(row) for row in found[np.argsort(-z[found], kind="stable")])
