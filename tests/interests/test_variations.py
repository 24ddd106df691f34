"""Which scenarios are run: one interest of one actor is changed, from the start to the horizon, and nothing else."""

from dataclasses import replace

import pytest

from sim.experiment.run_settings import SettingsError
from sim.interests.variations import AWAY, CHANGES, DOUBLED, interests_of, reference, select_actors, variations
from sim.model.state.parameters import Change
from sim.scenario import Scenario, ScriptedEvent
from sim.text.names import interest_name

from .synthetic_chunks import baseline

PATH = "turkey.interests.keep_the_north"


def changed(path: str, *changes: Change) -> Scenario:
    """The baseline with changes to one parameter."""
    return replace(baseline(), settings={**baseline().settings, path: baseline().settings[path].changed(*changes)})


def varied(scenario: Scenario, path: str, change: str) -> Scenario:
    """The variation of one interest."""
    actor, _, interest = path.split(".")
    (found,) = [one.scenario for one in variations(scenario, [actor]) if (one.interest, one.change) == (interest, change)]
    return found


def test_every_interest_among_the_parameters_is_found_and_varied_twice() -> None:
    weights = {path: one for path, one in baseline().settings.items() if ".interests." in path}
    paths = [path for path, one in weights.items() if one.value != 0.0 or one.range is not None]
    assert len(paths) < len(weights), "what a partner does not pursue is not varied"
    known = interests_of(baseline())
    assert [f"{actor}.interests.{name}" for actor in known for name in known[actor]] == paths
    made = variations(baseline(), tuple(known))
    assert [(one.actor, one.interest, one.change) for one in made] == [
        (actor, name, change) for actor in known for name in known[actor] for change in CHANGES
    ]
    assert len({one.scenario.name for one in made} | {baseline().name}) == 2 * len(paths) + 1
    assert len({one.scenario.digest() for one in made} | {baseline().digest()}) == 2 * len(paths) + 1


@pytest.mark.parametrize(("change", "central"), [(AWAY, 0.0), (DOUBLED, 2.0)])
def test_a_variation_changes_one_weight_and_is_compared_with_its_scenario(change: str, central: float) -> None:
    one = varied(baseline(), PATH, change)
    assert one.settings[PATH].central() == central and one.settings[PATH].varies == (change == DOUBLED)
    assert {path for path in one.settings if one.settings[path] != baseline().settings[path]} == {PATH}
    assert (one.root, reference(baseline()).root, one.start, one.months) == ("baseline", "baseline", baseline().start, 1)
    assert one.events == baseline().events and one.sets[-1].path == PATH


def test_an_interest_without_weight_in_any_world_is_left_out() -> None:
    assert "keep_the_north" not in interests_of(changed(PATH, Change("set", 0.0)))["turkey"]
    assert "keep_the_north" in interests_of(changed(PATH, Change("range", 0.0, 0.4)))["turkey"]
    pursued_later = ScriptedEvent(0, "2021-06", ((PATH, Change("set", 1.0)),), "a test")
    assert "keep_the_north" in interests_of(replace(changed(PATH, Change("set", 0.0)), events=(pursued_later,)))["turkey"]


def test_an_event_neither_brings_back_what_is_taken_away_nor_undoes_the_doubling() -> None:
    other = ("turkey.troops", Change("set", 0.5))
    for own, doubled in (
        (Change("set", 0.7), Change("set", 1.4)),
        (Change("range", 0.2, 0.4), Change("range", 0.4, 0.8)),
        (Change("add", 0.1), Change("add", 0.2)),
        (Change("scale", 3.0), Change("scale", 3.0)),  # of a weight that is doubled already
        (Change("set", 60.0), Change("set", 100.0)),  # the most that a weight can be
    ):
        scenario = replace(baseline(), events=(ScriptedEvent(0, "2021-06", ((PATH, own), other), "a test"),))
        assert varied(scenario, PATH, AWAY).events[0].changes == (other,)
        assert varied(scenario, PATH, DOUBLED).events[0].changes == ((PATH, doubled), other)


def test_actors_are_taken_in_the_order_of_the_parameters_whatever_was_typed() -> None:
    assert select_actors(baseline(), ["iran", "government", "iran"]) == ("government", "iran")
    assert select_actors(baseline(), []) == tuple(interests_of(baseline()))
    with pytest.raises(SettingsError, match="'rusia' has no interests in 'baseline'") as refused:
        select_actors(baseline(), ["rusia", "iran", "jordan"])
    assert "Did you mean 'russia'?" in str(refused.value) and "'jordan'" in str(refused.value)


def test_names_in_interests_are_spelled_as_names() -> None:
    assert interest_name("keep_is_down") == "keep the Islamic State down" and interest_name("regime_survival") == "regime survival"
