"""The opposition: HTS and Turkey-backed groups (ours): hold the northwest, and take the cities if the government weakens."""

from dataclasses import dataclass

from sim.actors.base import Actor
from sim.actors.patron import weights_of
from sim.world.axes import Camp, Leader, Row
from sim.world.parameters import FACTOR, SIGNED, WEIGHT, parameter
from sim.world.views import Intent
from sim.world.world import World


@dataclass
class Interests:
    """What the opposition wants; weights are normalised to sum to 1."""

    hold_the_northwest: Row = parameter(WEIGHT, "the ground it holds (ours)")
    take_the_cities: Row = parameter(WEIGHT, "the cities and the road between them (ours)")
    topple_the_government: Row = parameter(WEIGHT, "the fall of the government (ours; R47 for how near it came)")


@dataclass
class Opposition:
    """Parameters of the opposition."""

    interests: Interests
    reluctance: Row = parameter(SIGNED, "what an offensive must promise beyond its cost")
    strength: Row = parameter(FACTOR, "manpower it sustains, 1 as at the start")


class OppositionActor(Actor):
    """The opposition's commanders, HTS foremost."""

    section = "opposition"

    def intend(self, world: World, p: Opposition, intent: Intent) -> None:
        """Place force on the front, think of offensives where people and core territory are."""
        w, state, seen = weights_of(p.interests), world.state, world.seen
        held = state.control[Camp.OPPOSITION]
        people = world.provinces.population / world.provinces.population.max()
        intent.pull[Leader.OPPOSITION] = w["hold_the_northwest"] * held + (1.0 - w["hold_the_northwest"]) * held * seen.worth
        prize = w["take_the_cities"] * people + w["topple_the_government"] * seen.worth
        intent.value[Camp.OPPOSITION] += prize + w["hold_the_northwest"] * held
        intent.reluctance[Camp.OPPOSITION] += p.reluctance
        intent.sustain[Leader.OPPOSITION] = p.strength
