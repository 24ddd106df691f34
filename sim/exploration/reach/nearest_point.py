"""The nearest parameters at which a rare outcome holds: a point close to the central values, with as few parameters moved as will do.

Candidates are found points that have the outcome, their middle moved on from the centre, and points along the trend of random worlds. Each
is run under the same lucks; among those at which the outcome holds in the wanted share of them, the nearest is taken. Then parameters
are put back to their centre as long as it still holds: first those that the trend says matter least, then those without which it holds
best, and what is left is moved back as far as that goes; each step has lucks of its own, so that no point is fitted to some. Since all of
this selects, the share that is shown comes from lucks that had no part in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from sim.exploration.reach.linear_trend import trend_of
from sim.exploration.reach.points import CENTRE, Points, Space
from sim.model.state.dimensions import Array, Row

CANDIDATES = 24  # found points that are run again
CHOOSING, TELLING = 40, 60  # lucks by which points are chosen, and others from which shares are shown
MARGIN = 0.1  # by which more must hold in choosing: the best of many is flattered
_ONWARDS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)  # how far the middle of the found points is moved on from the centre
_ALONG = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)  # how far along the trend: quantiles by which the steepest parameter would move
_ENOUGH = 30  # random worlds with the outcome, below which its own trend says little
_BACK = np.linspace(0.95, 0.05, 19)  # shares of the way from the centre that are tried at the end
_SIZES = 10  # numbers of parameters put back that are tried at once
_ROUNDS, _MOST = 3, 30  # rounds of putting back one by one, and of how many parameters, the least moved first
Shares = Callable[[Array, int], Row]  # points (parameters, points) and the first luck in, the share of lucks with the outcome out


@dataclass(frozen=True)
class NearestPoint:
    """A point, `quantiles` (parameters,), at which the outcome holds in `share` of other lucks; with all at the centre in `central`.

    `best` is the share of the best candidate in choosing, `alone` that of other worlds which have only the `moved` parameters in common.
    `quantiles` is None where no candidate holds it in the wanted share of lucks; then only `best` and `central` are given.
    """

    quantiles: Row | None
    share: float
    central: float
    alone: float
    best: float

    @property
    def moved(self) -> Row:
        """The indices of the parameters away from their centre, the furthest first."""
        if self.quantiles is None:
            return np.empty(0, dtype=np.int64)
        away = np.abs(self.quantiles - CENTRE)
        order = np.argsort(-away, kind="stable")
        return np.asarray(order[away[order] > 0.0])


def nearest_point(found: Points, random: Points, space: Space, wanted: float, first_luck: int) -> NearestPoint:
    """The nearest point at which the outcome, the last of the values (0 or 1), is 1 in the wanted share of lucks.

    `found` are all points known to have it, `random` are random worlds.
    """
    telling = first_luck + np.arange(TELLING)
    lucks = iter(range(first_luck + TELLING, first_luck + TELLING + 1_000_000, CHOOSING))

    def shares(quantiles: Array, choosing: int) -> Row:
        return np.asarray(space.under(quantiles, choosing + np.arange(CHOOSING))[-1].mean(axis=1))

    centre, slope = np.full(found.quantiles.shape[0], CENTRE), towards(found, random)
    tried = _candidates(found, slope)
    held = shares(tried, next(lucks))
    best, level = float(held.max()), min(wanted + MARGIN, 1.0)
    if best < level:
        return NearestPoint(None, np.nan, float(space.under(centre[:, None], telling)[-1].mean()), np.nan, best)
    near = np.abs(tried - CENTRE).sum(axis=0)
    point = tried[:, int(np.argmin(np.where(held >= level, near, np.inf)))]
    back = _Back(shares, lucks, level)
    point = back.by_weight(point, slope)
    point = back.one_by_one(point)
    point = back.towards_centre(point)
    told = space.under(np.stack([point, centre], axis=1), telling)[-1].mean(axis=1)
    drawn = space.draws_of(telling)
    moved = np.abs(point - CENTRE) > 0.0
    alone = space.run(np.where(moved[:, None], point[:, None], drawn), telling)[-1]
    return NearestPoint(point, float(told[0]), float(told[1]), float(alone.mean()), best)


def towards(found: Points, random: Points) -> Row:
    """How much each parameter, from its lowest to its highest quantile, is expected to add towards the outcome, (parameters,).

    By the outcome's own trend where random worlds have it often enough; else by those of the two measures, towards where it was found.
    """
    trend = trend_of(random)
    if random.values[-1].sum() >= _ENOUGH:
        return np.asarray(trend.slopes[-1])
    spread = random.values[:2].std(axis=1)
    spread = np.where(spread > 0.0, spread, 1.0)
    way = (found.values[:2].mean(axis=1) - trend.mean[:2]) / spread**2
    return np.asarray(way[0] * trend.slopes[0] + way[1] * trend.slopes[1])


def _candidates(found: Points, slope: Row) -> Array:
    """Found points that owe least to luck, as far as the trend knows, and their middle moved on: (parameters, candidates)."""
    away = found.quantiles - CENTRE
    likely = np.argsort(-np.round((slope[:, None] * away).sum(axis=0), 12), kind="stable")[:CANDIDATES]
    middle, steepest = away.mean(axis=1), float(np.abs(slope).max())
    along = [factor * slope / steepest for factor in _ALONG] if steepest > 0.0 else []
    moves = np.stack([*(factor * middle for factor in _ONWARDS), *along], axis=1)
    return np.concatenate([np.clip(CENTRE + moves, 0.0, 1.0), found.quantiles[:, likely]], axis=1)


class _Back:
    """Puts parameters back to their centre while the outcome holds in a share of lucks of at least `level`."""

    def __init__(self, shares: Shares, lucks: Iterator[int], level: float) -> None:
        self.shares, self.lucks, self.level = shares, lucks, level

    def by_weight(self, point: Row, slope: Row) -> Row:
        """Put back as many as possible, in the order of what the trend says that each adds to the outcome."""
        weight = np.round(slope * (point - CENTRE), 12)
        away = np.abs(point - CENTRE)
        order = np.lexsort((away, weight))
        return self._most(point, order[away[order] > 0.0])

    def one_by_one(self, point: Row) -> Row:
        """Put back those without which it holds best, in rounds, until no more can go."""
        for _ in range(_ROUNDS):
            moved = np.flatnonzero(point != CENTRE)
            if not len(moved):
                return point
            moved = moved[np.argsort(np.abs(point[moved] - CENTRE), kind="stable")][:_MOST]
            without = np.stack([_put_back(point, moved[[i]]) for i in range(len(moved))], axis=1)
            order = moved[np.argsort(-self.shares(without, next(self.lucks)), kind="stable")]
            after = self._most(point, order)
            if (after == point).all():
                return point
            point = after
        return point

    def towards_centre(self, point: Row) -> Row:
        """Move all that is left back towards the centre, as far as it holds all the way."""
        if (point == CENTRE).all():
            return point
        tries = np.stack([CENTRE + factor * (point - CENTRE) for factor in _BACK], axis=1)
        holds = self.shares(tries, next(self.lucks)) >= self.level
        far = len(holds) if holds.all() else int(np.argmin(holds))
        return point if far == 0 else np.asarray(tries[:, far - 1])

    def _most(self, point: Row, order: Row) -> Row:
        """Put back the first of an order, as many as possible: ever finer steps between what holds and what does not."""
        low, high, choosing = 0, len(order), next(self.lucks)  # the first `low` may go
        while high > low:
            sizes = np.unique(np.ceil(np.linspace(low, high, _SIZES + 1)[1:]).astype(np.int64))
            holds = self.shares(np.stack([_put_back(point, order[:size]) for size in sizes], axis=1), choosing) >= self.level
            fails = np.flatnonzero(~holds)
            if not len(fails):
                low = high
            else:
                high = int(sizes[fails[0]]) - 1
                low = max(low, int(sizes[fails[0] - 1]) if fails[0] else low)
        return _put_back(point, order[:low])


def _put_back(point: Row, which: Row) -> Row:
    """The point with some parameters at their centre."""
    after = point.copy()
    after[which] = CENTRE
    return after
