"""Medoids: for each outcome of a scenario, its representative world, the one closest to all others with that outcome.

The distance of two worlds is Gower's. Every column (the indices of the whole country at the horizon, and each power's share
of influence in each province) is scaled by its range over the worlds that were read, and absolute differences are averaged: over the
indices, over the shares of influence, and then over these two, so that either counts half. Columns in which no two worlds differ count
for nothing. It is 0 for worlds that end alike, and at most 1.

Such a distance is a sum over columns, so a world's distances to all others follow from the sorted columns. The medoid is exact, however
many worlds there are; at most the first MAX_WORLDS worlds of a scenario are read, chunk by chunk.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sim.experiment.recording.world_tables import world_column
from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import OUTCOMES, WHOLE
from sim.model.state.dimensions import Array, Power, key

MAX_WORLDS = 20_000  # that are read: 14 MB of indices and influence
MAX_TYPICAL = 5
_INFLUENCE = tuple(f"influence_{key(power)}" for power in Power)
_EQUAL = 1e-9  # sums closer than that, relatively, are equal but for rounding; two worlds alone are equally far from each other
_STATED = ("broken", "collapsed")  # what an outcome's own definition or the territory says already


@dataclass(frozen=True)
class TypicalIndex:
    """An index by which the worlds of a class differ from the scenario's other worlds: both means, and the medoid's own value."""

    name: str
    meaning: str
    unit: str
    value: float
    of_class: float
    of_others: float


@dataclass(frozen=True)
class Medoid:
    """The world that represents an outcome.

    `n_worlds` of the `n_read` first worlds of the scenario (it has `n_all`) have the outcome, `share` of them. `distance` is the medoid's
    mean distance to the other worlds of its class, `mean_distance` that of two worlds of it (both 0 for a class of one world).
    """

    scenario: str
    outcome: str
    world: int
    n_worlds: int
    n_read: int
    n_all: int
    share: float
    distance: float
    mean_distance: float
    typical: tuple[TypicalIndex, ...]

    @property
    def why(self) -> str:
        """In a sentence or two, why this world represents its outcome."""
        if self.n_worlds == 1:
            first = f"World {self.world} is the only one of {self.n_read:,} with this outcome."
        else:
            first = f"{self.n_worlds:,} of {self.n_read:,} worlds have this outcome. World {self.world} is the closest to the others: its "
            first += f"mean distance to them is {self.distance:.2f} (Gower's distance: 0 alike, 1 at most), that of any two is "
            first += f"{self.mean_distance:.2f}."
        if self.n_read == self.n_all:
            return first
        return f"{first} Only the first {self.n_read:,} of {self.n_all:,} worlds were read."


def medoids(result: Result, scenario: str) -> list[Medoid]:
    """The medoid of every outcome that occurs, in the order of OUTCOMES. Raises SettingsError for results that cannot be read."""
    numbers, outcome, indices, influence = _read(result, scenario)
    scaled = np.hstack([_scaled(indices), _scaled(influence)])
    found = []
    for code, name in enumerate(OUTCOMES):
        members = np.flatnonzero(outcome == code)
        if not members.size:
            continue
        sums = summed_distances(scaled[members])
        best = int(np.argmax(sums <= sums.min() * (1.0 + _EQUAL)))  # of equals the first
        pairs = max(members.size - 1, 1)
        found.append(
            Medoid(
                scenario=scenario,
                outcome=name,
                world=int(numbers[members[best]]),
                n_worlds=int(members.size),
                n_read=int(outcome.size),
                n_all=int(result.about(scenario)["worlds"]),
                share=members.size / outcome.size,
                distance=float(sums[best] / pairs),
                mean_distance=float(sums.mean() / pairs),
                typical=_typical(indices, outcome == code, int(members[best])),
            )
        )
    return found


def summed_distances(scaled: Array) -> Array:
    """Each row's summed absolute differences from all rows, (rows,), for scaled columns (rows, columns): exact, from sorted columns."""
    n = len(scaled)
    sums = np.zeros(n)
    below = np.arange(1, n + 1)
    for column in scaled.T:
        order = np.argsort(column, kind="stable")
        value = column[order]
        under = np.cumsum(value)
        sums[order] += value * below - under + (under[-1] - under) - value * (n - below)
    return sums


def _read(result: Result, scenario: str) -> tuple[Array, Array, Array, Array]:
    """World numbers, outcomes (worlds,), indices (worlds, indices), influence (worlds, powers x provinces), of the first worlds."""
    names = [world_column(measure) for measure in WHOLE]
    parts: list[tuple[Array, ...]] = []
    left = MAX_WORLDS
    for file in result.files(scenario).values():
        worlds, places = file.table("worlds", ["world", "outcome", *names]), file.table("provinces", _INFLUENCE)
        n = min(left, worlds.num_rows)
        influence = _matrix(places, _INFLUENCE).reshape(worlds.num_rows, -1)[:n]
        worlds = worlds.slice(0, n)
        codes = np.array([OUTCOMES.index(text) for text in worlds.column("outcome").to_pylist()], dtype=np.int8)
        parts.append((worlds.column("world").to_numpy(), codes, _matrix(worlds, names), influence))
        left -= n
        if left <= 0:
            break
    numbers, codes, indices, influence = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return numbers, codes, indices, influence


def _matrix(table: pa.Table, names: list[str] | tuple[str, ...]) -> Array:
    """Columns side by side, (rows, columns), float32."""
    return np.stack([table.column(name).to_numpy() for name in names], axis=1).astype(np.float32)


def _scaled(columns: Array) -> Array:
    """Columns over their range, so that summed differences over them are half a Gower distance; those of no range are dropped."""
    wide = columns.astype(np.float64)
    span = wide.max(axis=0) - wide.min(axis=0)
    kept = span > 0.0
    return (wide[:, kept] - wide[:, kept].min(axis=0)) / (2.0 * span[kept] * max(int(kept.sum()), 1))


def _typical(indices: Array, inside: Array, medoid: int) -> tuple[TypicalIndex, ...]:
    """The indices whose mean over the class is furthest from that over the other worlds, in standard deviations over all worlds."""
    if inside.all():
        return ()
    wide = indices.astype(np.float64)
    of_class, of_others, std = wide[inside].mean(axis=0), wide[~inside].mean(axis=0), wide.std(axis=0)
    apart = np.abs(of_class - of_others) / np.where(std > 0.0, std, np.inf)
    distinct = [int(i) for i in np.argsort(-apart, kind="stable") if apart[i] > 0.0]
    most = [i for i in distinct if WHOLE[i].name not in _STATED][:MAX_TYPICAL]
    return tuple(
        TypicalIndex(
            world_column(WHOLE[i]), WHOLE[i].meaning, WHOLE[i].unit, float(wide[medoid, i]), float(of_class[i]), float(of_others[i])
        )
        for i in most
    )
