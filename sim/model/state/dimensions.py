"""The named axes of every array. `worlds` is always the last axis, so a parameter (one row of worlds) broadcasts as it is.

Annotations name the axes: `Float[Array, "provinces worlds"]`. Tests check them while a model runs; otherwise they only inform.
Axes with members of their own are the enums below, in plural: `camps`, `partners`, `leaders`, `fields`, `powers`, `instruments`,
`sectors`, `bidders`.
The others are `worlds`, `provinces`, `groups`, `assets`, `towns`, `tenders`, and `active` for a selection of worlds.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import cache, lru_cache
from typing import TypeAlias, TypeVar

import numpy as np
from jaxtyping import Bool, Float, Int

Array: TypeAlias = np.ndarray
Row: TypeAlias = Float[np.ndarray, " worlds"]  # a number of every world; a lone axis begins with a space, as linters want it
IntRow: TypeAlias = Int[np.ndarray, " worlds"]
BoolRow: TypeAlias = Bool[np.ndarray, " worlds"]
ByProvince: TypeAlias = Float[np.ndarray, "provinces worlds"]
Member = TypeVar("Member", bound=IntEnum)  # of an axis

TINY = 1e-9  # keeps a ratio of two quantities that may both vanish defined; far below anything measured
NOBODY = -1  # in place of the index of a holder


class Camp(IntEnum):
    """Who holds ground. The United States counts with the SDF (al-Tanf included), Turkey with the opposition.

    `local`: towns and tribes that rule themselves, after a rising or where others have left. They have no groups of their own and only
    defend what they hold.
    """

    GOVERNMENT = 0
    OPPOSITION = 1
    SDF = 2
    ISLAMIC_STATE = 3
    LOCAL = 4


FIGHTING_CAMPS = (Camp.GOVERNMENT, Camp.OPPOSITION, Camp.SDF, Camp.ISLAMIC_STATE)  # those with armed groups, which launch offensives
ARMED = slice(len(FIGHTING_CAMPS))  # their places on the axis of camps


def other_camps(camp: Camp) -> tuple[Camp, ...]:
    """The camps that a camp may fight: all but itself."""
    return tuple(other for other in Camp if other != camp)


class Partner(IntEnum):
    """The two partners whose spheres the report is about. Every difference between them is a number in a table, never an `if`."""

    RUSSIA = 0
    IRAN = 1


PRIMACY_SIGN = {Partner.RUSSIA: 1.0, Partner.IRAN: -1.0}  # which way an agreed primacy points
OTHER_PARTNER = {Partner.RUSSIA: Partner.IRAN, Partner.IRAN: Partner.RUSSIA}


class Leader(IntEnum):
    """Whose interests an armed group follows, as far as it obeys."""

    GOVERNMENT = 0
    RUSSIA = 1
    IRAN = 2
    TURKEY = 3
    UNITED_STATES = 4
    SDF = 5
    OPPOSITION = 6
    ISLAMIC_STATE = 7


class Field(IntEnum):
    """Fields of the partnership. Each has a channel and a friction of its own (R36)."""

    MILITARY = 0
    ECONOMIC = 1
    DIPLOMATIC = 2


class Power(IntEnum):
    """Who can hold influence in a province. `local`: SDF, HTS and others as far as no outside power stands behind them."""

    GOVERNMENT = 0
    RUSSIA = 1
    IRAN = 2
    TURKEY = 3
    UNITED_STATES = 4
    ISLAMIC_STATE = 5
    LOCAL = 6


class Instrument(IntEnum):
    """What an actor can spend effort on; all but diplomacy and pressure province by province."""

    AIR = 0
    COMMAND = 1
    ARMY = 2
    MILITIAS = 3
    MIXING = 4
    RESTRAINT = 5
    ROOTS = 6
    FIRMS = 7
    DIPLOMACY = 8
    GROUND = 9
    STRIKES = 10
    PRESSURE = 11
    INTELLIGENCE = 12
    TERMS = 13


class Sector(IntEnum):
    """Sectors of the assets; the report names energy, phosphate, agriculture and real estate (R32), transport and industry are ours."""

    OIL_GAS = 0
    POWER = 1
    PHOSPHATE = 2
    AGRICULTURE = 3
    REAL_ESTATE = 4
    TRANSPORT_INDUSTRY = 5


class Bidder(IntEnum):
    """Who can win a tender: the partners, or others (Gulf, Chinese and Syrian private investors)."""

    RUSSIA = 0
    IRAN = 1
    OTHERS = 2


def yielded(agreed: Float[Array, "*issues worlds"], partner: Partner) -> Float[Array, "*issues worlds"]:
    """How far what is agreed (signed as PRIMACY_SIGN) is the other partner's, 0..1."""
    return np.maximum(0.0, -PRIMACY_SIGN[partner] * agreed)


def never_alone(index: Int[Array, " chosen"]) -> Int[Array, " active"]:
    """Indices of worlds, a lone one twice: no array ever holds one world, which NumPy would sum by another path."""
    return np.repeat(index, 2) if index.size == 1 else index


@lru_cache(maxsize=None, typed=True)  # members of two axes may be equal as numbers
def key(member: IntEnum) -> str:
    """The name of an axis member as files and columns spell it, e.g. `islamic_state`."""
    return member.name.lower()


def stacked(axis: type[Member], rows: Mapping[Member, Float[Array, "..."]]) -> Float[Array, "members ..."]:
    """One array for each member of an axis, stacked along it in its order."""
    return np.array([rows[member] for member in axis])


def indices_where(mask: Bool[Array, "rows worlds"]) -> tuple[Int[Array, " happenings"], Int[Array, " happenings"]]:
    """Where something is the case, as a pair of indices: what `np.nonzero` gives, in a tenth of its time."""
    row, world = np.divmod(np.flatnonzero(mask), mask.shape[1])
    return row, world


def counts(shape: tuple[int, int], row: Int[Array, "*happenings"], world: Int[Array, "*happenings"]) -> Float[Array, "rows worlds"]:
    """How often something happened in each row (a province or a sector, say) and world, from a pair of indices for each time."""
    return np.bincount((row * shape[1] + world).ravel(), minlength=shape[0] * shape[1]).reshape(shape).astype(float)


@cache
def keys(axis: type[IntEnum]) -> tuple[str, ...]:
    """All names of an axis, in order."""
    return tuple(key(member) for member in axis)
