"""The ensemble: the worlds that are stepped together, and all that rules work on.

State is last month's until a rule replaces it; intent is what actors decided this month.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jaxtyping import Float

from sim.model.state.dimensions import Array, ByProvince, Row
from sim.model.state.event_log import EventCount, EventLog
from sim.model.state.geography import Assets, Provinces, Towns
from sim.model.state.group_table import Groups
from sim.model.state.intent import Intent
from sim.model.state.monthly_record import MonthlyRecord
from sim.model.state.perception import Perception
from sim.model.state.random_streams import RandomStreams
from sim.model.state.reference import Reference
from sim.model.state.state import Records, State


@dataclass
class Ensemble:
    """Many worlds at once, with everything that a rule may read."""

    provinces: Provinces
    assets: Assets
    towns: Towns
    groups: Groups
    traits: dict[str, Float[Array, "groups worlds"]]  # of the groups
    state: State
    records: Records
    chance: RandomStreams
    log: EventLog
    manpower: Float[Array, "groups worlds"]  # at the start
    month: int = 0
    reference: Reference | None = None  # none while the reference itself is made
    agenda: Any = field(init=False)  # what all actors want this month (`sim.model.actors.goals.Agenda`)
    perceived: Perception = field(init=False)
    intent: Intent = field(init=False)
    monthly: MonthlyRecord = field(init=False)

    @property
    def start(self) -> Reference:
        """The start at rest that these worlds are compared with. Raises RuntimeError while it is being made."""
        if self.reference is None:
            raise RuntimeError("this ensemble has no reference yet")
        return self.reference

    @property
    def n_worlds(self) -> int:
        """Number of columns, padding included."""
        return int(self.state.fallen.shape[0])

    def random_row(self, name: str) -> Row:
        """One uniform per world of a random stream this month."""
        return self.chance.row(name, self.month)

    def random_by_province(self, name: str) -> ByProvince:
        """A uniform per province and world of a random stream, ordered by ISO code whatever the order of the axis."""
        return self.chance.uniforms(name, self.month, len(self.provinces))[self.provinces.iso_rank]

    def note(self, name: str, count: EventCount, text: str | Mapping[int, str] = "", day: int = 0) -> None:
        """Note an event of this month; see `EventLog.note`."""
        self.log.note(name, self.month, count, text, day)
