"""A run from 2015 with everything kept that facts speak of, month by month and world by world."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from sim.experiment.chunk import CHUNK
from sim.model import Spheres
from sim.scenario import Scenario
from sim.world.axes import Array, Bidder, Camp


@dataclass(frozen=True)
class Replayed:
    """What happened in each world. Axes: M months, C camps, T towns, P provinces, F fields, K partners; worlds last.

    `awards` (3, M, worlds) are tenders won by bidder; `first` and `last` are the shares of control (C, P, worlds) at the start and at
    the horizon, `roots` (K, P, worlds) those at the horizon.
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
    first: Array
    last: Array
    roots: Array

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.broken.shape[-1])


def replayed(scenario: Scenario, worlds: int, seed: int = 1, draws: bool = True, on_month: Callable[[int], None] | None = None) -> Replayed:
    """Run worlds 0 to `worlds` - 1 of a scenario and keep what facts speak of; `on_month` is told the worlds after each month."""
    parts = [_chunk(scenario, first, min(CHUNK, worlds - first), seed, draws, on_month) for first in range(0, worlds, CHUNK)]
    return Replayed(**{f.name: np.concatenate([getattr(part, f.name) for part in parts], axis=-1) for f in fields(Replayed)})


def _chunk(scenario: Scenario, first: int, worlds: int, seed: int, draws: bool, on_month: Callable[[int], None] | None) -> Replayed:
    model = Spheres(scenario, worlds=worlds, first_world=first, seed=seed, draws=draws)
    try:
        return _kept(model, worlds, on_month)
    finally:
        model.close()


def _kept(model: Spheres, worlds: int, on_month: Callable[[int], None] | None) -> Replayed:
    area = model.provinces.area / model.provinces.area.sum()
    kept: dict[str, list[Array]] = {name: [] for name in ("area", "people", "towns", "incidents", "incidents_at", "friction")}
    kept |= {name: [] for name in ("channel", "broken", "awards")}
    start = model.world.state.control[..., :worlds].copy()
    while model.running:
        holder = model.world.state.holder
        model.step()
        state, flows = model.world.state, model.world.flows
        now = {
            "area": (state.control * area).sum(axis=1),
            "people": (state.people[Camp.GOVERNMENT] * model.provinces.population).sum(axis=0),
            "towns": state.towns,
            "incidents": flows.incidents,
            "incidents_at": flows.incidents_at,
            "friction": state.friction.sum(axis=0),
            "channel": state.channel,
            "broken": state.broken,
            "awards": np.stack([((state.holder == b) & (holder != b)).sum(axis=0) for b in Bidder]),
        }
        for name, array in now.items():
            kept[name].append(array[..., :worlds].astype(np.int8 if name == "towns" else np.float32))
        if on_month is not None:
            on_month(worlds)
    end = model.world.state
    return Replayed(
        **{name: np.stack(months, axis=-2) for name, months in kept.items()},
        first=start,
        last=end.control[..., :worlds].copy(),
        roots=end.roots[..., :worlds].copy(),
    )
