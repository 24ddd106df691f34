"""Local powers on the government's ground (ours): Suwayda's armed groups and Daraa's reconciled towns, with roots and wishes of their own.

They take the government's side in name and rule themselves where they can. What they hold counts as `local` influence.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal
from sim.model.actors.indicators import national
from sim.model.state.dimensions import ByProvince, Camp, Leader, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, WEIGHT, parameter
from sim.model.state.sensing import insurgency

KEPT_OUT = (Leader.GOVERNMENT, Leader.RUSSIA, Leader.IRAN)


@dataclass
class Interests:
    """What local powers want; weights are normalised to sum to 1."""

    self_rule: Row = parameter(WEIGHT, "to rule themselves, without army, partners or conscription (ours; R29 for Daraa)")
    safety: Row = parameter(WEIGHT, "safety from the Islamic State (ours)")


@dataclass
class LocalPowers:
    """Parameters of local powers."""

    interests: Interests
    resistance: Row = parameter(WEIGHT, "how strongly their whole effort for self-rule in one province would keep the camp's groups out")
    watch: Row = parameter(FACTOR, "intelligence on the Islamic State that their whole effort for safety in one province would add there")


def ruled(v: View) -> ByProvince:
    """Where local powers are rooted on the government's ground, (P, worlds)."""
    return v.state.local_roots * v.state.control[Camp.GOVERNMENT]


def self_rule(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as force of the government's camp is felt where they are rooted; at stake there."""
    felt, where = v.perceived.side / (v.perceived.side + v.perceived.visible_force), ruled(v)
    return national(felt, where), where


def safety(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as the Islamic State is active where they are rooted; at stake there."""
    active, where = insurgency(v.state), ruled(v)
    return national(active, where), where * active


class LocalPowersActor(Actor[LocalPowers]):
    """Local powers, taken together."""

    section = "local_powers"
    builds_on = ("government", "russia", "iran")  # whose own wish for force in a province is written before they resist it
    goals = (
        Goal("self_rule", (I.ROOTS,), self_rule, by_force=False),
        Goal("safety", (I.INTELLIGENCE,), safety, by_force=False),
    )

    def act(self, ensemble: Ensemble, p: LocalPowers, agenda: Agenda, intent: Intent) -> None:
        """Root themselves, keep the groups of the government's camp out, and watch for the Islamic State."""
        intent.local_rooting = agenda.placed_on(self.section, I.ROOTS)
        for leader in KEPT_OUT:
            intent.pull[leader] -= p.resistance * intent.local_rooting * ensemble.state.local_roots
        intent.pooled = np.minimum(1.0, intent.pooled + p.watch * agenda.placed_on(self.section, I.INTELLIGENCE))
