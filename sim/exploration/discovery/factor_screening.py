"""Screening: the few factors among hundreds whose draws differ most between worlds that have something and worlds that have not."""

import numpy as np

from sim.exploration.discovery.boxes import Side
from sim.model.state.dimensions import Array, BoolRow, Row

KEPT = 8  # factors that rules are sought among: on all of them PRIM peels those that do nothing, on fewer it misses some that do
_CHUNK = 64  # factors looked at together, for memory


def screened(u: Array, holds: BoolRow, kept: int = KEPT) -> Array:
    """The rows of the factors, ascending, whose draws (factors, n) differ most by `holds` (n,).

    Looked at are the mean draw (high or low) and the mean distance from the middle (middle or ends), in standard errors. A factor that
    acts in one direction in one part of the worlds and in the other elsewhere is not seen.
    """
    parts = [slice(first, first + _CHUNK) for first in range(0, len(u), _CHUNK)]
    score = np.concatenate([np.fmax(_distance(u[part], holds), _distance((u[part] - 0.5) ** 2, holds)) for part in parts])
    return np.sort(np.argsort(-score, kind="stable")[:kept])


def _distance(values: Array, holds: BoolRow) -> Row:
    """By how many standard errors the means of both groups of worlds differ, (factors,)."""
    n, m = int(holds.sum()), int((~holds).sum())
    spread = values.std(axis=1) * np.sqrt(1.0 / n + 1.0 / m)
    gap = np.abs(values[:, holds].mean(axis=1) - values[:, ~holds].mean(axis=1))
    return np.divide(gap, spread, out=np.zeros(len(values)), where=spread > 0.0)


def among(rows: Array, sides: tuple[Side, ...]) -> tuple[Side, ...]:
    """Ends of factors counted among `rows`, as ends of all factors."""
    return tuple(Side(int(rows[side.factor]), side.upper) for side in sides)


def correlated(u: Array, values: Row, kept: int = KEPT) -> Array:
    """The rows of the factors, ascending, whose draws (factors, n) go most with some values (n,), by the size of their correlation."""
    gap = values - values.mean()
    score = np.abs((u - 0.5) @ gap) if gap.any() else np.zeros(len(u))
    return np.sort(np.argsort(-score, kind="stable")[:kept])
