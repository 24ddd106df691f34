"""Regret: how much better an actor's stated interest would have been served by another of its own courses, in the same world.

The courses compared are the baseline and the scenarios in which nothing but the actor's own parameters differs, whether it chose that or
it befell it. In a world the regret of a course is what the best of them serves the interest more than it (0 for the best), in the unit
of the measured outcome (Savage 1951). It is counted by interest, never added over interests: what an actor would give of one for another
the report does not say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.compare.findings import POINT, STD_FLOOR
from sim.exploration.robustness.interest_measures import InterestMeasure
from sim.model.state.dimensions import Array, Row
from sim.statistics.confidence_intervals import Z_95

WORST = 0.9  # nine worlds in ten have no more regret than this quantile


@dataclass(frozen=True)
class Regret:
    """The regret of one course by one interest over `n` worlds.

    `served`: the mean of the outcome itself; `mean` regret with its 95 % interval; `ninth`: nine worlds in ten have no more; `best`: the
    share of worlds in which no other course serves the interest more; `matters`: whether the mean is surely above zero, and large enough
    by the floors of `spheres compare` (a percentage point of a share, else a tenth of a standard deviation over worlds).
    """

    measure: InterestMeasure
    scenario: str
    n: int
    served: float
    mean: float
    low: float
    high: float
    ninth: float
    best: float
    matters: bool


def regrets(measure: InterestMeasure, served: Mapping[str, Row]) -> list[Regret]:
    """The regret of each course, from how far each serves the interest in the same worlds, (n,) by scenario."""
    values = np.stack(list(served.values()))
    return [_regret(measure, name, values, row) for row, name in enumerate(served)]


def _regret(measure: InterestMeasure, name: str, values: Array, row: int) -> Regret:
    regret = values.max(axis=0) - values[row]
    n = len(regret)
    half = Z_95 * float(regret.std(ddof=1)) / np.sqrt(n) if n > 1 else float("nan")
    mean = float(regret.mean())
    return Regret(
        measure=measure,
        scenario=name,
        n=n,
        served=float(values[row].mean()) * (1.0 if measure.more else -1.0),
        mean=mean,
        low=max(0.0, mean - half),
        high=mean + half,
        ninth=float(np.quantile(regret, WORST)),
        best=float((regret <= 0.0).mean()),
        matters=mean - half > 0.0 and mean >= _floor(measure, values),
    )


def _floor(measure: InterestMeasure, values: Array) -> float:
    """The least regret that matters."""
    outcome = measure.parsed[0]
    return POINT if outcome.is_share or outcome.unit == "share" else STD_FLOOR * float(values.std())


def by_actor(found: Sequence[Regret]) -> dict[str, dict[str, list[Regret]]]:
    """Regrets by actor, then by interest, in their order."""
    actors: dict[str, dict[str, list[Regret]]] = {}
    for one in found:
        actors.setdefault(one.measure.actor, {}).setdefault(one.measure.interest, []).append(one)
    return actors
