"""A world bundle: what rules work on. State is last month's until a rule replaces it; intent is what actors decided this month."""

from dataclasses import dataclass, field

from sim.world.axes import Array, Row
from sim.world.chance import Chance
from sim.world.events import EventLog
from sim.world.geography import Assets, Provinces, Towns
from sim.world.groups import Groups
from sim.world.state import Records, State
from sim.world.views import Assessment, Flows, Intent, Reference


@dataclass
class World:
    """Many worlds at once, with everything that a rule may read."""

    provinces: Provinces
    assets: Assets
    towns: Towns
    groups: Groups
    traits: dict[str, Array]  # group traits, (G, worlds)
    state: State
    records: Records
    chance: Chance
    log: EventLog
    manpower: Array  # (G, worlds) at the start
    month: int = 0
    reference: Reference | None = None  # none while the reference itself is made
    seen: Assessment = field(init=False)
    intent: Intent = field(init=False)
    flows: Flows = field(init=False)

    @property
    def start(self) -> Reference:
        """The start at rest that this world is compared with. Raises RuntimeError while it is being made."""
        if self.reference is None:
            raise RuntimeError("this world has no reference yet")
        return self.reference

    @property
    def worlds(self) -> int:
        """Number of columns, padding included."""
        return int(self.state.fallen.shape[0])

    def luck(self, name: str) -> Row:
        """One uniform per world of a source of chance this month, shape (worlds,)."""
        return self.chance.row(name, self.month)

    def luck_by_province(self, name: str) -> Array:
        """A uniform per province and world, shape (P, worlds), ordered by ISO code whatever the order of the axis."""
        return self.chance.uniforms(name, self.month, len(self.provinces))[self.provinces.iso_rank]

    def note(self, name: str, count: Array, text: str = "") -> None:
        """Note an event of this month; see `EventLog.note`."""
        self.log.note(name, self.month, count, text)
