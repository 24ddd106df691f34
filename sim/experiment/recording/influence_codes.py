"""The powers' influence by month, province and world, in steps of 1/255, so that months too can be compared world by world.

Means over worlds are taken from exact sums (bins.py); this is for how worlds differ.
"""

from collections.abc import Mapping

import numpy as np

from sim.model.state.dimensions import Array, Power, keys

LEVELS = 255  # a share is off by 1/510 at most
_NAMES = tuple(f"influence_{power}" for power in keys(Power))


class InfluenceCodes:
    """Adds up the months of one chunk of worlds in `codes`, (months, powers, provinces, worlds) uint8."""

    def __init__(self, months: int, provinces: int, worlds: int) -> None:
        self.codes: Array = np.zeros((months, len(_NAMES), provinces, worlds), dtype=np.uint8)

    def add(self, month: int, province: Mapping[str, Array]) -> None:
        """One month, measures by name, (provinces, worlds)."""
        shares = np.array([province[name] for name in _NAMES])
        self.codes[month] = np.rint(shares.clip(0.0, 1.0, out=shares) * LEVELS)


def steps(codes: Array) -> Array:
    """The change from month to month, which is mostly nothing and so packs well; whole numbers modulo 256."""
    return np.diff(codes, axis=0, prepend=np.zeros_like(codes[:1]))


def summed(changes: Array) -> Array:
    """The codes again from their changes."""
    return np.cumsum(changes, axis=0, dtype=np.uint8)
