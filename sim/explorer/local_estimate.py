"""What stored worlds say about parameters turned to some place in their ranges: an estimate from the worlds that drew them near there.

Local linear regression with a Gaussian kernel: worlds count by how near their draws lie to where the parameters are turned, and a straight
line through them corrects for the side on which they lie, so that the ends of ranges are not biased towards the middle. Every estimate
is a weighted sum of worlds; how many worlds speak for it is one over the sum of the squared weights (Kish's effective sample size).
The page's script (page/estimate.js) does the same; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

from sim.model.state.dimensions import Array, BoolRow, Row
from sim.statistics.confidence_intervals import Z_95

WIDTH = 0.08  # standard deviation of the kernel, in quantiles: measured in tests/explorer/test_local_estimate.py
LEAST_EFFECTIVE = 200.0  # worlds; below, no answer is given
STEPS = 256  # of a stored draw


@dataclass(frozen=True)
class LocalEstimate:
    """`mean` where the parameters are turned, `difference` from all worlds as drawn, and half its 95 % interval; `effective` worlds."""

    mean: float
    difference: float
    half: float
    effective: float

    @property
    def answers(self) -> bool:
        """Whether enough worlds speak for it."""
        return self.effective >= LEAST_EFFECTIVE


def draws_of(codes: UInt8[Array, "..."]) -> Float[Array, "..."]:
    """Where in its range a world drew a parameter, from the byte that is stored."""
    return (codes.astype(np.float64) + 0.5) / STEPS


def kernel(draws: Mapping[str, Row], turned: Mapping[str, float], width: float = WIDTH) -> Row:
    """How near each world lies to where the parameters are turned, (worlds,), 1 at that place."""
    rows = [((draws[path] - place) / width) ** 2 for path, place in turned.items()]
    return np.asarray(np.exp(-0.5 * np.sum(rows, axis=0)))


def weights(draws: Mapping[str, Row], turned: Mapping[str, float], among: BoolRow | None = None, width: float = WIDTH) -> tuple[Row, Row]:
    """The weight of each world in an estimate, which add up to 1 (some may be negative), and its kernel weight, (worlds,) both.

    `among`: the worlds that the estimate is about. Without any parameter turned, all count the same.
    """
    n = len(next(iter(draws.values())))
    near = kernel(draws, turned, width) if turned else np.ones(n)
    if among is not None:
        near = near * among
    if not near.sum() > 0.0:
        return np.zeros(n), near
    away = np.stack([np.ones(n), *(draws[path] - place for path, place in turned.items())])
    moments = (away * near) @ away.T
    first = np.zeros(len(away))
    first[0] = 1.0
    return (np.linalg.lstsq(moments, first, rcond=None)[0] @ away) * near, near


def effective_worlds(weight: Row) -> float:
    """How many worlds speak for an estimate: as many as would, counting alike, be as uncertain."""
    squares = float((weight**2).sum())
    return 1.0 / squares if squares > 0.0 else 0.0


def estimate(values: Row, weight: Row, near: Row, is_share: bool, among: BoolRow | None = None, step: float = 0.0) -> LocalEstimate:
    """An outcome in each world, (worlds,), at the place that the weights are for, beside the mean over all worlds (`among` them).

    `step`: how coarsely values are stored; no interval is narrower than that allows. Shares of 0 or 1 keep a width by adding two cases
    of each kind (Agresti and Coull's adjustment).
    """
    every = np.ones(len(values)) if among is None else among.astype(np.float64)
    every = every / max(every.sum(), 1.0)
    mean, reference, effective = float((weight * values).sum()), float((every * values).sum()), effective_worlds(weight)
    if is_share:
        share = (min(max(mean, 0.0), 1.0) * effective + 2.0) / (effective + 4.0)
        variance = share * (1.0 - share)
    else:
        variance = float((near * (values - mean) ** 2).sum() / max(near.sum(), 1e-300)) + step**2 / 12.0
    error = np.sqrt(variance * float(((weight - every) ** 2).sum()))
    return LocalEstimate(mean, mean - reference, Z_95 * float(error), effective)
