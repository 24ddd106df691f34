"""Turkey: Astana (R17), the north and the opposition (ours)."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal, emphasis
from sim.model.actors.indicators import mean_within, pressed
from sim.model.state.dimensions import ByProvince, Camp, Leader, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.intent import Intent
from sim.model.state.operations import Operations
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter


@dataclass
class Interests:
    """What Turkey wants; weights are normalised to sum to 1."""

    keep_the_north: Row = parameter(WEIGHT, "a buffer in the north that keeps refugees and the government out (ours)")
    push_back_sdf: Row = parameter(WEIGHT, "no SDF at its border (ours)")
    keep_astana: Row = parameter(WEIGHT, "its place beside Russia and Iran at Astana (R17)")


@dataclass
class Turkey:
    """Parameters of Turkey."""

    interests: Interests
    operations: Operations
    commitment: Row = parameter(SHARE, "its commitment to its posts and to the opposition, 1 as in 2021")
    troops: Row = parameter(SHARE, "how free it is to send its army, 1 as in 2021; none at 0")
    push: Row = parameter(FACTOR, "how far its troops, all there, lower the opposition's reluctance to attack others than the government")
    air: Row = parameter(FACTOR, "drones and artillery for the opposition where its army is, in the unit of Russia's air effort")
    posted: Row = parameter(SHARE, "how much of the zones that it guarantees rests on the troops that it has in Syria, compared with 2021")
    restraint: Row = parameter(FACTOR, "how far its whole effort would hold the opposition back from attacking the government (R17)")


def keep_the_north(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as the opposition is pressed on its ground; at stake where the opposition holds territory."""
    return pressed(v.perceived.strength, v.state.control, Camp.OPPOSITION), v.state.control[Camp.OPPOSITION]


def push_back_sdf(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as the SDF holds the provinces at the border; at stake where it does."""
    border = v.provinces.turkish_border
    return mean_within(border, v.state.control[Camp.SDF]), border * v.state.control[Camp.SDF]


def keep_astana(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as the opposition and the government face each other in a province; at stake on these fronts."""
    fronts = 4.0 * v.state.control[Camp.OPPOSITION] * v.state.control[Camp.GOVERNMENT]
    return fronts.max(axis=0), fronts


class TurkeyActor(Actor[Turkey]):
    """Ankara."""

    section = "turkey"
    goals = (
        Goal("keep_the_north", (I.GROUND,), keep_the_north),
        Goal("push_back_sdf", (I.GROUND,), push_back_sdf),
        Goal("keep_astana", (I.RESTRAINT,), keep_astana, by_force=False),
    )

    def circumstances(self, ensemble: Ensemble, p: Turkey) -> dict[str, Row]:
        """How far it stands by its posts and the opposition."""
        return {"its commitment": p.commitment, "share of its troops in Syria": p.troops}

    def act(self, ensemble: Ensemble, p: Turkey, agenda: Agenda, intent: Intent) -> None:
        """Support and restrain the opposition, guarantee the northern zones, value ground at the border."""
        border, sdf = ensemble.provinces.turkish_border, ensemble.state.control[Camp.SDF]
        north, push_back, astana = (agenda.effort_on(self.section, goal.name) for goal in self.goals)
        army = sum_of(ensemble.state.force, ensemble.groups.of_leader(Leader.TURKEY))
        intent.air[Camp.OPPOSITION] += p.air * p.commitment * army / (army + ensemble.perceived.visible_force)
        intent.pull[Leader.TURKEY] = p.commitment * agenda.pull_of_force(self.section)
        intent.sustain[Leader.TURKEY] = p.commitment
        troops = p.troops * ensemble.state.posture
        intent.sent[Leader.TURKEY] = troops
        intent.value[Camp.OPPOSITION, Camp.SDF] += troops * push_back * border * sdf
        intent.value[Camp.OPPOSITION, Camp.ISLAMIC_STATE] += troops * north * border
        for other in (Camp.SDF, Camp.ISLAMIC_STATE):
            intent.reluctance[Camp.OPPOSITION, other] -= p.push * troops * p.commitment
        intent.reluctance[Camp.OPPOSITION, Camp.GOVERNMENT] += p.restraint * astana * p.commitment
        intent.guarantee["turkey"] = p.commitment + np.zeros(ensemble.n_worlds)
        intent.posted["turkey"] = 1.0 - p.posted * (1.0 - np.minimum(1.0, troops))
        n = len(self.goals)
        intent.operation_troops = p.troops * p.commitment
        intent.operation_push, intent.operation_north = emphasis(push_back, n), emphasis(north, n)
