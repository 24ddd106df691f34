"""What a run is measured against: the start at rest. Deployments, manpower and roots change only as things differ from it.

The reference is each world's own start under the parameters of the root scenario, with one exception: interests are the root's central
ones. So no scenario's change hides in its own reference, worlds that draw other interests act on them as worlds do for which they are set,
and a world with central interests is at rest.
"""

from collections.abc import Callable, Mapping

import numpy as np
from jaxtyping import Float

from sim.model.actors.armed_groups import own_wish
from sim.model.processes import perceived_danger
from sim.model.processes.combat_strength import air_share
from sim.model.processes.coordination import contested_at
from sim.model.processes.entrenchment import thinness
from sim.model.registry import Parameters
from sim.model.schedule import update_perceptions
from sim.model.state.dimensions import TINY, Array, Camp, Instrument, Partner, Row, keys
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import Groups
from sim.model.state.intent import Intent
from sim.model.state.reference import Reference
from sim.model.state.sensing import grip, people_held

ROUNDS_TO_REST = 3  # of decisions: what one actor shows, another answers, and the first takes up


def engaged_rows(rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows under which the start was at rest: each partner's budget as far as it was engaged before (R46, R51)."""
    engaged = {f"{name}.means.budget": rows[f"start.engagement_{name}"] for name in keys(Partner)}
    return dict(rows) | {path: rows[path] * share for path, share in engaged.items()}


def central_interests(rows: Mapping[str, Row], central: Mapping[str, float]) -> dict[str, Row]:
    """The rows with every weight of an interest at its `central` value."""
    return {path: np.full_like(row, central[path]) if ".interests." in path else row for path, row in rows.items()}


def settle(ensemble: Ensemble, p: Parameters, decide: Callable[[Ensemble, Parameters], None]) -> None:
    """Let actors decide on the first state until what they perceive of each other is at rest; no month passes."""
    update_perceptions(ensemble, p)
    for _ in range(ROUNDS_TO_REST):
        ensemble.intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
        decide(ensemble, p)
        perceived_danger.step(ensemble, p.reckon, at_once=True)


def reference_of(own: Ensemble, p: Parameters) -> Reference:
    """The reference from a settled ensemble under each world's own draws and central interests."""
    state = own.state
    shares = state.force / (state.force.sum(axis=1, keepdims=True) + TINY)
    return Reference(
        effort=own.intent.effort,
        roots_effort=own.intent.placed[:, Instrument.ROOTS],
        pull=own.intent.pull,
        contested=contested_at(own.intent.stake).mean(axis=0),
        own=own_wish(own, p.armed_groups.attachment),
        deployment=shares,
        control=state.control.copy(),
        rooted=rooted_shares(shares, state.roots, own.groups),
        coffers=state.coffers.copy(),
        grip=grip(own),
        people=np.array([people_held(state, own.provinces, camp) for camp in Camp]),
        morale=state.morale.copy(),
        thinness=thinness(own.perceived.strength, own.provinces.area),
        presence=state.presence.copy(),
        air_share=air_share(own.intent.air[Camp.GOVERNMENT], p.strength.air_half),
        pooled=own.intent.pooled,
    )


def rooted_shares(
    deployment: Float[Array, "groups provinces worlds"], roots: Float[Array, "partners provinces worlds"], groups: Groups
) -> Float[Array, "groups worlds"]:
    """How rooted each group's partner is where the group is; 1 for groups of neither partner."""
    rooted = np.ones((len(deployment), deployment.shape[-1]))
    for partner in Partner:
        for group in groups.of_partner(partner):
            rooted[group] = (deployment[group] * roots[partner]).sum(axis=0)
    return rooted
