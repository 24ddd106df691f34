"""8a. The government's survival: it falls with its core territory, or from within; what a fall leaves; provinces that it lost.

A small chance of a coup or insolvency, lowered by diplomacy (R52), counts only money and standing, nothing that the fighting counts, so
that one retreat is not counted twice.
"""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.actors.partner import PartnerParameters
from sim.model.processes.abandoned_ground import claims, hand_over, masses
from sim.model.processes.combat import DAYS_A_MONTH, Battle, PlaceDraws
from sim.model.processes.ground_loss import GroundLoss, LeftGround
from sim.model.processes.month_end import MonthEnd, core_shares
from sim.model.state.dimensions import NOBODY, TINY, Array, BoolRow, ByProvince, Camp, Leader, Partner, Row, never_alone
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import Groups


def step(ensemble: Ensemble, p: MonthEnd, loss: GroundLoss, battle: Battle, partners: Mapping[Partner, PartnerParameters]) -> None:
    """Decide which governments fall this month, what that leaves, and which provinces are lost."""
    state, records = ensemble.state, ensemble.records
    stands = state.fallen == 0.0
    military = stands & falls_with_core(core_shares(ensemble.perceived.worth), state.people[Camp.GOVERNMENT], p)
    chance = internal_fall_chance(state.coffers, ensemble.start.coffers, state.standing.max(axis=0), p)
    internal = stands & ~military & (ensemble.random_row("reckon:within") < chance)
    ensemble.note("collapse_ground", military, day=DAYS_A_MONTH)
    ensemble.note("collapse_within", internal, day=DAYS_A_MONTH)
    fell = military | internal
    if np.count_nonzero(fell):
        records.collapse_month = np.where(fell, float(ensemble.month), records.collapse_month)
        state.fallen = np.where(fell, 1.0, state.fallen)
        _leave(ensemble, p, loss, battle, partners, fell)
    lost = lost_provinces(state.control[Camp.GOVERNMENT], records.control_start, p) & (records.lost_month < 0.0)
    if np.count_nonzero(lost):
        records.lost_month = np.where(lost, float(ensemble.month), records.lost_month)
        ensemble.note("province_lost", lost, day=DAYS_A_MONTH)


def falls_with_core(core: ByProvince, people: ByProvince, p: MonthEnd) -> BoolRow:
    """Whether too little of the core territory (shares `core`) is left, (worlds,); `people` (P, worlds) is who is under its control."""
    return (core * people).sum(axis=0) < p.core_needed


def internal_fall_chance(coffers: Row, coffers_at_start: Row, standing: Row, p: MonthEnd) -> Row:
    """Chance this month of a fall from within, (worlds,): rises with lost coffers, falls with its partners' standing (R52)."""
    shortfall = np.maximum(0.0, 1.0 - (coffers + TINY) / (coffers_at_start + TINY))
    shield = 1.0 - p.diplomacy * standing
    return np.minimum(1.0, p.within_rate * np.exp(p.insolvency * shortfall) * shield)


def _leave(
    ensemble: Ensemble, p: MonthEnd, loss: GroundLoss, battle: Battle, partners: Mapping[Partner, PartnerParameters], fell: BoolRow
) -> None:
    """What a fall leaves: its army dissolves, its ground goes to who is there, partners keep what the scenario says."""
    state = ensemble.state
    bases = ensemble.provinces.traits["bases"] > 0.0
    state.force, state.reserve = force_left(state.force, state.reserve, ensemble.groups, bases, fell, partners)
    _ground_passes(ensemble, loss, battle, never_alone(np.flatnonzero(fell)))
    void = fell & (ensemble.chance.uniforms("reckon:contracts", ensemble.month, len(ensemble.assets)) >= p.contracts_kept)
    state.holder = np.where(void, np.int8(NOBODY), state.holder)
    state.in_force = state.in_force & ~void
    state.primacy, state.tenders_agreed = np.where(fell, 0.0, state.primacy), np.where(fell, 0.0, state.tenders_agreed)
    state.exchanged = np.where(fell, np.int8(-1), state.exchanged)


def _ground_passes(ensemble: Ensemble, loss: GroundLoss, battle: Battle, world: Int[Array, " active"]) -> None:
    """Ground goes to all who want it, by what they can bring there, near or far; what nobody wants, to local powers."""
    camp, state = Camp.GOVERNMENT, ensemble.state
    draws = PlaceDraws(ensemble.chance, ensemble.month, len(ensemble.assets), len(ensemble.towns), state.control.shape)
    claim = claims(ensemble, loss, masses(ensemble, battle, world), camp, world, everywhere=True)
    claim[Camp.LOCAL] += claim.sum(axis=0) <= TINY
    held = np.take(state.control[camp], world, axis=-1) > 0.0
    left = LeftGround(camp, world, held.astype(float), "taken_over", DAYS_A_MONTH, dissolves=True)
    hand_over(ensemble, loss, battle, left, draws, claim)


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
