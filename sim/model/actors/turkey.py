"""Turkey: Astana (R17), the north and the opposition (ours)."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.interests import weights_of
from sim.model.state.dimensions import Camp, Leader, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter


@dataclass
class Interests:
    """What Turkey wants; weights are normalised to sum to 1.

    keep_the_north: at stake in territory of the opposition and, at the border, of the Islamic State; moves the deployment of its
        groups, the opposition's prize against the Islamic State
    push_back_sdf: at stake in territory of the SDF in provinces at the border; moves the deployment of its groups, the opposition's
        prize against the SDF
    keep_astana: at stake on fronts between the opposition and the government; moves the opposition's reluctance to attack the
        government
    """

    keep_the_north: Row = parameter(WEIGHT, "a buffer in the north that keeps refugees and the government out (ours)")
    push_back_sdf: Row = parameter(WEIGHT, "no SDF at its border (ours)")
    keep_astana: Row = parameter(WEIGHT, "its place beside Russia and Iran at Astana (R17)")


@dataclass
class Turkey:
    """Parameters of Turkey."""

    interests: Interests
    commitment: Row = parameter(SHARE, "its commitment to its posts and to the opposition, 1 as in 2021")
    troops: Row = parameter(SHARE, "share of the troops meant for Syria that it has there, 1 as in 2021")
    push: Row = parameter(FACTOR, "how far its troops, all there, lower the opposition's reluctance to attack others than the government")
    air: Row = parameter(FACTOR, "drones and artillery for the opposition where its army is, in the unit of Russia's air effort")
    restraint: Row = parameter(FACTOR, "how far it holds the opposition back from attacking the government while Astana holds")


class TurkeyActor(Actor[Turkey]):
    """Ankara."""

    section = "turkey"

    def circumstances(self, ensemble: Ensemble, p: Turkey) -> dict[str, Row]:
        """How far it stands by its posts and the opposition."""
        return {"its commitment": p.commitment, "share of its troops in Syria": p.troops}

    def intend(self, ensemble: Ensemble, p: Turkey, intent: Intent) -> None:
        """Support and restrain the opposition, guarantee the northern zones, value ground at the border."""
        w, state = weights_of(p.interests), ensemble.state
        border = ensemble.provinces.turkish_border
        army = sum_of(state.force, ensemble.groups.of_leader(Leader.TURKEY))
        intent.air[Camp.OPPOSITION] += p.air * p.commitment * army / (army + ensemble.perceived.visible_force)
        against_sdf = w["push_back_sdf"] * border * state.control[Camp.SDF]
        intent.pull[Leader.TURKEY] = p.commitment * (w["keep_the_north"] * state.control[Camp.OPPOSITION] + against_sdf)
        intent.sustain[Leader.TURKEY] = p.commitment
        intent.sent[Leader.TURKEY] = p.troops
        intent.value[Camp.OPPOSITION, Camp.SDF] += p.troops * against_sdf
        intent.value[Camp.OPPOSITION, Camp.ISLAMIC_STATE] += p.troops * w["keep_the_north"] * border
        for other in (Camp.SDF, Camp.ISLAMIC_STATE):
            intent.reluctance[Camp.OPPOSITION, other] -= p.push * p.troops * p.commitment
        intent.reluctance[Camp.OPPOSITION, Camp.GOVERNMENT] += p.restraint * w["keep_astana"] * p.commitment
        intent.guarantee["turkey"] = p.commitment + np.zeros(ensemble.n_worlds)
