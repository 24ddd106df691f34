"""How the difference between two worlds spreads over provinces and months."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import Array, Power, key

THRESHOLD = 0.01  # a province counts as differing once a hundredth of all influence in it lies with other powers
MOST_LARGEST = 5


@dataclass(frozen=True)
class LargestDifference:
    """A difference of influence at the horizon: which power's share, in which province (ISO code), in each world."""

    province: str
    power: str
    first: float
    second: float


@dataclass(frozen=True)
class DivergenceSpread:
    """`differs` (months + 1, provinces): the share of influence that lies with other powers, 0 to 1; row 0 is the start, row m + 1 month m.

    `reached`: for each province, in the order of arrays, the row in which it first exceeds THRESHOLD, or -1. `count` (months + 1,): how
    many provinces exceed it. `largest`: at the horizon, by province the power whose share differs most, the largest first.
    """

    iso: tuple[str, ...]
    differs: Array
    reached: tuple[int, ...]
    count: tuple[int, ...]
    largest: tuple[LargestDifference, ...]


def divergence_spread(first: Array, second: Array, iso: Sequence[str]) -> DivergenceSpread:
    """The spread between two courses of influence, each (months + 1, powers, provinces)."""
    gap = np.abs(first - second)
    differs = gap.sum(axis=1) / 2.0
    over = differs > THRESHOLD
    reached = np.where(over.any(axis=0), over.argmax(axis=0), -1)
    most = gap[-1].argmax(axis=0)
    order = np.argsort(-gap[-1].max(axis=0), kind="stable")
    largest = [
        LargestDifference(iso[i], key(Power(int(most[i]))), float(first[-1, most[i], i]), float(second[-1, most[i], i]))
        for i in order[:MOST_LARGEST]
        if differs[-1, i] > THRESHOLD
    ]
    return DivergenceSpread(tuple(iso), differs, tuple(int(r) for r in reached), tuple(int(n) for n in over.sum(axis=1)), tuple(largest))
