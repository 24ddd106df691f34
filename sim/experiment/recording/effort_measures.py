"""Effort by goal, as recorded: a measure for every goal of every actor, and its sums over worlds by province.

Sums are whole numbers in fixed point, rounded world by world, so that no order of chunks can change them.
"""

import numpy as np

from sim.experiment.recording.histograms import EXACT, FIXED_POINT, NotFinite
from sim.model.actors.goals import Pursuit
from sim.model.observation.measure_catalogue import Measure
from sim.model.registry import GOALS, paths
from sim.model.state.dimensions import Array
from sim.text.names import possessive

PREFIX = "effort_"


def effort_name(actor: str, goal: str) -> str:
    """The measure of an actor's effort for a goal, `effort_iran_land_corridor`."""
    return f"{PREFIX}{actor}_{goal}"


def _measure(pursuit: Pursuit, meaning: str) -> Measure:
    text = f"{possessive(pursuit.actor)} effort for its interest {pursuit.goal.name}, {meaning}; mean over the months of the run"
    return Measure(effort_name(pursuit.actor, pursuit.goal.name), text, "effort", 0, 4)


def _measures() -> tuple[Measure, ...]:
    declared = paths(())
    return tuple(_measure(pursuit, declared[pursuit.path].meaning) for pursuit in GOALS)


EFFORTS = _measures()  # in the order of GOALS
EFFORT_ACTORS = {effort_name(pursuit.actor, pursuit.goal.name): pursuit.actor for pursuit in GOALS}  # whose effort a measure is


def effort_sums(whole: Array, by_province: Array) -> Array:
    """Sums over worlds in fixed point, (goals, provinces + 1) int64, the last for the whole country.

    `whole` (goals, worlds), `by_province` (goals, provinces, worlds). Raises NotFinite for effort that is not a usable number.
    """
    steps = np.concatenate([by_province, whole[:, np.newaxis]], axis=1)
    steps *= FIXED_POINT
    sums = np.rint(steps, out=steps).sum(axis=-1)
    usable = np.abs(sums) < EXACT
    if not usable.all():
        raise NotFinite(f"{EFFORTS[int(np.argmin(usable.all(axis=1)))].name} is not a usable number")
    return np.asarray(sums.astype(np.int64))
