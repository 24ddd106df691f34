"""3a. Phases: the government turns to one enemy after another, the most dangerous first (ours, after the order of R15 and R66).

What an enemy endangers is core territory beside its strength. Where a zone quiets the front, an enemy endangers less (R17): that is what
sets the army free for another front.
"""

import numpy as np
from jaxtyping import Float

from sim.model.state.deescalation_zones import Barriers
from sim.model.state.dimensions import TINY, Array, Camp, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import neighbour_sum


def urgency(ensemble: Ensemble, barriers: Barriers, phasing: Row) -> Float[Array, "camps worlds"]:
    """How urgent each enemy is to the government, 0..1: its danger relative to that of the most dangerous, to the power `phasing`."""
    danger = endangered(ensemble, barriers)
    return (danger / np.maximum(danger.max(axis=0), TINY)) ** phasing


def endangered(ensemble: Ensemble, barriers: Barriers) -> Float[Array, "camps worlds"]:
    """Danger of each enemy to core territory, (C, worlds): its strength in and beside provinces that the government holds, by their worth
    and the share held, less where breaking a zone costs (nothing from a whole prize on).
    """
    strength, held = ensemble.perceived.strength, ensemble.state.control[Camp.GOVERNMENT]
    at_stake = ensemble.perceived.worth * held
    enemies = slice(Camp.OPPOSITION, Camp.ISLAMIC_STATE + 1)  # all that are armed but the government itself
    near = strength[enemies] + neighbour_sum(strength[enemies], ensemble.provinces.neighbours)
    for pair, quiet in barriers.items():
        if Camp.GOVERNMENT in pair:
            (enemy,) = pair - {Camp.GOVERNMENT}
            near[enemy - enemies.start] *= np.maximum(0.0, 1.0 - quiet)
    danger = np.zeros((len(Camp), ensemble.n_worlds))
    danger[enemies] = (near * at_stake).sum(axis=1)
    return danger
