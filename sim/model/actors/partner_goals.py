"""What a partner may want in Syria, goal by goal: how unmet it is, where it is at stake, and what serves it.

One table for both partners. Which goals a partner pursues, and how much it wants them, is in `scenarios/baseline.yaml`
(`russia.interests`, `iran.interests`); a weight of zero switches a goal off.
"""

from functools import cached_property

import numpy as np

from sim.model.actors.actor import View
from sim.model.actors.goals import Goal
from sim.model.actors.indicators import national, openness, relative, share_of
from sim.model.state.dimensions import OTHER_PARTNER, ByProvince, Camp, Leader, Partner, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.group_table import sum_of
from sim.model.state.sensing import insurgency

Appraisal = tuple[Row, ByProvince]


class PartnerView(View):
    """Last month's world as one of the two partners sees it; `other` is the other one."""

    def __init__(self, ensemble, p, partner: Partner) -> None:  # type: ignore[no-untyped-def]
        super().__init__(ensemble, p)
        self.partner, self.other = partner, OTHER_PARTNER[partner]
        self.held: ByProvince = self.state.control[Camp.GOVERNMENT]
        self.roots: ByProvince = self.state.roots[partner]
        self.felt, self.other_felt = self.perceived.felt[partner], self.perceived.felt[self.other]
        self.force, self.other_force = self.perceived.force[partner], self.perceived.force[self.other]

    @cached_property
    def army(self) -> ByProvince:
        """Force that follows the government, (P, worlds)."""
        return sum_of(self.state.force, self.ensemble.groups.of_leader(Leader.GOVERNMENT))

    @cached_property
    def other_share(self) -> ByProvince:
        """The other partner's share in both partners' force, (P, worlds)."""
        return share_of(self.other_force, self.force + self.other_force)

    @cached_property
    def other_weight(self) -> ByProvince:
        """The other partner's share in the force of the government's camp, (P, worlds)."""
        return share_of(self.other_force, self.perceived.side)

    @cached_property
    def struck(self) -> ByProvince:
        """How alarming recent strikes are where it is exposed to them, (P, worlds), 0..1."""
        memory = self.state.strike_memory
        return self.p.exposed * memory / (memory + self.p.noticed_strikes)


def regime_survival(v: PartnerView) -> Appraisal:
    """Unmet as far as the government is in danger, while it stands; at stake where core territory of the government looks endangered."""
    return v.state.danger * (1.0 - v.state.fallen), v.state.threat


def army_reform(v: PartnerView) -> Appraisal:
    """Unmet as far as the army's quality falls short of 1; at stake where the army is."""
    return 1.0 - v.state.army_quality, relative(v.army)


def leverage(v: PartnerView) -> Appraisal:
    """Unmet as far as its formations are few beside the army; at stake where its own formations are."""
    return 1.0 - share_of(v.force.sum(axis=0), (v.force + v.army).sum(axis=0)), relative(v.force)


def limit_militias(v: PartnerView) -> Appraisal:
    """Unmet as far as the other partner's groups weigh much in the camp's force; at stake by their share of that force."""
    return national(v.other_weight, v.perceived.side), v.other_weight


def standing(v: PartnerView) -> Appraisal:
    """Unmet as far as its standing falls short of 1; at stake in newly recovered territory, and in talks."""
    return 1.0 - v.state.standing[v.partner], np.minimum(1.0, v.state.recently_recovered)


def israel_balance(v: PartnerView) -> Appraisal:
    """Unmet as far as Israel presses it and it heeds that; at stake inside the exclusion distance, where the other's force is felt."""
    return v.p.heed * v.state.pressure[v.partner], v.provinces.exclusion * v.other_felt


def contract_competition(v: PartnerView) -> Appraisal:
    """Unmet as far as assets are open to tender anywhere; at stake where most assets are open to tender."""
    return openness(v.perceived.open_value), relative(v.perceived.open_value)


def order(v: PartnerView) -> Appraisal:
    """Unmet as far as the Islamic State is active in government territory where, of the partners, only the other is; at stake there."""
    attacked = insurgency(v.state) * v.held * v.other_share
    return attacked.max(axis=0), attacked


def bases(v: PartnerView) -> Appraisal:
    """Unmet as far as it is not rooted around the bases; at stake where they are, in government territory."""
    around = v.traits["bases"] * v.held
    return 1.0 - national(v.roots, around), around


def militia_entrenchment(v: PartnerView) -> Appraisal:
    """Unmet as far as it is not rooted in the areas of entrenchment; at stake there, in government territory, newly recovered first."""
    areas = v.traits["rooting_area"] * v.held
    fertile = areas * (1.0 + v.state.recently_recovered) / (1.0 + v.state.recently_recovered.max(axis=0))
    return 1.0 - national(v.roots, areas), fertile


def border_presence(v: PartnerView) -> Appraisal:
    """Unmet as far as it is not rooted at the Iraqi border; at stake there, in government territory."""
    front = v.traits["iraq_front"] * v.held
    return 1.0 - national(v.roots, front), front


def command(v: PartnerView) -> Appraisal:
    """Unmet as far as there is something to fight where the other's presence is felt; at stake where that is so."""
    joint = np.maximum(v.state.threat, insurgency(v.state) * v.held) * v.other_felt
    return joint.max(axis=0), joint


def shield(v: PartnerView) -> Appraisal:
    """Unmet as far as its force is where strikes fell; at stake where strikes fell recently and the other's force is there to mix with."""
    return national(v.struck, v.force), v.struck * v.other_share


def no_foreign_bases(v: PartnerView) -> Appraisal:
    """Unmet as far as the other partner advertised last month; at stake in all government territory."""
    return v.state.publicity[v.other], v.held


def land_corridor(v: PartnerView) -> Appraisal:
    """Unmet as far as it is not rooted along the road from Iraq to Lebanon; at stake there, in government territory."""
    corridor = v.traits["iraq_corridor"] * v.held
    return 1.0 - national(v.roots, corridor), corridor


def deterrence(v: PartnerView) -> Appraisal:
    """Unmet as far as its force is not felt inside the exclusion distance; at stake there, in government territory."""
    inside = v.provinces.exclusion * v.held
    return 1.0 - national(v.felt, inside), inside


PARTNER_GOALS = (
    Goal("regime_survival", (I.AIR, I.COMMAND, I.ARMY, I.MILITIAS), regime_survival, contested=False),
    Goal("army_reform", (I.ARMY, I.COMMAND), army_reform),
    Goal("leverage", (I.ARMY, I.MILITIAS), leverage),
    Goal("limit_militias", (I.RESTRAINT, I.MILITIAS), limit_militias),
    Goal("standing", (I.AIR, I.DIPLOMACY), standing),
    Goal("israel_balance", (I.RESTRAINT, I.DIPLOMACY), israel_balance),
    Goal("contract_competition", (I.FIRMS,), contract_competition, by_force=False, contested=False),
    Goal("order", (I.AIR, I.MILITIAS), order),
    Goal("bases", (I.ROOTS, I.AIR), bases),
    Goal("militia_entrenchment", (I.MILITIAS, I.ROOTS), militia_entrenchment),
    Goal("border_presence", (I.MILITIAS, I.COMMAND), border_presence),
    Goal("command", (I.COMMAND,), command),
    Goal("shield", (I.MIXING,), shield, by_force=False),
    Goal("no_foreign_bases", (I.DIPLOMACY,), no_foreign_bases, by_force=False, contested=False),
    Goal("land_corridor", (I.MILITIAS, I.ROOTS), land_corridor),
    Goal("deterrence", (I.MILITIAS, I.ROOTS), deterrence),
)
