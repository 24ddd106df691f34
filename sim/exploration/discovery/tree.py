"""A classification tree (CART): the leaf in which something is most clearly frequent, as a box.

The tree is scikit-learn's (the extra `discover`). It splits one factor at a time in two, three times one after the other at most, so
that a leaf has three conditions at most. Arrays in, a box out; the same worlds give the same tree.
"""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from sim.exploration.discovery.boxes import Box, Side, clearness, everything
from sim.exploration.discovery.prim import LEAST_SHARE, LEAST_WORLDS, dropped
from sim.model.state.dimensions import Array, BoolRow

MOST_SPLITS = 3
HINT = "The tree needs the library scikit-learn, which is not installed: pip install -c constraints.txt -e '.[discover]'"


def is_installed() -> bool:
    """Whether scikit-learn is there."""
    try:
        import sklearn.tree  # noqa: F401 - here, since it takes a second, and no other command needs it
    except ImportError:
        return False
    return True


def find_leaf(u: Array, holds: BoolRow, sides: Collection[Side] | None = None) -> Box:
    """The leaf, without conditions that do little, of a tree grown on `holds` (n,) by draws (factors, n).

    `sides`: the ends at which its conditions count, all by default. Raises ImportError without scikit-learn.
    """
    from sklearn.tree import DecisionTreeClassifier

    least = max(LEAST_WORLDS, int(np.ceil(LEAST_SHARE * len(holds))))
    grown = DecisionTreeClassifier(max_depth=MOST_SPLITS, min_samples_leaf=least, random_state=0).fit(u.T, holds).tree_
    best = max(_leaves(grown, 0, everything(len(u))), key=lambda box: clearness(holds, box.holds(u)))
    for side in best.sides:
        best = best if sides is None or side in sides else best.without(side)
    return dropped(u, holds, best)


def _leaves(grown: Any, node: int, box: Box) -> Iterator[Box]:
    """The boxes of the leaves below a node, from left to right."""
    left, right = int(grown.children_left[node]), int(grown.children_right[node])
    if left == right:  # no children
        yield box
        return
    factor, at = int(grown.feature[node]), float(grown.threshold[node])
    yield from _leaves(grown, left, box.cut(Side(factor, True), at))
    yield from _leaves(grown, right, box.cut(Side(factor, False), at))
