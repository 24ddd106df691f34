"""PRIM, the patient rule induction method: a box in which something is frequent, found by cutting a little at a time.

J. H. Friedman and N. I. Fisher, Bump hunting in high-dimensional data, Statistics and Computing 9 (1999) 123-143. Peeling: of all ends of
all factors, the cut of a twentieth of the worlds left that leaves the highest share is made, again and again. Pasting: the box that was
chosen is widened again at its ends as long as that helps. Between the two, conditions that do little are taken away (their removal
of redundant variables). Of the boxes on the way, we take the one that is above the base rate most clearly, in standard errors, since
nobody is there to look at the curve of shares and choose. Arrays in, a box out; nothing is random.
"""

from collections.abc import Collection, Iterator

import numpy as np

from sim.exploration.discovery.boxes import Box, Side, clearness, everything, step
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
    boxes = list(peel(u, holds, allowed))
    best = max(boxes, key=lambda box: clearness(holds, box.holds(u)))  # the first, and widest, of equals
    return midway(u, paste(u, holds, dropped(u, holds, paste(u, holds, best))))


def peel(u: Array, holds: BoolRow, allowed: Collection[Side]) -> Iterator[Box]:
    """The boxes of the peeling trajectory, from all worlds on, each a little smaller."""
    box, within = everything(len(u)), np.arange(len(holds))
    least = max(LEAST_WORLDS, int(np.ceil(LEAST_SHARE * len(holds))))
    while True:
        yield box
        factors = box.factors
        open_sides = [side for side in allowed if len(factors) < MOST_FACTORS or side.factor in factors]
        cuts = [cut for side in open_sides if (cut := _peeled(u[side.factor, within], holds[within], side)) is not None]
        cuts = [cut for cut in cuts if np.count_nonzero(cut[2]) >= least]
        if not cuts:
            return
        side, at, kept = max(cuts, key=lambda cut: float(holds[within][cut[2]].mean()))
        box, within = box.cut(side, at), within[kept]


def _peeled(u: Array, holds: BoolRow, side: Side) -> tuple[Side, float, BoolRow] | None:
    """The cut that takes PEEL of some worlds at an end: where, and which it keeps; None where it would take none or all."""
    n = len(u)
    take = max(1, int(PEEL * n))
    if take >= n:
        return None
    place = n - take - 1 if side.upper else take
    at = float(np.partition(u, place)[place])
    kept = u <= at if side.upper else u >= at
    return (side, at, kept) if 0 < np.count_nonzero(kept) < n else None


def dropped(u: Array, holds: BoolRow, box: Box) -> Box:
    """The box without the conditions at whose ends the share hardly changes, the least clear first."""
    while box.sides:
        within = box.holds(u)
        steps = {side: step(holds, within, box.without(side).holds(u) & ~within) for side in box.sides}
        weakest = min(steps, key=lambda side: steps[side])
        if steps[weakest] >= CLEAR_STEP:
            return box
        box = box.without(weakest)
    return box


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
