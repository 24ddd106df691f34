"""`spheres new`: the text is a valid scenario as it stands, and any line of it can be uncommented, of the short and of the long one."""

import pytest

from scenario.bench import Bench, paths
from sim.scenario.template import template
from sim.scenario.validation_errors import ScenarioError


def uncommented(text: str, *starts: str) -> str:
    """The text with one '#' taken from each line that starts with '#' and one of `starts`."""
    return "\n".join(line[1:] if line.startswith(tuple(f"#{s}" for s in starts)) else line for line in text.splitlines())


def test_the_template_stands_as_it_is(bench: Bench) -> None:
    scenario = bench.load(template("mine", bench.load()))
    assert (scenario.extends, scenario.basis, scenario.sets, scenario.events) == ("baseline", "beyond_report", (), ())
    assert scenario.digest() == bench.load().digest()


def test_the_short_file_has_what_a_person_needs_and_says_where_the_rest_is(bench: Bench) -> None:
    text = template("mine", bench.load(), source="baseline")
    lines = text.splitlines()
    assert len(lines) <= 24 and max(map(len, lines)) <= 220
    listed = [line for line in lines if line.startswith("#  israel.") or line.startswith("#  iran.")]
    assert 1 <= len(listed) <= 3 and "#  israel.strike_rate: 2 " in text and "# (strikes per month, 0.5 to 4)" in text
    assert "spheres find " in text and lines[-1].endswith("spheres new mine_all --from baseline --all")
    used = bench.load_scenarios(bench.write(uncommented(text, "set:", "  ", "because:", "events:"), "used.yaml"))[-1]
    assert len(used.sets) >= 1 and len(used.events) == 1


def test_every_parameter_is_listed_with_its_central_value(bench: Bench) -> None:
    parent = bench.load(bench.difference("set: {russia.budget: 1.25}"))
    text = template("next", parent, every=True)
    head, tail = text.split("#events:")
    scenario = bench.load_scenarios(bench.write(uncommented(head, "set:", "  ") + "#" + tail, "next.yaml"))[-1]
    assert {d.path for d in scenario.sets} >= set(paths(("hezbollah",)))
    assert {path: s.central() for path, s in scenario.settings.items()} == {path: s.central() for path, s in parent.settings.items()}
    assert "#  israel.strike_rate: 2 " in text and "# (strikes per month, 0.5 to 4) what israel.strike_rate is" in text


def test_the_example_event_can_be_uncommented(bench: Bench) -> None:
    text = template("mine", bench.load())
    head, tail = text.split("#events:")
    scenario = bench.load(head + uncommented("#events:" + tail, "events:", "  "))
    assert [(event.date, len(event.changes)) for event in scenario.events] == [("2022-02", 1)]


@pytest.mark.parametrize("name", ["../mine", "Mine", "", "a b", "x" + "/y", "con", "aux", "com1", "nan", "x.", "a" * 61])
def test_a_name_that_leaves_the_folder_is_refused(bench: Bench, name: str) -> None:
    with pytest.raises(ScenarioError, match="cannot name a scenario"):
        template(name, bench.load())


@pytest.mark.parametrize("parent", ["2021", "1e5", "true", "012", "no", "0x1f"])
def test_a_parent_whose_name_reads_as_something_else_is_written_as_a_text(bench: Bench, parent: str) -> None:
    bench.write(bench.difference(), f"{parent}.yaml")
    assert bench.load(template("mine", bench.load_scenarios(parent)[-1])).lineage == ("baseline", parent, "mine")


def test_a_scenario_cannot_extend_itself(bench: Bench) -> None:
    with pytest.raises(ScenarioError, match="'baseline' is the name of a scenario that this one extends"):
        template("baseline", bench.load())
