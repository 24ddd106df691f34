"""Zones in which an offensive breaks an arrangement: which camps, which provinces, and who guarantees it (R17, R77)."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.csv_files import read_csv
from sim.model.state.dimensions import Array, ByProvince, Camp, Row
from sim.model.state.geography import Provinces
from sim.model.state.parameters import WEIGHT, parameter

Barriers = dict[frozenset[Camp], ByProvince]  # what breaking zones costs, by pair of camps


@dataclass
class ZoneTraits:
    """How much a zone counts."""

    strength: Row = parameter(WEIGHT, "what breaking the zone costs an attacker while its guarantors stand by it")


@dataclass(frozen=True)
class Zone:
    """One zone: two camps, the provinces inside it (1, others 0), and guarantors by name."""

    key: str
    camps: frozenset[Camp]
    inside: Float[Array, "provinces 1"]
    guarantors: tuple[str, ...]


def zone_keys() -> tuple[str, ...]:
    """Names of all zones."""
    return tuple(row["zone"] for row in read_csv("zones.csv"))


def load_zones(provinces: Provinces) -> tuple[Zone, ...]:
    """The zones of `zones.csv`."""
    zones = []
    for row in read_csv("zones.csv"):
        codes = row["provinces"].split(";")
        inside = np.array([[float(code in codes)] for code in provinces.iso])
        camps = frozenset((Camp[row["camp_a"].upper()], Camp[row["camp_b"].upper()]))
        zones.append(Zone(row["zone"], camps, inside, tuple(row["guarantors"].split(";"))))
    return tuple(zones)
