"""The United States: strikes in the east (R76), sanctions (R83), broker in the south (R77), partner of the SDF (ours)."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import StrikingActor
from sim.model.actors.discrete_choice import logit
from sim.model.actors.interests import weights_of
from sim.model.state.dimensions import ByProvince, Camp, Leader, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter


@dataclass
class Interests:
    """What the United States wants; weights are normalised to sum to 1.

    protect_forces: at stake where its own forces are and Iran-backed force is felt; moves strikes: how many, and where
    limit_iran: at stake at the Iraqi border, where Iran-backed force is felt; moves strikes: how many, and where
    keep_is_down: at stake where its own forces are; moves pooled intelligence
    """

    protect_forces: Row = parameter(WEIGHT, "no Iran-backed force close to its own (R20, R76)")
    limit_iran: Row = parameter(WEIGHT, "no rooted Iran-backed force at the Iraqi border (R20)")
    keep_is_down: Row = parameter(WEIGHT, "no return of the Islamic State (ours)")


@dataclass
class UnitedStates:
    """Parameters of the United States."""

    interests: Interests
    strike_rate: Row = parameter(RATE, "strikes a month if every target were fully visible (R76)")
    precision: Row = parameter(WEIGHT, "how sharply it chooses among provinces (logit precision)")
    commitment: Row = parameter(SHARE, "its commitment to the SDF, al-Tanf and its zones, 1 as in 2021 (R77)")
    air: Row = parameter(FACTOR, "air support for the SDF where it has forces or the SDF holds ground, in the unit of Russia's air effort")
    pressure: Row = parameter(FACTOR, "pressure on Russia for each visible Iran-backed presence at the Iraqi border (R78)")
    sanctions: Row = parameter(SHARE, "weight of sanctions on the government, Russian and Iranian business (R83)")


class UnitedStatesActor(StrikingActor[UnitedStates]):
    """Washington."""

    section = "united_states"

    def intend(self, ensemble: Ensemble, p: UnitedStates, intent: Intent) -> None:
        """Spread strikes over the east, support the SDF from the air, stand by zones, set sanctions, press Russia."""
        w, provinces, perceived = weights_of(p.interests), ensemble.provinces, ensemble.perceived
        own = provinces.traits["us_presence"] * p.commitment
        felt = perceived.felt[Partner.IRAN]
        worth = self.strike_worth(ensemble, p, w)
        near = (own > 0.0) & (perceived.force[Partner.IRAN] > 0.0)
        intent.us = p.strike_rate * (w["protect_forces"] + w["limit_iran"]) * logit(worth, p.precision, near)
        intent.air[Camp.SDF] += p.air * p.commitment * np.maximum(provinces.traits["us_presence"], ensemble.state.control[Camp.SDF])
        intent.pooled = np.maximum(intent.pooled, w["keep_is_down"] * own)
        intent.sustain[Leader.UNITED_STATES] = p.commitment
        intent.guarantee["united_states"] = p.commitment
        intent.sanctions = p.sanctions
        front = provinces.traits["iraq_front"]
        intent.press(p.pressure * (front * felt).sum(axis=0) / front.sum(axis=0))

    def circumstances(self, ensemble: Ensemble, p: UnitedStates) -> dict[str, Row]:
        """How often it would strike, and how far it stands by its partners."""
        return {"strikes a month if every target were fully visible": p.strike_rate, "its commitment": p.commitment}

    def strike_worth(self, ensemble: Ensemble, p: UnitedStates, w: dict[str, Row]) -> ByProvince:
        """What striking in a province is worth by its interests of weights `w`, (P, worlds)."""
        traits, felt = ensemble.provinces.traits, ensemble.perceived.felt[Partner.IRAN]
        own = traits["us_presence"] * p.commitment
        return w["protect_forces"] * own * felt + w["limit_iran"] * traits["iraq_front"] * felt
