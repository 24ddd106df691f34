"""PRIM, the patient rule induction method: a box in which something is frequent, found by cutting a little at a time.

J. H. Friedman and N. I. Fisher, Bump hunting in high-dimensional data, Statistics and Computing 9 (1999) 123-143. Peeling: of all ends of
all factors, the cut of a twentieth of the worlds left that leaves the highest share is made, again and again. Pasting: the box that was
chosen is widened again at its ends as long as that helps. Between the two, conditions that do least are taken away (their removal of
redundant variables) and the rest is peeled anew, until all conditions do something and few are left. Of the boxes of a peeling we take
the one that is above the base rate most clearly, in standard errors, since nobody is there to choose from the curve of shares. Arrays in,
a box out; nothing is random.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np

from sim.exploration.discovery.boxes import Box, Side, clearness, clearness_of, everything, step
from sim.model.state.dimensions import Array, BoolRow

PEEL = 0.05  # of the worlds left, that a cut takes: Friedman and Fisher's advice is 0.05 to 0.1, the less the more patient
LEAST_SHARE = 0.05  # of all worlds that a box must hold: a rule about fewer is about exceptions
LEAST_WORLDS = 25  # as well, since shares of fewer say little
MOST_FACTORS = 4  # restricted: more conditions than that nobody keeps in mind
CLEAR_STEP = 3.0  # standard errors from the worlds just beyond an end, below which its condition goes: the best of a few hundred cuts
# through chance alone is about so clear


def find_box(u: Array, holds: BoolRow, sides: Collection[Side] | None = None) -> Box:
    """The box in which `holds` (n,) is most clearly more frequent than among all worlds, given their draws (factors, n).

    `sides`: the ends that may be cut, all by default. A box without conditions means that there is none.
    """
    allowed = [side for i in range(len(u)) for side in (Side(i, False), Side(i, True)) if sides is None or side in sides]
    box = _clearest(u, holds, allowed)
    while weak := _weak(u, holds, box, MOST_FACTORS):
        gone = weak[: (len(weak) + 1) // 2]
        box = _clearest(u, holds, [side for side in box.sides if side not in gone])
    return midway(u, paste(u, holds, dropped(u, holds, paste(u, holds, box))))


def _clearest(u: Array, holds: BoolRow, allowed: Collection[Side]) -> Box:
    """The box of the peeling trajectory that is most clearly above the base rate: the first, and widest, of equals."""
    base = np.count_nonzero(holds) / len(holds)
    return max(peel(u, holds, allowed), key=lambda peeled: clearness_of(peeled.n, peeled.held, base)).box


class Peeled(NamedTuple):
    """A box of the peeling trajectory, how many worlds lie in it, and in how many of them it holds."""

    box: Box
    n: int
    held: int


def peel(u: Array, holds: BoolRow, allowed: Collection[Side]) -> Iterator[Peeled]:
    """The boxes of the peeling trajectory, from all worlds on, each a little smaller."""
    box, within = everything(len(u)), np.arange(len(holds))
    least = max(LEAST_WORLDS, int(np.ceil(LEAST_SHARE * len(holds))))
    rows = np.array(sorted({side.factor for side in allowed}), dtype=np.int64)
    is_open = np.array([[Side(int(row), upper) in allowed for upper in (False, True)] for row in rows], dtype=bool).reshape(-1, 2)
    while True:
        n, labels = len(within), holds[within]
        yield Peeled(box, n, int(np.count_nonzero(labels)))
        take = max(1, int(PEEL * n))
        if n - take < least or not len(rows):
            return
        drawn = u[rows[:, np.newaxis], within]
        ends = np.partition(drawn, (take, n - take - 1), axis=1)[:, [take, n - take - 1]]
        kept = np.stack([drawn >= ends[:, :1], drawn <= ends[:, 1:]], axis=1)  # (factors, ends, worlds)
        left = np.count_nonzero(kept, axis=2)
        share = np.count_nonzero(kept & labels, axis=2) / left
        share[~is_open | (left >= n) | (left < least)] = -1.0
        row, upper = np.unravel_index(int(np.argmax(share)), share.shape)  # the first of equals
        if share[row, upper] < 0.0:
            return
        box = box.cut(Side(int(rows[row]), bool(upper)), float(ends[row, upper]))
        within = within[kept[row, upper]]


def dropped(u: Array, holds: BoolRow, box: Box) -> Box:
    """The box without the conditions at whose ends the share hardly changes, the least clear first."""
    while weak := _weak(u, holds, box):
        box = box.without(weak[0])
    return box


def _weak(u: Array, holds: BoolRow, box: Box, most: int | None = None) -> list[Side]:
    """The conditions at whose ends the share hardly changes, the least clear first; if more than `most` factors are cut, one at least."""
    within = box.holds(u)
    steps = {side: step(holds, within, box.without(side).holds(u) & ~within) for side in box.sides}
    order = sorted(steps, key=lambda side: steps[side])
    weak = [side for side in order if steps[side] < CLEAR_STEP]
    return weak or (order[:1] if most is not None and len(box.factors) > most else [])


def paste(u: Array, holds: BoolRow, box: Box) -> Box:
    """The box widened at its ends, by up to a twentieth of its worlds at a time, as long as it then is more clearly above the base rate."""
    best = clearness(holds, box.holds(u))
    while True:
        wider = [cut for side in box.sides for cut in _pasted(u, box, side)]
        scored = [(clearness(holds, cut.holds(u)), -i) for i, cut in enumerate(wider)]
        if not scored or max(scored)[0] <= best:
            return box
        best, place = max(scored)
        box = wider[-place]


def _pasted(u: Array, box: Box, side: Side) -> Iterator[Box]:
    """The box with some more worlds at an end: one to a twentieth of those it has."""
    within = box.holds(u)
    beyond = np.sort(u[side.factor, box.without(side).holds(u) & ~within])
    beyond = beyond if side.upper else beyond[::-1]
    most = max(1, int(PEEL * np.count_nonzero(within)))
    for n in sorted({1, max(1, most // 4), max(1, most // 2), most}):
        if n < len(beyond):
            yield box.cut(side, float(beyond[n - 1]))


def midway(u: Array, box: Box) -> Box:
    """The box with each end halfway between the last world within and the next beyond: the worlds say no more of where it lies."""
    within = box.holds(u)
    for side in box.sides:
        row = u[side.factor]
        beyond, edge = row[box.without(side).holds(u) & ~within], box.bound(side)
        following = beyond[beyond > edge].min() if side.upper else beyond[beyond < edge].max()
        box = box.cut(side, float((edge + following) / 2.0))
    return box
