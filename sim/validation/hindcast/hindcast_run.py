"""A run from 2015 that records everything that the facts are about, month by month and world by world."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from sim.experiment.recording.chunk import CHUNK
from sim.model.state.dimensions import Array, Bidder, Camp, Partner
from sim.scenario import Scenario
from sim.simulation import Spheres


@dataclass(frozen=True)
class MapState:
    """The map at one moment: shares of territory (C, P, worlds), force (K, P, worlds) in thousands, roots (K, P, worlds)."""

    control: Array
    force: Array
    roots: Array


@dataclass(frozen=True)
class HindcastRun:
    """What happened in each world. Axes: M months, C camps, T towns, P provinces, F fields, K partners; worlds last.

    `awards` (3, M, worlds) are tenders won by bidder; `first` and `last` are the start and the horizon.
    """

    area: Array  # (C, M, worlds) share of the country's area
    people: Array  # (M, worlds) share of its people held by the government
    towns: Array  # (T, M, worlds) Camp index
    incidents: Array  # (F, M, worlds)
    incidents_at: Array  # (P, M, worlds) military ones
    friction: Array  # (M, worlds) all fields
    channel: Array  # (F, M, worlds)
    broken: Array  # (M, worlds)
    awards: Array
    first: MapState
    last: MapState

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.broken.shape[-1])


def run_hindcast(
    scenario: Scenario, worlds: int, seed: int = 1, draws: bool = True, on_month: Callable[[int], None] | None = None
) -> HindcastRun:
    """Run worlds 0 to `worlds` - 1 of a scenario; `on_month` is called with the number of worlds after each month."""
    parts = [_chunk(scenario, first, min(CHUNK, worlds - first), seed, draws, on_month) for first in range(0, worlds, CHUNK)]
    joined = {f.name: _joined([getattr(part, f.name) for part in parts]) for f in fields(HindcastRun)}
    return HindcastRun(**joined)


def _joined(parts: list[Any]) -> Any:
    """The worlds of all parts side by side."""
    if isinstance(parts[0], MapState):
        return MapState(**{f.name: _joined([getattr(part, f.name) for part in parts]) for f in fields(MapState)})
    return np.concatenate(parts, axis=-1)


def _chunk(scenario: Scenario, first: int, worlds: int, seed: int, draws: bool, on_month: Callable[[int], None] | None) -> HindcastRun:
    model = Spheres(scenario, worlds=worlds, first_world=first, seed=seed, draws=draws)
    try:
        return _record(model, worlds, on_month)
    finally:
        model.close()


def _record(model: Spheres, worlds: int, on_month: Callable[[int], None] | None) -> HindcastRun:
    area = model.provinces.area / model.provinces.area.sum()
    kept: dict[str, list[Array]] = {name: [] for name in ("area", "people", "towns", "incidents", "incidents_at", "friction")}
    kept |= {name: [] for name in ("channel", "broken", "awards")}
    start = _map_state(model, worlds)
    while model.running:
        holder = model.ensemble.state.holder
        model.step()
        state, flows = model.ensemble.state, model.ensemble.monthly
        now = {
            "area": (state.control * area).sum(axis=1),
            "people": (state.people[Camp.GOVERNMENT] * model.provinces.population).sum(axis=0),
            "towns": state.towns,
            "incidents": flows.incidents,
            "incidents_at": flows.incidents_at,
            "friction": state.friction.sum(axis=0),
            "channel": state.channel,
            "broken": state.partnership_broken,
            "awards": np.stack([((state.holder == b) & (holder != b)).sum(axis=0) for b in Bidder]),
        }
        for name, array in now.items():
            kept[name].append(array[..., :worlds].astype(np.int8 if name == "towns" else np.float32))
        if on_month is not None:
            on_month(worlds)
    return HindcastRun(**{name: np.stack(months, axis=-2) for name, months in kept.items()}, first=start, last=_map_state(model, worlds))


def _map_state(model: Spheres, worlds: int) -> MapState:
    """The map at this moment."""
    state, groups = model.ensemble.state, model.ensemble.groups
    force = np.stack([state.force[groups.of_partner(k)].sum(axis=0) for k in Partner])
    return MapState(*(array[..., :worlds].copy() for array in (state.control, force, state.roots)))
