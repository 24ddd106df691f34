"""A story says which conditions its scenario changed: at the start, in the month in which they act, and when they revert."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.experiment.storage.results import Result
from sim.replay.condition_story import conditions_of
from sim.replay.narrative import narrative_lines, narrative_of
from sim.replay.rerun import Replay, replay
from sim.scenario import Scenario
from sim.scenario.loader import load_from, project_library

LIBRARY = project_library()
PROJECT = Path(__file__).parents[2]


def scenario(name: str) -> Scenario:
    """A scenario of the project."""
    return load_from(LIBRARY, (PROJECT / f"scenarios/{name}.yaml",))[-1]


@pytest.fixture(scope="module")
def replayed(known: Path) -> Replay:
    return replay(Result(known), "scripted", 2)


def test_what_is_set_is_told_in_the_first_month_with_its_reason() -> None:
    one = scenario("israel_escalates")
    (told,) = conditions_of(one).at_start
    assert told.date == one.start and told.text.startswith("From the first month on the scenario changes a condition: R27 strengthened")
    assert told.text.endswith("Changed: israel.strike_rate (strikes a month of its whole effort if every target were fully visible), "
                              "3 times each world's own value.")  # fmt: skip


def test_a_withdrawal_in_steps_says_each_step_and_the_meaning_once() -> None:
    one = scenario("iran_withdraws")
    said = [conditions_of(one).by_event[event.month, event.because] for event in one.events]
    assert said[0].startswith("Changed: iran.means.budget (effort a month") and said[0].endswith("0.6 times its value at the start")
    assert said[1] == "Changed: iran.means.budget, 0.3 times its value at the start"
    assert said[-1] == "Changed: iran.means.budget, brought to nothing" and not conditions_of(one).at_start


def test_what_reverts_is_told_when_it_does() -> None:
    one = scenario("what_followed")
    ends = {told.date: told.text for told in conditions_of(one).at_start}
    assert ends["2023-08"] == "The scenario's change of 2023-02 ends: united_states.sanctions."
    assert any(text.endswith("until 2023-08") for text in conditions_of(one).by_event.values())


def test_many_changes_are_counted_and_a_question_keeps_its_mark() -> None:
    (told,) = conditions_of(scenario("adverse_all")).at_start
    assert told.text.endswith("; two other parameters.") and "wrong? Changed: " in told.text


def test_a_baseline_changes_nothing() -> None:
    assert conditions_of(scenario("baseline")).at_start == [] and conditions_of(scenario("baseline")).by_event == {}


def test_the_story_of_a_world_tells_them_where_they_act(replayed: Replay) -> None:
    (event,) = replayed.scenario.events
    told = [line for line in narrative_of(replayed).sentences if line.kinds == ("scripted",)]
    assert [line.date for line in told][:1] == [event.date] and f"Changed: {event.changes[0][0]} (" in told[0].text
    of_month = [line for line in narrative_of(replayed).sentences if line.date == event.date]
    assert of_month[0] == told[0], "before what follows from it in that month"
    set_too = replace(replayed, scenario=replace(replayed.scenario, sets=scenario("israel_escalates").sets))
    assert list(narrative_lines(set_too))[3].startswith("2021-06  From the first month on the scenario changes a condition")
