"""The model: many worlds of one scenario at once, as one Mesa model.

`Spheres` builds the first state, applies scripted events, lets the schedule run month by month and measures what comes out.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.model.actors.actor import decide, goals_by_section
from sim.model.actors.agenda import plan_of
from sim.model.actors.armed_groups import GroupActor
from sim.model.mesa_agents import add_agent
from sim.model.mesa_replicates import first_world_of_replicate
from sim.model.observation.goal_effort import GoalEffort
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.observation.observers import Horizon, Observation, Snapshot, horizon, observe, snapshot
from sim.model.reference_state import central_interests, engaged_rows, reference_of, settle
from sim.model.registry import ACTORS, GOALS, Parameters, members
from sim.model.schedule import Timer, month, untimed, update_perceptions
from sim.model.state.deescalation_zones import load_zones
from sim.model.state.dimensions import Array, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.event_log import EventLog
from sim.model.state.geography import Provinces, load_assets, load_provinces, load_towns
from sim.model.state.group_table import load_groups, stack
from sim.model.state.initial_state import first_records, first_state
from sim.model.state.intent import Intent
from sim.model.state.monthly_record import MonthlyRecord
from sim.model.state.parameters import ParameterValue, apply, build
from sim.model.state.random_streams import RandomStreams
from sim.scenario import Scenario, ScriptedEvent, load_scenario
from sim.scenario.mesa_scenarios import arguments_of, is_mesa_scenario
from sim.scenario.python_numbers import MOST_FIRST_WORLD, whole, whole_seed
from sim.scenario.python_overrides import changed_settings
from sim.scenario.python_rows import given_rows
from sim.text import number_format

DEFAULT_SEED = 1
MIN_COLUMNS = 2  # no array ever holds one world: NumPy would sum it by another path, to other bits
TRAITS = ("obedience", "mobility", "quality")  # of groups, which rules read as arrays along all groups


class MeanCollector(mesa.DataCollector):
    """Mesa's collector for means over worlds: plain numbers, which need no copies."""

    def collect(self, model: "Spheres") -> None:
        """Add the month just done."""
        if hasattr(self, "_collection_steps"):  # Mesa 3.4 and later: when each row was collected, by which batch_run finds it
            self._collection_steps.append(model.time)
        means = model.means
        for name, collected in self.model_vars.items():
            collected.append(means[name])


