"""4. Strike: Israel and the United States hit visible Iran-backed presence (R20, R27, R76).

Mixing units with Russia's partners may shield in part; the report gives the aim and one failure (R25, R76), so the range includes
none. Strikes may attrit, they do not dislodge (R20).
"""

from dataclasses import dataclass

from sim.world.axes import Array, Instrument, Patron, Row
from sim.world.chance import left_after, poisson
from sim.world.parameters import EXPONENT, SCALE, SHARE, parameter
from sim.world.world import World


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


def step(world: World, p: Strike) -> None:
    """The month's strikes and what they cost."""
    state, seen = world.state, world.seen
    spared = 1.0 - p.shield * mixed(world, p) * seen.felt[Patron.RUSSIA]
    felt = seen.felt[Patron.IRAN]
    close = p.visibility * (1.0 - p.near_sight * world.provinces.exclusion)
    israel = poisson(world.luck_by_province("strike:israel"), world.intent.israel * felt**close * spared)
    us = poisson(world.luck_by_province("strike:us"), world.intent.us * felt**p.visibility * spared)
    hits = israel + us
    survive = left_after(p.lethality, hits)
    force = state.force.copy()
    for g in world.groups.of_patron(Patron.IRAN):
        force[g] *= survive
    state.force = force
    roots = state.roots.copy()
    roots[Patron.IRAN] *= left_after(p.root_damage, hits)
    state.roots = roots
    state.strike_memory = state.strike_memory + p.memory * (hits - state.strike_memory)
    world.flows.strikes, world.flows.strikes_us = hits, us.sum(axis=0)
    world.note("strike_israel", israel)
    world.note("strike_us", us)


def mixed(world: World, p: Strike) -> Array:
    """How far Iran's units are mixed with Russia's partners, (P, worlds), 0..1."""
    effort = world.intent.at(Patron.IRAN, Instrument.MIXING)
    return effort / (effort + p.mixing_half)
