"""2b. Deploy (ours): groups move part of the way towards the places they intend. Force is moved, never made or lost here."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Camp, Partner, Row, yielded
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import force_by_partner
from sim.model.state.parameters import FACTOR, SHARE, parameter


@dataclass
class Arrival:
    """When more force counts as an arrival worth recording."""

    growth: Row = parameter(FACTOR, "growth of a partner's force in a province within a month that counts as an arrival")
    presence: Row = parameter(SHARE, "Islamic State presence from which a province counts as one where attacks rose")


def step(ensemble: Ensemble, p: Arrival) -> None:
    """Move force and reserves towards this month's intentions; note Russian arrivals and what bargains made partners leave."""
    state, intent = ensemble.state, ensemble.intent
    mobility = np.minimum(1.0, ensemble.traits["mobility"])
    before = force_by_partner(state.force, ensemble.groups)
    manpower = np.add.reduce(state.force, axis=1) + state.reserve
    ensemble.monthly.manpower = manpower
    state.force = moved(state.force, intent.target * manpower[:, np.newaxis], mobility[:, np.newaxis])
    state.reserve = moved(state.reserve, intent.outside * manpower, mobility)
    after = force_by_partner(state.force, ensemble.groups)
    arrived = after[Partner.RUSSIA] > (1.0 + p.growth) * before[Partner.RUSSIA]
    if arrived.any():
        arrived &= (state.presence > p.presence) & (state.control[Camp.GOVERNMENT] > 0.0) & (state.gone[Partner.RUSSIA] == 0.0)
        ensemble.note("russian_arrival", arrived)
    ensemble.monthly.hand_overs = np.add.reduce(handed_over(before - after, state.primacy), axis=0)


def moved(now: Float[Array, "*shape"], target: Float[Array, "*shape"], mobility: Float[Array, "..."]) -> Float[Array, "*shape"]:
    """Force after moving the share `mobility` of the way to `target`, which is used up."""
    way = np.subtract(target, now, out=target)
    way *= mobility
    way += now
    return way


def handed_over(left: Float[Array, "partners provinces worlds"], primacy: ByProvince) -> ByProvince:
    """Force (thousand) that left provinces agreed to be the other partner's."""
    gone = np.maximum(0.0, left)
    return gone[Partner.RUSSIA] * yielded(primacy, Partner.RUSSIA) + gone[Partner.IRAN] * yielded(primacy, Partner.IRAN)
