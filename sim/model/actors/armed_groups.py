"""Armed groups: each follows its leader as far as it obeys, otherwise it wishes to stay where it is rooted.

Deployments tilt those observed at the start by exponentials of how much better or worse each province looks since (a logit with
alternative-specific constants), so that the start is at rest until something changes. Foreign groups may also leave Syria.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.actors.actor import Actor
from sim.model.actors.agenda import Agenda
from sim.model.state.dimensions import TINY, Array, Camp, Leader, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import together
from sim.model.state.intent import Intent
from sim.model.state.parameters import SHARE, WEIGHT, parameter

MAX_TILT = 600.0  # the logarithm of a preference that leaves no doubt; beyond 709 exp overflows

NOWHERE = 1e-200  # weight of all places together below which a group has none


@dataclass
class ArmedGroups:
    """How all armed groups choose places; what differs between them are their traits."""

    precision: Row = parameter(WEIGHT, "how sharply a group's places follow what has changed (logit precision)")
    newcomers: Row = parameter(SHARE, "share of a group, spread over its camp's ground, that better places draw; on ground won, all of it")
    yielding: Row = parameter(WEIGHT, "how strongly what a partner leaves to the other keeps its groups out (R24, R35)")
    attachment: Row = parameter(SHARE, "how much its partner's roots in a province count in a group's own wish, beside being there")
    leaving: Row = parameter(SHARE, "share of a foreign group that is abroad while Syria looks as at the start")


class GroupActor(Actor[ArmedGroups]):
    """One armed group, at home in a province cell; it decides its intended deployment."""

    section = "armed_groups"

    def __init__(self, name: str, index: int) -> None:
        super().__init__(name)
        self.index = index

    def act(self, ensemble: Ensemble, p: ArmedGroups, agenda: Agenda, intent: Intent) -> None:
        """Write where the groups intend to be: they share one rule, so one of them works it out for all, in one array."""
        if self.index == 0 and ensemble.reference is not None:
            intent.target, intent.outside = deployments(ensemble, p, intent)


def deployments(
    ensemble: Ensemble, p: ArmedGroups, intent: Intent
) -> tuple[Float[Array, "groups provinces worlds"], Float[Array, "groups worlds"]]:
    """Intended shares of each group by province, (G, P, worlds), and for foreign groups outside Syria, (G, worlds)."""
    state, perceived, groups, reference = ensemble.state, ensemble.perceived, ensemble.groups, ensemble.start
    leader, obey = list(groups.leader), ensemble.traits["obedience"]
    led = intent.pull - reference.pull
    for partner in Partner:
        leader_of = Leader[partner.name]
        led[leader_of] -= p.yielding * state.left_alone[partner]
        led[leader_of] = np.where(state.gone[partner] > 0.0, led[Leader.GOVERNMENT], led[leader_of])  # whom it left follow Damascus
    tilt = own_wish(ensemble, p.attachment)
    tilt -= reference.own
    tilt *= along_provinces(p.precision * (1.0 - obey))
    pulled = led[leader]
    pulled *= along_provinces(p.precision * obey)
    tilt += pulled
    np.exp(np.minimum(tilt, MAX_TILT, out=tilt), out=tilt)
    weight = np.empty(tilt.shape)
    for camp, members in groups.camp_runs:
        won, spread = perceived.won[camp], perceived.spread[camp]
        new, some = p.newcomers * (1.0 - won), weight[members]
        np.multiply(reference.deployment[members], 1.0 - won, out=some)
        some += (won + new) * spread
        some *= tilt[members]
        some -= new * spread  # nobody is new where nothing has changed
        np.maximum(some, 0.0, out=some)
    staying(ensemble, weight)
    abroad = np.where(groups.foreign[:, np.newaxis], 1.0 - (1.0 - p.leaving) * intent.sent[leader], 0.0)
    total = np.add.reduce(weight, axis=1) * (1.0 - abroad) + abroad
    gone = total <= NOWHERE
    safe = np.where(gone, 1.0, total)
    weight *= along_provinces((1.0 - abroad) / safe)
    return weight, np.where(gone, 1.0, abroad / safe)


def along_provinces(x: Float[Array, "... worlds"]) -> Float[Array, "... 1 worlds"]:
    """Rows of groups or camps, (..., worlds), as they broadcast along provinces, (..., 1, worlds)."""
    return x[..., np.newaxis, :]


def own_wish(ensemble: Ensemble, attachment: Row) -> Float[Array, "groups provinces worlds"]:
    """Each group's own wish, (G, P, worlds): to be where it already is and, as far as it is attached to it, where its partner is rooted."""
    force, groups = ensemble.state.force, ensemble.groups
    wish: Float[Array, "groups provinces worlds"] = force / (np.add.reduce(force, axis=1, keepdims=True) + TINY)
    for partner in Partner:
        members = together(groups.of_partner(partner))
        own = wish[members]
        own *= 1.0 - attachment
        own += attachment * ensemble.state.roots[partner]
        wish[members] = own
    return wish


def staying(ensemble: Ensemble, weight: Float[Array, "groups provinces worlds"]) -> Float[Array, "groups provinces worlds"]:
    """The weights (G, P, worlds) after zero is put where a group cannot stay: where its camp holds no ground (cells need none), except
    where a partner kept it after the government's fall.
    """
    state = ensemble.state
    stands = (state.control > 0.0).astype(float)
    stands[Camp.ISLAMIC_STATE] = 1.0
    fell = np.flatnonzero(state.fallen)
    kept = weight[..., fell] * (state.force[..., fell] > 0.0) if fell.size else None
    for camp, members in ensemble.groups.camp_runs:
        np.multiply(weight[members], stands[camp], out=weight[members])
    if kept is not None:
        weight[..., fell] = np.maximum(weight[..., fell], kept)
    return weight
