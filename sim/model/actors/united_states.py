"""The United States: strikes in the east (R76), sanctions (R83), broker in the south (R77), partner of the SDF (ours)."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal, emphasis
from sim.model.actors.indicators import mean_within, saturated
from sim.model.state.dimensions import ByProvince, Camp, Leader, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter
from sim.model.state.sensing import insurgency


@dataclass
class Interests:
    """What the United States wants; weights are normalised to sum to 1."""

    protect_forces: Row = parameter(WEIGHT, "no Iran-backed force close to its own (R20, R76)")
    limit_iran: Row = parameter(WEIGHT, "no rooted Iran-backed force at the Iraqi border (R20)")
    keep_is_down: Row = parameter(WEIGHT, "no return of the Islamic State (ours)")


@dataclass
class UnitedStates:
    """Parameters of the United States."""

    interests: Interests
    strike_rate: Row = parameter(RATE, "strikes a month of its whole effort if every target were fully visible (R76)")
    commitment: Row = parameter(SHARE, "its commitment to the SDF, al-Tanf and its zones, 1 as in 2021 (R77)")
    air: Row = parameter(FACTOR, "air support for the SDF where it has forces or the SDF holds ground, in the unit of Russia's air effort")
    intelligence: Row = parameter(FACTOR, "pooled intelligence on the Islamic State of its whole effort where its own forces are")
    pressure: Row = parameter(FACTOR, "pressure on Russia of its whole effort, for each visible presence at the Iraqi border (R78)")
    sanctions: Row = parameter(SHARE, "weight of sanctions on the government, Russian and Iranian business (R83)")


class UnitedStatesView(View):
    """Last month's world as Washington sees it; `own` is where its forces are."""

    @property
    def own(self) -> ByProvince:
        """Where its own forces are, (P, worlds)."""
        own: ByProvince = self.traits["us_presence"] * self.p.commitment
        return own


def protect_forces(v: UnitedStatesView) -> tuple[Row, ByProvince]:
    """Unmet as far as targets are felt where its own forces are; at stake there."""
    return mean_within(v.traits["us_presence"], v.perceived.target), v.own * v.perceived.target


def limit_iran(v: UnitedStatesView) -> tuple[Row, ByProvince]:
    """Unmet as far as targets are felt at the Iraqi border; at stake there, where its own forces are near."""
    front = v.traits["iraq_front"]
    return mean_within(front, v.perceived.target), front * v.perceived.target * (v.own > 0.0)


def keep_is_down(v: UnitedStatesView) -> tuple[Row, ByProvince]:
    """Unmet as far as the Islamic State is active where its own forces are; at stake there."""
    active = insurgency(v.state)
    return mean_within(v.traits["us_presence"], active), v.own * active


class UnitedStatesActor(Actor[UnitedStates]):
    """Washington."""

    section = "united_states"
    goals = (
        Goal("protect_forces", (I.STRIKES,), protect_forces),
        Goal("limit_iran", (I.STRIKES, I.PRESSURE), limit_iran, by_force=False),
        Goal("keep_is_down", (I.INTELLIGENCE,), keep_is_down),
    )

    def view(self, ensemble: Ensemble, p: UnitedStates) -> UnitedStatesView:
        """Last month's world from its side."""
        return UnitedStatesView(ensemble, p)

    def act(self, ensemble: Ensemble, p: UnitedStates, agenda: Agenda, intent: Intent) -> None:
        """Strike in the east, support the SDF against the Islamic State, stand by zones, set sanctions, press Russia."""
        own = ensemble.provinces.traits["us_presence"] * p.commitment
        against_is = agenda.effort_on(self.section, "keep_is_down")
        intent.strikes["us"] = p.strike_rate * agenda.placed_on(self.section, I.STRIKES)
        support = p.air * p.commitment * saturated(emphasis(against_is, len(self.goals)))
        intent.air[Camp.SDF] += support * np.maximum(ensemble.provinces.traits["us_presence"], ensemble.state.control[Camp.SDF])
        intent.pooled = np.minimum(1.0, np.maximum(intent.pooled, p.intelligence * against_is * own))
        intent.pull[Leader.UNITED_STATES] = p.commitment * agenda.pull_of_force(self.section)
        intent.sustain[Leader.UNITED_STATES] = p.commitment
        intent.guarantee["united_states"] = p.commitment
        intent.sanctions = p.sanctions
        front, push = ensemble.provinces.traits["iraq_front"], p.pressure * agenda.total_on(self.section, I.PRESSURE)
        intent.press(push * mean_within(front, ensemble.perceived.targets))

    def circumstances(self, ensemble: Ensemble, p: UnitedStates) -> dict[str, Row]:
        """How often it would strike, and how far it stands by its partners."""
        return {"strikes a month if every target were fully visible": p.strike_rate, "its commitment": p.commitment}
