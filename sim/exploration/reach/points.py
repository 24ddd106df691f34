"""Points of the space of parameters, each run under a luck of its own, and how they are run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.model.state.dimensions import Array, Row

Run = Callable[[Array, Row], Array]  # quantiles (parameters, points) and luck (points,) in; what is asked (outcomes, points) out
DrawsOf = Callable[[Row], Array]  # the numbers of worlds in, their own draws out: quantiles (parameters, worlds)
CENTRE = 0.5  # the quantile of a central value


@dataclass(frozen=True)
class Points:
    """`quantiles` (parameters, points), the `luck` (points,) under which each was run, and its `values` (outcomes, points)."""

    quantiles: Array
    luck: Row
    values: Array

    def __len__(self) -> int:
        """How many points."""
        return int(self.luck.shape[0])

    def first(self, n: int) -> "Points":
        """The first of them."""
        return self.some(np.arange(n))

    def some(self, which: Array) -> "Points":
        """Some of them, by index."""
        return Points(self.quantiles[:, which], self.luck[which], self.values[:, which])

    def and_more(self, more: "Points") -> "Points":
        """These points, then others."""
        quantiles = np.concatenate([self.quantiles, more.quantiles], axis=1)
        return Points(quantiles, np.concatenate([self.luck, more.luck]), np.concatenate([self.values, more.values], axis=1))


class Space(NamedTuple):
    """The parameters that are drawn, how worlds draw them, and how points are run."""

    paths: tuple[str, ...]
    draws_of: DrawsOf
    run: Run

    def by_path(self, quantiles: Array) -> Mapping[str, Row]:
        """Quantiles by the name of the parameter."""
        return dict(zip(self.paths, quantiles, strict=True))

    def under(self, quantiles: Array, lucks: Row) -> Array:
        """Every point, (parameters, points), under every luck: (outcomes, points, lucks); the same lucks for all, so that they pair."""
        points, n = quantiles.shape[1], len(lucks)
        found = self.run(np.repeat(quantiles, n, axis=1), np.tile(lucks, points))
        return found.reshape(found.shape[0], points, n)
