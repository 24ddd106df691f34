"""4. Strike: Israel and the United States hit visible Iran-backed presence (R20, R27, R76).

Mixing units with Russia's partners may shield in part; the report gives the aim and one failure (R25, R76), so the range includes
none. Strikes may attrit, they do not dislodge (R20).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Instrument, Partner, Row
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
    lethality: Row = parameter(SHARE, "share of the Iran-backed force on the spot that a strike costs")
    root_damage: Row = parameter(SHARE, "share of Iran's roots on the spot that a strike costs")
    memory: Row = parameter(SHARE, "weight of the last month in the memory of strikes")


def step(ensemble: Ensemble, p: Strike) -> None:
    """The month's strikes and what they cost."""
    state, intent, felt = ensemble.state, ensemble.intent, ensemble.perceived.felt
    spared = not_shielded(p, intent.at(Partner.IRAN, Instrument.MIXING), felt[Partner.RUSSIA])
    near = p.visibility * (1.0 - p.near_sight * ensemble.provinces.exclusion)
    israel = strikes(ensemble.random_by_province("strike:israel"), intent.israel, felt[Partner.IRAN], near, spared)
    us = strikes(ensemble.random_by_province("strike:us"), intent.us, felt[Partner.IRAN], p.visibility, spared)
    hits = israel + us
    state.force = reduced(state.force, left_after(p.lethality, hits), ensemble.groups.of_partner(Partner.IRAN))
    state.roots = reduced(state.roots, left_after(p.root_damage, hits), [Partner.IRAN])
    state.strike_memory = state.strike_memory + p.memory * (hits - state.strike_memory)
    ensemble.monthly.strikes, ensemble.monthly.strikes_us = hits, us.sum(axis=0)
    ensemble.note("strike_israel", israel)
    ensemble.note("strike_us", us)


def not_shielded(p: Strike, mixing: ByProvince, russia_felt: ByProvince) -> ByProvince:
    """Share of strikes that Iran's effort of mixing its units with Russia's partners, where those are, does not hold off."""
    mixed = mixing / (mixing + p.mixing_half)
    return 1.0 - p.shield * mixed * russia_felt


def strikes(
    draws: ByProvince,
    intended: ByProvince,
    felt: ByProvince,
    exponent: Float[Array, "..."],
    spared: ByProvince,
) -> ByProvince:
    """Strikes by province: Poisson counts, the more the more visible the presence and the less of them is held off."""
    return poisson(draws, intended * felt**exponent * spared)


def reduced(x: Float[Array, "members provinces worlds"], left: ByProvince, hit: Sequence[int]) -> Float[Array, "members provinces worlds"]:
    """What remains of force or roots when only the share `left` of those that are hit survives."""
    after = x.copy()
    for member in hit:
        after[member] *= left
    return after
