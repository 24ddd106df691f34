"""The Syrian Democratic Forces (ours): hold what they have, keep their partner, and keep the Islamic State down."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal
from sim.model.actors.indicators import mean_within, national, pressed
from sim.model.state.dimensions import ByProvince, Camp, Leader, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import insurgency


@dataclass
class Interests:
    """What the SDF wants; weights are normalised to sum to 1."""

    hold_the_northeast: Row = parameter(WEIGHT, "the ground it holds (ours)")
    oil: Row = parameter(WEIGHT, "oil fields (ours; R67 for where)")
    keep_is_down: Row = parameter(WEIGHT, "no return of the Islamic State (ours)")


@dataclass
class Sdf:
    """Parameters of the SDF."""

    interests: Interests
    reluctance: Row = parameter(SIGNED, "what an offensive must promise beyond its cost")
    policing: Row = parameter(FACTOR, "intelligence on the Islamic State that its whole effort, all in one province, would add there")
    own_strength: Row = parameter(SHARE, "share of its manpower that would stay without the United States")


def hold_the_northeast(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as it is pressed on its ground; at stake where it holds territory."""
    return pressed(v.perceived.strength, v.state.control, Camp.SDF), v.state.control[Camp.SDF]


def oil(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as it does not hold the oil of the northeast; at stake where that is."""
    fields = v.traits["oil"] * v.traits["northeast"]
    return 1.0 - mean_within(fields, v.state.control[Camp.SDF]), fields + np.zeros(v.state.control.shape[1:])


def keep_is_down(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as the Islamic State is active on its ground; at stake where it is active in the northeast."""
    active = insurgency(v.state)
    return national(active, v.state.control[Camp.SDF]), active * v.traits["northeast"]


class SdfActor(Actor[Sdf]):
    """The SDF's command."""

    section = "sdf"
    builds_on = ("united_states",)  # whose commitment decides how much of its manpower stays
    goals = (
        Goal("hold_the_northeast", (I.GROUND,), hold_the_northeast),
        Goal("oil", (I.GROUND,), oil),
        Goal("keep_is_down", (I.GROUND, I.INTELLIGENCE), keep_is_down),
    )

    def act(self, ensemble: Ensemble, p: Sdf, agenda: Agenda, intent: Intent) -> None:
        """Place force by ground, oil and Islamic State presence; consider offensives for oil, and on the Islamic State in the northeast."""
        traits, held = ensemble.provinces.traits, ensemble.state.control[Camp.SDF]
        hold, fields, against_is = (agenda.effort_on(self.section, goal.name) for goal in self.goals)
        area = traits["northeast"]
        intent.pull[Leader.SDF] = agenda.pull_of_force(self.section) * held
        value = intent.value[Camp.SDF]
        value += hold * held + fields * traits["oil"] * area
        value[Camp.ISLAMIC_STATE] += against_is * area
        intent.reluctance[Camp.SDF] += p.reluctance
        intent.pooled = np.minimum(1.0, intent.pooled + p.policing * agenda.placed_on(self.section, I.INTELLIGENCE))
        backing = intent.guarantee.get("united_states", np.ones(ensemble.n_worlds))
        intent.sustain[Leader.SDF] = p.own_strength + (1.0 - p.own_strength) * backing
