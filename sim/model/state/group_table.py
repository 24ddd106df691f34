"""Armed groups: who leads each, with whom it fights, and the traits in which groups differ (ours)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.model.state.dimensions import Array, Camp, Leader, Partner, Row
from sim.model.state.parameters import FACTOR, RATE, SHARE, THOUSANDS, parameter


@dataclass
class GroupTraits:
    """What one group is like."""

    manpower: Row = parameter(THOUSANDS, "fighters at the start")
    obedience: Row = parameter(SHARE, "how far the group follows its leader rather than its own wish to stay where it is rooted")
    mobility: Row = parameter(RATE, "share of the way to its intended places that the group moves in a month")
    quality: Row = parameter(FACTOR, "fighting worth of a thousand fighters relative to a line unit of an average army")


@dataclass(frozen=True)
class Groups:
    """The table of groups in the order of the start file; masks, indices and shares `abroad` at the start along the groups axis (G,)."""

    key: tuple[str, ...]
    name: tuple[str, ...]
    leader: tuple[Leader, ...]
    camp: tuple[Camp, ...]
    home: tuple[str, ...]
    abroad: Array
    foreign: Array
    army: Array

    def __len__(self) -> int:
        return len(self.key)

    def of_camp(self, camp: Camp) -> list[int]:
        """Indices of the groups that fight in a camp."""
        return [g for g, c in enumerate(self.camp) if c == camp]

    def of_leader(self, leader: Leader) -> list[int]:
        """Indices of the groups that follow a leader."""
        return [g for g, one in enumerate(self.leader) if one == leader]

    def of_partner(self, patron: Partner) -> list[int]:
        """Indices of the groups that follow one of the two partners."""
        return self.of_leader(Leader[patron.name])

    def index(self, key: str) -> int:
        """Index of a group by its key."""
        return self.key.index(key)


def sum_of(x: Array, members: Iterable[int]) -> Array:
    """Sum of `x` (G, ...) over some members of its first axis, (...); an index by a list would copy them first."""
    total = np.zeros(x.shape[1:])
    for member in members:
        total += x[member]
    return total


def load_groups(table: Mapping[str, Mapping[str, Any]]) -> Groups:
    """The groups of a start file's `groups` table."""
    rows = list(table.values())
    return Groups(
        key=tuple(table),
        name=tuple(str(r["name"]) for r in rows),
        leader=tuple(Leader[str(r["leader"]).upper()] for r in rows),
        camp=tuple(Camp[str(r["camp"]).upper()] for r in rows),
        home=tuple(str(r["home"]) for r in rows),
        abroad=np.array([float(r.get("abroad", 0.0)) for r in rows]),
        foreign=np.array([bool(r["foreign"]) for r in rows]),
        army=np.array([bool(r["army"]) for r in rows]),
    )


def stack(traits: Mapping[str, GroupTraits], trait: str) -> Array:
    """One trait of all groups, shape (G, worlds)."""
    return np.stack([getattr(one, trait) for one in traits.values()])
