"""Where two worlds part: one world under two scenarios, with the same luck, compared month by month.

Until they part both do the same to the bit, so the first decision or event that differs is the first that the scenarios' difference
reaches.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sim.experiment.recording.world_tables import calendar
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result
from sim.model.registry import paths
from sim.model.state.event_log import EventRecord
from sim.replay.divergence.decision_labels import Words
from sim.replay.divergence.decision_recorder import Watch
from sim.replay.divergence.divergence_spread import spread_of
from sim.replay.divergence.divergence_text import lines
from sim.replay.divergence.divergence_types import Differs, Happenings, Parting
from sim.replay.divergence.first_decision import SAME, first_decision
from sim.replay.narrative import Teller, ending
from sim.replay.rerun import Replay, replay
from sim.scenario import Scenario

__all__ = ["Parting", "lines", "parting"]


def parting(folder: Path, scenarios: tuple[str, str], world: int) -> Parting:
    """Run a world under both scenarios again and see where they part. Raises SettingsError if they cannot be compared month by month."""
    result = Result(folder)
    one, two = (result.scenario(name) for name in scenarios)
    if one.start != two.start or one.months != two.months:
        spans = [f"'{s.name}' has {s.months} months from {s.start}" for s in (one, two)]
        raise SettingsError(f"--scenarios: {' and '.join(spans)}; worlds can be followed side by side over the same months only.")
    watches = Watch(), Watch()
    first, second = (replay(result, name, world, prepare=watch.begin) for name, watch in zip(scenarios, watches, strict=True))
    chunk, months = first.chunk, calendar(one)
    teller = Teller(months, chunk.iso, chunk.names)
    parameters = _parameters(watches, one, two)
    apart = [h for m in range(len(months)) if (h := _happenings(m, first, second, teller))]
    notable = [n for h in apart if (n := _notable(h))]
    moved = np.flatnonzero((np.abs(first.influence - second.influence) > SAME).any(axis=(1, 2)))
    return Parting(
        scenarios=scenarios,
        questions=(one.question, two.question),
        world=world,
        draws=bool(result.manifest["draws"]),
        months=months,
        provinces=dict(zip(chunk.iso, chunk.names, strict=True)),
        parameters=parameters,
        event=apart[0] if apart else None,
        decision=first_decision(watches, Words(chunk.names, watches[0].groups), chunk.iso, parameters, _meanings(one)),
        moved=int(moved[0]) - 1 if moved.size else None,
        spread=spread_of(first.influence, second.influence, chunk.iso),
        happenings=tuple(notable),
        ends=(tuple(ending(first)), tuple(ending(second))),
        unlike=(*first.differences, *second.differences),
    )


def _meanings(scenario: Scenario) -> dict[str, str]:
    """What every parameter means, by path."""
    return {path: one.meaning for path, one in paths(tuple(scenario.start_state["groups"])).items()}


def _parameters(watches: tuple[Watch, Watch], one: Scenario, two: Scenario) -> tuple[Differs, ...]:
    """The parameters that differ, each where it first does."""
    meanings, found = _meanings(one), {}
    settings = {**two.settings, **one.settings}
    for month, (a, b) in enumerate(zip(watches[0].parameters, watches[1].parameters, strict=True)):
        for path in a.keys() & b.keys():
            if path not in found and a[path] != b[path]:
                found[path] = Differs(path, meanings.get(path, ""), settings[path].unit, month, a[path], b[path])
    return tuple(sorted(found.values(), key=lambda d: (d.since, d.path)))


def _happenings(month: int, first: Replay, second: Replay, teller: Teller) -> Happenings | None:
    """What happens in a month in one of the two only."""

    def counted(told: Iterable[EventRecord]) -> Counter[tuple[str, int | None, str, float]]:
        return Counter((e.kind.name, e.province, e.text, e.count) for e in told if e.month == month)

    counts = counted(first.told), counted(second.told)
    if counts[0] == counts[1]:
        return None
    sides = []
    for told, own, other in ((first.told, *counts), (second.told, counts[1], counts[0])):
        only = own - other
        events = [e for e in told if e.month == month and only[(e.kind.name, e.province, e.text, e.count)]]
        sides.append(tuple(teller.month(events)))
    return Happenings(month, *sides)


def _notable(one: Happenings) -> Happenings | None:
    """The same without routine, None if nothing is left."""
    sides = [tuple(s for s in side if not s.routine) for side in (one.first, one.second)]
    return Happenings(one.month, *sides) if any(sides) else None
