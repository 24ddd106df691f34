"""What becomes of the partners' holdings after the government's fall: what each held in the month before it, and what is left of that.

Contracts are followed one by one: kept by the partner, or passed to another firm; the rest have lapsed. Of forces and roots what is left
is counted province by province, as far as it is no more than before.
"""

import numpy as np

from sim.model.observation.measure_catalogue import HOLDINGS
from sim.model.state.dimensions import NOBODY, Array, Bidder, ByProvince, Partner, Row, key
from sim.model.state.ensemble import Ensemble


def holdings_after_fall(ensemble: Ensemble) -> dict[str, Row]:
    """The measures HOLDINGS by name, each (worlds,): 0 in worlds in which the government stands. Keeps what stands now in the records."""
    before, now = ensemble.records.before_fall, _held(ensemble)
    fallen = np.flatnonzero(ensemble.state.fallen)
    for name, values in now.items():
        kept = values.copy()
        if name in before:
            kept[..., fallen] = before[name][..., fallen]
        before[name] = kept
    rows = {measure.name: np.zeros_like(ensemble.state.fallen) for measure in HOLDINGS}
    if not fallen.size:
        return rows
    bases = ensemble.provinces.traits["bases"] > 0.0
    then, now = ({name: np.take(x, fallen, axis=-1) for name, x in held.items()} for held in (before, now))
    for partner in Partner:
        own, name = Bidder[partner.name], key(partner)
        was, holder = then["holder"] == own, now["holder"]
        rows[f"before_fall_contracts_{name}"][fallen] = was.sum(axis=0)
        rows[f"kept_contracts_{name}"][fallen] = (was & (holder == own)).sum(axis=0)
        rows[f"passed_contracts_{name}"][fallen] = (was & (holder != own) & (holder != NOBODY)).sum(axis=0)
        force, roots = then[f"force_{name}"], then[f"roots_{name}"]
        force_left, roots_left = np.minimum(force, now[f"force_{name}"]), np.minimum(roots, now[f"roots_{name}"])
        rows[f"before_fall_force_{name}"][fallen], rows[f"kept_force_{name}"][fallen] = _total(force), _total(force_left)
        rows[f"before_fall_base_force_{name}"][fallen] = _total(force * bases)
        rows[f"kept_base_force_{name}"][fallen] = _total(force_left * bases)
        rows[f"before_fall_roots_{name}"][fallen], rows[f"kept_roots_{name}"][fallen] = _total(roots), _total(roots_left)
    return rows


def _total(x: ByProvince) -> Row:
    """Sum over provinces, one by one: the same to the bit for one world as for many."""
    total = x[0].copy()
    for row in x[1:]:
        total += row
    return total


def _held(ensemble: Ensemble) -> dict[str, Array]:
    """What the partners hold now: `holder` of each contract in force (assets, worlds), else nobody; force and roots (P, worlds)."""
    state = ensemble.state
    held: dict[str, Array] = {"holder": np.where(state.in_force, state.holder, np.int8(NOBODY))}
    for partner in Partner:
        held[f"force_{key(partner)}"] = ensemble.perceived.force[partner]
        held[f"roots_{key(partner)}"] = state.roots[partner]
    return held
