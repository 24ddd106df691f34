"""8b. Influence: who has sway where (the weights are ours). Shares over seven powers that sum to 1 in every province and world."""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Camp, Leader, Partner, Power, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.parameters import SCALE, SHARE, WEIGHT, parameter


@dataclass
class Influence:
    """What sway is made of. Weights are relative to each other."""

    institutions: Row = parameter(WEIGHT, "weight of holding the institutions, for whoever holds the ground")
    force: Row = parameter(WEIGHT, "weight of a share of the camp's force")
    roots: Row = parameter(WEIGHT, "weight of roots in society and economy")
    holdings: Row = parameter(WEIGHT, "weight of a share of the contracted assets")
    primacy: Row = parameter(WEIGHT, "weight of an agreed primacy")
    backing: Row = parameter(WEIGHT, "weight of a guarantor's backing where it has troops (Turkey, United States)")
    foothold: Row = parameter(SCALE, "guarantor's troops (thousand) at which that backing is half felt")
    shadow: Row = parameter(SHARE, "share of sway that full Islamic State presence takes without holding ground")


def shares(ensemble: Ensemble, p: Influence) -> Array:
    """Influence shares, (7 powers, P, worlds): each camp's ground is divided among those who count there."""
    state = ensemble.state
    influence = np.zeros((len(Power), len(ensemble.provinces), ensemble.n_worlds))
    government, russia, iran = _on_government_ground(ensemble, p)
    _divide(influence, state.control[Camp.GOVERNMENT], {Power.GOVERNMENT: government, Power.RUSSIA: russia, Power.IRAN: iran})
    local, turkey, left_russia, left_iran = _on_opposition_ground(ensemble, p)
    _divide(
        influence,
        state.control[Camp.OPPOSITION],
        {Power.LOCAL: local, Power.TURKEY: turkey, Power.RUSSIA: left_russia, Power.IRAN: left_iran},
    )
    sdf, us = _on_sdf_ground(ensemble, p)
    _divide(influence, state.control[Camp.SDF], {Power.LOCAL: sdf, Power.UNITED_STATES: us})
    shadow = p.shadow * state.presence
    influence *= 1.0 - shadow
    influence[Power.ISLAMIC_STATE] += shadow * (1.0 - state.control[Camp.ISLAMIC_STATE]) + state.control[Camp.ISLAMIC_STATE]
    return influence


def _divide(influence: Array, ground: Array, raw: dict[Power, Array]) -> None:
    """Add a camp's ground to the powers in proportion to what they count for there."""
    total = sum(raw.values(), TINY * np.ones_like(ground))
    first = next(iter(raw))
    rest = ground.copy()
    for power, weight in raw.items():
        if power != first:
            part = ground * weight / total
            influence[power] += part
            rest -= part
    influence[first] += np.maximum(rest, 0.0)


def _force_share(ensemble: Ensemble, leader: Leader, camp: Camp) -> Array:
    """Share of a camp's force in a province that follows a leader, (P, worlds)."""
    force, groups = ensemble.state.force, ensemble.groups.of_camp(camp)
    own = sum_of(force, [g for g in groups if ensemble.groups.leader[g] == leader])
    return own / ((ensemble.perceived.side if camp == Camp.GOVERNMENT else sum_of(force, groups)) + TINY)


def patronage(ensemble: Ensemble) -> Array:
    """How far the partners still back what they built, (K, worlds): their effort relative to the start, at most 1."""
    now, before = ensemble.intent.effort.sum(axis=1), ensemble.start.effort.sum(axis=1)
    return np.minimum(1.0, now / (before + TINY))


def _on_government_ground(ensemble: Ensemble, p: Influence) -> tuple[Array, Array, Array]:
    """What the three count for on the government's ground; force that its patron no longer backs is the government's."""
    state, held, backed = ensemble.state, ensemble.perceived.held, patronage(ensemble)
    contracted = held.sum(axis=0)
    own_force = _force_share(ensemble, Leader.GOVERNMENT, Camp.GOVERNMENT)
    partners = []
    for k in Partner:
        force = _force_share(ensemble, Leader[k.name], Camp.GOVERNMENT)
        own_force = own_force + force * (1.0 - backed[k])
        side = np.maximum(0.0, state.primacy if k == Partner.RUSSIA else -state.primacy)
        partners.append(
            p.force * force * backed[k] + p.roots * state.roots[k] + p.holdings * held[k] / np.maximum(1.0, contracted) + p.primacy * side
        )
    return p.institutions + p.force * own_force, partners[Partner.RUSSIA], partners[Partner.IRAN]


def _on_opposition_ground(ensemble: Ensemble, p: Influence) -> tuple[Array, Array, Array, Array]:
    """What local groups and Turkey count for; after the government's fall also what the partners kept there."""
    state, groups = ensemble.state, ensemble.groups
    turkey_troops = sum_of(state.force, [g for g in groups.of_leader(Leader.TURKEY) if groups.foreign[g]])
    backing = p.backing * ensemble.intent.guarantee["turkey"] * turkey_troops / (turkey_troops + p.foothold)
    turkey = p.force * _force_share(ensemble, Leader.TURKEY, Camp.OPPOSITION) + backing
    local = p.institutions + p.force * _force_share(ensemble, Leader.OPPOSITION, Camp.OPPOSITION)
    left = []
    for k in Partner:
        force = ensemble.perceived.force[k]
        left.append(state.fallen * (p.force * force / (force + p.foothold) + p.roots * state.roots[k]))
    return local, turkey, left[Partner.RUSSIA], left[Partner.IRAN]


def _on_sdf_ground(ensemble: Ensemble, p: Influence) -> tuple[Array, Array]:
    """What the SDF and the United States count for."""
    groups = ensemble.groups
    troops = sum_of(ensemble.state.force, groups.of_leader(Leader.UNITED_STATES))
    backing = p.backing * ensemble.intent.guarantee["united_states"] * troops / (troops + p.foothold)
    sdf = p.institutions + p.force * _force_share(ensemble, Leader.SDF, Camp.SDF)
    return sdf, p.force * _force_share(ensemble, Leader.UNITED_STATES, Camp.SDF) + backing
