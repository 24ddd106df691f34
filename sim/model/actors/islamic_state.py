"""The Islamic State: presence without holding ground; it raids, and resurges where nobody holds ground well (R22, R73; ours)."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal
from sim.model.actors.indicators import mean_within
from sim.model.state.dimensions import ByProvince, Camp, Leader, Row, other_camps
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import people_kept


@dataclass
class Interests:
    """What the Islamic State wants; weights are normalised to sum to 1."""

    survive: Row = parameter(WEIGHT, "refuge for its cells (ours)")
    hold_ground_again: Row = parameter(WEIGHT, "ground, where it is thinly held (ours; R03, R66)")
    oil: Row = parameter(WEIGHT, "oil fields (ours; R67 for where)")


@dataclass
class IslamicState:
    """Parameters of the Islamic State."""

    interests: Interests
    reluctance: Row = parameter(SIGNED, "what an offensive must promise beyond its cost")
    strength: Row = parameter(FACTOR, "manpower it sustains, 1 as at the start")
    living: Row = parameter(SHARE, "share of that manpower that lives on the people on its ground")


def survive(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as it is not present where it finds refuge; at stake where it is present."""
    return 1.0 - mean_within(v.traits["refuge"], v.state.presence), v.state.presence


def hold_ground_again(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as it holds no ground where it finds refuge; at stake where the others are weak."""
    others = sum_of(v.perceived.strength, other_camps(Camp.ISLAMIC_STATE))
    thin = 1.0 / (1.0 + others / v.perceived.visible_force)
    return 1.0 - mean_within(v.traits["refuge"], v.state.control[Camp.ISLAMIC_STATE]), thin


def oil(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as it does not hold oil; at stake where oil is."""
    fields = v.traits["oil"]
    return 1.0 - mean_within(fields, v.state.control[Camp.ISLAMIC_STATE]), fields + np.zeros(v.state.presence.shape)


class IslamicStateActor(Actor[IslamicState]):
    """The Islamic State's command."""

    section = "islamic_state"
    goals = (
        Goal("survive", (I.GROUND,), survive),
        Goal("hold_ground_again", (I.GROUND,), hold_ground_again),
        Goal("oil", (I.GROUND,), oil),
    )

    def act(self, ensemble: Ensemble, p: IslamicState, agenda: Agenda, intent: Intent) -> None:
        """Go where it has presence; consider offensives on thinly held ground and oil."""
        prize = agenda.pull_of_force(self.section)
        intent.pull[Leader.ISLAMIC_STATE] = prize
        intent.value[Camp.ISLAMIC_STATE] = ensemble.provinces.traits["refuge"] * prize
        intent.reluctance[Camp.ISLAMIC_STATE] = p.reluctance
        intent.sustain[Leader.ISLAMIC_STATE] = p.strength * (1.0 - p.living + p.living * people_kept(ensemble, Camp.ISLAMIC_STATE))
