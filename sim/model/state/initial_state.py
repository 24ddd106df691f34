"""The first state of a run, from a start file: levels drawn per world (the numbers are ours), and tables of facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int8

from sim.model.state.dimensions import NOBODY, Array, Bidder, Camp, Field, Partner, Row, Sector, key, keys, other_camps
from sim.model.state.geography import Assets, Provinces, Towns
from sim.model.state.group_table import Groups, GroupTraits, stack
from sim.model.state.parameters import FACTOR, SHARE, parameter
from sim.model.state.state import Records, State

OTHERS = other_camps(Camp.GOVERNMENT)  # whose ground a start file names; the rest is the government's
MOST_ABROAD = 0.99  # share of a group that can be abroad while the start file has it in Syria


@dataclass
class StartLevels:
    """Levels at the start that are not tied to a place."""

    channel_military: Row = parameter(SHARE, "strength of the military channel between the partners")
    channel_economic: Row = parameter(SHARE, "strength of their economic channel")
    channel_diplomatic: Row = parameter(SHARE, "strength of their diplomatic channel")
    friction_military: Row = parameter(FACTOR, "standing military friction between the partners")
    friction_economic: Row = parameter(FACTOR, "standing economic friction")
    friction_diplomatic: Row = parameter(FACTOR, "standing diplomatic friction")
    morale_government: Row = parameter(SHARE, "morale of the government's camp")
    morale_opposition: Row = parameter(SHARE, "morale of the opposition's camp")
    morale_sdf: Row = parameter(SHARE, "morale of the SDF's camp")
    morale_islamic_state: Row = parameter(SHARE, "morale of the Islamic State")
    morale_local: Row = parameter(SHARE, "morale of towns and tribes that rule themselves")
    army_quality: Row = parameter(SHARE, "quality of the government's army")
    coffers: Row = parameter(SHARE, "solvency of the government")
    evasion: Row = parameter(SHARE, "cooperation in evading sanctions")
    standing_russia: Row = parameter(SHARE, "Russia's diplomatic standing")
    standing_iran: Row = parameter(SHARE, "Iran's diplomatic standing, of which the report says nothing")
    engagement_russia: Row = parameter(SHARE, "share of Russia's effort of 2021 that was under way before the start (R46, R51)")
    engagement_iran: Row = parameter(SHARE, "share of Iran's effort of 2021 that was under way before the start (R45)")
    posture_turkey: Row = parameter(SHARE, "how much of the army that Turkey had in Syria in 2021 it keeps there")


def first_state(
    table: Mapping[str, Any],
    levels: StartLevels,
    traits: Mapping[str, GroupTraits],
    groups: Groups,
    provinces: Provinces,
    assets: Assets,
    towns: Towns,
    leaving: Row,
) -> State:
    """The state before the first month, from the tables of a start file and the levels drawn for each world.

    `leaving` is the share of a foreign group that is abroad while nothing calls it.
    """
    worlds = levels.coffers.shape[0]
    control, people = (_shares(table[name], provinces) for name in ("control", "people"))
    manpower = stack(traits, "manpower")
    shares = np.stack([by_province(table["groups"][g]["deployment"], provinces) for g in groups.key])

    def fill(array: Array) -> Array:
        return np.repeat(np.asarray(array, dtype=float)[..., np.newaxis], worlds, axis=-1)

    holder, in_force = _holdings(table, assets)
    ground = _ground(table["ground"], assets)
    empty = np.zeros((len(provinces), worlds))
    zero = np.zeros(worlds)
    return State(
        control=fill(control),
        pockets=fill(_pockets(table, provinces)),
        people=fill(people),
        force=(shares * (1.0 - groups.abroad[:, np.newaxis]))[..., np.newaxis] * manpower[:, np.newaxis, :],
        reserve=reserves(groups, manpower, leaving),
        roots=fill(np.stack([by_province(table["roots"][key(k)], provinces) for k in Partner])),
        local_roots=fill(by_province(table["roots"].get("local", {}), provinces)),
        presence=fill(by_province(table["presence"]["islamic_state"], provinces)),
        holder=np.repeat(holder[:, np.newaxis], worlds, axis=1),
        in_force=np.repeat(in_force[:, np.newaxis], worlds, axis=1),
        ground=np.repeat(ground[:, np.newaxis], worlds, axis=1),
        towns=np.repeat(_held_towns(table.get("towns", {}), towns)[:, np.newaxis], worlds, axis=1),
        morale=_levels(levels, "morale", Camp),
        momentum=np.zeros((len(Camp), worlds)),
        exhaustion=np.zeros((len(Camp), worlds)),
        recent_loss=np.zeros((len(Camp), *empty.shape)),
        garrisons_gone=np.zeros((len(Camp), *empty.shape)),
        recently_recovered=empty.copy(),
        threat=empty.copy(),
        strike_memory=fill(by_province(table["strikes"]["per_month"], provinces)),
        experience=np.ones(manpower.shape),
        army_quality=levels.army_quality.copy(),
        coffers=levels.coffers.copy(),
        evasion=levels.evasion.copy(),
        standing=_levels(levels, "standing", Partner),
        leverage=zero.copy(),
        danger=zero.copy(),
        publicity=np.zeros((len(Partner), worlds)),
        pressure=np.zeros((len(Partner), worlds)),
        land_route=zero + 1.0,
        restraint=np.zeros((len(Partner), *empty.shape)),
        channel=_levels(levels, "channel", Field),
        friction=_levels(levels, "friction", Field),
        incident_memory=empty.copy(),
        primacy=empty.copy(),
        tenders_agreed=np.zeros((len(Sector), worlds)),
        exchanged=np.full((len(provinces) + len(Sector), worlds), -1, dtype=np.int8),
        left_alone=np.zeros((len(Partner), *empty.shape)),
        months_strained=zero.copy(),
        partnership_broken=zero.copy(),
        gone=np.zeros((len(Partner), worlds)),
        fallen=zero.copy(),
        escalation=zero.copy(),
        operation=empty.copy(),
        operation_memory=zero.copy(),
        posture=levels.posture_turkey.copy(),
        surge=zero.copy(),
    )


def reserves(groups: Groups, manpower: Float[Array, "groups worlds"], leaving: Row) -> Float[Array, "groups worlds"]:
    """Fighters outside Syria at the start, (G, worlds): what the start file says, for other foreign groups the share that is always abroad,
    beside those in Syria.
    """
    abroad = groups.abroad[:, np.newaxis]
    away = np.minimum(leaving, MOST_ABROAD)
    usual = np.where(groups.foreign[:, np.newaxis], away / (1.0 - away), 0.0)
    return np.where(abroad > 0.0, abroad, usual) * manpower


def first_records(state: State) -> Records:
    """Empty records of what has not happened yet."""
    worlds = state.fallen.shape[0]
    none = np.full(worlds, -1.0)
    ground, people = state.control[Camp.GOVERNMENT].copy(), state.people[Camp.GOVERNMENT].copy()
    return Records(
        collapse_month=none.copy(),
        breakdown_month=none.copy(),
        incident_month=none.copy(),
        lost_month=np.full(ground.shape, -1.0),
        months_broken=np.zeros(worlds),
        control_start=ground,
        people_start=people,
    )


def _levels(levels: StartLevels, name: str, axis: type[IntEnum]) -> Float[Array, "members worlds"]:
    """A level of every member of an axis, such as `morale` of the camps."""
    return np.stack([getattr(levels, f"{name}_{member}") for member in keys(axis)])


def by_province(table: Mapping[str, Any], provinces: Provinces) -> Float[Array, " provinces"]:
    """A table keyed by ISO code as an array, zero where a province is not named. Raises KeyError for an unknown code."""
    unknown = set(table) - set(provinces.iso)
    if unknown:
        raise KeyError(f"unknown province {sorted(unknown)[0]!r} in a start table")
    return np.array([float(table.get(code, 0.0)) for code in provinces.iso])


def _shares(table: Mapping[str, Any], provinces: Provinces) -> Float[Array, "camps provinces"]:
    """Shares of ground or people by camp; the government has what the others have not."""
    shares = np.zeros((len(Camp), len(provinces)))
    for camp in OTHERS:
        shares[camp] = by_province(table.get(key(camp), {}), provinces)
    shares[Camp.GOVERNMENT] = np.maximum(1.0 - shares.sum(axis=0), 0.0)  # a whole written in decimals can sum to a little more
    return shares


def _pockets(table: Mapping[str, Any], provinces: Provinces) -> Float[Array, "camps provinces"]:
    """Ground that each camp holds surrounded, where the table names any. Raises ValueError where it is more than it holds."""
    named, control = table.get("pockets", {}), _shares(table["control"], provinces)
    pockets = np.stack([by_province(named.get(key(camp), {}), provinces) for camp in Camp])
    if ((pockets < 0.0) | (pockets > control + 1e-9)).any():
        raise ValueError("a pocket is larger than what its camp holds in a start table")
    return np.minimum(pockets, np.maximum(control, 0.0))


def _holdings(table: Mapping[str, Any], assets: Assets) -> tuple[Int8[Array, " assets"], Bool[Array, " assets"]]:
    """Holder of every asset as an index, and whether it holds a contract in force. Raises ValueError for an asset that is given twice."""
    holder, in_force = np.full(len(assets), NOBODY, dtype=np.int8), np.zeros(len(assets), dtype=bool)
    for held_by, carried_out in ((table["contracts"], True), (table.get("memoranda", {}), False)):
        for bidder in Bidder:
            for name in held_by.get(key(bidder), ()):
                asset = assets.name.index(name)
                if holder[asset] != NOBODY:
                    raise ValueError(f"{name!r} has two holders in a start table")
                holder[asset], in_force[asset] = bidder, carried_out
    return holder, in_force


def _ground(table: Mapping[str, Any], assets: Assets) -> Int8[Array, " assets"]:
    """On whose ground each asset lies, as indices of camps; the government's where the table names no other."""
    ground = np.full(len(assets), int(Camp.GOVERNMENT), dtype=np.int8)
    for camp in OTHERS:
        for name in table.get(key(camp), ()):
            ground[assets.name.index(name)] = camp
    return ground


def _held_towns(table: Mapping[str, Any], towns: Towns) -> Int8[Array, " towns"]:
    """Who holds each town, as indices of camps; the government has what the others have not."""
    held = np.full(len(towns), int(Camp.GOVERNMENT), dtype=np.int8)
    for camp in OTHERS:
        for name in table.get(key(camp), ()):
            held[towns.key.index(name)] = camp
    return held
