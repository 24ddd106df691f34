"""Every parameter of every start is in exactly one group, and every beginning of a path is of use."""

import pytest

from sim.exploration.global_sensitivity.parameter_groups import GROUPS, LUCK, group_label, group_of, grouped
from sim.scenario import Scenario, load_scenario


@pytest.mark.parametrize("name", ["scenarios/baseline.yaml", "scenarios/history/history_2015.yaml"])
def test_every_parameter_is_in_exactly_one_group(name: str) -> None:
    paths = list(load_scenario(name).settings)
    members = grouped(paths)
    assert sorted(path for some in members.values() for path in some) == sorted(paths)
    assert list(members) == [group for group in GROUPS if group in members]
    named = tuple(word for group in GROUPS for word in group.begins)
    assert [path for path in paths if not path.startswith(named)] == []


def test_every_beginning_of_a_path_has_parameters(baseline: Scenario) -> None:
    begins = [word for group in GROUPS for word in group.begins]
    assert len(begins) == len(set(begins))
    for word in begins:
        assert any(path.startswith(word) for path in baseline.settings), word


def test_the_longest_beginning_decides_and_a_stranger_is_among_the_rest() -> None:
    assert group_of("iran.interests.shield").key == "interests_iran" and group_of("iran.skill.air").key == "conduct_iran"
    assert group_label(LUCK) == "luck" and group_label("war") == "the war"
    assert group_of("weather.rain").key == "rest"


def test_labels_can_stand_in_a_list() -> None:
    assert not [group for group in GROUPS if "," in group.label or ";" in group.label]
