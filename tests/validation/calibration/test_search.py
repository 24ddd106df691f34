"""The search finds what is there, goes on where it stopped, and keeps what is finished."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from sim.experiment.run_settings import SettingsError
from sim.validation.calibration.pareto import best_trial, pareto_front, trade_off_lines
from sim.validation.calibration.problem import CalibrationProblem
from sim.validation.calibration.sampler import AT_RANDOM
from sim.validation.calibration.search import BATCH, search
from sim.validation.calibration.trial_store import Trial, TrialStore
from validation.calibration.made_up import BEST, X, Y, at_odds, one_best_point, pattern, place, problem

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, but for the scenarios."""
    (tmp_path / "scenarios").symlink_to(PROJECT / "scenarios")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.validation.calibration.problem._code_hash", lambda: "as it is")
    return tmp_path


def table(name: str = "made_up") -> bytes:
    """The stored trials."""
    return (Path("results/calibrations") / name / "trials.csv").read_bytes()


def test_a_known_best_point_is_found() -> None:
    asked = problem()
    trials = search(asked, 60, TrialStore(asked), evaluate=one_best_point)
    best = best_trial(asked, trials)
    for path, known in BEST.items():
        assert place(asked, best.values, path) == pytest.approx(known, abs=0.05)
    assert best.total < 0.25 * min(trial.total for trial in trials[:AT_RANDOM])


def test_nothing_is_tried_outside_the_ranges_and_the_first_trial_has_the_central_values() -> None:
    asked = problem(parameters=(X, Y), patterns=(pattern("high"), pattern("low")))
    trials = search(asked, 40, TrialStore(asked), evaluate=lambda a, values, w: [place(a, values, X), 1.0 - place(a, values, Y)])
    assert trials[0].values == {path: asked.scenario.settings[path].value for path in (X, Y)}
    for path, (low, high) in asked.ranges.items():
        tried = [trial.values[path] for trial in trials]
        assert low <= min(tried) and max(tried) <= high
    assert place(asked, best_trial(asked, trials).values, X) > 0.97, "the search keeps away from the end of the range"


@pytest.mark.parametrize("cut", [1, BATCH + 2, AT_RANDOM, AT_RANDOM + 3])
def test_a_resumed_search_equals_an_uninterrupted_one(cut: int) -> None:
    search(problem("whole"), 24, TrialStore(problem("whole")), evaluate=one_best_point)
    for trials in (cut, 24):
        asked = problem("resumed")
        search(asked, trials, TrialStore(asked), evaluate=one_best_point)
    assert table("resumed") == table("whole")


def test_other_seeds_try_other_values() -> None:
    first, second = (search(a, 12, TrialStore(a), evaluate=one_best_point) for a in (problem("a"), problem("b", seed=2)))
    assert all(one.values != other.values for one, other in zip(first[1:], second[1:], strict=True))


@pytest.mark.parametrize("stops", [3, 9])
def test_what_is_finished_when_a_search_is_stopped_stays_usable(stops: int) -> None:
    calls = []

    def stopped(asked: CalibrationProblem, values: Mapping[str, float], first_world: int) -> Sequence[float]:
        calls.append(values)
        if len(calls) > stops:
            raise KeyboardInterrupt
        return one_best_point(asked, values, first_world)

    with pytest.raises(KeyboardInterrupt):
        search(problem(), 24, TrialStore(problem()), evaluate=stopped)
    kept = TrialStore(problem())
    assert sorted(kept.trials) == list(range(stops))
    assert [trial.values for trial in kept.before(stops)] == calls[:stops]
    search(problem(), 24, kept, evaluate=one_best_point)
    search(problem("whole"), 24, TrialStore(problem("whole")), evaluate=one_best_point)
    assert table() == table("whole")


def test_the_number_of_processes_changes_nothing() -> None:
    search(problem("alone"), 10, TrialStore(problem("alone")), jobs=1, evaluate=one_best_point)
    search(problem("two"), 10, TrialStore(problem("two")), jobs=2, evaluate=one_best_point)
    assert table("two") == table("alone")


def test_fewer_trials_than_there_are_leave_them_as_they_are() -> None:
    search(problem(), 12, TrialStore(problem()), evaluate=one_best_point)
    before = table()
    assert len(search(problem(), 5, TrialStore(problem()), evaluate=at_odds)) == 12
    assert table() == before


