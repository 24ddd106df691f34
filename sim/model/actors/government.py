"""The government in Damascus: survival, territory, weight in a settlement, revenue, and room of its own between its partners.

It places the army by worth and danger (triage, R02), decides where to attack, and determines what counts in a tender.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.indicators import share_of
from sim.model.actors.interests import weights_of
from sim.model.state.dimensions import Camp, Leader, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import RATE, SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import people_kept, peopled


@dataclass
class Interests:
    """What the government wants; weights are normalised to sum to 1.

    regime_survival: at stake in core territory; moves the prize of an offensive, the deployment of the army, gratitude in tenders
    territory: at stake in any territory of others; moves the prize of an offensive
    settlement_weight: at stake where many people live; moves the prize of an offensive
    revenue: at stake where oil is; moves the prize of an offensive
    autonomy: at stake everywhere; moves in tenders, how much counts against a bidder that already holds many assets
    """

    regime_survival: Row = parameter(WEIGHT, "its own survival (R37, R47)")
    territory: Row = parameter(WEIGHT, "ground it has lost (R26, R66)")
    settlement_weight: Row = parameter(WEIGHT, "weight in a political settlement (R62)")
    revenue: Row = parameter(WEIGHT, "oil, crossings and rents (ours)")
    autonomy: Row = parameter(WEIGHT, "room of its own between its partners (ours)")


@dataclass
class Government:
    """Parameters of the government."""

    interests: Interests
    triage: Row = parameter(SHARE, "how far the army is placed by worth and danger rather than left where it is (R02)")
    reluctance: Row = parameter(SIGNED, "what an offensive must promise beyond its cost before the army moves")
    money_for_men: Row = parameter(RATE, "elasticity of the manpower it sustains to its coffers")
    gratitude: Row = parameter(WEIGHT, "weight in a tender of what a partner now does for survival (ours)")
    leverage: Row = parameter(WEIGHT, "weight in a tender of a partner's formations on the spot (R55)")
    hedging: Row = parameter(WEIGHT, "weight in a tender against a bidder that already holds much (ours), per unit of autonomy")


class GovernmentActor(Actor[Government]):
    """Damascus."""

    section = "government"

    def circumstances(self, ensemble: Ensemble, p: Government) -> dict[str, Row]:
        """The money it has."""
        return {"its solvency": ensemble.state.coffers}

    def intend(self, ensemble: Ensemble, p: Government, intent: Intent) -> None:
        """Place the army, consider offensives, set the terms of tenders."""
        w, state, perceived = weights_of(p.interests), ensemble.state, ensemble.perceived
        held = state.control[Camp.GOVERNMENT]
        people = ensemble.provinces.population / ensemble.provinces.population.max()
        oil = ensemble.provinces.traits["oil"]
        populous = w["regime_survival"] * perceived.worth + w["settlement_weight"] * people
        intent.value[Camp.GOVERNMENT] = populous * peopled(state) + w["territory"] + w["revenue"] * oil
        intent.reluctance[Camp.GOVERNMENT] = p.reluctance
        endangered = w["regime_survival"] * perceived.worth * state.threat + (1.0 - w["regime_survival"]) * state.threat * held
        intent.pull[Leader.GOVERNMENT] = p.triage * endangered
        intent.sustain[Leader.GOVERNMENT] = self._sustained(ensemble, p)
        intent.tender = {
            "autonomy": p.hedging * w["autonomy"] * len(w),
            "gratitude": p.gratitude * w["regime_survival"] * len(w),
            "leverage": p.leverage,
            "revenue": np.ones(ensemble.n_worlds),
        }

    def _sustained(self, ensemble: Ensemble, p: Government) -> Row:
        """Manpower that people under its control and its coffers sustain, relative to the start."""
        if ensemble.reference is None:
            return np.ones(ensemble.n_worlds)
        money = share_of(ensemble.state.coffers, ensemble.start.coffers)
        return people_kept(ensemble, Camp.GOVERNMENT) * money**p.money_for_men
