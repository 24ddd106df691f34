"""What a run is measured against: the start at rest. Deployments and manpower change only as things differ from it.

Efforts, money and morale are compared with each world's own start under the root's parameters, so that no scenario's change hides in
its own reference. The pull of provinces is compared with that of the root's central values, so that worlds which draw other interests
do act on them.
"""

from collections.abc import Callable, Mapping

import numpy as np

from sim.actors.group import own_wish
from sim.processes import reckon
from sim.processes.entrench import thinness
from sim.processes.strength import air_share
from sim.registry import Parameters
from sim.schedule import look
from sim.world.assessment import people_held
from sim.world.axes import TINY, Camp, Patron, Row, key
from sim.world.views import Intent, Reference
from sim.world.world import World


def before(rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows under which the start was at rest: each partner's budget as far as it was engaged before (R46, R51)."""
    engaged = {f"{key(k)}.means.budget": rows[f"start.engagement_{key(k)}"] for k in Patron}
    return dict(rows) | {path: rows[path] * share for path, share in engaged.items()}


def settle(world: World, p: Parameters, decide: Callable[[World, Parameters], None]) -> None:
    """Let actors decide on the first state until what they see of each other is at rest; no month passes."""
    look(world, p)
    for _ in range(3):
        world.intent = Intent.blank(len(world.provinces), len(world.groups), world.worlds)
        decide(world, p)
        reckon.perceive(world, p.reckon, alarm=np.ones(world.worlds))
        reckon.remember(world)


def reference_of(own: World, central: World, p: Parameters) -> Reference:
    """The reference from two settled worlds: under each world's own draws, and under central values."""
    state, groups = own.state, range(len(own.groups))
    shares = own.state.force / (own.state.force.sum(axis=1, keepdims=True) + TINY)
    roots = {leader: own.state.roots[Patron[leader.name]] for leader in own.groups.leader if leader.name in Patron.__members__}
    rooted = [
        (shares[g] * roots[own.groups.leader[g]]).sum(axis=0) if own.groups.leader[g] in roots else 1.0 + 0.0 * state.coffers
        for g in groups
    ]
    return Reference(
        effort=own.intent.effort,
        pull=central.intent.pull[..., :1],
        own=own_wish(own, p.armed_groups.attachment),
        deployment=shares,
        control=state.control.copy(),
        rooted=np.stack(rooted),
        coffers=state.coffers.copy(),
        people=np.stack([people_held(state, own.provinces, camp) for camp in Camp]),
        morale=state.morale.copy(),
        thinness=thinness(own),
        presence=state.presence.copy(),
        air_share=air_share(own.intent.air[Camp.GOVERNMENT], p.strength.air_half),
        pooled=own.intent.pooled,
    )
