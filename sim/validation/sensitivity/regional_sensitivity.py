"""Regional sensitivity: which drawn parameters set the worlds in which a pattern holds apart from those in which it fails.

Also called Monte Carlo filtering: worlds are split by whether the pattern holds, and the two halves are compared parameter by
parameter (as SALib's `analyze.rsa` describes it; that one compares by Anderson and Darling, we by Kolmogorov and Smirnov, whose
distance has a plain meaning: the largest gap between the two cumulative shares). Everything here is arrays in, arrays out; a
parameter is known by the quantile at which each world draws it, uniform on (0, 1) whatever its range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import bdtr, kolmogorov

from sim.model.state.dimensions import Array, Row

FEWEST = 25  # worlds; of fewer that fail (or hold) nothing is said
FIFTHS = 5
HALF = 0.5  # "likely": the pattern holds in at least this share of worlds
LEVEL = 0.05  # of a p value, after correction over all parameters
STRONGEST = 6  # parameters among which pairs are sought


@dataclass(frozen=True)
class Hinge:
    """What one parameter has to do with a pattern.

    `distance` is the Kolmogorov-Smirnov distance, 0 to 1; `p` its p value, corrected over all parameters (Holm). `direction` is 1
    where the pattern holds more often at high values, -1 at low ones. `fifths` are the shares of worlds in which it holds, by fifth of
    the draws, low to high. `turns` is the quantile beyond which, upwards (`upwards`) or downwards, the pattern holds in less than half
    of the worlds; where it holds in less than half of all, beyond which it would hold in at least half; None: nowhere in the range.
    """

    path: str
    distance: float
    p: float
    direction: int
    fifths: tuple[float, ...]
    turns: float | None
    upwards: bool

    @property
    def told(self) -> bool:
        """Whether the difference can be told from noise."""
        return self.p < LEVEL


@dataclass(frozen=True)
class Corner:
    """Two parameters at once: the outer thirds (`high` or not) in which a pattern fares worst, the share there, of so many worlds.

    `p` is the chance of a share so far on the other side of a half where there is an even chance, corrected over all corners tried.
    """

    paths: tuple[str, str]
    high: tuple[bool, bool]
    share: float
    worlds: int
    p: float

    @property
    def told(self) -> bool:
        """Whether most worlds there are on the other side than most of all worlds, beyond noise."""
        return self.p < LEVEL


def powerless(holds: Array) -> bool:
    """Whether too few worlds fail, or hold, to say anything of parameters."""
    held = int(np.count_nonzero(holds))
    return min(held, len(holds) - held) < FEWEST


def regional(holds: Array, quantiles: Mapping[str, Row]) -> list[Hinge]:
    """What each parameter has to do with a pattern, the strongest first; nothing where the split is powerless.

    `holds` (n,) says in which worlds the pattern holds, `quantiles` by path (n,) where in its range each world draws the parameter.
    """
    if powerless(holds) or not quantiles:
        return []
    holds, paths = np.asarray(holds, dtype=bool), list(quantiles)
    u = np.stack([quantiles[path] for path in paths])
    order = np.argsort(u, axis=1, kind="stable")
    split, drawn = holds[order], np.take_along_axis(u, order, axis=1)
    distance = distances(split)
    held = int(holds.sum())
    p = holm(kolmogorov(distance * np.sqrt(held * (len(holds) - held) / len(holds))))
    direction = np.where((u * holds).sum(axis=1) / held >= (u * ~holds).sum(axis=1) / (len(holds) - held), 1, -1)
    likely = bool(holds.mean() >= HALF)
    hinges = []
    for i, path in enumerate(paths):
        upwards = bool(direction[i] > 0) != likely
        turns = turning(split[i], drawn[i], upwards, likely)
        hinges.append(Hinge(path, float(distance[i]), float(p[i]), int(direction[i]), by_fifth(holds, u[i]), turns, upwards))
    return sorted(hinges, key=lambda hinge: (-hinge.distance, hinge.path))


def distances(split: Array) -> Row:
    """Two-sample Kolmogorov-Smirnov distance of each row, (parameters,): `split` says whether the pattern holds, worlds in order."""
    held = split.sum(axis=1, keepdims=True)
    gap = np.cumsum(split, axis=1) / held - np.cumsum(~split, axis=1) / (split.shape[1] - held)
    distance: Row = np.abs(gap).max(axis=1)
    return distance


def holm(p: Row) -> Row:
    """P values corrected for being many (Holm's step-down rule): the share of false alarms among all is kept below the level."""
    order = np.argsort(p, kind="stable")
    stepped = np.minimum(1.0, np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)))
    corrected = np.empty_like(stepped)
    corrected[order] = stepped
    return corrected


def by_fifth(holds: Array, u: Row) -> tuple[float, ...]:
    """Share of worlds in which the pattern holds, by fifth of the draws; NaN for a fifth that no world drew."""
    fifth = np.minimum((u * FIFTHS).astype(int), FIFTHS - 1)
    worlds = np.bincount(fifth, minlength=FIFTHS)
    held = np.bincount(fifth[holds], minlength=FIFTHS)
    return tuple(float(h / n) if n else float("nan") for h, n in zip(held, worlds, strict=True))


def turning(split: Array, drawn: Row, upwards: bool, likely: bool) -> float | None:
    """The quantile from which on to the end of the range most worlds are on the other side than most of all worlds; None: nowhere.

    Shares are taken over a moving window of a fifth of the worlds, `split` and `drawn` (n,) in the order of the draws.
    """
    n = len(split)
    width = max(FEWEST, n // FIFTHS)
    total = np.concatenate([[0], np.cumsum(split)])
    share = (total[width:] - total[:-width]) / width
    crossed = share < HALF if likely else share >= HALF
    inwards = crossed[::-1] if upwards else crossed
    if not inwards[0]:
        return None
    beyond = len(inwards) if inwards.all() else int(np.argmin(inwards))
    centre = n - beyond - width // 2 if upwards else beyond - 1 + width // 2
    return float(drawn[min(max(centre, 0), n - 1)])


def corner(holds: Array, quantiles: Mapping[str, Row], hinges: Sequence[Hinge]) -> Corner | None:
    """Of the strongest parameters, the pair of outer thirds with the lowest share (highest, for a pattern that mostly fails)."""
    likely = bool(holds.mean() >= HALF)
    found: list[tuple[int, int, tuple[str, str], tuple[bool, bool]]] = []
    for one, two in combinations([hinge.path for hinge in hinges[:STRONGEST]], 2):
        for high in ((a, b) for a in (False, True) for b in (False, True)):
            inside = third(quantiles[one], high[0]) & third(quantiles[two], high[1])
            worlds = int(inside.sum())
            if worlds >= FEWEST:
                found.append((int((holds[inside] == likely).sum()), worlds, (one, two), high))
    if not found:
        return None
    usual, worlds, paths, high = min(found, key=lambda cell: cell[0] / cell[1])
    p = min(1.0, len(found) * float(bdtr(usual, worlds, 0.5)))
    return Corner(paths, high, (usual if likely else worlds - usual) / worlds, worlds, p)


def third(u: Row, high: bool) -> Array:
    """Which worlds draw from the upper (or lower) third of a range, boolean (n,)."""
    return u >= 2.0 / 3.0 if high else u < 1.0 / 3.0
