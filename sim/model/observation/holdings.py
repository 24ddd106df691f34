"""What becomes of the partners' holdings after the government's fall: what each held in the month before it, and what is left of that.

Contracts are followed one by one: kept by the partner, or passed to another firm; the rest have lapsed. Of forces and roots what is left
is counted province by province, as far as it is no more than before.
"""

import numpy as np

from sim.model.state.dimensions import NOBODY, Array, Bidder, Partner, Row, key
from sim.model.state.ensemble import Ensemble


def holdings_after_fall(ensemble: Ensemble) -> dict[str, Row]:
    """The measures HOLDINGS by name, each (worlds,): 0 in worlds in which the government stands. Keeps what stands now in the records."""
    before = ensemble.records.before_fall
    stands = ensemble.state.fallen == 0.0
    now = _held(ensemble)
    for name, values in now.items():
        before[name] = np.where(stands, values, before[name]) if name in before else values.copy()
    rows: dict[str, Row] = {}
    bases = ensemble.provinces.traits["bases"] > 0.0
    for partner in Partner:
        own, name = Bidder[partner.name], key(partner)
        was, holder = before["holder"] == own, now["holder"]
        rows[f"before_fall_contracts_{name}"] = was.sum(axis=0)
        rows[f"kept_contracts_{name}"] = (was & (holder == own)).sum(axis=0)
        rows[f"passed_contracts_{name}"] = (was & (holder != own) & (holder != NOBODY)).sum(axis=0)
        force, roots = before[f"force_{name}"], before[f"roots_{name}"]
        force_left, roots_left = np.minimum(force, now[f"force_{name}"]), np.minimum(roots, now[f"roots_{name}"])
        rows[f"before_fall_force_{name}"], rows[f"kept_force_{name}"] = force.sum(axis=0), force_left.sum(axis=0)
        rows[f"before_fall_base_force_{name}"] = (force * bases).sum(axis=0)
        rows[f"kept_base_force_{name}"] = (force_left * bases).sum(axis=0)
        rows[f"before_fall_roots_{name}"], rows[f"kept_roots_{name}"] = roots.sum(axis=0), roots_left.sum(axis=0)
    return {name: np.where(stands, 0.0, row) for name, row in rows.items()}


def _held(ensemble: Ensemble) -> dict[str, Array]:
    """What the partners hold now: `holder` of each contract in force (assets, worlds), else nobody; force and roots (P, worlds)."""
    state = ensemble.state
    held: dict[str, Array] = {"holder": np.where(state.in_force, state.holder, np.int8(NOBODY))}
    for partner in Partner:
        held[f"force_{key(partner)}"] = ensemble.perceived.force[partner]
        held[f"roots_{key(partner)}"] = state.roots[partner]
    return held
