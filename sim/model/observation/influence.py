"""Influence: which power counts how much in each province (the weights are ours). Shares sum to 1 in every province and world."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import PRIMACY_SIGN, TINY, Array, Bidder, ByProvince, Camp, Leader, Partner, Power, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.parameters import SCALE, SHARE, WEIGHT, parameter


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
    state = ensemble.state
    influence = np.zeros((len(Power), len(ensemble.provinces), ensemble.n_worlds))
    for camp, holder, weigh in (
        (Camp.GOVERNMENT, Power.GOVERNMENT, _on_government_ground),
        (Camp.OPPOSITION, Power.LOCAL, _on_opposition_ground),
        (Camp.SDF, Power.LOCAL, _on_sdf_ground),
        (Camp.LOCAL, Power.LOCAL, _on_local_ground),
    ):
        if not state.control[camp].any():
            continue  # nothing to divide
        for power, share in divided(state.control[camp], holder, weigh(ensemble, p)).items():
            influence[power] += share
    shadow = p.shadow * state.presence
    influence *= 1.0 - shadow
    influence[Power.ISLAMIC_STATE] += shadow * (1.0 - state.control[Camp.ISLAMIC_STATE]) + state.control[Camp.ISLAMIC_STATE]
    return influence


def divided(ground: ByProvince, holder: Power, weights: dict[Power, ByProvince]) -> dict[Power, ByProvince]:
    """A camp's ground, (P, worlds), divided among the powers in proportion to what they count for there; the holder of its institutions
    has what the others leave.
    """
    total = sum(weights.values(), TINY * np.ones_like(ground))
    parts = {power: ground * weight / total for power, weight in weights.items() if power != holder}
    rest = ground.copy()
    for part in parts.values():
        rest -= part
    return parts | {holder: np.maximum(rest, 0.0)}


def _force_share(ensemble: Ensemble, leader: Leader, camp: Camp) -> ByProvince:
    """Share of a camp's force in a province that follows a leader, (P, worlds)."""
    force, groups = ensemble.state.force, ensemble.groups.of_camp(camp)
    own = sum_of(force, [g for g in groups if ensemble.groups.leader[g] == leader])
    return own / ((ensemble.perceived.side if camp == Camp.GOVERNMENT else sum_of(force, groups)) + TINY)


def patronage(ensemble: Ensemble) -> Float[Array, "partners worlds"]:
    """How far the partners still back what they built, (K, worlds): their effort relative to the start, at most 1."""
    now, before = ensemble.intent.effort.sum(axis=1), ensemble.start.effort.sum(axis=1)
    return np.minimum(1.0, now / (before + TINY))


def _on_government_ground(ensemble: Ensemble, p: InfluenceParameters) -> dict[Power, ByProvince]:
    """What the government, its partners and local powers count for there; force that its partner no longer backs is the government's."""
    state, held, backed = ensemble.state, ensemble.perceived.held, patronage(ensemble)
    contracted = held.sum(axis=0)
    own_force = _force_share(ensemble, Leader.GOVERNMENT, Camp.GOVERNMENT)
    weights = {}
    for partner in Partner:
        force = _force_share(ensemble, Leader[partner.name], Camp.GOVERNMENT)
        own_force = own_force + force * (1.0 - backed[partner])
        agreed = np.maximum(0.0, PRIMACY_SIGN[partner] * state.primacy)
        contracts = p.holdings * held[Bidder[partner.name]] / np.maximum(1.0, contracted)
        weight = p.force * force * backed[partner] + p.roots * state.roots[partner] + contracts + p.primacy * agreed
        weights[Power[partner.name]] = weight
    return {Power.GOVERNMENT: p.institutions + p.force * own_force, Power.LOCAL: p.roots * state.local_roots} | weights


def _on_opposition_ground(ensemble: Ensemble, p: InfluenceParameters) -> dict[Power, ByProvince]:
    """What local groups and Turkey count for; after the government's fall also what the partners kept there."""
    state, groups = ensemble.state, ensemble.groups
    turkey_troops = sum_of(state.force, [g for g in groups.of_leader(Leader.TURKEY) if groups.foreign[g]])
    backing = p.backing * ensemble.intent.guarantee["turkey"] * turkey_troops / (turkey_troops + p.foothold)
    turkey = p.force * _force_share(ensemble, Leader.TURKEY, Camp.OPPOSITION) + backing
    local = p.institutions + p.force * _force_share(ensemble, Leader.OPPOSITION, Camp.OPPOSITION)
    return {Power.LOCAL: local, Power.TURKEY: turkey} | _kept(ensemble, p)


def _on_local_ground(ensemble: Ensemble, p: InfluenceParameters) -> dict[Power, ByProvince]:
    """What local powers count for where they hold ground; after the government's fall also what the partners kept there."""
    local: dict[Power, ByProvince] = {Power.LOCAL: p.institutions + np.zeros_like(ensemble.state.presence)}
    return local | _kept(ensemble, p) if ensemble.state.fallen.any() else local


def _kept(ensemble: Ensemble, p: InfluenceParameters) -> dict[Power, ByProvince]:
    """What the partners count for on others' ground: nothing while the government stands, afterwards the force and roots they kept."""
    state, weights = ensemble.state, {}
    for partner in Partner:
        force = ensemble.perceived.force[partner]
        weights[Power[partner.name]] = state.fallen * (p.force * force / (force + p.foothold) + p.roots * state.roots[partner])
    return weights


def _on_sdf_ground(ensemble: Ensemble, p: InfluenceParameters) -> dict[Power, ByProvince]:
    """What the SDF and the United States count for."""
    groups = ensemble.groups
    troops = sum_of(ensemble.state.force, groups.of_leader(Leader.UNITED_STATES))
    backing = p.backing * ensemble.intent.guarantee["united_states"] * troops / (troops + p.foothold)
    sdf = p.institutions + p.force * _force_share(ensemble, Leader.SDF, Camp.SDF)
    return {Power.LOCAL: sdf, Power.UNITED_STATES: p.force * _force_share(ensemble, Leader.UNITED_STATES, Camp.SDF) + backing}
