"""The Islamic State: presence without holding ground; it raids, and resurges where nobody holds ground well (R22, R73; ours)."""

from dataclasses import dataclass

from sim.model.actors.actor import Actor
from sim.model.actors.interests import weights_of
from sim.model.state.dimensions import Camp, Leader, Row, other_camps
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import people_kept


@dataclass
class Interests:
    """What the Islamic State wants; weights are normalised to sum to 1.

    survive: at stake where it is present; moves the deployment of its force, the prize of an offensive
    hold_ground_again: at stake where the others are weak; moves the deployment of its force, the prize of an offensive
    oil: at stake where oil is; moves the prize of an offensive
    """

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


class IslamicStateActor(Actor[IslamicState]):
    """The Islamic State's command."""

    section = "islamic_state"

    def intend(self, ensemble: Ensemble, p: IslamicState, intent: Intent) -> None:
        """Go where it has presence; consider offensives on thinly held ground and oil."""
        w, state, traits = weights_of(p.interests), ensemble.state, ensemble.provinces.traits
        others = sum_of(ensemble.perceived.strength, other_camps(Camp.ISLAMIC_STATE))
        thin = 1.0 / (1.0 + others / ensemble.perceived.visible_force)
        intent.pull[Leader.ISLAMIC_STATE] = w["survive"] * state.presence + w["hold_ground_again"] * thin
        prize = w["survive"] * state.presence + w["hold_ground_again"] * thin + w["oil"] * traits["oil"]
        intent.value[Camp.ISLAMIC_STATE] = traits["refuge"] * prize
        intent.reluctance[Camp.ISLAMIC_STATE] = p.reluctance
        intent.sustain[Leader.ISLAMIC_STATE] = p.strength * (1.0 - p.living + p.living * people_kept(ensemble, Camp.ISLAMIC_STATE))
