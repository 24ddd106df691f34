"""The scenario that is written: it loads, it sets exactly the values found, and it takes nobody's place unasked."""

import hashlib
import shutil
from pathlib import Path

import pytest

from sim.experiment.run_settings import SettingsError
from sim.model.state.parameters import Change
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_TEXT_LENGTH
from sim.validation.calibration.calibrated_scenario import check_place, reason, scenario_text, write_scenario
from sim.validation.calibration.trial_store import Trial
from validation.calibration.made_up import PROJECT, X, Y, pattern, problem

VALUES = {X: 4.567, Y: 1 / 3}
FOUND = Trial(7, VALUES, (0.9, 0.5), (0.08, 0.48))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the baseline in it."""
    (tmp_path / "scenarios").mkdir()
    shutil.copy(PROJECT / "scenarios" / "baseline.yaml", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_scenario_loads_and_sets_exactly_the_values() -> None:
    place = check_place("made_up", load_scenario("baseline"), force=False)
    write_scenario(place, problem(), FOUND, 12, (0.88, 0.52))
    read = load_scenario("scenarios/calibrated/made_up.yaml")
    assert {one.path: one.change for one in read.sets} == {path: Change("set", value) for path, value in VALUES.items()}
    changed = {path for path, one in read.settings.items() if one.changes}
    assert changed == set(VALUES) and read.lineage == ("baseline", "made_up")
    assert read.months == load_scenario("baseline").months, "a search over fewer months must not shorten the scenario"


def test_the_scenario_says_how_it_came_about_and_what_it_is_not() -> None:
    text = scenario_text(problem(), FOUND, 12, (0.88, 0.52))
    for said in ("fitted, not evidence", "trial 7 of 12", "20 worlds of 12 months", "seed 1", "near_x 90 % of worlds (short by 8.0 points"):
        assert said in text


def test_a_reason_is_never_longer_than_a_scenario_may_hold() -> None:
    for n in (3, 30, 120):
        many = problem(patterns=tuple(pattern(f"a_pattern_with_quite_a_long_name_{i}") for i in range(n)))
        assert len(reason(many, Trial(1, VALUES, (0.5,) * n, (0.48,) * n), 12, (0.5,) * n)) <= MAX_TEXT_LENGTH


def test_the_baseline_stays_as_it_is() -> None:
    baseline = Path("scenarios/baseline.yaml")
    before = hashlib.sha256(baseline.read_bytes()).hexdigest()
    for name in ("baseline", "../baseline", "scenarios/baseline", "Baseline"):
        with pytest.raises(SettingsError):
            check_place(name, load_scenario("baseline"), force=True)
    write_scenario(check_place("made_up", load_scenario("baseline"), force=False), problem(), FOUND, 12, (0.88, 0.52))
    assert hashlib.sha256(baseline.read_bytes()).hexdigest() == before


def test_an_existing_scenario_is_replaced_only_with_force() -> None:
    parent = load_scenario("baseline")
    place = check_place("made_up", parent, force=False)
    write_scenario(place, problem(), FOUND, 12, (0.88, 0.52))
    with pytest.raises(SettingsError, match="give --force to replace it"):
        check_place("made_up", parent, force=False)
    assert check_place("made_up", parent, force=True) == place


def test_a_scenario_can_extend_a_calibrated_one_but_nothing_out_of_reach(tmp_path: Path) -> None:
    write_scenario(check_place("first", load_scenario("baseline"), force=False), problem(), FOUND, 12, (0.88, 0.52))
    first = load_scenario("scenarios/calibrated/first.yaml")
    write_scenario(check_place("second", first, force=False), problem("second", scenario=first), FOUND, 12, (0.88, 0.52))
    assert load_scenario("scenarios/calibrated/second.yaml").lineage == ("baseline", "first", "second")
    (tmp_path / "elsewhere").mkdir()
    shutil.move("scenarios/calibrated/first.yaml", tmp_path / "elsewhere" / "apart.yaml")
    with pytest.raises(SettingsError, match="is not in scenarios/"):
        check_place("third", load_scenario("elsewhere/apart.yaml"), force=False)
