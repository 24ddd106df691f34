"""Claim ablation: the file is complete and read correctly, known worlds give known answers, and a real ablation has its effect."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.model.observation.measure_catalogue import OUTCOMES
from sim.model.state.parameters import Change
from sim.provenance.claim_index import load_claims
from sim.scenario import Scenario, ScenarioError, load_scenario
from sim.validation.claim_ablation import ablation_text, claim_ablation
from sim.validation.claim_ablation.ablation_file import Ablation, load_ablations
from sim.validation.patterns.conclusions import Conclusion
from sim.validation.patterns.pattern_file import Expected

PROJECT = Path(__file__).resolve().parents[3]
APART = "coordinate.compartmentalisation"


def drawn_from(scenario: Scenario, path: str) -> str:
    """The range of a parameter, in words."""
    low, high = scenario.settings[path].range or (0.0, 0.0)
    return f"{low:g} to {high:g}"


@pytest.fixture(scope="module")
def baseline() -> Scenario:
    return load_scenario(PROJECT / "scenarios" / "baseline.yaml")


@pytest.fixture(scope="module")
def real(baseline: Scenario) -> tuple[Ablation, ...]:
    return load_ablations(baseline)


def test_every_claim_that_goes_into_the_model_is_ablated_or_says_why_not(real: tuple[Ablation, ...]) -> None:
    claims = load_claims()
    wanted = {number for number, claim in claims.items() if claim.claim_type in ("mechanism", "state")}
    assert {ablation.claim for ablation in real} == wanted
    assert all(ablation.because for ablation in real)
    assert sum(not ablation.changes for ablation in real) <= 5, "most claims can be expressed by parameters"


def test_no_two_ways_of_a_claim_are_the_same(real: tuple[Ablation, ...]) -> None:
    named = [(ablation.claim, ablation.changes) for ablation in real]
    assert len(set(named)) == len(named) and len({ablation.name for ablation in real}) == len(real)


def test_an_ablation_changes_what_it_says_and_nothing_else(baseline: Scenario, real: tuple[Ablation, ...]) -> None:
    ablation = next(one for one in real if one.claim == "R43" and one.way == 1)
    after = ablation.applied(baseline)
    assert [path for path, setting in after.settings.items() if setting != baseline.settings[path]] == ["coordinate.carry_over"]
    assert after.settings["coordinate.carry_over"].central() == 0.0 and not after.settings["coordinate.carry_over"].varies
    assert (after.start, after.months, after.events) == (baseline.start, baseline.months, baseline.events)
    assert (
        after.settings["coordinate.carry_over"].file.endswith("claim_ablations.yaml") and after.settings["coordinate.carry_over"].line > 1
    )
    assert (
        ablation_text.replacement(ablation, baseline)
        == f"coordinate.carry_over 0 instead of {drawn_from(baseline, 'coordinate.carry_over')}"
    )


FAULTS = (
    ('R4: {set: {coordinate.carry_over: 0}, because: "x"}', 1, "'R4' is not a claim", "Did you mean"),
    ('R35: {set: {coordinate.carry_over: 0}, because: "x"}', 1, "R35 is a conclusion", "spheres patterns"),
    ('R43:\n  set: {coordinate.cary_over: 0}\n  because: "x"', 2, "'coordinate.cary_over' is not a parameter", "'coordinate.carry_over'"),
    ('R43:\n  set: {coordinate.carry_over: 2}\n  because: "x"', 2, "cannot be 2", "between 0 and 1"),
    ('R43: {set: {coordinate.carry_over: 0}, becuse: "x"}', 1, "'becuse' is not a key", "'because'"),
    ("R43: {set: {coordinate.carry_over: 0}}", 1, "needs either 'set' with 'because'", ""),
    ('R43: {set: {coordinate.carry_over: 0}, because: "x", cannot: "y"}', 1, "needs either 'set' with 'because'", ""),
    ('R43: {cannot: ""}', 1, "is empty", ""),
    ("R43: 0", 1, "must be", ""),
    ("R43: []", 1, "empty list", ""),
    ('R32: {set: {iran.skill.restraint: 0}, because: "x"}', 1, "is already 0", "another value"),
    (
        'R43:\n  - {set: {coordinate.carry_over: 0}, because: "x"}\n  - {set: {coordinate.carry_over: -1}, because: "x"}',
        3,
        "cannot be -1",
        "",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[2])
def test_faults_are_told_with_line_and_what_would_be_right(baseline: Scenario, tmp_path: Path, fault: tuple[str, int, str, str]) -> None:
    text, line, said, hint = fault
    file = tmp_path / "claim_ablations.yaml"
    file.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_ablations(baseline, file)
    problem = caught.value.problems[0]
    assert problem.line == line and said in problem.text and hint in problem.hint and problem.file.endswith("claim_ablations.yaml")


def test_all_faults_are_told_at_once(baseline: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "claim_ablations.yaml"
    file.write_text("R99: {cannot: x}\nR43: 1\nR36: {}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_ablations(baseline, file)
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]


ABLATION = Ablation("R36", 1, ((APART, Change("set", 0.0)),), "it is otherwise", "claim_ablations.yaml", 1)


def conclusion(name: str, expect: Expected | None = None) -> Conclusion:
    return Conclusion(name, f"{name} holds.", ("R31",), expect, lambda sample: np.zeros(0, dtype=bool))


def test_paired_differences_by_hand() -> None:
    with_claim = np.zeros((3, 100), dtype=bool)
    without = with_claim.copy()
    with_claim[0, :60], without[0, :40] = True, True  # 20 worlds change, all one way
    with_claim[1, :50], without[1, :48] = True, True  # 2 change: too few to be significant
    with_claim[2, ::2], without[2, 1::2] = True, True  # all 100 change, half of them either way
    what = (conclusion("likely", Expected(0.5, 1.0)), conclusion("rare"), conclusion("mixed", Expected(0.5, 1.0)))
    table = claim_ablation.comparison_table(ABLATION, what, with_claim, without).set_index("conclusion")
    assert table.loc["likely", ["share_with", "share_without", "difference"]].tolist() == pytest.approx([0.6, 0.4, -0.2])
    middle = -20 / 102  # 20 of 100 differ: few, so the interval is that of Bonett and Price
    half = 1.96 * np.sqrt((22 / 102 - middle**2) / 102)
    assert table.loc["likely", ["low", "high"]].tolist() == pytest.approx([middle - half, middle + half])
    half = 1.96 * np.sqrt(100 / 99 / 100)
    assert table.loc["mixed", ["low", "high"]].tolist() == pytest.approx([-half, half])
    assert table.loc["likely", "p"] == pytest.approx(3 * 2 * 0.5**20)
    assert table["changes"].tolist() == [True, False, False]
    assert table["crosses"].tolist() == ["no longer as the report expects (at least 50 %)", "", ""]
    assert (table["low"] < 0).tolist() == [True, True, True] and table.loc["mixed", "difference"] == 0.0


def test_words_name_what_changes_and_what_does_not(baseline: Scenario) -> None:
    with_claim, without = np.zeros((2, 200), dtype=bool), np.zeros((2, 200), dtype=bool)
    with_claim[0, :150], without[0, :50] = True, True
    table = claim_ablation.comparison_table(ABLATION, (conclusion("stands", Expected(0.5, 1.0)), conclusion("idle")), with_claim, without)
    head, moved, same = ablation_text.ablation_lines(ABLATION, baseline, table)
    numbers = f"{APART} 0 instead of {drawn_from(baseline, APART)}"
    assert f"If R36 is wrong (it is otherwise; {numbers}), in 200 worlds of baseline" in head
    assert "75.0 % -> 25.0 % (-50.0," in moved and "no longer as the report expects (at least 50 %)" in moved
    assert "idle" in same and "stands" not in same


def test_the_list_of_all_puts_what_matters_most_first() -> None:
    def table(change: float) -> pd.DataFrame:
        with_claim, without = np.zeros((1, 1000), dtype=bool), np.zeros((1, 1000), dtype=bool)
        without[0, : int(1000 * change)] = True
        return claim_ablation.comparison_table(ABLATION, (conclusion("stands"),), with_claim, without)

    ways = [Ablation(f"R0{i}", 1, ABLATION.changes, f"reason {i}", "claim_ablations.yaml", i) for i in range(1, 6)]
    text = "\n".join(ablation_text.ranking(ways, [table(0.02), table(0.1), None, table(0.4), table(0.0)]))
    places = [text.index(f"R0{i}: reason {i}") for i in (4, 2, 1, 5, 3)]
    assert places == sorted(places)
    assert places[1] < text.index("none by 5 percentage points, if") < places[2] < text.index("No conclusion changes") < places[3]


def test_without_compartments_the_partnership_breaks_down_more_often(baseline: Scenario) -> None:
    study = claim_ablation.AblationStudy(baseline.with_months(48), worlds=120)
    table = study.table(study.of_claim("R36")[0]).set_index("conclusion")
    assert set(OUTCOMES) < set(table.index)
    assert set(table["numbers"]) == {f"{APART} 0 instead of {drawn_from(baseline, APART)}"}
    assert table.loc["breakdown", "changes"] and table.loc["breakdown", "low"] > 0.05
    again = claim_ablation.AblationStudy(baseline.with_months(48), worlds=120).table(study.of_claim("R36")[0])
    pd.testing.assert_frame_equal(again.set_index("conclusion"), table)


def test_an_ablation_that_changes_no_number_changes_nothing(baseline: Scenario) -> None:
    study = claim_ablation.AblationStudy(baseline.with_months(6), worlds=20)
    nothing = Ablation("R36", 1, ((APART, Change("scale", 1.0)),), "as it is", "claim_ablations.yaml", 1)
    table = study.table(nothing)
    assert not table["changes"].any() and (table["difference"] == 0.0).all()
    assert (table["high"] == -table["low"]).all() and (table["high"] > 0.1).all()  # twenty worlds alike are no certainty


@pytest.mark.parametrize(
    ("claim", "said"), [("R35", "is a conclusion"), ("R04", "before the start"), ("R63", "No parameter can express"), ("R999", "")]
)
def test_what_cannot_be_ablated_is_reported_without_a_run(monkeypatch: pytest.MonkeyPatch, claim: str, said: str) -> None:
    monkeypatch.chdir(PROJECT)
    monkeypatch.setattr(claim_ablation, "run_sample", lambda *_, **__: pytest.fail("no worlds need to be run"))
    lines = claim_ablation.explanation(claim)
    assert (said in lines[0]) if said else lines == []


def test_a_claim_is_told_and_tabled_from_the_same_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    table = claim_ablation.ablation_table("R23", worlds=30, months=12)
    assert sorted(set(table["way"])) == [1, 2] and len(table) == 2 * table["conclusion"].nunique()
    lines = claim_ablation.explanation("R23", worlds=30, months=12)
    assert sum(line.startswith("If R23 is wrong") for line in lines) == 2 and all("30 worlds" in line for line in lines if line[0] == "I")
