"""What becomes of the partners' holdings after the government's fall: what each held in the month before it, and what is left of that.

Contracts are followed one by one: kept by the partner, or passed to another firm; the rest have lapsed. Of forces and roots what is left
is counted province by province, as far as it is no more than before.
"""

import numpy as np

from sim.model.observation.measure_catalogue import HOLDINGS
from sim.model.state.dimensions import NOBODY, Array, Bidder, BoolRow, Partner, Row, key, never_alone
from sim.model.state.ensemble import Ensemble


def holdings_after_fall(ensemble: Ensemble) -> dict[str, Row]:
    """The measures HOLDINGS by name, each (worlds,): 0 in worlds in which the government stands. Keeps what stands now in the records."""
    before, now = ensemble.records.before_fall, _held(ensemble)
    fallen = never_alone(np.flatnonzero(ensemble.state.fallen))
    ensemble.records.before_fall = kept = now if not fallen.size else _kept(before, now, ensemble.state.fallen > 0.0)
    none = np.zeros((len(HOLDINGS), *ensemble.state.fallen.shape))
    rows = {measure.name: row for measure, row in zip(HOLDINGS, none, strict=True)}
    if not fallen.size:
        return rows
    bases = ensemble.provinces.traits["bases"] > 0.0
    then, now = ({name: np.take(x, fallen, axis=-1) for name, x in held.items()} for held in (kept, now))
    least = {name: np.minimum(then[name], now[name]) for name in ("force", "roots")}
    for partner in Partner:
        own, name = Bidder[partner.name], key(partner)
        was, holder = then["holder"] == own, now["holder"]
        rows[f"before_fall_contracts_{name}"][fallen] = was.sum(axis=0)
        rows[f"kept_contracts_{name}"][fallen] = (was & (holder == own)).sum(axis=0)
        rows[f"passed_contracts_{name}"][fallen] = (was & (holder != own) & (holder != NOBODY)).sum(axis=0)
        for stem, held in (("before_fall", then), ("kept", least)):
            force = held["force"][partner]
            rows[f"{stem}_force_{name}"][fallen] = force.sum(axis=0)
            rows[f"{stem}_base_force_{name}"][fallen] = (force * bases).sum(axis=0)
            rows[f"{stem}_roots_{name}"][fallen] = held["roots"][partner].sum(axis=0)
    return rows


def _held(ensemble: Ensemble) -> dict[str, Array]:
    """What the partners hold now: `holder` of each contract in force (assets, worlds), else nobody; force and roots (K, P, worlds)."""
    state = ensemble.state
    return {
        "holder": np.where(state.in_force, state.holder, np.int8(NOBODY)),
        "force": ensemble.perceived.force.copy(),
        "roots": state.roots.copy(),
    }


def _kept(before: dict[str, Array], now: dict[str, Array], fallen: BoolRow) -> dict[str, Array]:
    """What stands in the records after this month: what is held now, but what was held before in worlds whose government has fallen."""
    return {name: np.where(fallen, before.get(name, values), values) for name, values in now.items()}
