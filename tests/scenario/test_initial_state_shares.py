"""Ground and people in a start file: both named, apart, and never more than a whole."""

import pytest

from sim.scenario.validation_errors import ScenarioError
from tests.scenario.bench import START, Bench

PEOPLE = next(line for line in START.splitlines() if line.startswith("people:"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (PEOPLE, "", "starts/2021-06.yaml, line 1: 'people' is missing. A start file gives shares of its people by camp"),
        (PEOPLE, "people: as ground", "starts/2021-06.yaml, line 9: 'people' must hold one line a camp."),
        ("control:", "ground:", "starts/2021-06.yaml, line 1: 'control' is missing."),
        (
            "opposition: {SY-DI: 0.6}",
            "oposition: {SY-DI: 0.6}",
            "line 9: 'oposition' is not a camp whose shares 'people' can give. Did",
        ),
        (
            "opposition: {SY-DI: 0.6}",
            "government: {SY-DI: 0.6}",
            "line 9: 'government' is not a camp whose shares 'people' can give. L",
        ),
        ("opposition: {SY-DI: 0.6}", "opposition: 0.6", "line 9: 'people.opposition' must give a share for each province"),
        ("opposition: {SY-DI: 0.6}", "opposition: {SY-DI: 1.6}", "line 9: 'people.opposition.SY-DI' cannot be 1.6."),
        ("opposition: {SY-DI: 0.6}", "opposition: {SY-DI: many}", "line 9: 'people.opposition.SY-DI'"),
        ("opposition: {SY-DI: 0.6}", "opposition: {SY-DI: 0.95}", "line 9: the shares of 'SY-DI' in 'people' add up to 1.05."),
        ("opposition: {SY-DI: 0.3}", "opposition: {SY-DI: 0.85}", "line 8: the shares of 'SY-DI' in 'control' add up to 1.05."),
    ],
)
def test_a_faulty_table_of_shares(bench: Bench, old: str, new: str, message: str) -> None:
    assert old in START
    bench.write(START.replace(old, new, 1), "2021-06.yaml", "starts")
    with pytest.raises(ScenarioError) as caught:
        bench.load_scenarios("baseline")
    assert message in str(caught.value) and len(caught.value.problems) == 1


def test_shares_that_make_a_whole_are_accepted(bench: Bench) -> None:
    """Whatever their sum in binary; the government is left with nothing."""
    whole = (0.33, 0.56, 0.11)
    assert sum(whole) > 1.0
    shares = ", ".join(f"{camp}: {{SY-DI: {share}}}" for camp, share in zip(("opposition", "sdf", "local"), whole, strict=True))
    bench.write(START.replace(PEOPLE, f"people: {{{shares}}}"), "2021-06.yaml", "starts")
    assert bench.load().start_state["people"]["local"] == {"SY-DI": 0.11}


def test_a_group_has_a_plain_name(bench: Bench) -> None:
    bench.write(START.replace("hezbollah: {name", '"hez\\ufeff": {name'), "2021-06.yaml", "starts")
    with pytest.raises(ScenarioError, match=r"starts/2021-06\.yaml, line 6: 'hez.' cannot be the name of a group\. Use small letters"):
        bench.load_scenarios("baseline")


def test_a_start_that_cannot_be_read_hides_no_other_fault_and_makes_none_up(bench: Bench) -> None:
    bench.write("month: [", "2021-06.yaml", "starts")
    problems = [str(problem) for problem in bench.problems(bench.difference("set: {israel.strik_rate: 3, groups.hezbollah.obedience: 1}"))]
    assert len(problems) == 2
    assert problems[0].startswith("scenarios/mine.yaml, line 4: 'israel.strik_rate' is not a parameter.")
    assert problems[1].startswith("starts/2021-06.yaml, line 1: cannot be read as YAML here.")
