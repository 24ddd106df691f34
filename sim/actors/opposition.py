"""The opposition: HTS and Turkey-backed groups (ours): hold the northwest, and take the cities if the government weakens."""

from dataclasses import dataclass

from sim.actors.base import Actor
from sim.actors.patron import weights_of
from sim.world.assessment import people_kept, peopled
from sim.world.axes import Camp, Leader, Row
from sim.world.parameters import FACTOR, SHARE, SIGNED, WEIGHT, parameter
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
    living: Row = parameter(SHARE, "share of that manpower that lives on the people on its ground")


class OppositionActor(Actor):
    """The opposition's commanders, HTS foremost."""

    section = "opposition"

    def intend(self, world: World, p: Opposition, intent: Intent) -> None:
        """Place force on the front; think of offensives on the government where people and core territory are, on others at home."""
        w, state, seen = weights_of(p.interests), world.state, world.seen
        held = state.control[Camp.OPPOSITION]
        people = world.provinces.population / world.provinces.population.max()
        intent.pull[Leader.OPPOSITION] = w["hold_the_northwest"] * held + (1.0 - w["hold_the_northwest"]) * held * seen.worth
        prize = w["take_the_cities"] * people + w["topple_the_government"] * seen.worth
        intent.value[Camp.OPPOSITION] += w["hold_the_northwest"] * held
        intent.value[Camp.OPPOSITION, Camp.GOVERNMENT] += prize * peopled(state)[Camp.GOVERNMENT]
        intent.reluctance[Camp.OPPOSITION] += p.reluctance
        intent.sustain[Leader.OPPOSITION] = p.strength * (1.0 - p.living + p.living * people_kept(world, Camp.OPPOSITION))
