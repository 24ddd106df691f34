"""A parameter of an earlier version is answered with what replaced it, wherever a scenario may name it."""

import re
from pathlib import Path

import pytest

from scenario.bench import BASELINE, Bench
from sim.scenario import ScenarioError, load_scenario
from sim.scenario.replaced_parameters import REPLACED, replaced
from sim.simulation import Spheres

ROOT = Path(__file__).resolve().parents[2]
MESSAGE = "'contract.lapse_rate' was replaced by 'contract.ending_rate' (contracts in force), and by 'contract.abandonment'"


def test_a_replaced_parameter_is_answered_in_a_set_and_in_an_event(bench: Bench) -> None:
    assert MESSAGE in bench.problem(bench.difference("set:", "  contract.lapse_rate: 0.1"))
    event = bench.difference("events:", "- month: 2022-02", "  because: x", "  set:", "    contract.lapse_rate: {scale: 2}")
    assert MESSAGE in bench.problem(event)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("russia.means.precision_instruments", "choice.selectivity"),
        ("iran.means.precision_instruments", "choice.selectivity"),
        ("russia.means.precision_places", "choice.focus"),
        ("iran.means.precision_places", "choice.focus"),
        ("israel.precision", "choice.focus"),
        ("united_states.precision", "choice.focus"),
        ("entrench.absorption", "russia.enrolment"),
        ("reckon.russia_stays", "russia.stays_at_bases"),
        ("reckon.iran_stays", "iran.stays_elsewhere"),
        ("start.standing", "start.standing_russia"),
    ],
)
def test_parameters_of_the_old_decisions_are_answered_wherever_they_are_named(old: str, new: str) -> None:
    told = re.escape(f"'{old}' was replaced by '{new}'")
    with pytest.raises(ScenarioError, match=told):
        load_scenario(ROOT / "scenarios" / "baseline.yaml", [f"{old}=1"])
    with pytest.raises(ScenarioError, match=told):
        Spheres(load_scenario(ROOT / "scenarios" / "baseline.yaml"), worlds=2, **{old: 1.0})


def test_a_replaced_parameter_is_answered_on_the_command_line_and_in_python() -> None:
    with pytest.raises(ScenarioError, match=re.escape(MESSAGE)):
        load_scenario(ROOT / "scenarios" / "baseline.yaml", ["contract.lapse_rate=0.1"])
    with pytest.raises(ScenarioError, match=re.escape(MESSAGE)):
        Spheres(load_scenario(ROOT / "scenarios" / "baseline.yaml"), worlds=2, **{"contract.lapse_rate": 0.1})


@pytest.mark.parametrize(("line", "path"), [("    old_rate: {value: 1}", "israel.old_rate"), ("    old: {rate: {value: 1}}", "israel.old")])
def test_a_root_that_still_gives_it_is_told_so(bench: Bench, monkeypatch: pytest.MonkeyPatch, line: str, path: str) -> None:
    monkeypatch.setitem(REPLACED, path, "replaced by 'israel.strike_rate'.")
    text = BASELINE.replace("  israel:\n", f"  israel:\n{line}\n")
    assert f"'{path}' was replaced by 'israel.strike_rate'." in bench.problem(text)


def test_all_below_a_replaced_section_is_answered_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REPLACED, "old.section", "replaced by 'new'.")
    assert replaced("old.section.one") == replaced("old.section") == "replaced by 'new'."
    assert replaced("old") is None and replaced("old.sections") is None


def test_the_table_names_no_parameter_that_there_is_and_only_replacements_that_there_are() -> None:
    known = set(load_scenario(ROOT / "scenarios" / "baseline.yaml").settings)
    sections = {path.rsplit(".", n)[0] for path in known for n in range(1, path.count(".") + 1)}
    for old, text in REPLACED.items():
        assert old not in known | sections and text.endswith("."), old
        assert set(re.findall(r"'([^']+)'", text)) <= known | sections, old
