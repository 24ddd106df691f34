"""Inheritance: `extends` that leads nowhere or in a circle, and what a child takes over from its ancestors."""

import pytest

from scenario.bench import Bench
from sim.model.state.parameters import Change
from sim.scenario.validation_errors import ScenarioError

EVENT = "- {month: 2022-02, set: {russia.budget: {scale: 0.6}}, because: a war elsewhere}"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("baselin", "line 1: there is no scenario 'baselin' to extend. Did you mean 'baseline'?"),
        ("zzz", "line 1: there is no scenario 'zzz' to extend. It is looked for beside this file and in ./scenarios."),
        ("baseline.yaml", "line 1: 'extends' cannot be 'baseline.yaml'. Write the name alone: baseline."),
        ("../../baseline", "line 1: 'extends' cannot be '../../baseline'. Write the name alone: baseline."),
        ("[baseline]", "line 1: 'extends' must be a text, not a list."),
        ("mine", "line 1: 'extends' runs in a circle: 'mine' extends 'mine'."),
    ],
)
def test_extends_that_leads_nowhere(bench: Bench, name: str, message: str) -> None:
    assert f"scenarios/mine.yaml, {message}" in bench.problem(bench.difference().replace("baseline", name))


def test_a_circle_is_reported_with_its_way(bench: Bench) -> None:
    for child, parent in {"a": "b", "b": "c", "c": "a"}.items():
        bench.write(bench.difference().replace("baseline", parent), f"{child}.yaml")
    with pytest.raises(ScenarioError) as caught:
        bench.load_scenarios("a")
    assert str(caught.value) == (
        "scenarios/c.yaml, line 1: 'extends' runs in a circle: 'a' extends 'b' extends 'c' extends 'a'. "
        "One of them must not extend anything."
    )


def test_a_faulty_parent_does_not_hide_faults_of_the_child(bench: Bench) -> None:
    bench.write(bench.difference("set: {russia.budgt: 1}"), "parent.yaml")
    text = bench.difference("set: {israel.strik_rate: 1}").replace("baseline", "parent")
    message = [str(problem) for problem in bench.problems(text)]
    assert [line.split(":")[0] for line in message] == ["scenarios/mine.yaml, line 4", "scenarios/parent.yaml, line 4"]
    bench.write("[", "parent.yaml")
    message = [str(problem) for problem in bench.problems(text)]
    assert "'israel.strike_rate' (rate, 0 to 100)?" in message[0] and "parent.yaml, line 1: cannot be read" in message[1]


def test_faults_of_several_files_are_reported_together_and_once(bench: Bench) -> None:
    bench.write(bench.difference("set: {russia.budgt: 1}"), "a.yaml")
    bench.write(bench.difference("months: no").replace("baseline", "a"), "b.yaml")
    with pytest.raises(ScenarioError) as caught:
        bench.load_scenarios("a", "b", "nothing_such", overrides=["israel.presure=1"])
    files = [problem.file for problem in caught.value.problems]
    assert files == ["--set israel.presure=1", "scenarios/a.yaml", "scenarios/b.yaml", "scenarios/nothing_such.yaml"]


def test_the_root_comes_first_and_nothing_twice(bench: Bench) -> None:
    bench.write(bench.difference(), "a.yaml")
    bench.write(bench.difference().replace("baseline", "a"), "b.yaml")
    names = [scenario.name for scenario in bench.load_scenarios("b", "a", "scenarios/a.yaml", "scenarios/../scenarios/b.yaml", "baseline")]
    assert names == ["baseline", "b", "a"]


def test_the_root_is_the_first_that_starts_in_the_same_month(bench: Bench) -> None:
    """Worlds of two starts cannot be compared: what starts in another month is a root itself, and that of those that extend it."""
    bench.write(bench.difference("start: 2015-09"), "past.yaml")
    bench.write(bench.difference().replace("baseline", "past"), "variant.yaml")
    bench.write(bench.difference("start: 2021-06").replace("baseline", "variant"), "back.yaml")
    bench.write(bench.difference("start: 2021-06"), "same.yaml")
    roots = {scenario.name: scenario.root for scenario in bench.load_scenarios("variant", "past", "back", "same")}
    assert roots == {"past": "past", "variant": "past", "baseline": "baseline", "back": "baseline", "same": "baseline"}
    assert next(iter(roots)) == "past"


def test_two_files_of_one_name_are_refused(bench: Bench) -> None:
    bench.write(bench.difference(), "a.yaml")
    other = bench.write(bench.difference(), "a.yaml", "other")
    with pytest.raises(ScenarioError, match=r"other/a\.yaml: has the same name as scenarios/a\.yaml"):
        bench.load_scenarios("a", other)


