"""8a. The government's survival: it falls with its core territory, or from within; what a fall leaves; provinces that it lost.

A small chance of a coup or insolvency, lowered by diplomacy (R52), counts only money and standing, nothing that the fighting counts, so
that one retreat is not counted twice.
"""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, Float

from sim.model.actors.partner import PartnerParameters
from sim.model.processes.month_end import MonthEnd, core_shares
from sim.model.state.dimensions import NOBODY, TINY, Array, BoolRow, ByProvince, Camp, Leader, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import Groups


def step(ensemble: Ensemble, p: MonthEnd, partners: Mapping[Partner, PartnerParameters]) -> None:
    """Decide which governments fall this month, what that leaves, and which provinces are lost."""
    state, records = ensemble.state, ensemble.records
    stands = state.fallen == 0.0
    military = stands & falls_with_core(core_shares(ensemble.perceived.worth), state.people[Camp.GOVERNMENT], p)
    chance = internal_fall_chance(state.coffers, ensemble.start.coffers, state.standing.max(axis=0), p)
    internal = stands & ~military & (ensemble.random_row("reckon:within") < chance)
    ensemble.note("collapse_ground", military)
    ensemble.note("collapse_within", internal)
    fell = military | internal
    records.collapse_month = np.where(fell, float(ensemble.month), records.collapse_month)
    state.fallen = np.where(fell, 1.0, state.fallen)
    if fell.any():
        _leave(ensemble, p, partners, fell)
    lost = lost_provinces(state.control[Camp.GOVERNMENT], records.control_start, p) & (records.lost_month < 0.0)
    records.lost_month = np.where(lost, float(ensemble.month), records.lost_month)
    ensemble.note("province_lost", lost)


def falls_with_core(core: ByProvince, people: ByProvince, p: MonthEnd) -> BoolRow:
    """Whether too little of the core territory (shares `core`) is left, (worlds,); `people` (P, worlds) is who is under its control."""
    return (core * people).sum(axis=0) < p.core_needed


def internal_fall_chance(coffers: Row, coffers_at_start: Row, standing: Row, p: MonthEnd) -> Row:
    """Chance this month of a fall from within, (worlds,): rises with lost coffers, falls with its partners' standing (R52)."""
    shortfall = np.maximum(0.0, 1.0 - (coffers + TINY) / (coffers_at_start + TINY))
    shield = 1.0 - p.diplomacy * standing
    return np.minimum(1.0, p.within_rate * np.exp(p.insolvency * shortfall) * shield)


def _leave(ensemble: Ensemble, p: MonthEnd, partners: Mapping[Partner, PartnerParameters], fell: BoolRow) -> None:
    """What a fall leaves: its ground goes to the opposition, its army dissolves, partners keep what the scenario says."""
    state = ensemble.state
    state.control, state.people = passed_on(state.control, fell), passed_on(state.people, fell)
    state.towns = np.where(fell & (state.towns == Camp.GOVERNMENT), np.int8(Camp.OPPOSITION), state.towns)
    bases = ensemble.provinces.traits["bases"] > 0.0
    state.force, state.reserve = force_left(state.force, state.reserve, ensemble.groups, bases, fell, partners)
    void = fell & (ensemble.chance.uniforms("reckon:contracts", ensemble.month, len(ensemble.assets)) >= p.contracts_kept)
    state.holder = np.where(void, np.int8(NOBODY), state.holder)
    state.in_force = state.in_force & ~void
    state.ground = np.where(fell & (state.ground == Camp.GOVERNMENT), np.int8(Camp.OPPOSITION), state.ground)
    state.primacy, state.tenders_agreed = np.where(fell, 0.0, state.primacy), np.where(fell, 0.0, state.tenders_agreed)
    state.exchanged = np.where(fell, np.int8(-1), state.exchanged)


def passed_on(share: Float[Array, "camps provinces worlds"], fell: BoolRow) -> Float[Array, "camps provinces worlds"]:
    """Shares by camp, (C, P, worlds), after what the government had passes to the opposition."""
    passed = share.copy()
    passed[Camp.OPPOSITION] += np.where(fell, share[Camp.GOVERNMENT], 0.0)
    passed[Camp.GOVERNMENT] = np.where(fell, 0.0, share[Camp.GOVERNMENT])
    return passed


def force_left(
    force: Float[Array, "groups provinces worlds"],
    reserve: Float[Array, "groups worlds"],
    groups: Groups,
    bases: Bool[Array, "provinces 1"],
    fell: BoolRow,
    partners: Mapping[Partner, PartnerParameters],
) -> tuple[Float[Array, "groups provinces worlds"], Float[Array, "groups worlds"]]:
    """Force (G, P, worlds) and reserves (G, worlds) after a fall: a partner keeps part of its troops at bases, and part of all its groups.

    Foreign fighters that do not stay go home; `bases` (P, 1) says where a base is.
    """
    force, reserve = force.copy(), reserve.copy()
    kept_by = {Leader[partner.name]: own for partner, own in partners.items()}
    for group in groups.of_camp(Camp.GOVERNMENT):
        stays = np.zeros_like(fell, dtype=float)
        if groups.leader[group] in kept_by:
            own = kept_by[groups.leader[group]]
            stays = np.maximum(own.stays_elsewhere, own.stays_at_bases * (bases & groups.foreign[group]))
        kept = np.where(fell, force[group] * stays, force[group])
        if groups.foreign[group]:
            reserve[group] += (force[group] - kept).sum(axis=0)
        force[group] = kept
    return force, reserve


def lost_provinces(control: ByProvince, at_start: ByProvince, p: MonthEnd) -> Bool[Array, "provinces worlds"]:
    """Whether a province of which the government held enough at the start has lost enough of the whole since, (P, worlds).

    Shares are differences of sums, so both limits count as met to rounding.
    """
    return (at_start >= p.mostly_held - TINY) & (control <= at_start - p.lost_share + TINY)
