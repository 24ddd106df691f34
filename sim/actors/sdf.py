"""The Syrian Democratic Forces (ours): hold what they have, keep their partner, and keep the Islamic State down."""

from dataclasses import dataclass

from sim.actors.base import Actor
from sim.actors.patron import weights_of
from sim.world.assessment import insurgency
from sim.world.axes import Camp, Leader, Row
from sim.world.parameters import SHARE, SIGNED, WEIGHT, parameter
from sim.world.views import Intent
from sim.world.world import World


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
    own_strength: Row = parameter(SHARE, "share of its manpower that would stay without the United States")


class SdfActor(Actor):
    """The SDF's command."""

    section = "sdf"

    def intend(self, world: World, p: Sdf, intent: Intent) -> None:
        """Place force by ground, oil and Islamic State presence; think of offensives for oil and weakly held ground."""
        w, state, traits = weights_of(p.interests), world.state, world.provinces.traits
        held = state.control[Camp.SDF]
        own = w["hold_the_northeast"] * held + w["oil"] * traits["oil"] * held + w["keep_is_down"] * insurgency(state) * held
        intent.pull[Leader.SDF] = own
        intent.pull[Leader.UNITED_STATES] = own
        area = traits["northeast"]
        intent.value[Camp.SDF] += w["hold_the_northeast"] * held + w["oil"] * traits["oil"] * area
        intent.value[Camp.SDF, Camp.ISLAMIC_STATE] += w["keep_is_down"] * area
        intent.reluctance[Camp.SDF] += p.reluctance
        backing = intent.guarantee.get("united_states")
        backing = world.state.danger * 0.0 + 1.0 if backing is None else backing
        intent.sustain[Leader.SDF] = p.own_strength + (1.0 - p.own_strength) * backing
