"""Resolved scenarios: all that determines the results, exact to the bit, with the place of every number."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from experiment.fake_model import scenario, setting
from sim.experiment.storage.resolved_scenarios import inline, portable, read_resolved, resolved_text
from sim.model.state.parameters import Change
from sim.scenario import ScenarioError, ScriptedEvent
from sim.scenario.scenario import SetEntry

ODD = "quotes \" and ' and \\ and {braces}: # [x]\ttab é ن \x85 \u2028 end"


def odd() -> object:
    """A scenario with everything in it that a file could spoil."""
    event = ScriptedEvent(
        3,
        "2021-09",
        (("iran.budget", Change("scale", 1 / 3)), ("russia.budget", Change("range", 0.1, 0.3))),
        ODD,
        5,
        "scenarios/odd.yaml",
        9,
    )
    settings = [
        setting("iran.budget", Change("range", 0.1, 1e-5 + 0.2), Change("scale", 1 / 3), Change("add", -1e-7), value=0.1 + 0.2),
        setting("russia.budget", Change("set", 1e22)),
        setting("definitions.edge", value=123456789.123456789, spread=None),
    ]
    tables = {
        "groups": {"army": {"name": ODD, "foreign": True, "share": 1e-7, "none": None}},
        "ground": {"NO": ["a", "NO", "012", "true", "1e-3"]},
    }
    sets = (
        SetEntry("iran.budget", Change("range", 0.1, 1e-5 + 0.2), "odd.yaml", 3, ODD),
        SetEntry("russia.budget", Change("set", 1e22), "odd.yaml", 4),
    )
    return scenario("odd", question=ODD, settings={s.path: s for s in settings}, events=(event,), sets=sets, start_state=tables)


def test_a_resolved_file_gives_the_same_scenario_again(tmp_path: Path) -> None:
    before, path = odd(), tmp_path / "odd.yaml"
    path.write_text(resolved_text(before), encoding="utf-8")
    after = read_resolved(path)
    assert (
        after.settings == before.settings
        and after.sets == before.sets
        and after.events == before.events
        and after.start_state == before.start_state
    )
    assert (after.name, after.root, after.start, after.months, after.question) == (
        before.name,
        before.root,
        before.start,
        before.months,
        before.question,
    )
    assert after.digest() == before.digest()


def test_every_number_stands_with_its_place_and_what_is_in_force() -> None:
    text = resolved_text(scenario("more_money", Change("scale", 1.5)))
    line = next(line for line in text.splitlines() if "iran.budget" in line)
    assert '"in_force": 1.5, "value": 1.0, "range": [0.5, 2.0], "changes": [["scale", 1.5]]' in line
    assert '"file": "scenarios/baseline.yaml", "line": 7' in line


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("scenarios/mine.yaml", "scenarios/mine.yaml"),
        ("/home/me/work/mine.yaml", "mine.yaml"),
        ("/opt/env/lib/sim/data/starts/2021-06.yaml", "sim/data/starts/2021-06.yaml"),
    ],
)
def test_no_folder_of_this_machine_is_named(file: str, shown: str) -> None:
    assert portable(file) == shown


@pytest.mark.parametrize("text", ["", "scenario: x", "- a", "parameters: {a.b: {value: x}}", "scenario: !!python/object:os.system x"])
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(ScenarioError, match=r"x\.yaml"):
        read_resolved(tmp_path / "x.yaml")


def test_a_resolved_file_is_yaml() -> None:
    """Whoever reads it with a parser of YAML finds the same, also words and characters that YAML could misread."""
    words = ["true", "Null", "012", "1e-3", "no", "2021-06", "", ODD]
    text = resolved_text(odd())
    read = YAML(typ="safe", pure=True).load(text)
    assert read["question"] == ODD and read["parameters"]["russia.budget"]["in_force"] == 1e22
    assert read["start_tables"]["ground"] == {"NO": ["a", "NO", "012", "true", "1e-3"]}
    assert YAML(typ="safe", pure=True).load("\n".join(f"- {inline(word)}" for word in words)) == words
