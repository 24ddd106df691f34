"""Paired comparison: the same worlds with one thing moved, and whether the difference is beyond noise."""

import numpy as np

from sim.model.state.dimensions import Row

CLEAR = 2.5  # how many standard errors the mean paired difference must be away from zero


def z(before: Row, after: Row) -> float:
    """Mean paired difference in standard errors; infinite where all worlds differ alike, 0 where none differs."""
    difference = after.astype(float) - before.astype(float)
    spread = float(difference.std(ddof=1)) / np.sqrt(len(difference))
    mean = float(difference.mean())
    if spread == 0.0:
        return float(np.sign(mean) * np.inf) if mean else 0.0
    return mean / spread


def rises(what: str, before: Row, after: Row) -> None:
    """Assert that a row of worlds rises beyond noise."""
    assert z(before, after) > CLEAR, message(what, "rise", before, after)


def falls(what: str, before: Row, after: Row) -> None:
    """Assert that a row of worlds falls beyond noise."""
    assert z(before, after) < -CLEAR, message(what, "fall", before, after)


def message(what: str, expected: str, before: Row, after: Row) -> str:
    """What was expected and what came."""
    return f"{what} should {expected}: {before.mean():.4f} -> {after.mean():.4f}, z {z(before, after):.1f} over {len(before)} worlds"
