"""Influence: which power counts how much in each province (the weights are ours). Shares sum to 1 in every province and world."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import PRIMACY_SIGN, TINY, Array, Bidder, ByProvince, Camp, Leader, Partner, Power, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.parameters import SCALE, SHARE, WEIGHT, parameter

BIDDING = [Bidder[partner.name] for partner in Partner]  # the partners among those who bid for contracts
POINTING = np.array([[[PRIMACY_SIGN[partner]]] for partner in Partner])  # which way a primacy points, for arrays by partner
Weights: TypeAlias = dict[Power, Array]  # what each power counts for on some ground, (P, worlds) or alike in all provinces


@dataclass
class InfluenceParameters:
    """What influence consists of. Weights are relative to each other."""

    institutions: Row = parameter(WEIGHT, "weight of holding the institutions, for whoever holds the ground")
    force: Row = parameter(WEIGHT, "weight of a share of the camp's force")
    roots: Row = parameter(WEIGHT, "weight of roots in society and economy")
    holdings: Row = parameter(WEIGHT, "weight of a share of the contracted assets")
    primacy: Row = parameter(WEIGHT, "weight of an agreed primacy")
    backing: Row = parameter(WEIGHT, "weight of a guarantor's backing where it has troops (Turkey, United States)")
    foothold: Row = parameter(SCALE, "guarantor's troops (thousand) at which that backing is half felt")
    shadow: Row = parameter(SHARE, "share of influence that full Islamic State presence takes without holding ground")


def shares(ensemble: Ensemble, p: InfluenceParameters) -> Float[Array, "powers provinces worlds"]:
    """Influence shares, (7 powers, P, worlds): each camp's ground is divided among those who count there."""
    state, kept = ensemble.state, _kept(ensemble, p)
    influence = np.zeros((len(Power), len(ensemble.provinces), ensemble.n_worlds))
    for camp, holder, weigh, others in (
        (Camp.GOVERNMENT, Power.GOVERNMENT, _on_government_ground, {}),
        (Camp.OPPOSITION, Power.LOCAL, _on_opposition_ground, kept),
        (Camp.SDF, Power.LOCAL, _on_sdf_ground, {}),
        (Camp.LOCAL, Power.LOCAL, _on_local_ground, kept),
    ):
        if np.count_nonzero(state.control[camp]):  # else there is nothing to divide
            for power, share in divided(state.control[camp], holder, weigh(ensemble, p) | others).items():
                influence[power] += share
    shadow = p.shadow * state.presence
    influence *= 1.0 - shadow
    influence[Power.ISLAMIC_STATE] += shadow * (1.0 - state.control[Camp.ISLAMIC_STATE]) + state.control[Camp.ISLAMIC_STATE]
    return influence


def divided(ground: ByProvince, holder: Power, weights: Weights) -> dict[Power, ByProvince]:
    """A camp's ground, (P, worlds), divided among the powers in proportion to what they count for there; the holder of its institutions
    has what the others leave.
    """
    total = sum(weights.values(), TINY)
    parts = {power: ground * weight / total for power, weight in weights.items() if power != holder}
    rest = ground.copy()
    for part in parts.values():
        rest -= part
    return parts | {holder: np.maximum(rest, 0.0)}


def _force_shares(ensemble: Ensemble, camp: Camp, leaders: Sequence[Leader]) -> list[ByProvince]:
    """Share of a camp's force in a province that follows each of these leaders, (P, worlds) each."""
    force, groups = ensemble.state.force, ensemble.groups
    total = (ensemble.perceived.side if camp == Camp.GOVERNMENT else sum_of(force, groups.of_camp(camp))) + TINY
    return [sum_of(force, groups.of_leader_in(leader, camp)) / total for leader in leaders]


def patronage(ensemble: Ensemble) -> Float[Array, "partners worlds"]:
    """How far the partners still back what they built, (K, worlds): their effort relative to the start, at most 1."""
    now, before = ensemble.intent.effort.sum(axis=1), ensemble.start.effort.sum(axis=1)
    return np.minimum(1.0, now / (before + TINY))


def _on_government_ground(ensemble: Ensemble, p: InfluenceParameters) -> Weights:
    """What the government, its partners and local powers count for there; force that its partner no longer backs is the government's."""
    state, held, backed = ensemble.state, ensemble.perceived.held, patronage(ensemble)[:, np.newaxis]
    own_force, *partners = _force_shares(ensemble, Camp.GOVERNMENT, (Leader.GOVERNMENT, *(Leader[partner.name] for partner in Partner)))
    force = np.array(partners)
    for unbacked in force * (1.0 - backed):
        own_force = own_force + unbacked
    contracts = p.holdings * held[BIDDING] / np.maximum(1.0, held.sum(axis=0))
    agreed = np.maximum(0.0, POINTING * state.primacy)
    weight = p.force * force * backed + p.roots * state.roots + contracts + p.primacy * agreed
    own = {Power.GOVERNMENT: p.institutions + p.force * own_force, Power.LOCAL: p.roots * state.local_roots}
    return own | {Power[partner.name]: weight[partner] for partner in Partner}


def _on_opposition_ground(ensemble: Ensemble, p: InfluenceParameters) -> Weights:
    """What local groups and Turkey count for."""
    groups = ensemble.groups
    turkey_troops = sum_of(ensemble.state.force, [g for g in groups.of_leader(Leader.TURKEY) if groups.foreign[g]])
    backing = p.backing * ensemble.intent.guarantee["turkey"] * turkey_troops / (turkey_troops + p.foothold)
    local, turkey = _force_shares(ensemble, Camp.OPPOSITION, (Leader.OPPOSITION, Leader.TURKEY))
    return {Power.LOCAL: p.institutions + p.force * local, Power.TURKEY: p.force * turkey + backing}


def _on_sdf_ground(ensemble: Ensemble, p: InfluenceParameters) -> Weights:
    """What the SDF and the United States count for."""
    troops = sum_of(ensemble.state.force, ensemble.groups.of_leader(Leader.UNITED_STATES))
    backing = p.backing * ensemble.intent.guarantee["united_states"] * troops / (troops + p.foothold)
    local, united_states = _force_shares(ensemble, Camp.SDF, (Leader.SDF, Leader.UNITED_STATES))
    return {Power.LOCAL: p.institutions + p.force * local, Power.UNITED_STATES: p.force * united_states + backing}


def _on_local_ground(ensemble: Ensemble, p: InfluenceParameters) -> Weights:
    """What local powers count for where they hold ground."""
    return {Power.LOCAL: p.institutions}


def _kept(ensemble: Ensemble, p: InfluenceParameters) -> Weights:
    """What the partners count for on the ground of the opposition and of local powers: nothing while the government stands, afterwards the
    force and roots they kept.
    """
    state, force = ensemble.state, ensemble.perceived.force
    if not np.count_nonzero(state.fallen):
        return {}
    kept = state.fallen * (p.force * force / (force + p.foothold) + p.roots * state.roots)
    return {Power[partner.name]: kept[partner] for partner in Partner}
