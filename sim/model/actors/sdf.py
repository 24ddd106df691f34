"""The Syrian Democratic Forces (ours): hold what they have, keep their partner, and keep the Islamic State down."""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.interests import weights_of
from sim.model.state.dimensions import Camp, Leader, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import insurgency


@dataclass
class Interests:
    """What the SDF wants; weights are normalised to sum to 1.

    hold_the_northeast: at stake where it holds territory; moves the deployment of its own and US forces, the prize of an offensive
    oil: at stake where oil is in its territory and, for offensives, in the northeast; moves the deployment of its own and US forces,
        the prize of an offensive
    keep_is_down: at stake where the Islamic State is active in its territory and, for offensives, in the northeast; moves the
        deployment of its own and US forces, the prize against the Islamic State
    """

    hold_the_northeast: Row = parameter(WEIGHT, "the ground it holds (ours)")
    oil: Row = parameter(WEIGHT, "oil fields (ours; R67 for where)")
    keep_is_down: Row = parameter(WEIGHT, "no return of the Islamic State (ours)")


@dataclass
class Sdf:
    """Parameters of the SDF."""

    interests: Interests
    reluctance: Row = parameter(SIGNED, "what an offensive must promise beyond its cost")
    own_strength: Row = parameter(SHARE, "share of its manpower that would stay without the United States")


class SdfActor(Actor[Sdf]):
    """The SDF's command."""

    section = "sdf"
    builds_on = ("united_states",)  # whose commitment decides how much of its manpower stays

    def intend(self, ensemble: Ensemble, p: Sdf, intent: Intent) -> None:
        """Place force by ground, oil and Islamic State presence; consider offensives for oil, and on the Islamic State in the northeast."""
        w, state, traits = weights_of(p.interests), ensemble.state, ensemble.provinces.traits
        held = state.control[Camp.SDF]
        own = w["hold_the_northeast"] * held + w["oil"] * traits["oil"] * held + w["keep_is_down"] * insurgency(state) * held
        intent.pull[Leader.SDF] = own
        intent.pull[Leader.UNITED_STATES] = own
        area = traits["northeast"]
        intent.value[Camp.SDF] += w["hold_the_northeast"] * held + w["oil"] * traits["oil"] * area
        intent.value[Camp.SDF, Camp.ISLAMIC_STATE] += w["keep_is_down"] * area
        intent.reluctance[Camp.SDF] += p.reluctance
        backing = intent.guarantee.get("united_states", np.ones(ensemble.n_worlds))
        intent.sustain[Leader.SDF] = p.own_strength + (1.0 - p.own_strength) * backing
