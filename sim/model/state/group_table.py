"""Armed groups: who leads each, with whom it fights, and the traits in which groups differ (ours)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int

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
    """The table of groups in the order of the start file."""

    key: tuple[str, ...]
    name: tuple[str, ...]
    leader: tuple[Leader, ...]
    camp: tuple[Camp, ...]
    home: tuple[str, ...]
    abroad: Float[Array, " groups"]  # share abroad at the start
    foreign: Bool[Array, " groups"]
    army: Bool[Array, " groups"]  # whether it belongs to the regular army

    def __len__(self) -> int:
        return len(self.key)

    @cached_property
    def camp_index(self) -> Int[Array, " groups"]:
        """The camps as indices."""
        return np.array(self.camp, dtype=int)

    @cached_property
    def camp_runs(self) -> tuple[tuple[Camp, slice], ...]:
        """Groups of one camp that stand side by side, as slices of the axis of groups."""
        starts = [group for group, camp in enumerate(self.camp) if group == 0 or camp != self.camp[group - 1]]
        return tuple((self.camp[start], slice(start, end)) for start, end in zip(starts, [*starts[1:], len(self)], strict=True))

    @cached_property
    def _by_camp(self) -> dict[Camp, list[int]]:
        return {camp: [group for group, own in enumerate(self.camp) if own == camp] for camp in Camp}

    def of_camp(self, camp: Camp) -> list[int]:
        """Indices of the groups that fight in a camp."""
        return self._by_camp[camp]

    @cached_property
    def _by_leader(self) -> dict[Leader, list[int]]:
        return {leader: [group for group, own in enumerate(self.leader) if own == leader] for leader in Leader}

    def of_leader(self, leader: Leader) -> list[int]:
        """Indices of the groups that follow a leader."""
        return self._by_leader[leader]

    @cached_property
    def _by_leader_and_camp(self) -> dict[tuple[Leader, Camp], list[int]]:
        pairs = [(leader, camp) for leader in Leader for camp in Camp]
        return {(leader, camp): [group for group in self.of_leader(leader) if self.camp[group] == camp] for leader, camp in pairs}

    def of_leader_in(self, leader: Leader, camp: Camp) -> list[int]:
        """Indices of the groups that follow a leader and fight in a camp."""
        return self._by_leader_and_camp[leader, camp]

    @cached_property
    def _by_partner(self) -> dict[Partner, list[int]]:
        return {partner: self.of_leader(Leader[partner.name]) for partner in Partner}

    def of_partner(self, partner: Partner) -> list[int]:
        """Indices of the groups that follow one of the two partners."""
        return self._by_partner[partner]

    @cached_property
    def regular(self) -> list[int]:
        """Indices of the regular army's groups, whoever leads them."""
        return [group for group, regular in enumerate(self.army) if regular]

    @cached_property
    def local_militias(self) -> list[int]:
        """Indices of the Syrian groups of the government's camp that are no regular army."""
        return [group for group in self.of_camp(Camp.GOVERNMENT) if not self.army[group] and not self.foreign[group]]

    @cached_property
    def national_army(self) -> list[int]:
        """Indices of the regular army's groups that the government itself leads (it has at least one: see `load_groups`)."""
        return [group for group in self.of_leader(Leader.GOVERNMENT) if self.army[group]]

    def index(self, key: str) -> int:
        """Index of a group by its key."""
        return self.key.index(key)


def together(members: Sequence[int]) -> slice | list[int]:
    """An index of some members of an axis: a slice where they stand side by side, so that nothing is copied."""
    if members and members[-1] - members[0] == len(members) - 1:
        return slice(members[0], members[-1] + 1)
    return list(members)


def sum_of(x: Float[Array, "members ..."], members: Sequence[int]) -> Float[Array, "..."]:
    """Sum of `x` over some members of its first axis, groups say; an index by a list would copy them first."""
    index = together(members)
    if isinstance(index, slice):
        return x[index].sum(axis=0)
    total = np.zeros(x.shape[1:])
    for member in members:
        total += x[member]
    return total


def force_by_partner(force: Float[Array, "groups provinces worlds"], groups: Groups) -> Float[Array, "partners provinces worlds"]:
    """Force of each partner's groups."""
    return np.array([sum_of(force, groups.of_partner(partner)) for partner in Partner])


def load_groups(table: Mapping[str, Mapping[str, Any]]) -> Groups:
    """The groups of a start file's `groups` table. Raises ValueError if none is the government's army."""
    rows = list(table.values())
    groups = Groups(
        key=tuple(table),
        name=tuple(str(r["name"]) for r in rows),
        leader=tuple(Leader[str(r["leader"]).upper()] for r in rows),
        camp=tuple(Camp[str(r["camp"]).upper()] for r in rows),
        home=tuple(str(r["home"]) for r in rows),
        abroad=np.array([float(r.get("abroad", 0.0)) for r in rows]),
        foreign=np.array([bool(r["foreign"]) for r in rows]),
        army=np.array([bool(r["army"]) for r in rows]),
    )
    if not groups.national_army:
        raise ValueError("the start has no army of the government: one of its groups needs 'leader: government' and 'army: true'")
    return groups


def stack(traits: Mapping[str, GroupTraits], trait: str) -> Float[Array, "groups worlds"]:
    """One trait of all groups."""
    return np.array([getattr(group, trait) for group in traits.values()])
