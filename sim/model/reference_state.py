"""What a run is measured against: the start at rest. Deployments and manpower change only as things differ from it.

Efforts, money and morale are compared with each world's own start under the root's parameters, so that no scenario's change hides in
its own reference. The pull of provinces is compared with that of the root's central values, so that worlds which draw other interests
do act on them.
"""

from collections.abc import Callable, Mapping

import numpy as np

from sim.model.actors.armed_groups import own_wish
from sim.model.processes import perceived_danger
from sim.model.processes.combat_strength import air_share
from sim.model.processes.entrenchment import thinness
from sim.model.registry import Parameters
from sim.model.schedule import update_perceptions
from sim.model.state.dimensions import TINY, Camp, Partner, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.reference import Reference
from sim.model.state.sensing import people_held


def before(rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows under which the start was at rest: each partner's budget as far as it was engaged before (R46, R51)."""
    engaged = {f"{key(k)}.means.budget": rows[f"start.engagement_{key(k)}"] for k in Partner}
    return dict(rows) | {path: rows[path] * share for path, share in engaged.items()}


def settle(ensemble: Ensemble, p: Parameters, decide: Callable[[Ensemble, Parameters], None]) -> None:
    """Let actors decide on the first state until what they see of each other is at rest; no month passes."""
    update_perceptions(ensemble, p)
    for _ in range(3):
        ensemble.intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
        decide(ensemble, p)
        perceived_danger.step(ensemble, p.reckon, at_once=True)


def reference_of(own: Ensemble, central: Ensemble, p: Parameters) -> Reference:
    """The reference from two settled worlds: under each world's own draws, and under central values."""
    state, groups = own.state, range(len(own.groups))
    shares = own.state.force / (own.state.force.sum(axis=1, keepdims=True) + TINY)
    roots = {leader: own.state.roots[Partner[leader.name]] for leader in own.groups.leader if leader.name in Partner.__members__}
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
        thinness=thinness(own.perceived.strength, own.provinces.area),
        presence=state.presence.copy(),
        air_share=air_share(own.intent.air[Camp.GOVERNMENT], p.strength.air_half),
        pooled=own.intent.pooled,
    )
