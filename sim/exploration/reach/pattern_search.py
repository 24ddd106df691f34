"""Pattern-space exploration (Cherel, Cottineau and Reuillon 2015, doi:10.1371/journal.pone.0138212): look for what has not been seen yet.

Points are kept by the cell that their outcomes fall into. New ones descend from points in cells around which few others lie: half of them
mix two such points, and each changes some parameters. Nothing is aimed at but rarity. Every point has a luck of its own that no other has,
so that no descent can collect lucky random numbers. A generation depends on the seed and on the points before it alone.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.exploration.reach.points import Points, Run
from sim.model.state.dimensions import Array, Row

GENERATION = 200  # points; fewer cost more time each, more learn later
_CHANGED = 0.1  # share of parameters that a new point changes
_STEP = 0.3  # by how much, in quantiles (one standard deviation)
_MIXED = 0.5  # share of new points that mix two
_COMPARED = 8  # cells drawn for each parent, of which the least crowded gives it


class Places(NamedTuple):
    """Where points lie: the number of the `cell` of each, and how many points crowd it, (points,) both."""

    cell: Row
    crowding: Row


PlacesOf = Callable[[Array], Places]  # values (outcomes, points) in


def explore(first: Points, budget: int, places: PlacesOf, run: Run, seed: int, first_luck: int) -> Points:
    """Points to the number of `budget`: the first ones, then what descends from them. Lucks are counted from `first_luck` on."""
    points = first
    number = 0
    while len(points) < budget:
        number += 1
        n = min(GENERATION, budget - len(points))
        quantiles = descendants(points, places(points.values), np.random.default_rng([seed, number]))[:, :n]
        luck = first_luck + GENERATION * (number - 1) + np.arange(n)
        points = points.and_more(Points(quantiles, luck, run(quantiles, luck)))
    return points


def descendants(points: Points, places: Places, chance: np.random.Generator) -> Array:
    """A generation of new points, (parameters, GENERATION), from points at these places."""
    size = (points.quantiles.shape[0], GENERATION)
    one, other = (points.quantiles[:, parents(places, chance)] for _ in range(2))
    mixes = (chance.random(size) < 0.5) & (chance.random(GENERATION) < _MIXED)
    made = np.where(mixes, other, one)
    moved = made + chance.normal(0.0, _STEP, size)
    return within(np.where(chance.random(size) < _CHANGED, moved, made))


def parents(places: Places, chance: np.random.Generator) -> Row:
    """A point for each new one, (GENERATION,): of some cells drawn, from the least crowded, and any of the points in that."""
    reached, first, of, visits = np.unique(places.cell, return_index=True, return_inverse=True, return_counts=True)
    drawn = chance.integers(0, len(reached), (_COMPARED, GENERATION))
    rarest = drawn[np.argmin(places.crowding[first][drawn], axis=0), np.arange(GENERATION)]
    by_cell, begin = np.argsort(of, kind="stable"), np.cumsum(visits) - visits
    return np.asarray(by_cell[begin[rarest] + np.floor(chance.random(GENERATION) * visits[rarest]).astype(np.int64)])


def within(quantiles: Array) -> Array:
    """Quantiles beyond 0 and 1 reflected there."""
    reflected = np.abs(quantiles)
    return np.clip(np.where(reflected > 1.0, 2.0 - reflected, reflected), 0.0, 1.0)
