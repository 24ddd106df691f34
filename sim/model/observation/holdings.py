"""What becomes of the partners' holdings after the government's fall: what each held in the month before it, and what is left of that.

Contracts are followed one by one: kept by the partner, or passed to another firm; the rest have lapsed. Of forces and roots what is left
is counted province by province, as far as it is no more than before.
"""

import numpy as np
from jaxtyping import Int

from sim.model.observation.measure_catalogue import HOLDINGS, named
from sim.model.state.dimensions import NOBODY, Array, Bidder, Partner, Row, never_alone
from sim.model.state.ensemble import Ensemble

OWN = np.array([[[Bidder[partner.name]]] for partner in Partner], dtype=np.int8)  # the partners as holders, for arrays by partner


def holdings_after_fall(ensemble: Ensemble) -> dict[str, Row]:
    """The measures HOLDINGS by name, each (worlds,): 0 in worlds in which the government stands. Keeps what stands now in the records."""
    held, before = _held(ensemble), ensemble.records.before_fall
    ensemble.records.before_fall = held
    measured = np.zeros((len(HOLDINGS), *ensemble.state.fallen.shape))
    rows = {measure.name: row for measure, row in zip(HOLDINGS, measured, strict=True)}
    fallen = never_alone(np.flatnonzero(ensemble.state.fallen))
    if not fallen.size:
        return rows
    now = _of(held, fallen)
    for name, values in before.items():
        held[name][..., fallen] = values[..., fallen]
    then = _of(held, fallen)
    was, is_ours = (x["holder"] == OWN for x in (then, now))
    found = named("before_fall_contracts", Partner, was.sum(axis=1)) | named("kept_contracts", Partner, (was & is_ours).sum(axis=1))
    found |= named("passed_contracts", Partner, (was & ~is_ours & (now["holder"] != NOBODY)).sum(axis=1))
    bases = ensemble.provinces.traits["bases"] > 0.0
    force, roots = (np.minimum(then[name], now[name]) for name in ("force", "roots"))
    found |= named("before_fall_force", Partner, then["force"].sum(axis=1)) | named("kept_force", Partner, force.sum(axis=1))
    found |= named("before_fall_base_force", Partner, (then["force"] * bases).sum(axis=1))
    found |= named("kept_base_force", Partner, (force * bases).sum(axis=1))
    found |= named("before_fall_roots", Partner, then["roots"].sum(axis=1)) | named("kept_roots", Partner, roots.sum(axis=1))
    measured[:, fallen] = [found[name] for name in rows]
    return rows


def _held(ensemble: Ensemble) -> dict[str, Array]:
    """What the partners hold now: `holder` of each contract in force (assets, worlds), else nobody; force and roots (K, P, worlds)."""
    state = ensemble.state
    return {
        "holder": np.where(state.in_force, state.holder, np.int8(NOBODY)),
        "force": ensemble.perceived.force.copy(),
        "roots": state.roots.copy(),
    }


def _of(held: dict[str, Array], worlds: Int[Array, " active"]) -> dict[str, Array]:
    """What is held in some worlds."""
    return {name: np.take(values, worlds, axis=-1) for name, values in held.items()}
