"""What every actor's effort goes to, on average over the months of a run: by goal, and by goal and province.

A goal's effort counts where the goal is at stake, whatever instrument it is spent on. Where nothing is at stake in a month, it counts for
the whole country alone. Sums are made world by world in the order of months, so no choice of chunks can change them.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Pursuit
from sim.model.state.dimensions import Array

CACHED = 2**15  # numbers of as many goals as are added up together, at least those of one


class GoalEffort:
    """Adds up the months of some worlds for the goals that are pursued there, in arrays that are made once.

    `whole` (goals, worlds) and `placed` (goals, provinces, worlds) are sums over the months so far, in units of effort.
    """

    def __init__(self, pursuits: Sequence[Pursuit], n_provinces: int, n_worlds: int) -> None:
        self._rows = {(pursuit.actor, pursuit.goal.name): row for row, pursuit in enumerate(pursuits)}
        self.whole: Float[Array, "goals worlds"] = np.zeros((len(pursuits), n_worlds))
        self.placed: Float[Array, "goals provinces worlds"] = np.zeros((len(pursuits), n_provinces, n_worlds))
        self._at_once = max(1, CACHED // (n_provinces * n_worlds))
        self._month = np.empty((self._at_once, n_provinces, n_worlds))
        self.months = 0

    def add(self, agenda: Agenda) -> None:
        """The next month. A few goals at a time, whose numbers stay in the processor's cache."""
        self.whole += agenda.effort
        for first in range(0, len(self.placed), self._at_once):
            some = slice(first, first + self._at_once)
            placed = self._month[: len(self.placed[some])]
            np.multiply(agenda.place[some], agenda.effort[some, np.newaxis], out=placed)
            self.placed[some] += placed
        self.months += 1

    def means(self, goals: Sequence[Pursuit], n_worlds: int) -> tuple[Float[Array, "goals worlds"], Float[Array, "goals provinces worlds"]]:
        """Means over the months for the first worlds, of all these goals; zero for those that are not pursued."""
        whole = np.zeros((len(goals), n_worlds))
        placed = np.zeros((len(goals), self.placed.shape[1], n_worlds))
        for i, goal in enumerate(goals):
            row = self._rows.get((goal.actor, goal.goal.name))
            if row is not None:
                np.divide(self.whole[row, :n_worlds], self.months, out=whole[i])
                np.divide(self.placed[row, :, :n_worlds], self.months, out=placed[i])
        return whole, placed
