"""How far into each corner of the plane parameters lead, whatever the luck: those of random worlds, and those that a search finds.

How deep a point lies in a corner is the lesser of its two distances from the mean of random worlds, each in their standard deviations, so
that both measures count. Candidates are random worlds; and searched points, those of which the trend expects most, and points along the
trend. They are chosen by their mean over some lucks, and what is shown of the chosen ones comes from others.
"""

from typing import NamedTuple

import numpy as np

from sim.exploration.reach.linear_trend import Trend, trend_of
from sim.exploration.reach.points import CENTRE, Points, Space
from sim.model.state.dimensions import Array, Row

SIGNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))  # of the corners: high or low in either measure
CHOOSING, TELLING = 15, 30  # lucks
DEEP = 0.99  # share of random worlds that lie less deep in a corner than what is called deep in it
_EACH = 5  # candidates of each kind
_ALONG = (0.25, 0.5, 0.75, 1.0, 1.5, 2.5)  # how far along the trend: quantiles by which the steepest parameter moves


class CornerPoint(NamedTuple):
    """A point's quantiles (parameters,), the mean of its measures over lucks (2,), its depth, and in which share of lucks it is deep."""

    quantiles: Row
    mean: Row
    depth: float
    deep: float


class Corner(NamedTuple):
    """A corner: +1 or -1 for high or low in either measure, the best parameters of a random world there, and the best that were found."""

    signs: tuple[int, int]
    random: CornerPoint
    found: CornerPoint

    @property
    def is_deeper(self) -> bool:
        """Whether what was found lies deeper than random parameters."""
        return self.found.depth > self.random.depth


def study_corners(random: Points, searched: Points, space: Space, first_luck: int) -> list[Corner]:
    """The four corners."""
    choosing, telling = first_luck + np.arange(CHOOSING), first_luck + CHOOSING + np.arange(TELLING)
    trend = trend_of(random)
    sets = []
    for signs in SIGNS:
        sets += [_deepest(random, random, signs), _candidates(random, searched, trend, signs)]
    again = space.under(np.concatenate(sets, axis=1), choosing)[:2].mean(axis=2)
    ends = np.cumsum([0, *(one.shape[1] for one in sets)])
    chosen = []
    for i, one in enumerate(sets):
        chosen.append(one[:, int(np.argmax(depth(again[:, ends[i] : ends[i + 1]], random, SIGNS[i // 2])))])
    told = space.under(np.stack(chosen, axis=1), telling)[:2]
    points = [_told(quantiles, told[:, i], random, SIGNS[i // 2]) for i, quantiles in enumerate(chosen)]
    return [Corner(signs, points[2 * i], points[2 * i + 1]) for i, signs in enumerate(SIGNS)]


def depth(values: Array, random: Points, signs: tuple[int, int]) -> Row:
    """How deep in a corner each of some values (2, n) lies, (n,)."""
    of = random.values[:2]
    spread = of.std(axis=1)
    spread = np.where(spread > 0.0, spread, 1.0)
    away = np.array(signs)[:, None] * (values - of.mean(axis=1)[:, None]) / spread[:, None]
    return np.asarray(away.min(axis=0))


def _deepest(points: Points, random: Points, signs: tuple[int, int]) -> Array:
    """The points that lie deepest under their own luck, (parameters, candidates)."""
    order = np.argsort(-depth(points.values[:2], random, signs), kind="stable")
    return np.asarray(points.quantiles[:, order[:_EACH]])


def _candidates(random: Points, searched: Points, trend: Trend, signs: tuple[int, int]) -> Array:
    """Searched points that lie deepest, those that the trend expects to, and points along the trend, (parameters, candidates)."""
    expected = np.argsort(-depth(trend.of(searched.quantiles)[:2], random, signs), kind="stable")
    spread = random.values[:2].std(axis=1)
    towards = (np.array(signs) / np.where(spread > 0.0, spread, 1.0))[:, None] * trend.slopes[:2]
    slope = towards.sum(axis=0)
    steepest = float(np.abs(slope).max())
    along = [np.clip(CENTRE + factor * slope / steepest, 0.0, 1.0) for factor in _ALONG] if steepest > 0.0 else []
    sets = [_deepest(searched, random, signs), searched.quantiles[:, expected[:_EACH]], *(point[:, None] for point in along)]
    return np.concatenate(sets, axis=1)


def _told(quantiles: Row, again: Array, random: Points, signs: tuple[int, int]) -> CornerPoint:
    level = np.quantile(depth(random.values[:2], random, signs), DEEP)
    mean = again.mean(axis=1)
    return CornerPoint(quantiles, mean, float(depth(mean[:, None], random, signs)[0]), float((depth(again, random, signs) > level).mean()))
