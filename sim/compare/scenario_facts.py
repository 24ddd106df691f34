"""What a scenario asks, how it was run, and what it sets differently from the one compared with, in words."""

from collections.abc import Iterator

from sim.compare.compared_scenarios import ComparedScenario
from sim.compare.comparison import EventFacts, ParameterDifference, ScenarioFacts
from sim.compare.scenario_inputs import differing_paths, value_range
from sim.model.registry import ACTORS
from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario, ScriptedEvent, assumed_share
from sim.scenario.parameter_changes import change_words
from sim.text.names import with_article
from sim.text.number_format import percent

_INTERESTS = ".interests."


def scenario_facts(side: ComparedScenario, against: ComparedScenario) -> ScenarioFacts:
    """Everything that a reader should know of a scenario before its results. Raises SettingsError where the results lack it."""
    scenario, reference = side.result.scenario(side.scenario), against.result.scenario(against.scenario)
    seed, draws, design = side.random_numbers
    start, months = side.span
    return ScenarioFacts(
        question=scenario.question,
        basis=scenario.basis,
        result=side.result.folder.name or side.result.folder.resolve().name,
        worlds=side.worlds,
        months=months,
        start=start,
        seed=seed,
        draws=draws,
        design=design,
        sets=() if side == against else tuple(_differing(scenario, reference)),
        events=tuple(_event(event, scenario) for event in scenario.events),
        paired=side.paired_with(against),
        assumed=assumed_share(scenario),
        same_rules=side.model == against.model,
        pairs=side.pairs_with(against),
    )


def _differing(scenario: Scenario, other: Scenario) -> Iterator[ParameterDifference]:
    """The parameters that are not as in the other scenario, in the order in which the scenario sets them."""
    reasons = {difference.path: difference.because for difference in (*other.sets, *scenario.sets)}
    for path in differing_paths(scenario, other):
        mine, its = scenario.settings[path], other.settings[path]
        yield ParameterDifference(
            path=path,
            meaning=_meaning(path, scenario),
            unit="" if _INTERESTS in path else mine.unit,
            before=_amount(its, other),
            after=_amount(mine, scenario),
            source=mine.source,
            grade=mine.grade,
            because=reasons.get(path, ""),
        )


def _amount(setting: ParameterValue, scenario: Scenario) -> str:
    """The central value, and the range in which worlds draw it; of an interest also what part it is of all that its actor wants."""
    low, central, high = (f"{value:.3g}" for value in value_range(setting))
    amount = central if low == high else f"{central} ({low} to {high})"
    return f"weight {amount}, {percent(_part_of_wants(setting.path, scenario))} of its wants" if _INTERESTS in setting.path else amount


def _part_of_wants(path: str, scenario: Scenario) -> float:
    """What part of all its actor's interests an interest is, by central weights; 0 where all are zero."""
    own = path.partition(_INTERESTS)[0] + _INTERESTS
    total = sum(setting.central() for other, setting in scenario.settings.items() if other.startswith(own))
    return scenario.settings[path].central() / total if total else 0.0


def _event(event: ScriptedEvent, scenario: Scenario) -> EventFacts:
    """A scripted event: from when on, what it changes and why."""
    changes = tuple((path, _meaning(path, scenario), change_words(change)) for path, change in event.changes)
    return EventFacts(event.date, None if event.until is None else event.until - event.month, event.because, changes)


def _meaning(path: str, scenario: Scenario) -> str:
    """What a parameter means, and whose it is where it is an actor's."""
    section, meaning = path.partition(".")[0], scenario.settings[path].meaning
    return f"{with_article(section)}: {meaning}" if section in {actor.section for actor in ACTORS} else meaning
