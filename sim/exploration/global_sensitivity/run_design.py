"""Which worlds are run for the shares of variance: points with several lucks each, and pairs with one group exchanged at a time.

Rows come in batches, each a fixed random sample of its own: a longer design begins with the batches of a shorter one, and one that was
stopped is even. All parameters that vary are quantiles; nothing is left to the draws of a world.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.exploration.global_sensitivity.parameter_groups import LUCK
from sim.model.state.dimensions import Array, Row
from sim.scenario.design_rows import DesignRows

LUCKS = 6  # of a point; for so many worlds in all, more points are worth more than more lucks
POINTS_PART = 0.25  # of the worlds, for the ceiling; the others are for groups
BATCH = 480  # rows, about
POINTS, PAIRS = "points", "pairs"
_FIRST_LUCK = {POINTS: 0, PAIRS: 1_000_000}  # so that the two share no luck
_STREAM = {POINTS: 1, PAIRS: 2}
Groups = Mapping[str, Sequence[str]]  # the parameters of each group by its key


class DesignBatch(NamedTuple):
    """Some rows: for POINTS, (n points, LUCKS); for PAIRS, the sets a, b, c and x of each group (pick_freeze.py) of n pairs of draws."""

    kind: str
    n: int
    rows: DesignRows

    def folded(self, values: Array) -> Array:
        """Values by row (..., rows) by point and luck, or by set and pair."""
        shape = (self.n, LUCKS) if self.kind == POINTS else (-1, self.n)
        return values.reshape(*values.shape[:-1], *shape)


def n_sets(groups: Groups) -> int:
    """How many worlds a pair takes: a, b, c, and x of each group."""
    return len(groups) + 3


def sizes(n_worlds: int, groups: Groups) -> tuple[int, int]:
    """How many points and pairs so many worlds are enough for."""
    points = int(n_worlds * POINTS_PART) // LUCKS
    return points, (n_worlds - points * LUCKS) // n_sets(groups)


def batches(n_worlds: int, groups: Groups, seed: int) -> list[DesignBatch]:
    """The batches of a design of at most so many worlds, points and pairs in turn."""
    points, pairs = sizes(n_worlds, groups)
    one, other = list(_of(POINTS, points, LUCKS, groups, seed)), list(_of(PAIRS, pairs, n_sets(groups), groups, seed))
    placed = [(i / len(some), k, batch) for k, some in enumerate((one, other)) for i, batch in enumerate(some)]
    return [batch for _, _, batch in sorted(placed, key=lambda place: place[:2])]


def _of(kind: str, total: int, each: int, groups: Groups, seed: int) -> Iterator[DesignBatch]:
    """The batches of one kind: `total` points or pairs of `each` worlds."""
    full = max(BATCH // each, 1)
    paths = sorted(path for members in groups.values() for path in members)
    for i, first in enumerate(range(0, total, full)):
        rng, n = np.random.default_rng([seed, _STREAM[kind], i]), min(full, total - first)
        one, other = ({path: u[:n] for path, u in zip(paths, rng.random((full, len(paths))).T, strict=True)} for _ in "ab")
        luck = _FIRST_LUCK[kind] + full * i * (LUCKS if kind == POINTS else 2)
        yield DesignBatch(kind, n, _points(one, luck, n) if kind == POINTS else _pairs(one, other, luck, full, n, groups))


def _points(points: Mapping[str, Row], first_luck: int, n: int) -> DesignRows:
    return DesignRows(
        np.repeat(np.arange(n), LUCKS), first_luck + np.arange(n * LUCKS), {k: np.repeat(u, LUCKS) for k, u in points.items()}
    )


def _pairs(a: Mapping[str, Row], b: Mapping[str, Row], first_luck: int, full: int, n: int, groups: Groups) -> DesignRows:
    luck_a = first_luck + np.arange(n)
    luck_b = luck_a + full
    sets = [(a, luck_a), (b, luck_a), (a, luck_b)]
    sets += [({**a, **{path: b[path] for path in members}}, luck_b) for members in groups.values()]
    quantiles = {path: np.concatenate([u[path] for u, _ in sets]) for path in a}
    return DesignRows(np.arange(len(sets) * n), np.concatenate([luck for _, luck in sets]), quantiles)


def names_of(groups: Groups) -> tuple[str, ...]:
    """The groups in the order of their effects, luck last."""
    return (*groups, LUCK)
