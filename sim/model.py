"""The model: many worlds of one scenario at once, as one Mesa model.

`Spheres` builds the first state, applies scripted events, lets the schedule run month by month and measures what comes out.
"""

from collections.abc import Mapping
from numbers import Integral
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.actors.group import GroupActor
from sim.processes import outcome
from sim.processes.measure import Horizon, Observation, horizon, observe
from sim.reference import before, reference_of, settle
from sim.registry import ACTORS, Parameters, members
from sim.scenario import Scenario, Scripted, load
from sim.scenario.values import changed_settings
from sim.schedule import Timer, look, month, untimed
from sim.world.axes import Array, Field, Power, Row, key
from sim.world.chance import Chance
from sim.world.events import EventLog
from sim.world.geography import Provinces, load_assets, load_provinces, load_towns
from sim.world.groups import load_groups, stack
from sim.world.measures import PROVINCE, WHOLE
from sim.world.parameters import Setting, apply, build
from sim.world.start import first_records, first_state
from sim.world.views import Flows
from sim.world.world import World
from sim.world.zones import load_zones

FIRST_SEED = 1


class Spheres(mesa.Model):
    """Worlds `first_world` to `first_world + worlds - 1` of a scenario.

    `scenario` is a resolved scenario, the path of a file or the name of one in `scenarios/`. `values` set parameters by path, e.g.
    `Spheres("baseline", **{"israel.strike_rate": 3})`; unknown paths and impossible values raise ScenarioError. `draws=False` gives
    every world the central values. `tell=True` keeps each event of each world for a story. The model stops itself at the horizon.
    The resolved scenario is `assumptions`, since Mesa keeps a scenario of its own.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path,
        worlds: int = 1,
        first_world: int = 0,
        seed: int | None = None,
        months: int | None = None,
        draws: bool = True,
        tell: bool = False,
        provinces: Provinces | None = None,
        rng: int | None = None,
        **values: float,
    ) -> None:
        for name, number, least in (("worlds", worlds, 1), ("first_world", first_world, 0), ("seed", seed or 0, 0)):
            if isinstance(number, bool) or not isinstance(number, Integral) or number < least:
                raise ValueError(f"{name} must be a whole number of at least {least}, not {number!r}")
        seed = next(one for one in (seed, rng, FIRST_SEED) if one is not None)  # Mesa's batch_run passes either, or None
        super().__init__(rng=seed)
        resolved = scenario if isinstance(scenario, Scenario) else load(scenario)
        resolved = resolved if months is None else resolved.with_months(months)
        self.assumptions, self.worlds, self.first_world, self.seed = resolved, worlds, first_world, seed
        self.months, self.month, self.draws, self.tell = resolved.months, 0, draws, tell
        self.running: bool = True
        self.timed: Timer = untimed
        self._columns = max(2, worlds)  # no array ever holds one world: NumPy would sum it by another path
        self._settings = changed_settings(resolved.settings, values)
        self._chance = Chance(seed, first_world, self._columns)
        self._quantiles = {path: self._chance.draw(path) for path in self._settings} if draws else {}
        self._prepare(provinces or load_provinces())
        self._begin()
        self.datacollector = mesa.DataCollector(model_reporters={m.name: (lambda model, name=m.name: model._means[name]) for m in WHOLE})

    # -- building ------------------------------------------------------------------------------------------------------------------

    def _prepare(self, provinces: Provinces) -> None:
        """Geography, groups and agents."""
        self.provinces, self.space = provinces, provinces.space
        self._assets, self._towns, self._zones = load_assets(provinces), load_towns(provinces), load_zones(provinces)
        self._groups = load_groups(self.assumptions.start_state["groups"])
        self.groups = self._groups.key
        for actor in ACTORS:
            actor(self, actor.section)
        cells = {cell.coordinate: cell for cell in self.space.all_cells}
        for index, name in enumerate(self._groups.key):
            GroupActor(self, name, index).cell = cells[self._groups.home[index]]
        self._members = members(self._groups.key)

    def _begin(self) -> None:
        """The first state, and the start at rest that it is measured against."""
        roots = {path: setting.unchanged() for path, setting in self._settings.items()}
        own_p = self._parameters(before({path: self._row(one) for path, one in roots.items()}))
        own = self._world(own_p, self._columns)
        settle(own, own_p, self._decide_in)
        central_p = self._parameters(before({path: np.full(2, one.value) for path, one in roots.items()}))
        central = self._world(central_p, 2)
        settle(central, central_p, self._decide_in)
        self._rows = {path: self._row(setting) for path, setting in self._settings.items()}
        self.p = self._parameters(self._rows)
        self.world = self._world(self.p, self._columns)
        self.world.reference = reference_of(own, central, own_p)
        settle(self.world, self.p, self._decide_in)
        self.log = self.world.log
        self._active: tuple[Scripted, ...] = ()
        self._last: Observation | None = None
        self._sums: dict[str, Any] = {}
        self._means: dict[str, float] = {}

    def _row(self, setting: Setting) -> Row:
        """A parameter in every world."""
        return setting.row(self._quantiles.get(setting.path), self._columns)

    def _parameters(self, rows: Mapping[str, Row]) -> Parameters:
        """The sections filled with rows."""
        return build(Parameters, rows, "", self._members)

    def _world(self, p: Parameters, columns: int) -> World:
        """A world in its first state under parameters `p`."""
        state = first_state(self.assumptions.start_state, p.start, p.groups, self._groups, self.provinces, self._assets, self._towns)
        traits = {trait: stack(p.groups, trait) for trait in ("obedience", "mobility", "quality")}
        log = EventLog(self.worlds, self.months, len(self.provinces), self.tell)
        chance = self._chance if columns == self._columns else Chance(self.seed, self.first_world, columns)
        return World(
            provinces=self.provinces,
            assets=self._assets,
            towns=self._towns,
            groups=self._groups,
            traits=traits,
            state=state,
            records=first_records(state),
            chance=chance,
            log=log,
            manpower=stack(p.groups, "manpower"),
        )

    # -- running -------------------------------------------------------------------------------------------------------------------

    def _decide_in(self, world: World, p: Parameters) -> None:
        """Let every actor write its intentions for a world."""
        for agent in self.agents:
            agent.intend(world, agent.parameters(p), world.intent)

    def step(self) -> None:
        """One month. Raises RuntimeError beyond the horizon."""
        timed = self.timed
        if not self.running:
            raise RuntimeError("the model has reached its horizon")
        self.world.month = self.month
        self._script()
        month(self.world, self.p, self._zones, lambda: self.agents.do("decide"), timed)
        timed("9 look", lambda: look(self.world, self.p))
        self._last = timed("9 measure", lambda: observe(self.world, self.p.influence, self.p.definitions))
        self._add_flows()
        self._means = self._mean_rows()
        self.month += 1
        self.running = self.month < self.months
        self.datacollector.collect(self)

    def run(self) -> "Spheres":
        """Run to the horizon."""
        while self.running:
            self.step()
        return self

    def _script(self) -> None:
        """Apply the scripted events in force this month; note those that begin."""
        active = tuple(e for e in self.assumptions.events if e.month <= self.month and (e.until is None or self.month < e.until))
        for event in active:
            if event.month == self.month:
                self.log.note("scripted", self.month, np.ones(self._columns), event.because)
        if active == self._active:
            return
        rows = dict(self._rows)
        for event in active:
            for path, change in event.changes:
                rows[path] = apply(change, self._rows[path], self._quantiles.get(path), self._settings[path].kind)
        self._active = active
        self.p = self._parameters(rows)
        self.world.traits = {trait: stack(self.p.groups, trait) for trait in ("obedience", "mobility", "quality")}

    def _add_flows(self) -> None:
        """Add the month's flows to their sums over the run."""
        assert self._last is not None
        for scope, measures in (("province", PROVINCE), ("whole", WHOLE)):
            now = getattr(self._last, scope)
            for m in measures:
                if m.flow:
                    name = f"{scope}.{m.name}"
                    self._sums[name] = self._sums[name] + now[m.name] if name in self._sums else now[m.name].copy()

    # -- results -------------------------------------------------------------------------------------------------------------------

    def observe(self) -> Observation:
        """Every measure of the month just done, real worlds only. Raises RuntimeError before the first month."""
        if self._last is None:
            raise RuntimeError("no month has been run yet")
        n = self.worlds
        return Observation(
            {name: x[..., :n] for name, x in self._last.province.items()},
            {name: x[..., :n] for name, x in self._last.whole.items()},
        )

    def spheres(self) -> Array:
        """Sphere of every province in the month just done, (P, worlds) indices into SPHERES. Raises RuntimeError before the first month."""
        if self._last is None:
            raise RuntimeError("no month has been run yet")
        influence = np.stack([self._last.province[f"influence_{key(power)}"] for power in Power])
        return outcome.spheres(influence, self.p.definitions)[:, : self.worlds].astype(np.int64)

    def mean(self, name: str) -> float:
        """Mean over worlds of a measure of the whole country in the month just done."""
        if self._last is None:
            raise RuntimeError("no month has been run yet")
        return self._means[name]

    def _mean_rows(self) -> dict[str, float]:
        """Means over worlds of all measures of the whole country in the month just done, in one pass."""
        assert self._last is not None
        rows = np.stack(list(self._last.whole.values()))[:, : self.worlds]
        return dict(zip(self._last.whole, rows.mean(axis=1).tolist(), strict=True))

    def finish(self) -> Horizon:
        """What the run came to. Raises RuntimeError before the horizon."""
        if self.running or self._last is None:
            raise RuntimeError("the horizon has not been reached")
        sums = Observation(
            {m.name: self._sums[f"province.{m.name}"] for m in PROVINCE if m.flow},
            {m.name: self._sums[f"whole.{m.name}"] for m in WHOLE if m.flow},
        )
        return horizon(self.world, self._last, sums, self.p.definitions, self.months, self.worlds)

    def unchanged(self) -> Horizon:
        """What the run would come to if nothing changed after the start: stocks, classes and spheres as they are, flows zero.

        Raises RuntimeError once a month has been run.
        """
        if self.month:
            raise RuntimeError("the start is past")
        world = self.world
        world.flows = Flows.blank(len(world.provinces), len(Field), world.worlds)
        first = observe(world, self.p.influence, self.p.definitions)
        end = horizon(world, first, first, self.p.definitions, self.months, self.worlds)
        world.records.arrangement = {}  # the run itself keeps it from its first month on
        return end

    @property
    def drawn(self) -> dict[str, Row]:
        """Rows of the parameters in which worlds differ, as they are at the start of the scenario."""
        return {path: self._rows[path][: self.worlds] for path, setting in self._settings.items() if self.draws and setting.drawn}

    def close(self) -> None:
        """Free everything that grows with worlds and months: Mesa keeps finished models alive."""
        self.running = False
        self.agents.do("remove")
        for name in ("world", "p", "log", "datacollector", "space", "provinces", "assumptions", "timed"):
            setattr(self, name, None)
        self._last, self._chance, self._groups, self._assets, self._zones, self._active = (None,) * 6  # type: ignore[assignment]
        self._rows, self._quantiles, self._sums, self._settings, self._members = {}, {}, {}, {}, {}
