"""Posts change hands after an exchange: the yielding partner's groups leave part of them for their other places (R24); none are lost."""

import numpy as np
from jaxtyping import Bool, Float

from sim.model.state.dimensions import OTHER_PARTNER, PRIMACY_SIGN, TINY, Array, Partner, Row, never_alone
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import together


def hand_over_posts(ensemble: Ensemble, share: Row, new: Float[Array, "partners provinces worlds"]) -> Bool[Array, "provinces worlds"]:
    """Move force out of what partners yielded, as firmly as it is agreed and as far as groups obey; returns where any left.

    `new` (K, P, worlds) is how firmly each partner was just given posts; it is in the state's primacy already.
    """
    agreeing = np.flatnonzero(new.any(axis=(0, 1)))  # few worlds, and often none
    left = np.zeros(new.shape[1:])
    if agreeing.size == 0:
        return left > 0.0
    agreeing = never_alone(agreeing)
    force, primacy, given = (np.take(x, agreeing, axis=-1) for x in (ensemble.state.force, ensemble.state.primacy, new))
    share = np.take(share * ensemble.traits["obedience"], agreeing, axis=-1)
    gone = np.zeros(primacy.shape)
    for partner in Partner:
        groups, stays = together(ensemble.groups.of_partner(partner)), PRIMACY_SIGN[partner] * primacy >= 0.0
        force[groups], leaving = posts_moved(force[groups], share[groups], given[OTHER_PARTNER[partner]], stays)
        for away in leaving:
            gone += away
    ensemble.state.force = ensemble.state.force.copy()
    ensemble.state.force[..., agreeing] = force
    left[:, agreeing] = gone
    ensemble.monthly.hand_overs = ensemble.monthly.hand_overs + left.sum(axis=0)
    return left > 0.0


def posts_moved(
    force: Float[Array, "*groups provinces active"],
    share: Float[Array, "*groups active"],
    yields: Float[Array, "provinces active"],
    stays: Bool[Array, "provinces active"],
) -> tuple[Float[Array, "*groups provinces active"], Float[Array, "*groups provinces active"]]:
    """Groups' force by province after a share of it has left what their partner yields, and how much has left where, (G, P, active).

    It goes where a group already is and its partner `stays`, having left nothing to the other now or before; it remains where there is no
    such place.
    """
    leaving = share[..., np.newaxis, :] * force * yields
    elsewhere = np.where(stays & (yields == 0.0), force, 0.0)
    room = elsewhere.sum(axis=-2, keepdims=True)
    leaving = leaving * (room > TINY)
    return force + (leaving.sum(axis=-2, keepdims=True) * elsewhere / (room + TINY) - leaving), leaving