def test_patterns_at_odds_are_shown_as_a_trade() -> None:
    asked = problem(parameters=(X,), patterns=(pattern("high", 0.8), pattern("low", 0.6)))
    trials = search(asked, 40, TrialStore(asked), evaluate=at_odds)
    ends = pareto_front(asked, trials)
    assert len(ends) > 3 and all(trial.total == pytest.approx(0.4, abs=0.02) for trial in ends)
    assert {0.0} == {min(trial.shortfalls[i] for trial in ends) for i in (0, 1)}
    lines = " ".join(trade_off_lines(asked, trials))
    assert "No trial of 40 meets all patterns together." in lines
    best = best_trial(asked, trials)
    for name, other, i in (("high", "low", 0), ("low", "high", 1)):
        assert (f"Meeting {name} (trial " in lines and f"costs {other} (short by " in lines) == (best.shortfalls[i] > 0.0)


def test_among_equals_the_least_moved_trial_is_chosen() -> None:
    asked = problem(patterns=(pattern("easy", 0.5),))
    trials = search(asked, 12, TrialStore(asked), evaluate=lambda a, values, w: [0.9])
    assert best_trial(asked, trials).number == 0
    assert trade_off_lines(asked, trials) == ["The pattern is met in 12 of 12 trials; there is no trade-off."]


def test_the_front_holds_what_no_other_betters() -> None:
    asked = problem()
    points = [(0.0, 0.3), (0.1, 0.1), (0.3, 0.0), (0.1, 0.3), (0.3, 0.3), (0.1, 0.1)]
    trials = [Trial(i, asked.centre, (0.0, 0.0), point) for i, point in enumerate(points)]
    assert [trial.number for trial in pareto_front(asked, trials)] == [1, 0, 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seed": 2}, "seed (1 there, now 2)"),
        ({"worlds": 21}, "worlds (20 there, now 21)"),
        ({"parameters": (X,)}, f"parameters ({Y} only there)"),
        ({"patterns": (pattern("near_x"), pattern("near_y", 0.5))}, "patterns (near_y has changed)"),
        ({"patterns": (pattern("near_x"), pattern("other"))}, "patterns (near_y only there, other only now)"),
    ],
)
def test_trials_of_another_calibration_are_refused_with_what_differs(change: dict[str, object], message: str) -> None:
    search(problem(), 2, TrialStore(problem()), evaluate=one_best_point)
    before = table()
    with pytest.raises(SettingsError) as error:
        TrialStore(problem(**change))
    assert message in str(error.value)
    assert str(error.value).count("(") == message.count("("), "something is named that does not differ"
    assert table() == before


def test_another_scenario_and_another_model_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    search(problem(), 2, TrialStore(problem()), evaluate=one_best_point)
    with pytest.raises(SettingsError, match="months \\(12 there, now 13\\)"):
        TrialStore(problem(scenario=problem().scenario.with_months(13)))
    monkeypatch.setattr("sim.validation.calibration.problem._code_hash", lambda: "other")
    with pytest.raises(SettingsError, match="What differs: the model's code or tables\\."):
        TrialStore(problem())


def test_a_torn_table_is_told_by_line() -> None:
    search(problem(), 4, TrialStore(problem()), evaluate=one_best_point)
    file = Path("results/calibrations/made_up/trials.csv")
    lines = file.read_text().splitlines()
    for torn in (lines[3][:-4], lines[3].replace(",", ",9", 1), lines[2], "x"):
        file.write_text("\n".join([*lines[:3], torn, *lines[4:]]) + "\n")
        with pytest.raises(SettingsError, match=r"trials\.csv, line 4: "):
            TrialStore(problem())
    file.write_text("\n".join([*lines[:3], *lines[4:]]) + "\n")
    search(problem(), 4, TrialStore(problem()), evaluate=one_best_point)
    assert file.read_text().splitlines() == lines, "a deleted line is not made again as it was"


def test_a_folder_with_other_files_is_left_alone() -> None:
    place_of = Path("results/calibrations/made_up")
    place_of.mkdir(parents=True)
    (place_of / "mine.txt").write_text("x")
    with pytest.raises(SettingsError, match="something other"):
        TrialStore(problem())


def test_the_table_can_be_read_by_anyone() -> None:
    asked = problem()
    trials = search(asked, 3, TrialStore(asked), evaluate=one_best_point)
    rows = list(csv.DictReader(table().decode().splitlines()))
    assert [float(row[X]) for row in rows] == [trial.values[X] for trial in trials]
    for row in rows:
        assert float(row["shortfall:near_x"]) == pytest.approx(max(0.98 - float(row["share:near_x"]), 0.0))
