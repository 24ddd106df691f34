"""Good files: what a scenario holds once it is read, and that its digest follows what would change its results."""

import pickle
from typing import Any

import numpy as np
import pytest

from scenario.bench import BASELINE, START, Bench
from sim.model.state.parameters import Change
from sim.model.state.random_streams import RandomStreams
from sim.scenario.scenario import all_notices, assumed_share
from sim.scenario.validation_errors import ScenarioError

EVENTS = """
- {month: 2022-02, until: 2022-06, set: {russia.budget: {scale: 0.6}}, because: b}
- {month: 2021-06, set: {israel.pressure: 0.4, russia.budget: {range: [0.5, 1]}}, because: a}
"""


def test_the_baseline_as_it_stands(bench: Bench) -> None:
    root = bench.load()
    assert (root.name, root.file, root.extends, root.root, root.lineage) == (
        "baseline",
        "scenarios/baseline.yaml",
        None,
        "baseline",
        ("baseline",),
    )
    assert (root.question, root.basis, root.start, root.months) == ("What if all goes on?", "report", "2021-06", 24)
    rate = root.settings["israel.strike_rate"]
    assert (rate.value, rate.range, rate.unit, rate.grade, rate.source) == (
        2.0,
        (0.5, 4.0),
        "strikes per month",
        "assumed",
        "a guess",
    )
    assert (rate.file, rate.line, rate.meaning) == ("scenarios/baseline.yaml", 7, "what israel.strike_rate is")
    assert root.settings["start.coffers"].file == "starts/2021-06.yaml"
    assert root.start_state["groups"] == {"hezbollah": {"name": "Hezbollah", "leader": "iran", "camp": "government", "foreign": True}}
    assert root.start_state["roots"] == {"source": "R11", "iran": {"SY-HL": 0.38}}
    assert (root.sets, root.events, root.notices) == ((), (), ())
    assert assumed_share(root) == pytest.approx(6 / 8)


def test_changes_act_in_order_on_the_worlds_own_draw(bench: Bench) -> None:
    scenario = bench.load(bench.difference("set: {israel.strike_rate: {scale: 1.5}}"), ["israel.strike_rate={add: 0.25}"])
    u = RandomStreams(1, 0, 50).draw("israel.strike_rate")
    draw = bench.load().settings["israel.strike_rate"].row(u, 50)
    np.testing.assert_array_equal(scenario.settings["israel.strike_rate"].row(u, 50), draw * 1.5 + 0.25)
    assert scenario.settings["israel.strike_rate"].file == "--set israel.strike_rate={add: 0.25}"
    assert [d.change for d in scenario.sets] == [Change("scale", 1.5)]


def test_overrides_reach_the_root_too_and_say_when_they_replace(bench: Bench) -> None:
    bench.write(bench.difference("set: {russia.budget: 0.8}"), "a.yaml")
    root, child = bench.load_scenarios("a", overrides=["russia.budget=1.2"])
    assert root.settings["russia.budget"].central() == child.settings["russia.budget"].central() == 1.2
    assert root.notices == ()
    assert child.notices == ("--set russia.budget=1.2: replaces what scenarios/a.yaml, line 4, sets in 'a'.",)
    assert all_notices([child, root, child]) == child.notices


def test_events_come_in_order_of_month_with_their_return(bench: Bench) -> None:
    first, second = bench.load(bench.difference(f"events:{EVENTS}")).events
    assert (first.month, first.date, first.until, first.because, first.line) == (0, "2021-06", None, "a", 6)
    assert first.changes == (("israel.pressure", Change("set", 0.4)), ("russia.budget", Change("range", 0.5, 1.0)))
    assert (second.month, second.date, second.until, second.changes) == (
        8,
        "2022-02",
        12,
        (("russia.budget", Change("scale", 0.6)),),
    )


def test_the_last_month_of_the_horizon_is_within_it(bench: Bench) -> None:
    scenario = bench.load(bench.difference("events:", "- {month: 2023-05, set: {russia.budget: 1}, because: x}"))
    assert scenario.events[0].month == scenario.months - 1


def test_an_event_without_return_within_the_horizon_is_a_notice(bench: Bench) -> None:
    scenario = bench.load(bench.difference("events:", "- {month: 2022-02, until: 2023-06, set: {russia.budget: 1}, because: x}"))
    assert scenario.notices == (
        "scenarios/mine.yaml, line 5: 'until' (2023-06) comes after the last month of 2021-06 to 2023-05; the values do not revert.",
    )


