"""What may be searched and fitted, and what is refused and why."""

import shutil
from pathlib import Path

import pytest

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage import chunk_key
from sim.validation.calibration.problem import choose_parameters, choose_patterns
from validation.calibration.made_up import PROJECT, X, Y, pattern, problem

BASELINE = problem().scenario
KNOWN = (
    pattern("quiet_fronts"),
    pattern("raids"),
    pattern("partners_delimit", role="held_out", claims=("R35",)),
    pattern("strikes_attrit", role="held_out"),
    pattern("mislabelled", claims=("R35",)),
)


def test_parameters_are_taken_in_one_order_whatever_was_typed() -> None:
    assert choose_parameters(f"{X},{Y}", BASELINE) == choose_parameters(f" {Y}, {X} ,{Y}", BASELINE)


def test_a_section_stands_for_all_its_parameters_that_have_a_range() -> None:
    found = choose_parameters("russia.*", BASELINE)
    drawn = {path for path, one in BASELINE.settings.items() if path.startswith("russia.") and one.range and one.range[0] < one.range[1]}
    assert set(found) == drawn and "russia.interests.order" in drawn and "russia.skill.mixing" not in drawn


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("israel.strik_rate", "Did you mean 'israel.strike_rate'"),
        ("strike_rate", "Did you mean 'israel.strike_rate'"),
        ("israel", "is a section, not a parameter"),
        ("isreal.*", "Did you mean 'israel'?"),
        ("definitions.delimited", "which has no range; definitions are never fitted"),
        ("definitions.*", "nothing in 'definitions.*' has a range"),
        ("russia.skill.mixing", "is a single value, 0"),
        (" , ", "none is named"),
    ],
)
def test_parameters_that_cannot_be_searched_are_told(typed: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        choose_parameters(typed, BASELINE)
    assert message in str(error.value) and str(error.value).startswith("--parameters: ")


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as error:
        choose_parameters(f"israel.strik_rate,{X},russia.skill.mixing", BASELINE)
    assert len(str(error.value).splitlines()) == 2


def test_without_names_all_patterns_used_for_setting_are_taken() -> None:
    assert [one.name for one in choose_patterns(None, KNOWN, BASELINE)] == ["quiet_fronts", "raids"]
    assert [one.name for one in choose_patterns("raids, quiet_fronts", KNOWN, BASELINE)] == ["quiet_fronts", "raids"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("partners_delimit", "'partners_delimit' (R35) is held out; outcomes are measured, never fitted."),
        ("raids,strikes_attrit", "'strikes_attrit' is held out; outcomes are measured, never fitted."),
        ("mislabelled", "'mislabelled' (R35) is held out; outcomes are measured, never fitted."),
        ("raid", "'raid' is not a pattern. Did you mean 'raids'?"),
        ("", "none is named"),
    ],
)
def test_patterns_that_cannot_be_fitted_are_told(typed: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        choose_patterns(typed, KNOWN, BASELINE)
    assert message in str(error.value)


def test_a_changed_rule_or_table_is_another_model_and_a_changed_figure_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copytree(PROJECT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("sim.validation.calibration.problem.files", lambda name: copy)
    monkeypatch.setattr("sim.validation.calibration.problem.model_version", chunk_key.model_version.__wrapped__)
    monkeypatch.setattr(chunk_key, "_SIM", copy)
    described = [problem().described()["model"]]
    irrelevant = ("report/drawing/theme.py", "data/observed_2015_2021.csv", "validation/patterns/evaluation_text.py")
    for changed in (*irrelevant, "model/processes/combat.py", "data/assets.csv", "validation/patterns/conditions.py"):
        with (copy / changed).open("a") as file:
            file.write("\n")
        described.append(problem().described()["model"])
    assert described[0] == described[1] == described[2] == described[3]
    assert len({str(one) for one in described[3:]}) == 4
