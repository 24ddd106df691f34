"""Armed groups: each follows its leader as far as it obeys, otherwise it wishes to stay where it is rooted.

Deployments tilt those observed at the start by exponentials of how much better or worse each province looks since (a logit with
alternative-specific constants), so that the start is at rest until something changes. Foreign groups may also leave Syria.
"""

from dataclasses import dataclass

import mesa
import numpy as np
from mesa.discrete_space import CellAgent

from sim.actors.base import Actor
from sim.world.axes import TINY, Array, Camp, Leader, Patron, Row
from sim.world.parameters import SHARE, WEIGHT, parameter
from sim.world.views import Intent
from sim.world.world import World


@dataclass
class ArmedGroups:
    """How all armed groups choose places; what differs between them are their traits."""

    precision: Row = parameter(WEIGHT, "how sharply a group's places follow what has changed (logit precision)")
    newcomers: Row = parameter(SHARE, "share of a group spread evenly over its camp's ground; on ground won since the start, all of it")
    yielding: Row = parameter(WEIGHT, "how strongly an agreed primacy keeps the other partner's groups out (R24, R35)")
    attachment: Row = parameter(SHARE, "how much its patron's roots in a province count in a group's own wish, beside being there")
    leaving: Row = parameter(SHARE, "share of a foreign group that would be abroad if Syria looked as at the start")


class GroupActor(Actor, CellAgent):
    """One armed group, at home in a province cell; it decides its intended deployment."""

    section = "armed_groups"

    def __init__(self, model: mesa.Model, name: str, index: int) -> None:
        super().__init__(model, name)
        self.index = index

    def intend(self, world: World, p: ArmedGroups, intent: Intent) -> None:
        """Write the shares of the group by province and, for a foreign group, outside Syria."""
        g, groups, reference = self.index, world.groups, world.reference
        if reference is None:
            return
        leader, camp = groups.leader[g], groups.camp[g]
        observed = reference.deployment[g]
        obey = world.traits["obedience"][g]
        led = intent.pull[leader] - reference.pull[leader] - p.yielding * yielded(world.state.primacy, leader)
        own = own_wish(world, g, p.attachment) - reference.own[g]
        tilt = np.exp(p.precision * (obey * led + (1.0 - obey) * own))
        fresh = 1.0 - (1.0 - p.newcomers) * (1.0 - world.seen.won[camp])
        constant = (1.0 - fresh) * observed + fresh * world.seen.spread[camp]
        weight = constant * tilt * can_stay(world, camp, g)
        abroad = 1.0 - (1.0 - p.leaving) * intent.sent[leader] if groups.foreign[g] else 0.0
        total = weight.sum(axis=0) * (1.0 - abroad) + abroad
        gone = total <= 0.0
        safe = np.where(gone, 1.0, total)
        intent.target[g] = weight * ((1.0 - abroad) / safe)
        intent.outside[g] = np.where(gone, 1.0, abroad / safe)


def yielded(primacy: Array, leader: Leader) -> Array:
    """How far a province is agreed to be the other partner's, (P, worlds)."""
    if leader == Leader.RUSSIA:
        return np.maximum(0.0, -primacy)
    if leader == Leader.IRAN:
        return np.maximum(0.0, primacy)
    return np.zeros_like(primacy)


def own_wish(world: World, g: int, attachment: Row) -> Array:
    """A group's own wish: to be where it already is and, as far as it is attached to it, where its patron is rooted, (P, worlds)."""
    force = world.state.force[g]
    there = force / (force.sum(axis=0) + TINY)
    leader = world.groups.leader[g]
    if leader.name not in Patron.__members__:
        return there
    return (1.0 - attachment) * there + attachment * world.state.roots[Patron[leader.name]]


def can_stay(world: World, camp: Camp, g: int) -> Array:
    """1 where the camp holds any ground, or where a partner kept the group after the government's fall; cells need no ground."""
    state = world.state
    if camp == Camp.ISLAMIC_STATE:
        return np.ones_like(state.presence)
    stands = state.control[camp] > 0.0
    if state.fallen.any():
        stands = stands | ((state.fallen > 0.0) & (state.force[g] > 0.0))
    return stands.astype(float)
