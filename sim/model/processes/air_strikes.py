"""4. Strike: Israel and the United States hit visible Iran-backed presence (R20, R27, R76).

Mixing units with Russia's partners may shield in part; the report gives the aim and one failure (R25, R76), so the range includes
none. Strikes may attrit, they do not dislodge (R20).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import OTHER_PARTNER, Array, ByProvince, Instrument, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import EXPONENT, SCALE, SHARE, parameter
from sim.model.state.random_streams import left_after, poisson


@dataclass
class Strike:
    """What strikes depend on and what they do."""

    visibility: Row = parameter(EXPONENT, "how sharply strikes follow how visible a presence is")
    near_sight: Row = parameter(SHARE, "how much of that Israel's better sight makes up for inside the exclusion distance")
    shield: Row = parameter(SHARE, "share of strikes held off where units are wholly mixed with Russia's partners (R25; may be none)")
    mixing_half: Row = parameter(SCALE, "mixing effort in a province at which units are half mixed")
    lethality: Row = parameter(SHARE, "share of the force on the spot that a strike costs the partner it hits")
    root_damage: Row = parameter(SHARE, "share of its roots on the spot that a strike costs")
    memory: Row = parameter(SHARE, "weight of the last month in the memory of strikes")


def step(ensemble: Ensemble, p: Strike) -> None:
    """The month's strikes and what they cost."""
    state, intent, monthly = ensemble.state, ensemble.intent, ensemble.monthly
    near = p.visibility * (1.0 - p.near_sight * ensemble.provinces.exclusion)
    seen = {"israel": near, "us": p.visibility}
    nothing = np.zeros(state.presence.shape)
    monthly.strikes, monthly.unprevented = nothing, nothing
    exposed = [partner for partner in Partner if ensemble.perceived.targets[partner].any()]
    hits_on = {partner: nothing.copy() for partner in exposed}
    spared = {partner: _spared(ensemble, p, partner) for partner in exposed}
    for striker, exponent in seen.items():
        seen_of = {partner: strikes_seen(ensemble.perceived.targets[partner], exponent) for partner in exposed}
        rates = {partner: intent.strikes[striker] * seen_of[partner] * spared[partner] for partner in exposed}
        hits = poisson(ensemble.random_by_province(f"strike:{striker}"), sum(rates.values(), nothing))
        for partner, share in shares_of(rates).items():
            hits_on[partner] += hits * share
        monthly.strikes = monthly.strikes + hits
        monthly.strikes_us = hits.sum(axis=0)  # of the last striker, the United States
        ensemble.note(f"strike_{striker}", hits)
    for partner, hits in hits_on.items():
        _hit(ensemble, p, partner, hits)
    state.strike_memory = state.strike_memory + p.memory * (monthly.strikes - state.strike_memory)


def _spared(ensemble: Ensemble, p: Strike, partner: Partner) -> ByProvince:
    """Share of strikes on a partner's presence that is not held off, by province."""
    other = ensemble.perceived.felt[OTHER_PARTNER[partner]]
    return not_shielded(p, ensemble.intent.placed[partner, Instrument.MIXING], other)


def shares_of(rates: Mapping[Partner, ByProvince]) -> dict[Partner, ByProvince | float]:
    """The share of strikes in a province that falls on each partner, by what each alone would draw; all where one alone is struck."""
    if len(rates) == 1:
        return dict.fromkeys(rates, 1.0)
    total = sum(rates.values())
    return {partner: rate / np.where(total > 0.0, total, 1.0) for partner, rate in rates.items()}


def _hit(ensemble: Ensemble, p: Strike, partner: Partner, hits: ByProvince) -> None:
    """What the month's strikes on a partner's presence cost it."""
    state = ensemble.state
    state.force = reduced(state.force, left_after(p.lethality, hits), ensemble.groups.of_partner(partner))
    state.roots = reduced(state.roots, left_after(p.root_damage, hits), [partner])
    ensemble.monthly.unprevented = ensemble.monthly.unprevented + hits * ensemble.perceived.felt[OTHER_PARTNER[partner]]


def not_shielded(p: Strike, mixing: ByProvince, other_felt: ByProvince) -> ByProvince:
    """Share of strikes that a partner's effort of mixing its units with the other's, where those are, does not hold off."""
    mixed = mixing / (mixing + p.mixing_half)
    return 1.0 - p.shield * mixed * other_felt


def strikes_seen(felt: ByProvince, exponent: Float[Array, "..."]) -> ByProvince:
    """Share of intended strikes that find their target: the larger the more visible the presence."""
    return felt**exponent


def reduced(x: Float[Array, "members provinces worlds"], left: ByProvince, hit: Sequence[int]) -> Float[Array, "members provinces worlds"]:
    """What remains of force or roots when only the share `left` of those that are hit survives."""
    after = x.copy()
    for member in hit:
        after[member] *= left
    return after