class Spheres(mesa.Model):
    """Worlds `first_world` (0) to `first_world + worlds - 1` of a scenario, or the rows of a design.

    `scenario` is a resolved scenario, the path of a file or the name of one in `scenarios/`. `values` set parameters by path, e.g.
    `Spheres("baseline", **{"israel.strike_rate": 3})`; unknown paths and impossible values raise ScenarioError. `draws=False` gives
    every world the central values. `record_events=True` keeps each event of each world for a story. The model stops itself at the horizon.

    A design has a row per world: `luck[k]` is the number of the world whose random numbers row k has (and whose draws, for parameters
    that nothing else says), in any order and as often as wanted; `quantiles` gives by path where in its range each row draws a parameter,
    and `values` may have a number for each row. A quantile acts as a draw, so the start at rest that a world is compared with moves with
    it; a value acts as `set` in a file: the start at rest keeps the world's own draw.
    Replicates of `mesa.batch_run(iterations=...)` are the next worlds under the same seed. Numbers of NumPy are numbers; a number beyond
    its limits raises ValueError, a horizon ScenarioError. The resolved scenario is `assumptions`, since Mesa keeps a scenario of its own.
    Given in place of `scenario`, that of Mesa says all of this by its attributes (sim/scenario/mesa_scenarios.py).
    """

    def __init__(
        self,
        scenario: Scenario | str | Path,
        worlds: int = 1,
        first_world: int | None = None,
        seed: int | None = None,
        months: int | None = None,
        draws: bool = True,
        record_events: bool = False,
        provinces: Provinces | None = None,
        rng: int | None = None,
        luck: Sequence[int] | None = None,
        quantiles: Mapping[str, Sequence[float]] | None = None,
        **values: float | Sequence[float],
    ) -> None:
        if is_mesa_scenario(scenario):
            own: dict[str, Any] = {"worlds": worlds, "first_world": first_world, "seed": seed, "months": months, "draws": draws, "rng": rng}
            own |= {"luck": luck, "record_events": record_events, "provinces": provinces, "quantiles": quantiles, **values}
            Spheres.__init__(self, **(own | arguments_of(scenario)))
            self.scenario = scenario
            return
        number, is_seeded = whole_seed(seed, rng, DEFAULT_SEED), (seed, rng) != (None, None)
        first = None if first_world is None else whole(first_world, "first_world", 0, MOST_FIRST_WORLD)
        rows = given_rows(luck, quantiles, values)
        worlds = rows.n_worlds(worlds)
        first_world = first_world_of_replicate(self, first, worlds, is_seeded, luck is not None)
        super().__init__(rng=number)
        if isinstance(scenario, Scenario):
            self.assumptions = scenario if months is None else scenario.with_months(months)
        else:
            self.assumptions = load_scenario(scenario, months=months)
        self.n_worlds, self.first_world, self.seed = worlds, first_world, number
        self.months, self.month, self.draws, self.record_events = self.assumptions.months, 0, draws, record_events
        self.running: bool = True
        self.timed: Timer = untimed
        self._columns = max(MIN_COLUMNS, worlds)
        self._settings = changed_settings(self.assumptions.settings, rows.alike)
        self._chance = RandomStreams(number, first_world, self._columns, rows.columns(self._columns))
        given = rows.quantile_rows(self._settings, self._columns)
        self._quantiles = {path: self._chance.draw(path) for path in self._settings if path not in given} if draws else {}
        self._quantiles |= given
        self._set = rows.value_rows(self._settings, self._columns)
        self._prepare(provinces or load_provinces())
        self._begin()
        self.datacollector = MeanCollector(model_reporters={m.name: (lambda model, name=m.name: model.mean(name)) for m in WHOLE})

    def __repr__(self) -> str:
        if "assumptions" not in vars(self):
            return "<Spheres, closed>"
        done = f"{self.month} of {self.months} months from {self.assumptions.start} done"
        todo = ".finish() says what it came to" if self.month == self.months else ".run() goes to the horizon"
        return f"<Spheres of '{self.assumptions.name}': {number_format.worlds(self.n_worlds)}, {done}; {todo}>"

    # -- building ------------------------------------------------------------------------------------------------------------------

    def _prepare(self, provinces: Provinces) -> None:
        """Geography, groups and agents."""
        self.provinces, self.space = provinces, provinces.space
        self._assets, self._towns, self._zones = load_assets(provinces), load_towns(provinces), load_zones(provinces)
        self._groups = load_groups(self.assumptions.start_state["groups"])
        self.groups = self._groups.key
        for actor in ACTORS:
            add_agent(self, actor, actor.section)
        cells = {cell.coordinate: cell for cell in self.space.all_cells}
        for index, name in enumerate(self._groups.key):
            add_agent(self, GroupActor, name, index).cell = cells[self._groups.home[index]]
        self._members = members(self._groups.key)
        self._weighed: Parameters | None = None
        self._plan = plan_of(goals_by_section(ACTORS), self._pursued)

    def _pursued(self, path: str) -> bool:
        """Whether an interest may have any weight in this run: at the start at rest, by a setting or by an event."""
        setting = self._settings[path]
        if path in self._set:
            return True
        events = {changed for event in self.assumptions.events for changed, _ in event.changes}
        return (
            path in events
            or any(one.value != 0.0 or one.range is not None for one in (setting, setting.unchanged()))
            or bool(setting.changes)
        )

    def _begin(self) -> None:
        """The first state, and the start at rest that it is measured against."""
        base = {path: setting.unchanged() if setting.changes else setting for path, setting in self._settings.items()}
        rows = {path: self._row(setting) for path, setting in base.items()}
        rest_p = self._parameters(engaged_rows(central_interests(rows, {path: setting.value for path, setting in base.items()})))
        rest = self._ensemble(rest_p)
        settle(rest, rest_p, self._decide_in)
        rest.intent = Intent.blank(len(rest.provinces), len(rest.groups), rest.n_worlds)
        self._decide_in(rest, rest_p)  # as the first month of the run will
        self._rows = rows | {path: self._row(setting) for path, setting in self._settings.items() if setting.changes} | self._set
        self.p = self._parameters(self._rows)
        self.ensemble = self._ensemble(self.p)
        self.ensemble.reference = reference_of(rest, rest_p)
        settle(self.ensemble, self.p, self._decide_in)
        self.log = self.ensemble.log
        self._active: tuple[ScriptedEvent, ...] = ()
        self._last: Observation | None = None
        self._sums: dict[str, Array] = {}
        self._means: dict[str, float] = {}
        self._efforts = self._new_efforts()

    def _new_efforts(self) -> GoalEffort:
        """Sums of effort by goal over no month yet."""
        return GoalEffort(self._plan.pursuits, len(self.provinces), self._columns)

    def _row(self, setting: ParameterValue) -> Row:
        """A parameter in every world."""
        return setting.row(self._quantiles.get(setting.path), self._columns)

    def _parameters(self, rows: Mapping[str, Row]) -> Parameters:
        """The sections filled with rows."""
        return build(Parameters, rows, "", self._members)

    def _ensemble(self, p: Parameters) -> Ensemble:
        """The worlds in their first state under parameters `p`."""
        places = (self._groups, self.provinces, self._assets, self._towns)
        state = first_state(self.assumptions.start_state, p.start, p.groups, *places, p.armed_groups.leaving)
        return Ensemble(
            provinces=self.provinces,
            assets=self._assets,
            towns=self._towns,
            groups=self._groups,
            traits={trait: stack(p.groups, trait) for trait in TRAITS},
            state=state,
            records=first_records(state),
            chance=self._chance,
            log=EventLog(self.n_worlds, self.months, len(self.provinces), self.record_events),
            manpower=stack(p.groups, "manpower"),
        )

    # -- running -------------------------------------------------------------------------------------------------------------------

    def _decide_in(self, ensemble: Ensemble, p: Parameters) -> None:
        """Let every actor appraise its goals and act, for an ensemble."""
        if p is not self._weighed:  # parameters are made anew when they change
            self._weighed, self._weights = p, self._plan.weights(p)
        decide(self.agents, self._plan, self._weights, ensemble, p)

    def step(self) -> None:
        """One month. Raises RuntimeError beyond the horizon."""
        if not self.running:
            raise RuntimeError("the model has reached its horizon")
        self.ensemble.month = self.month
        self._apply_events()
        month(self.ensemble, self.p, self._zones, lambda: self._decide_in(self.ensemble, self.p), self.timed)
        self.timed("9 perceive", lambda: update_perceptions(self.ensemble, self.p))
        self._last = self.timed("9 measure", lambda: observe(self.ensemble, self.p.influence, self.p.definitions))
        self.timed("9 measure", lambda: self._efforts.add(self.ensemble.agenda))
        self._add_up(self._last)
        self.month += 1
        self.running = self.month < self.months
        self.datacollector.collect(self)

    def run(self) -> "Spheres":
        """Run to the horizon."""
        while self.running:
            self.step()
        return self

    def _apply_events(self) -> None:
        """Put the scripted events of this month in force; note those that begin."""
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
        self.ensemble.traits = {trait: stack(self.p.groups, trait) for trait in TRAITS}

    def _add_up(self, now: Observation) -> None:
        """Add the month to the sums over the run, of which those count that are cumulative, and take its means over worlds."""
        whole = np.array(list(now.whole.values()))
        self._means = dict(zip(now.whole, whole[:, : self.n_worlds].mean(axis=1).tolist(), strict=True))
        province = {m.name: now.province[m.name] for m in PROVINCE if m.cumulative}
        for name, values in {"whole": whole, **province}.items():
            self._sums[name] = self._sums[name] + values if name in self._sums else values.copy()

    # -- results -------------------------------------------------------------------------------------------------------------------

    def observe(self) -> Observation:
        """Every measure of the month just done, without padding. Raises RuntimeError before the first month."""
        last, n = self._month_done(), self.n_worlds
        if n == self._columns:
            return Observation(dict(last.province), dict(last.whole))
        return Observation(
            {name: x[..., :n] for name, x in last.province.items()},
            {name: x[..., :n] for name, x in last.whole.items()},
        )

    @property
    def means(self) -> dict[str, float]:
        """Means over worlds of all measures of the whole country in the month just done. Raises RuntimeError before the first month."""
        self._month_done()
        return self._means

    def mean(self, name: str) -> float:
        """Mean over worlds of a measure of the whole country in the month just done. Raises RuntimeError before the first month."""
        return self.means[name]

    def _month_done(self) -> Observation:
        """The measures of the month just done, padding included."""
        if self._last is None:
            raise RuntimeError("no month has been run yet")
        return self._last

    def snapshot(self) -> Snapshot:
        """Spheres and contracts as they stand, at the start or after any month."""
        return snapshot(self.ensemble, self.p.influence, self.p.definitions, self.n_worlds)

    def finish(self) -> Horizon:
        """What the run came to. Raises RuntimeError before the horizon."""
        if self.running or self._last is None:
            raise RuntimeError("the horizon has not been reached")
        sums = Observation(
            {m.name: self._sums[m.name] for m in PROVINCE if m.cumulative},
            {m.name: row for m, row in zip(WHOLE, self._sums["whole"], strict=True) if m.cumulative},
        )
        efforts = self._efforts.means(GOALS, self.n_worlds)
        return horizon(self.ensemble, self._last, sums, efforts, self.p.definitions, self.months, self.n_worlds)

    def unchanged(self) -> Horizon:
        """What the run would come to if nothing changed after the start: stocks, classes and spheres as they are, and no events.

        Raises RuntimeError once a month has been run.
        """
        if self.month:
            raise RuntimeError("the start is past")
        ensemble = self.ensemble
        ensemble.monthly = MonthlyRecord.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
        first = observe(ensemble, self.p.influence, self.p.definitions)
        now = self._new_efforts()
        now.add(ensemble.agenda)
        end = horizon(ensemble, first, first, now.means(GOALS, self.n_worlds), self.p.definitions, self.months, self.n_worlds)
        ensemble.records.before_fall = {}  # the run itself keeps it from its first month on
        return end

    @property
    def drawn(self) -> dict[str, Row]:
        """Rows of the parameters in which worlds differ, as they are at the start of the scenario."""
        differ = {path for path, setting in self._settings.items() if setting.varies and path in self._quantiles} | set(self._set)
        return {path: self._rows[path][: self.n_worlds] for path in self._settings if path in differ}

    def close(self) -> None:
        """Free everything that grows with worlds and months, since Mesa keeps finished models alive; nothing can be asked afterwards."""
        self.running = False
        self.agents.do("remove")
        for name in _FREED_BY_CLOSE:
            self.__dict__.pop(name, None)


_FREED_BY_CLOSE = (
    *("ensemble", "p", "log", "datacollector", "space", "provinces", "assumptions", "timed"),
    *(
        "_last",
        "_chance",
        "_groups",
        "_assets",
        "_towns",
        "_zones",
        "_active",
        "_rows",
        "_quantiles",
        "_set",
        "_sums",
        "_efforts",
        "_settings",
        "_members",
        "_plan",
        "_weighed",
        "_weights",
    ),
)