def test_a_shorter_run_leaves_events_out_with_a_notice(bench: Bench) -> None:
    scenario = bench.load(bench.difference(f"events:{EVENTS}"))
    shorter = scenario.with_months(8)
    assert (shorter.months, [event.month for event in shorter.events]) == (8, [0])
    assert shorter.notices == (
        "scenarios/mine.yaml, line 5: the event of 2022-02 lies outside 'mine', which runs from 2021-06 to 2022-01, and is left out there.",
    )
    assert shorter.with_months(24) == scenario
    assert scenario.with_months(9).events == scenario.events and scenario.with_months(13).notices == ()
    (cut,) = scenario.with_months(12).notices
    assert cut == (
        "scenarios/mine.yaml, line 5: 'until' (2022-06) comes after the last month of 2021-06 to 2022-05; the values do not revert."
    )
    assert scenario.with_months(12).notices == bench.load_scenarios("mine", months=12)[-1].notices
    assert scenario.with_months(12).with_months(13).notices == ()
    faulty: tuple[Any, ...] = (0, -1, 1201, True, 2.5, np.bool_(True), np.float64(3), "3", None)
    for months in faulty:
        with pytest.raises(ScenarioError, match=r"months: .* give a whole number from 1 to 1,200"):
            scenario.with_months(months)
    assert scenario.with_months(np.int64(8)) == shorter


def test_a_scenario_can_be_sent_to_another_process(bench: Bench) -> None:
    scenario = bench.load(bench.difference(f"events:{EVENTS}"))
    sent = pickle.loads(pickle.dumps(scenario))
    assert sent == scenario and sent.digest() == scenario.digest()


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("months: 24",),
        ("start: 2021-06",),
        ("set: {russia.budget: {scale: 1}}", "because: nothing moves"),
        ("set: {israel.pressure: {add: 0.0}}",),
        ("set: {definitions.lead: 0.25}",),
    ],
)
def test_the_digest_is_the_same_where_results_would_be(bench: Bench, lines: tuple[str, ...]) -> None:
    assert bench.load(bench.difference(*lines)).digest() == bench.load().digest()


def test_the_digest_leaves_texts_and_places_out(bench: Bench) -> None:
    before = bench.load().digest()
    changed = (
        BASELINE.replace("a guess", "a better guess")
        .replace("goes on", "stays")
        .replace("grade: inferred", "grade: stated")
        .replace("value: 2,", "value: 2.0,")
    )
    bench.write("# one line more\n" + changed, "baseline.yaml")
    bench.write(START.replace("R11", "R19").replace("a page", "another page"), "2021-06.yaml", "starts")
    assert bench.load().digest() == before
    overridden = bench.difference("set: {russia.budget: 0.7}"), ["russia.budget=1.2"]
    assert bench.load(*overridden).digest() == bench.load(None, ["russia.budget=1.2"]).digest()


@pytest.mark.parametrize(
    "lines",
    [
        ("months: 23",),
        ("start: 2015-09",),
        ("set: {russia.budget: 1.0}",),  # every world alike, not drawn
        ("set: {russia.budget: {range: [0.5, 1.5]}}",),  # drawn evenly, not about the median
        ("set: {russia.budget: {scale: 1.1}}",),
        ("set: {definitions.lead: 0.26}",),
        ("events:", "- {month: 2022-02, set: {russia.budget: 1.0}, because: x}"),
        ("events:", "- {month: 2022-03, set: {russia.budget: 1.0}, because: x}"),
        ("events:", "- {month: 2022-02, until: 2022-03, set: {russia.budget: 1.0}, because: x}"),
        ("events:", "- {month: 2022-02, set: {russia.budget: {range: [0.5, 1]}}, because: x}"),
        ("events:", "- {month: 2022-02, set: {russia.budget: {range: [0.5, 1.1]}}, because: x}"),
    ],
)
def test_the_digest_differs_where_results_would(bench: Bench, lines: tuple[str, ...]) -> None:
    bench.write(bench.difference("events:", "- {month: 2022-02, set: {russia.budget: {scale: 0.9}}, because: x}"), "other.yaml")
    others = {bench.load().digest(), bench.load_scenarios("other")[-1].digest()}
    assert bench.load(bench.difference(*lines)).digest() not in others


def test_the_digest_follows_the_tables_of_the_start(bench: Bench) -> None:
    before = bench.load().digest()
    bench.write(START.replace("0.38", "0.39"), "2021-06.yaml", "starts")
    assert bench.load().digest() != before