def test_a_file_elsewhere_extends_a_common_scenario(bench: Bench) -> None:
    path = bench.write(bench.difference("months: 12"), "a.yaml", "drafts")
    scenario = bench.load_scenarios(path)[-1]
    assert (scenario.file, scenario.lineage, scenario.months) == ("drafts/a.yaml", ("baseline", "a"), 12)


def test_a_child_takes_over_and_adds(bench: Bench) -> None:
    bench.write(
        bench.difference("start: 2015-09", "months: 90", "set: {russia.budget: {scale: 2}}", "because: more", "events:", EVENT),
        "parent.yaml",
    )
    own = bench.difference("set: {russia.budget: {add: 0.1}, israel.pressure: 0.3}", "events:", EVENT.replace("2022-02", "2016-01"))
    child = bench.load(own.replace("baseline", "parent"))
    assert (child.root, child.lineage, child.extends) == ("parent", ("baseline", "parent", "mine"), "parent")
    assert (child.start, child.months, child.start_state["month"]) == ("2015-09", 90, "2015-09")
    assert child.settings["groups.hezbollah.manpower"].value == 5.5
    assert child.settings["russia.budget"].changes == (Change("scale", 2.0), Change("add", 0.1))
    assert child.settings["russia.budget"].central() == 2.1
    assert [(d.path, d.file, d.line, d.because) for d in child.sets] == [
        ("russia.budget", "scenarios/parent.yaml", 6, "more"),
        ("russia.budget", "scenarios/mine.yaml", 4, ""),
        ("israel.pressure", "scenarios/mine.yaml", 4, ""),
    ]
    assert [(e.month, e.date, e.file, e.line) for e in child.events] == [
        (4, "2016-01", "scenarios/mine.yaml", 6),
        (77, "2022-02", "scenarios/parent.yaml", 9),
    ]


def test_an_inherited_event_beyond_the_childs_horizon_is_left_out_with_a_notice(bench: Bench) -> None:
    bench.write(bench.difference("events:", EVENT), "parent.yaml")
    child = bench.load(bench.difference("months: 6").replace("baseline", "parent"))
    assert child.events == ()
    assert child.notices == (
        "scenarios/parent.yaml, line 5: the event of 2022-02 lies outside 'mine', which runs from 2021-06 to 2021-11,"
        " and is left out there.",
    )


def test_an_event_is_refused_by_the_horizon_of_what_is_run_and_by_no_other(bench: Bench) -> None:
    text = bench.difference("months: 6", "events:", EVENT)
    beyond = "scenarios/parent.yaml, line 6: an event in 2022-02 lies outside this scenario, which runs from 2021-06 to 2021-11"
    parent = bench.write(text, "parent.yaml")
    with pytest.raises(ScenarioError, match=beyond):
        bench.load_scenarios(parent)
    own = bench.difference().replace("baseline", "parent")
    assert bench.problem(own).startswith(beyond)
    child = bench.load(own + "months: 24\n")
    assert ([event.month for event in child.events], child.notices) == ([8], ())
    longer = bench.load_scenarios(parent, months=9)[-1]
    assert ([event.month for event in longer.events], longer.notices) == ([8], ())
    shorter = bench.load_scenarios(parent, months=8)[-1]
    assert (
        shorter.events == () and "2022-02 lies outside 'parent', which runs from 2021-06 to 2022-01, and is left out" in shorter.notices[0]
    )
    early = bench.write(text.replace("2022-02", "2021-05"), "early.yaml")
    with pytest.raises(ScenarioError, match="an event in 2021-05 lies outside this scenario"):
        bench.load_scenarios(early, months=24)


def test_a_childs_shorter_horizon_takes_no_event_from_a_longer_run(bench: Bench) -> None:
    bench.write(bench.difference("events:", EVENT), "parent.yaml")
    child = bench.write(bench.difference("months: 6").replace("baseline", "parent"), "child.yaml")
    short, whole = bench.load_scenarios(child)[-1], bench.load_scenarios("parent")[-1]
    for longer in (short.with_months(24), bench.load_scenarios(child, months=24)[-1], short.with_months(3).with_months(24)):
        assert longer.digest() == whole.digest()
        assert ([event.month for event in longer.events], longer.notices, longer.beyond) == ([8], (), ())
    for months in (1, 6, 8, 9, 30):
        assert short.with_months(months) == bench.load_scenarios(child, months=months)[-1]


def test_a_group_that_a_later_start_does_not_know_keeps_its_line_in_the_root(bench: Bench) -> None:
    start = (bench.folder / "starts" / "2015-09.yaml").read_text()
    bench.write(
        start.replace("hezbollah:", "badr:").replace(
            "{manpower", "{obedience: {value: 0.5, unit: share, range: [0, 1], grade: assumed, source: s}, manpower"
        ),
        "2015-09.yaml",
        "starts",
    )
    child = bench.load(bench.difference("start: 2015-09"))
    assert {path for path in child.settings if path.startswith("groups.")} == {"groups.badr.manpower", "groups.badr.obedience"}
