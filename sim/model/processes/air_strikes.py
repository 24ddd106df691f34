"""4. Strike: Israel and the United States hit visible Iran-backed presence (R20, R27, R76).

Mixing units with Russia's partners may shield in part; the report gives the aim and one failure (R25, R76), so the range includes
none. Strikes may attrit, they do not dislodge (R20).
"""

from dataclasses import dataclass

from sim.model.state.dimensions import Array, Instrument, Partner, Row
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
    state, perceived = ensemble.state, ensemble.perceived
    spared = 1.0 - p.shield * mixed(ensemble, p) * perceived.felt[Partner.RUSSIA]
    felt = perceived.felt[Partner.IRAN]
    close = p.visibility * (1.0 - p.near_sight * ensemble.provinces.exclusion)
    israel = poisson(ensemble.random_by_province("strike:israel"), ensemble.intent.israel * felt**close * spared)
    us = poisson(ensemble.random_by_province("strike:us"), ensemble.intent.us * felt**p.visibility * spared)
    hits = israel + us
    survive = left_after(p.lethality, hits)
    force = state.force.copy()
    for g in ensemble.groups.of_partner(Partner.IRAN):
        force[g] *= survive
    state.force = force
    roots = state.roots.copy()
    roots[Partner.IRAN] *= left_after(p.root_damage, hits)
    state.roots = roots
    state.strike_memory = state.strike_memory + p.memory * (hits - state.strike_memory)
    ensemble.monthly.strikes, ensemble.monthly.strikes_us = hits, us.sum(axis=0)
    ensemble.note("strike_israel", israel)
    ensemble.note("strike_us", us)


def mixed(ensemble: Ensemble, p: Strike) -> Array:
    """How far Iran's units are mixed with Russia's partners, (P, worlds), 0..1."""
    effort = ensemble.intent.at(Partner.IRAN, Instrument.MIXING)
    return effort / (effort + p.mixing_half)
