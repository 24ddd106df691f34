"""A design: its factors, its points, and the lucks under which each point is run; and the rows that follow."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.state.dimensions import Array
from sim.scenario import Scenario
from sim.scenario.design_rows import DesignRows

KINDS = {
    "grid": "every combination of the levels of its factors",
    "lhs": "a Latin hypercube: each factor's range is covered evenly, combinations at random",
    "sobol": "a Sobol' sequence, scrambled: even in all factors together",
    "groups": "pick-freeze: pairs of independent points, luck exchanged between them, and one group of parameters at a time",
    "rows": "points as listed in a CSV file",
}
PAIRINGS = {"paired": "every point under the same lucks", "blocked": "each point under lucks of its own"}
OTHERS = {"drawn": "drawn by each luck's own world", "central": "at their central values"}
MOST_ROWS = 1_000_000
MOST_LUCK = 2**30  # far beyond the worlds of any run; tables keep a luck in four bytes


@dataclass(frozen=True)
class Factor:
    """A parameter that a design varies: by quantiles of its range, which act as draws, or by values, which act as `set`."""

    path: str
    as_quantiles: bool = False


@dataclass(frozen=True)
class Lucks:
    """Under which lucks each point is run: `n` from world `first` on, the same for every point, or (`paired` false) its own."""

    n: int = 50
    first: int = 0
    paired: bool = True


@dataclass(frozen=True)
class Design:
    """Points of the space of parameters of a scenario, and lucks. `points` (points, factors); `given_lucks` (points,) where a file says.

    Parameters that are no factor are drawn by the world whose luck a row has (`drawn`), or central.
    """

    name: str
    scenario: Scenario
    kind: str
    factors: tuple[Factor, ...]
    points: Array
    lucks: Lucks = Lucks()
    drawn: bool = True
    seed: int = 1
    given_lucks: Array | None = None
    question: str = ""

    @property
    def n_rows(self) -> int:
        """How many worlds it takes."""
        return len(self.points) * (1 if self.given_lucks is not None else self.lucks.n)

    @cached_property
    def rows(self) -> DesignRows:
        """The rows, interleaved: every point under its first luck, then every point under its second, so that a stopped run is even."""
        n_points = len(self.points)
        repeats = 1 if self.given_lucks is not None else self.lucks.n
        point, turn = np.tile(np.arange(n_points), repeats), np.repeat(np.arange(repeats), n_points)
        if self.given_lucks is not None:
            luck = self.given_lucks
        elif self.lucks.paired:
            luck = self.lucks.first + turn
        else:
            luck = self.lucks.first + point * self.lucks.n + turn
        columns = {factor: np.ascontiguousarray(self.points[point, i]) for i, factor in enumerate(self.factors)}
        return DesignRows(
            point=point.astype(np.int64),
            luck=np.asarray(luck, dtype=np.int64),
            quantiles={factor.path: row for factor, row in columns.items() if factor.as_quantiles},
            values={factor.path: row for factor, row in columns.items() if not factor.as_quantiles},
        )
