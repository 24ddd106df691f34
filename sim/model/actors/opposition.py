"""The opposition: HTS and Turkey-backed groups (ours): hold the northwest, and take the cities if the government weakens."""

from dataclasses import dataclass

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal
from sim.model.actors.indicators import pressed
from sim.model.state.dimensions import ByProvince, Camp, Leader, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import people_held, people_kept, peopled


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
    build_up: Row = parameter(FACTOR, "how much better than at the start its own groups become behind fronts that stay quiet")
    living: Row = parameter(SHARE, "share of that manpower that lives on the people on its ground")


def hold_the_northwest(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as it is pressed on its ground; at stake where it holds territory."""
    return pressed(v.perceived.strength, v.state.control, Camp.OPPOSITION), v.state.control[Camp.OPPOSITION]


def take_the_cities(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as people live on the government's ground; at stake where many do."""
    people = v.provinces.population / v.provinces.population.max()
    return people_held(v.state, v.provinces), people * v.state.people[Camp.GOVERNMENT]


def topple_the_government(v: View) -> tuple[Row, ByProvince]:
    """Unmet while the government stands; at stake in core territory that it holds."""
    return 1.0 - v.state.fallen, v.perceived.worth * v.state.control[Camp.GOVERNMENT]


class OppositionActor(Actor[Opposition]):
    """The opposition's commanders, HTS foremost."""

    section = "opposition"
    goals = (
        Goal("hold_the_northwest", (I.GROUND,), hold_the_northwest),
        Goal("take_the_cities", (I.GROUND,), take_the_cities),
        Goal("topple_the_government", (I.GROUND,), topple_the_government),
    )

    def act(self, ensemble: Ensemble, p: Opposition, agenda: Agenda, intent: Intent) -> None:
        """Place force on its ground; consider offensives on the government where people and core territory are, on others at home."""
        state, worth = ensemble.state, ensemble.perceived.worth
        held = state.control[Camp.OPPOSITION]
        people = ensemble.provinces.population / ensemble.provinces.population.max()
        hold, cities, topple = (agenda.effort_on(self.section, goal.name) for goal in self.goals)
        intent.pull[Leader.OPPOSITION] = held * (hold + cities * people + topple * worth)
        value = intent.value[Camp.OPPOSITION]
        value += hold * held
        value[Camp.GOVERNMENT] += (cities * people + topple * worth) * peopled(
            state.people[Camp.GOVERNMENT], state.control[Camp.GOVERNMENT]
        )
        intent.reluctance[Camp.OPPOSITION] += p.reluctance
        intent.drill[Leader.OPPOSITION] = p.build_up
        intent.sustain[Leader.OPPOSITION] = p.strength * (1.0 - p.living + p.living * people_kept(ensemble, Camp.OPPOSITION))
