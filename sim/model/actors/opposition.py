"""The opposition: HTS and Turkey-backed groups (ours): hold the northwest, and take the cities if the government weakens."""

from dataclasses import dataclass

from sim.model.actors.actor import Actor
from sim.model.actors.interests import weights_of
from sim.model.state.dimensions import Camp, Leader, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import people_kept, peopled


@dataclass
class Interests:
    """What the opposition wants; weights are normalised to sum to 1.

    hold_the_northwest: at stake where it holds territory; moves the deployment of its groups, the prize of an offensive on anyone
    take_the_cities: at stake where many people live; moves the prize against the government
    topple_the_government: at stake in core territory; moves the prize against the government
    """

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


class OppositionActor(Actor[Opposition]):
    """The opposition's commanders, HTS foremost."""

    section = "opposition"

    def intend(self, ensemble: Ensemble, p: Opposition, intent: Intent) -> None:
        """Place force on the front; consider offensives on the government where people and core territory are, on others at home."""
        w, state, perceived = weights_of(p.interests), ensemble.state, ensemble.perceived
        held = state.control[Camp.OPPOSITION]
        people = ensemble.provinces.population / ensemble.provinces.population.max()
        intent.pull[Leader.OPPOSITION] = w["hold_the_northwest"] * held + (1.0 - w["hold_the_northwest"]) * held * perceived.worth
        prize = w["take_the_cities"] * people + w["topple_the_government"] * perceived.worth
        intent.value[Camp.OPPOSITION] += w["hold_the_northwest"] * held
        intent.value[Camp.OPPOSITION, Camp.GOVERNMENT] += prize * peopled(state)[Camp.GOVERNMENT]
        intent.reluctance[Camp.OPPOSITION] += p.reluctance
        intent.sustain[Leader.OPPOSITION] = p.strength * (1.0 - p.living + p.living * people_kept(ensemble, Camp.OPPOSITION))
