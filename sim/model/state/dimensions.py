"""The named axes of every array. `worlds` is always the last axis, so a parameter (one row of worlds) broadcasts as it is."""

from enum import IntEnum
from typing import TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray
Row: TypeAlias = np.ndarray  # shape (worlds,)

TINY = 1e-9  # keeps a ratio of two quantities that may both vanish defined; far below anything measured


class Camp(IntEnum):
    """Who holds ground. The United States counts with the SDF (al-Tanf included), Turkey with the opposition."""

    GOVERNMENT = 0
    OPPOSITION = 1
    SDF = 2
    ISLAMIC_STATE = 3




class Partner(IntEnum):
    """The two partners whose spheres the report is about. Every difference between them is a number in a table, never an `if`."""

    RUSSIA = 0
    IRAN = 1


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
    """What a patron can spend effort on. All but diplomacy are spent province by province."""

    AIR = 0
    COMMAND = 1
    ARMY = 2
    MILITIAS = 3
    MIXING = 4
    RESTRAINT = 5
    ROOTS = 6
    FIRMS = 7
    DIPLOMACY = 8


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


def key(member: IntEnum) -> str:
    """The name of an axis member as files and columns spell it, e.g. `islamic_state`."""
    return member.name.lower()


def keys(axis: type[IntEnum]) -> tuple[str, ...]:
    """All names of an axis, in order."""
    return tuple(key(member) for member in axis)
