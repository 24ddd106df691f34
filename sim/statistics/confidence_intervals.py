"""95 % confidence intervals of shares, and how many worlds a narrower one takes."""

import math

import numpy as np

from sim.model.state.dimensions import Row

Z_95 = 1.96  # standard errors to either side of a 95 % interval


def wilson_half_width(share: float, n_worlds: int) -> float:
    """Half the width of the 95 % interval of a share (Wilson 1927)."""
    z = Z_95
    return z / (1.0 + z * z / n_worlds) * float(np.sqrt(share * (1.0 - share) / n_worlds + z * z / (4.0 * n_worlds * n_worlds)))


def wilson_interval(share: float, n_worlds: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z, half = Z_95, wilson_half_width(share, n_worlds)
    middle = (share + z * z / (2 * n_worlds)) / (1.0 + z * z / n_worlds)
    return max(0.0, middle - half), min(1.0, middle + half)


def wilson_intervals(shares: Row, n_worlds: int) -> tuple[Row, Row]:
    """The 95 % intervals of several shares."""
    ends = np.array([wilson_interval(float(share), n_worlds) for share in shares]).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def worlds_for_half_width(n_worlds: int, half_width: float, goal: float) -> int:
    """How many worlds narrow a half-width to `goal`: it shrinks with the square root of their number."""
    return math.ceil(n_worlds * (half_width / goal) ** 2)
