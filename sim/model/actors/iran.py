"""Iran: the government's survival, roots in its four areas and at the Iraqi border, command, shield, contracts, corridor, deterrence.

What it wants, and where the report says so, is in `Interests` and `interests`; how interests become effort in `partner.py`.
What it can bring to Syria depends on who holds the land route (R10).
"""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.indicators import national, openness, relative, share_of
from sim.model.actors.interests import Deterrent, Interest, weights_of
from sim.model.actors.partner import Means, PartnerActor, Skill
from sim.model.state.dimensions import Camp, Partner, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import RATE, SCALE, SHARE, WEIGHT, parameter
from sim.model.state.sensing import insurgency


@dataclass
class Interests:
    """What Iran wants; weights are normalised to sum to 1.

    regime_survival: unmet as far as the government is in danger; at stake where core territory of the government looks endangered
    militia_entrenchment: unmet as far as it is not rooted in its four areas; at stake there, in government territory, newly recovered
        territory first
    border_presence: unmet as far as it is not rooted at the Iraqi border; at stake there, in government territory
    command: unmet as far as there is something to fight where Russia's presence is felt; at stake where that is so
    shield: unmet as far as its force is where strikes fell; at stake where strikes fell recently and Russia-backed force is there to
        mix with
    no_foreign_bases: unmet as far as Russia advertised last month; at stake in all government territory; also served by how much it
        minds Russian display
    contract_competition: unmet as far as assets are open to tender anywhere; at stake where most assets are open to tender
    land_corridor: unmet as far as it is not rooted along the road from Iraq to Lebanon; at stake there, in government territory
    deterrence: unmet as far as its force is not felt inside the exclusion distance; at stake there, in government territory
    """

    regime_survival: Row = parameter(WEIGHT, "the government's survival (R37)")
    militia_entrenchment: Row = parameter(WEIGHT, "influence rooted in its four areas by way of militias (R11)")
    border_presence: Row = parameter(WEIGHT, "a rooted presence at the Iraqi border (R19)")
    command: Row = parameter(WEIGHT, "command of operations (R23, R68)")
    shield: Row = parameter(WEIGHT, "a shield against strikes (R25)")
    no_foreign_bases: Row = parameter(WEIGHT, "no foreign bases and no Russian display at its expense (R57, R59)")
    contract_competition: Row = parameter(WEIGHT, "contracts for its firms (R32)")
    land_corridor: Row = parameter(WEIGHT, "the land corridor to Lebanon (ours; R67 for the highway)")
    deterrence: Row = parameter(WEIGHT, "deterrence of Israel from Syrian ground (ours; R27 for the strikes it draws)")


@dataclass
class Iran:
    """Parameters of Iran."""

    interests: Interests
    skill: Skill
    means: Means
    land_dependence: Row = parameter(SHARE, "share of its arms and men that must come by land (R10)")
    noticed_strikes: Row = parameter(SCALE, "strikes a month in a province at which half of the alarm is reached")
    fear: Row = parameter(RATE, "how much recent strikes put its groups off a province")
    golan_agreement: Row = parameter(SHARE, "how far the agreement with Israel is in force, 1 as in 2021 (R28, R80)")
    golan_compliance: Row = parameter(WEIGHT, "how strongly the agreement keeps Iran's groups from the exclusion zone (R30)")
    held_back: Row = parameter(WEIGHT, "how strongly Russian restraint keeps Iran's groups back (R78: little)")


class IranActor(PartnerActor[Iran]):
    """Tehran; the IRGC leads on the ground."""

    section = "iran"
    partner = Partner.IRAN

    def interests(self, ensemble: Ensemble, p: Iran) -> list[Interest]:
        """Iran's interests this month: how unmet each is, where it is at stake, and which instruments serve it."""
        w, state, perceived, traits = weights_of(p.interests), ensemble.state, ensemble.perceived, ensemble.provinces.traits
        held, roots = state.control[Camp.GOVERNMENT], state.roots[Partner.IRAN]
        areas, front, corridor = traits["rooting_area"] * held, traits["iraq_front"] * held, traits["iraq_corridor"] * held
        fertile = areas * (1.0 + state.recently_recovered) / (1.0 + state.recently_recovered.max(axis=0))
        joint = np.maximum(state.threat, insurgency(state) * held) * perceived.felt[Partner.RUSSIA]
        struck = state.strike_memory / (state.strike_memory + p.noticed_strikes)
        partners = share_of(perceived.force[Partner.RUSSIA], perceived.force.sum(axis=0))
        inside = ensemble.provinces.exclusion * held
        assets = perceived.open_value

        entrench, border, passage = (1.0 - national(roots, where) for where in (areas, front, corridor))
        strikes = national(struck, perceived.force[Partner.IRAN])
        deter = 1.0 - national(perceived.felt[Partner.IRAN], inside)
        return [
            Interest("regime_survival", w["regime_survival"], state.danger, state.threat, (I.COMMAND, I.ARMY, I.MILITIAS), contested=False),
            Interest("militia_entrenchment", w["militia_entrenchment"], entrench, fertile, (I.MILITIAS, I.ROOTS)),
            Interest("border_presence", w["border_presence"], border, front, (I.MILITIAS, I.COMMAND)),
            Interest("command", w["command"], joint.max(axis=0), joint, (I.COMMAND,)),
            Interest("shield", w["shield"], strikes, struck * partners, (I.MIXING,), by_force=False),
            Interest("no_foreign_bases", w["no_foreign_bases"], state.publicity, held, (I.DIPLOMACY,), by_force=False, contested=False),
            Interest(
                "contract_competition", w["contract_competition"], openness(assets), relative(assets), (I.FIRMS, I.ROOTS), by_force=False
            ),
            Interest("land_corridor", w["land_corridor"], passage, corridor, (I.MILITIAS, I.ROOTS)),
            Interest("deterrence", w["deterrence"], deter, inside, (I.MILITIAS, I.ROOTS)),
        ]

    def reach(self, ensemble: Ensemble, p: Iran) -> Row:
        """What share of its effort can reach Syria, given who holds the land route (R10)."""
        return 1.0 - p.land_dependence * (1.0 - ensemble.state.land_route)

    def deterrents(self, ensemble: Ensemble, p: Iran) -> list[Deterrent]:
        """What speaks against having force in a province: strikes, the 83 km, and what Russia does to hold Iran back (R27, R28, R78)."""
        state, inside = ensemble.state, ensemble.provinces.exclusion
        fear = p.fear * state.strike_memory / (state.strike_memory + p.noticed_strikes)
        compliance = p.golan_agreement * p.golan_compliance
        return [
            Deterrent("fear of strikes", p.fear, fear),
            Deterrent("the agreement with Israel", compliance, compliance * inside),
            Deterrent("Russian restraint", p.held_back, p.held_back * state.restraint),
        ]

    def intend(self, ensemble: Ensemble, p: Iran, intent: Intent) -> None:
        """Spend effort; mind Russian display as much as its interest in having no foreign bases weighs."""
        self.spend(ensemble, p, intent)
        weights = weights_of(p.interests)
        intent.aversion = len(weights) * weights["no_foreign_bases"]
