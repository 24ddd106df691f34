"""8b. Influence: who has sway where (the weights are ours). Shares over seven powers that sum to 1 in every province and world."""

from dataclasses import dataclass

import numpy as np

from sim.world.axes import TINY, Array, Camp, Leader, Patron, Power, Row
from sim.world.groups import sum_of
from sim.world.parameters import SCALE, SHARE, WEIGHT, parameter
from sim.world.world import World


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


def shares(world: World, p: Influence) -> Array:
    """Influence shares, (7 powers, P, worlds): each camp's ground is divided among those who count there."""
    state = world.state
    influence = np.zeros((len(Power), len(world.provinces), world.worlds))
    government, russia, iran = _on_government_ground(world, p)
    _divide(influence, state.control[Camp.GOVERNMENT], {Power.GOVERNMENT: government, Power.RUSSIA: russia, Power.IRAN: iran})
    local, turkey, left_russia, left_iran = _on_opposition_ground(world, p)
    _divide(
        influence,
        state.control[Camp.OPPOSITION],
        {Power.LOCAL: local, Power.TURKEY: turkey, Power.RUSSIA: left_russia, Power.IRAN: left_iran},
    )
    sdf, us = _on_sdf_ground(world, p)
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


def _force_share(world: World, leader: Leader, camp: Camp) -> Array:
    """Share of a camp's force in a province that follows a leader, (P, worlds)."""
    force, groups = world.state.force, world.groups.of_camp(camp)
    own = sum_of(force, [g for g in groups if world.groups.leader[g] == leader])
    return own / ((world.seen.side if camp == Camp.GOVERNMENT else sum_of(force, groups)) + TINY)


def patronage(world: World) -> Array:
    """How far the partners still back what they built, (K, worlds): their effort relative to the start, at most 1."""
    now, before = world.intent.effort.sum(axis=1), world.start.effort.sum(axis=1)
    return np.minimum(1.0, now / (before + TINY))


def _on_government_ground(world: World, p: Influence) -> tuple[Array, Array, Array]:
    """What the three count for on the government's ground; force that its patron no longer backs is the government's."""
    state, held, backed = world.state, world.seen.held, patronage(world)
    contracted = held.sum(axis=0)
    own_force = _force_share(world, Leader.GOVERNMENT, Camp.GOVERNMENT)
    partners = []
    for k in Patron:
        force = _force_share(world, Leader[k.name], Camp.GOVERNMENT)
        own_force = own_force + force * (1.0 - backed[k])
        side = np.maximum(0.0, state.primacy if k == Patron.RUSSIA else -state.primacy)
        partners.append(
            p.force * force * backed[k] + p.roots * state.roots[k] + p.holdings * held[k] / np.maximum(1.0, contracted) + p.primacy * side
        )
    return p.institutions + p.force * own_force, partners[Patron.RUSSIA], partners[Patron.IRAN]


def _on_opposition_ground(world: World, p: Influence) -> tuple[Array, Array, Array, Array]:
    """What local groups and Turkey count for; after the government's fall also what the partners kept there."""
    state, groups = world.state, world.groups
    turkey_troops = sum_of(state.force, [g for g in groups.of_leader(Leader.TURKEY) if groups.foreign[g]])
    backing = p.backing * world.intent.guarantee["turkey"] * turkey_troops / (turkey_troops + p.foothold)
    turkey = p.force * _force_share(world, Leader.TURKEY, Camp.OPPOSITION) + backing
    local = p.institutions + p.force * _force_share(world, Leader.OPPOSITION, Camp.OPPOSITION)
    left = []
    for k in Patron:
        force = world.seen.force[k]
        left.append(state.fallen * (p.force * force / (force + p.foothold) + p.roots * state.roots[k]))
    return local, turkey, left[Patron.RUSSIA], left[Patron.IRAN]


def _on_sdf_ground(world: World, p: Influence) -> tuple[Array, Array]:
    """What the SDF and the United States count for."""
    groups = world.groups
    troops = sum_of(world.state.force, groups.of_leader(Leader.UNITED_STATES))
    backing = p.backing * world.intent.guarantee["united_states"] * troops / (troops + p.foothold)
    sdf = p.institutions + p.force * _force_share(world, Leader.SDF, Camp.SDF)
    return sdf, p.force * _force_share(world, Leader.UNITED_STATES, Camp.SDF) + backing
