"""5a. Learn: what a group loses in quality with its men, and what it learns behind quiet fronts (ours).

`experience` multiplies a group's quality and is 1 at the start. Who loses men loses some of what the unit could do, since those who
replace them are recruits; it comes back slowly. Behind fronts that stay quiet a group trains towards the level that its leader's `drill`
allows: above that of the start for an opposition that builds up, as at the start for all others. Both are one adjustment towards a level
(partial adjustment).
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import TINY, Array, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, SCALE, SHARE, parameter


@dataclass
class Experience:
    """How fast groups learn, and what losses cost them besides men."""

    toll: Row = parameter(FACTOR, "share of a group's experience lost per share of its men lost in a month")
    pace: Row = parameter(SHARE, "share of the way a month to the experience that training sustains")
    quiet_half: Row = parameter(SCALE, "share of its men lost in a month at which a group trains half as much as behind a quiet front")


def step(ensemble: Ensemble, p: Experience) -> None:
    """Count what the month's fighting and strikes cost each group, and let all train."""
    state = ensemble.state
    lost = lost_share(ensemble.monthly.manpower, state.force.sum(axis=1) + state.reserve)
    drill = ensemble.intent.drill[list(ensemble.groups.leader)]
    state.experience = experience_after(p, state.experience, lost, drill)


def lost_share(before: Float[Array, "groups worlds"], after: Float[Array, "groups worlds"]) -> Float[Array, "groups worlds"]:
    """Share of its men that each group lost within the month, (G, worlds), 0..1; none of a group that had none."""
    return np.maximum(0.0, 1.0 - (after + TINY) / (before + TINY))


def experience_after(
    p: Experience, experience: Float[Array, "groups worlds"], lost: Float[Array, "groups worlds"], drill: Float[Array, "groups worlds"]
) -> Float[Array, "groups worlds"]:
    """Experience a month later, (G, worlds), at least 0: losses take their toll, training brings it towards 1 plus what `drill` adds where
    it is quiet.
    """
    quiet = p.quiet_half / (p.quiet_half + lost)
    kept = experience * np.maximum(0.0, 1.0 - p.toll * lost)
    return kept + p.pace * (1.0 + drill * quiet - kept)
