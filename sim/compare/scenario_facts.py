"""What a scenario asks, how it was run, and what it sets differently from the one compared with, in words."""

import numpy as np

from sim.compare.compared_scenarios import Side
from sim.compare.comparison import About, Event, Set
from sim.model.registry import ACTORS
from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario, ScriptedEvent, assumed_share
from sim.scenario.parameter_changes import change_words
from sim.text.names import with_article


def about(side: Side, against: Side) -> About:
    """Everything that a reader should know of a scenario before its results. Raises SettingsError where the results lack it."""
    scenario, reference = side.result.scenario(side.scenario), against.result.scenario(against.scenario)
    seed, draws = side.luck
    start, months = side.span
    return About(
        question=scenario.question,
        basis=scenario.basis,
        result=side.result.folder.name or side.result.folder.resolve().name,
        worlds=side.worlds,
        months=months,
        start=start,
        seed=seed,
        draws=draws,
        sets=() if side == against else _sets(scenario, reference),
        events=tuple(_event(event, scenario) for event in scenario.events),
        paired=side.paired_with(against),
        assumed=assumed_share(scenario),
        same_rules=side.model == against.model,
    )


def _sets(scenario: Scenario, reference: Scenario) -> tuple[Set, ...]:
    """The parameters that are not as in the other scenario, in the order in which the scenario sets them."""
    reasons = {one.path: one.because for one in (*reference.sets, *scenario.sets)}
    paths = dict.fromkeys((*(one.path for one in scenario.sets), *scenario.settings))
    found = []
    for path in paths:
        mine, other = scenario.settings.get(path), reference.settings.get(path)
        if mine is None or other is None or spread(mine) == spread(other):
            continue
        found.append(Set(path, mine.meaning, mine.unit, _amount(other), _amount(mine), mine.source, mine.grade, reasons.get(path, "")))
    return tuple(found)


def spread(setting: ParameterValue) -> tuple[float, float, float]:
    """The lowest, central and highest value that worlds have."""
    low, high = setting.row(np.array([0.0, 1.0]), 2) if setting.varies else (setting.central(),) * 2
    return float(low), setting.central(), float(high)


def _amount(setting: ParameterValue) -> str:
    """The central value, and between which worlds draw it."""
    low, central, high = (f"{value:.3g}" for value in spread(setting))
    return central if low == high else f"{central} ({low} to {high})"


def _event(event: ScriptedEvent, scenario: Scenario) -> Event:
    """A scripted event: from when on, what it changes and why."""
    changes = tuple((path, _meaning(path, scenario), change_words(change)) for path, change in event.changes)
    return Event(event.date, None if event.until is None else event.until - event.month, event.because, changes)


def _meaning(path: str, scenario: Scenario) -> str:
    """What a parameter means, and whose it is where it is an actor's."""
    section, meaning = path.partition(".")[0], scenario.settings[path].meaning
    return f"{with_article(section)}: {meaning}" if section in {actor.section for actor in ACTORS} else meaning
