"""Regional sensitivity: in which parameters worlds where a pattern holds differ from worlds where it fails.

Also called Monte Carlo filtering: worlds are split by whether the pattern holds, and the two halves are compared parameter by
parameter (as in SALib's `analyze.rsa`, which uses the Anderson-Darling test; we use that of Kolmogorov and Smirnov, whose distance
has a plain meaning: the largest gap between the two cumulative shares). Arrays in, arrays out; a parameter is given by the quantile
at which each world draws it, uniform on (0, 1) whatever its range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import bdtr, kolmogorov

from sim.model.state.dimensions import Array, Row
from sim.statistics.significance import LEVEL, holm

MIN_WORLDS = 25  # that must hold, and fail, before anything is said
FIFTHS = 5
HALF = 0.5  # "likely": the pattern holds in at least this share of worlds
STRONGEST = 6  # parameters among which pairs are sought


@dataclass(frozen=True)
class ParameterEffect:
    """The effect of one parameter on a pattern.

    `distance` is the Kolmogorov-Smirnov distance, 0 to 1; `p` its p value, corrected over all parameters (Holm). `direction` is 1
    where the pattern holds more often at high values, -1 at low ones. `fifths` are the shares of worlds in which it holds, by fifth of
    the draws, low to high. `tipping_quantile` is that beyond which, upwards (`upwards`) or downwards, the pattern holds in less
    than half of the worlds; where it holds in less than half of all, beyond which it holds in at least half; None: nowhere.
    """

    path: str
    distance: float
    p: float
    direction: int
    fifths: tuple[float, ...]
    tipping_quantile: float | None
    upwards: bool

    @property
    def significant(self) -> bool:
        """Whether the difference is statistically significant."""
        return self.p < LEVEL


@dataclass(frozen=True)
class PairEffect:
    """Two parameters together: the outer thirds (`high` or not) with the lowest share of worlds in which a pattern holds.

    (Highest, for a pattern that mostly fails.) `p` is the probability of such a share on the other side of a half if the true share
    were a half, corrected over all pairs of thirds tried.
    """

    paths: tuple[str, str]
    high: tuple[bool, bool]
    share: float
    worlds: int
    p: float

    @property
    def significant(self) -> bool:
        """Whether the majority there is significantly the opposite of that among all worlds."""
        return self.p < LEVEL


def too_few_worlds(holds: Array) -> bool:
    """Whether too few worlds fail, or hold, to say anything about parameters."""
    held = int(np.count_nonzero(holds))
    return min(held, len(holds) - held) < MIN_WORLDS


def parameter_effects(holds: Array, quantiles: Mapping[str, Row]) -> list[ParameterEffect]:
    """The effect of each parameter on a pattern, the strongest first; empty where too few worlds hold or fail.

    `holds` (n,) says in which worlds the pattern holds, `quantiles` by path (n,) where in its range each world draws the parameter.
    """
    if too_few_worlds(holds) or not quantiles:
        return []
    holds, paths = np.asarray(holds, dtype=bool), list(quantiles)
    u = np.stack([quantiles[path] for path in paths])
    order = np.argsort(u, axis=1, kind="stable")
    split, draws = holds[order], np.take_along_axis(u, order, axis=1)
    distance = distances(split)
    held = int(holds.sum())
    p = holm(kolmogorov(distance * np.sqrt(held * (len(holds) - held) / len(holds))))
    direction = np.where((u * holds).sum(axis=1) / held >= (u * ~holds).sum(axis=1) / (len(holds) - held), 1, -1)
    likely = bool(holds.mean() >= HALF)
    effects = []
    for i, path in enumerate(paths):
        upwards = bool(direction[i] > 0) != likely
        tipping = tipping_quantile(split[i], draws[i], upwards, likely)
        effects.append(
            ParameterEffect(path, float(distance[i]), float(p[i]), int(direction[i]), shares_by_fifth(holds, u[i]), tipping, upwards)
        )
    return sorted(effects, key=lambda effect: (-effect.distance, effect.path))


def distances(split: Array) -> Row:
    """Two-sample Kolmogorov-Smirnov distance of each row, (parameters,): `split` says whether the pattern holds, worlds in order."""
    held = split.sum(axis=1, keepdims=True)
    gap = np.cumsum(split, axis=1) / held - np.cumsum(~split, axis=1) / (split.shape[1] - held)
    distance: Row = np.abs(gap).max(axis=1)
    return distance


def shares_by_fifth(holds: Array, u: Row) -> tuple[float, ...]:
    """Share of worlds in which the pattern holds, by fifth of the draws; NaN for a fifth that no world drew."""
    fifth = np.minimum((u * FIFTHS).astype(int), FIFTHS - 1)
    worlds = np.bincount(fifth, minlength=FIFTHS)
    held = np.bincount(fifth[holds], minlength=FIFTHS)
    return tuple(float(h / n) if n else float("nan") for h, n in zip(held, worlds, strict=True))


def tipping_quantile(split: Array, draws: Row, upwards: bool, likely: bool) -> float | None:
    """The quantile from which on, to the end of the range, the majority of worlds is the opposite of that of all worlds; None: nowhere.

    Shares are taken over a moving window of a fifth of the worlds; `split` and `draws` (n,) are in the order of the draws.
    """
    n = len(split)
    width = max(MIN_WORLDS, n // FIFTHS)
    total = np.concatenate([[0], np.cumsum(split)])
    share = (total[width:] - total[:-width]) / width
    crossed = share < HALF if likely else share >= HALF
    inwards = crossed[::-1] if upwards else crossed
    if not inwards[0]:
        return None
    beyond = len(inwards) if inwards.all() else int(np.argmin(inwards))
    centre = n - beyond - width // 2 if upwards else beyond - 1 + width // 2
    return float(draws[min(max(centre, 0), n - 1)])


def strongest_pair(holds: Array, quantiles: Mapping[str, Row], effects: Sequence[ParameterEffect]) -> PairEffect | None:
    """Of the strongest parameters, the pair of outer thirds with the lowest share (highest, for a pattern that mostly fails)."""
    likely = bool(holds.mean() >= HALF)
    cells: list[tuple[int, int, tuple[str, str], tuple[bool, bool]]] = []
    for first, second in combinations([effect.path for effect in effects[:STRONGEST]], 2):
        for high in ((a, b) for a in (False, True) for b in (False, True)):
            inside = third(quantiles[first], high[0]) & third(quantiles[second], high[1])
            worlds = int(inside.sum())
            if worlds >= MIN_WORLDS:
                cells.append((int((holds[inside] == likely).sum()), worlds, (first, second), high))
    if not cells:
        return None
    usual, worlds, paths, high = min(cells, key=lambda cell: cell[0] / cell[1])
    p = min(1.0, len(cells) * float(bdtr(usual, worlds, 0.5)))
    return PairEffect(paths, high, (usual if likely else worlds - usual) / worlds, worlds, p)


def third(u: Row, high: bool) -> Array:
    """Which worlds draw from the upper (or lower) third of a range, boolean (n,)."""
    return u >= 2.0 / 3.0 if high else u < 1.0 / 3.0
