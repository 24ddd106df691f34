"""Where two worlds diverge: one world under two scenarios, with the same random numbers, compared month by month.

Until they diverge both do the same to the bit, so the first decision or event that differs is the first that the difference between the
scenarios reaches.
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
from sim.replay.divergence.decision_labels import DecisionLabels
from sim.replay.divergence.decision_recorder import DecisionRecorder
from sim.replay.divergence.divergence_spread import divergence_spread
from sim.replay.divergence.divergence_types import DifferingEvents, DifferingParameter, Divergence
from sim.replay.divergence.first_decision import SAME, first_decision
from sim.replay.narrative import Narrator, ending
from sim.replay.rerun import Replay, replay
from sim.scenario import Scenario


def find_divergence(folder: Path, scenarios: tuple[str, str], world: int) -> Divergence:
    """Run a world again under both scenarios and find where they diverge. Raises SettingsError if they cover different months."""
    result = Result(folder)
    pair = result.scenario(scenarios[0]), result.scenario(scenarios[1])
    if (pair[0].start, pair[0].months) != (pair[1].start, pair[1].months):
        spans = [f"'{scenario.name}' has {scenario.months} months from {scenario.start}" for scenario in pair]
        raise SettingsError(f"--scenarios: {' and '.join(spans)}; only worlds over the same months can be compared month by month.")
    recorders = DecisionRecorder(), DecisionRecorder()
    first, second = (replay(result, name, world, prepare=recorder.begin) for name, recorder in zip(scenarios, recorders, strict=True))
    months, iso, names = calendar(pair[0]), tuple(first.provinces), tuple(first.provinces.values())
    narrator = Narrator(months, iso, names)
    parameters = _parameters(recorders, pair)
    by_month = (_differing_events(month, first, second, narrator) for month in range(len(months)))
    differing = [events for events in by_month if events is not None]
    moved = np.flatnonzero((np.abs(first.influence - second.influence) > SAME).any(axis=(1, 2)))
    return Divergence(
        scenarios=scenarios,
        questions=(pair[0].question, pair[1].question),
        world=world,
        draws=bool(result.manifest["draws"]),
        months=months,
        provinces=first.provinces,
        parameters=parameters,
        event=differing[0] if differing else None,
        decision=first_decision(recorders, DecisionLabels(names, recorders[0].groups), iso, parameters, _meanings(pair[0])),
        moved=int(moved[0]) - 1 if moved.size else None,
        spread=divergence_spread(first.influence, second.influence, iso),
        differing_events=tuple(notable for events in differing if (notable := _notable(events))),
        ends=(tuple(ending(first)), tuple(ending(second))),
        mismatches=(*first.differences, *second.differences),
    )


def _meanings(scenario: Scenario) -> dict[str, str]:
    """What every parameter means, by path."""
    return {path: entry.meaning for path, entry in paths(tuple(scenario.start_state["groups"])).items()}


def _parameters(recorders: tuple[DecisionRecorder, DecisionRecorder], pair: tuple[Scenario, Scenario]) -> tuple[DifferingParameter, ...]:
    """The parameters that differ, each where it first does."""
    meanings, found = _meanings(pair[0]), {}
    settings = {**pair[1].settings, **pair[0].settings}
    for month, (a, b) in enumerate(zip(recorders[0].parameters, recorders[1].parameters, strict=True)):
        for path in a.keys() & b.keys():
            if path not in found and a[path] != b[path]:
                found[path] = DifferingParameter(path, meanings.get(path, ""), settings[path].unit, month, a[path], b[path])
    return tuple(sorted(found.values(), key=lambda parameter: (parameter.since, parameter.path)))


def _differing_events(month: int, first: Replay, second: Replay, narrator: Narrator) -> DifferingEvents | None:
    """What happens in a month in one of the two only."""

    def key(event: EventRecord) -> tuple[str, int | None, str, float]:
        return event.kind.name, event.province, event.text, event.count

    def counted(events: Iterable[EventRecord]) -> Counter[tuple[str, int | None, str, float]]:
        return Counter(key(event) for event in events if event.month == month)

    counts = counted(first.events), counted(second.events)
    if counts[0] == counts[1]:
        return None
    sides = []
    for replayed, own, other in ((first, *counts), (second, counts[1], counts[0])):
        only = own - other
        sides.append(tuple(narrator.month([event for event in replayed.events if event.month == month and only[key(event)]])))
    return DifferingEvents(month, *sides)


def _notable(events: DifferingEvents) -> DifferingEvents | None:
    """The same without routine, None if nothing is left."""
    sides = [tuple(sentence for sentence in side if not sentence.routine) for side in (events.first, events.second)]
    return DifferingEvents(events.month, *sides) if any(sides) else None
