"""The search finds what is there, goes on where it stopped, and keeps what is finished."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from evidence.made_up import BEST, X, Y, at_odds, one_best_point, pattern, place, task
from sim.experiment.run_settings import SettingsError
from sim.validation.calibration.pareto import chosen, front, in_words
from sim.validation.calibration.problem import Task
from sim.validation.calibration.sampler import AT_RANDOM
from sim.validation.calibration.search import BATCH, search
from sim.validation.calibration.trial_store import Store, Trial

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, but for the scenarios."""
    (tmp_path / "scenarios").symlink_to(PROJECT / "scenarios")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.validation.calibration.problem._model_hash", lambda: "as it is")
    return tmp_path


def table(name: str = "made_up") -> bytes:
    """The stored trials."""
    return (Path("results/calibrations") / name / "trials.csv").read_bytes()


def test_a_known_best_point_is_found() -> None:
    asked = task()
    trials = search(asked, 60, Store(asked), judge=one_best_point)
    best = chosen(asked, trials)
    for path, known in BEST.items():
        assert place(asked, best.values, path) == pytest.approx(known, abs=0.05)
    assert best.total < 0.25 * min(trial.total for trial in trials[:AT_RANDOM])


def test_nothing_is_tried_outside_the_ranges_and_the_first_trial_has_the_central_values() -> None:
    asked = task(parameters=(X, Y), patterns=(pattern("high"), pattern("low")))
    trials = search(asked, 40, Store(asked), judge=lambda a, values, w: [place(a, values, X), 1.0 - place(a, values, Y)])
    assert trials[0].values == {path: asked.scenario.settings[path].value for path in (X, Y)}
    for path, (low, high) in asked.ranges.items():
        tried = [trial.values[path] for trial in trials]
        assert low <= min(tried) and max(tried) <= high
    assert place(asked, chosen(asked, trials).values, X) > 0.97, "the search keeps away from the end of the range"


@pytest.mark.parametrize("cut", [1, BATCH + 2, AT_RANDOM, AT_RANDOM + 3])
def test_a_resumed_search_equals_an_uninterrupted_one(cut: int) -> None:
    search(task("whole"), 24, Store(task("whole")), judge=one_best_point)
    for trials in (cut, 24):
        asked = task("resumed")
        search(asked, trials, Store(asked), judge=one_best_point)
    assert table("resumed") == table("whole")


def test_other_seeds_try_other_values() -> None:
    first, second = (search(a, 12, Store(a), judge=one_best_point) for a in (task("a"), task("b", seed=2)))
    assert all(one.values != other.values for one, other in zip(first[1:], second[1:], strict=True))


@pytest.mark.parametrize("stops", [3, 9])
def test_what_is_finished_when_a_search_is_stopped_stays_usable(stops: int) -> None:
    calls = []

    def stopped(asked: Task, values: Mapping[str, float], first_world: int) -> Sequence[float]:
        calls.append(values)
        if len(calls) > stops:
            raise KeyboardInterrupt
        return one_best_point(asked, values, first_world)

    with pytest.raises(KeyboardInterrupt):
        search(task(), 24, Store(task()), judge=stopped)
    kept = Store(task())
    assert sorted(kept.trials) == list(range(stops))
    assert [trial.values for trial in kept.before(stops)] == calls[:stops]
    search(task(), 24, kept, judge=one_best_point)
    search(task("whole"), 24, Store(task("whole")), judge=one_best_point)
    assert table() == table("whole")


def test_the_number_of_processes_changes_nothing() -> None:
    search(task("alone"), 10, Store(task("alone")), jobs=1, judge=one_best_point)
    search(task("two"), 10, Store(task("two")), jobs=2, judge=one_best_point)
    assert table("two") == table("alone")


def test_fewer_trials_than_there_are_leave_them_as_they_are() -> None:
    search(task(), 12, Store(task()), judge=one_best_point)
    before = table()
    assert len(search(task(), 5, Store(task()), judge=at_odds)) == 12
    assert table() == before


def test_patterns_at_odds_are_shown_as_a_trade() -> None:
    asked = task(parameters=(X,), patterns=(pattern("high", 0.8), pattern("low", 0.6)))
    trials = search(asked, 40, Store(asked), judge=at_odds)
    ends = front(asked, trials)
    assert len(ends) > 3 and all(trial.total == pytest.approx(0.4, abs=0.02) for trial in ends)
    assert {0.0} == {min(trial.shortfalls[i] for trial in ends) for i in (0, 1)}
    told = " ".join(in_words(asked, trials))
    assert "No trial of 40 meets all patterns together." in told
    best = chosen(asked, trials)
    for name, other, i in (("high", "low", 0), ("low", "high", 1)):
        assert (f"Meeting {name} (trial " in told and f"costs {other} (short by " in told) == (best.shortfalls[i] > 0.0)


def test_among_equals_the_least_moved_trial_is_chosen() -> None:
    asked = task(patterns=(pattern("easy", 0.5),))
    trials = search(asked, 12, Store(asked), judge=lambda a, values, w: [0.9])
    assert chosen(asked, trials).number == 0
    assert in_words(asked, trials) == ["The pattern is met in 12 of 12 trials; nothing has to be traded."]


def test_the_front_holds_what_no_other_betters() -> None:
    asked = task()
    points = [(0.0, 0.3), (0.1, 0.1), (0.3, 0.0), (0.1, 0.3), (0.3, 0.3), (0.1, 0.1)]
    trials = [Trial(i, asked.centre, (0.0, 0.0), point) for i, point in enumerate(points)]
    assert [trial.number for trial in front(asked, trials)] == [1, 0, 2]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 2}, "seed (1 there, now 2)"),
        ({"worlds": 21}, "worlds (20 there, now 21)"),
        ({"parameters": (X,)}, f"parameters ({Y} only there)"),
        ({"patterns": (pattern("near_x"), pattern("near_y", 0.5))}, "patterns (near_y has changed)"),
        ({"patterns": (pattern("near_x"), pattern("other"))}, "patterns (near_y only there, other only now)"),
    ],
)
def test_trials_of_another_calibration_are_refused_with_what_differs(change: dict[str, object], told: str) -> None:
    search(task(), 2, Store(task()), judge=one_best_point)
    before = table()
    with pytest.raises(SettingsError) as fault:
        Store(task(**change))
    assert told in str(fault.value)
    assert str(fault.value).count("(") == told.count("("), "something is named that does not differ"
    assert table() == before


def test_another_scenario_and_another_model_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    search(task(), 2, Store(task()), judge=one_best_point)
    with pytest.raises(SettingsError, match="months \\(12 there, now 13\\)"):
        Store(task(scenario=task().scenario.with_months(13)))
    monkeypatch.setattr("sim.validation.calibration.problem._model_hash", lambda: "other")
    with pytest.raises(SettingsError, match="What differs: the model's code or tables\\."):
        Store(task())


def test_a_torn_table_is_told_by_line() -> None:
    search(task(), 4, Store(task()), judge=one_best_point)
    file = Path("results/calibrations/made_up/trials.csv")
    lines = file.read_text().splitlines()
    for torn in (lines[3][:-4], lines[3].replace(",", ",9", 1), lines[2], "x"):
        file.write_text("\n".join([*lines[:3], torn, *lines[4:]]) + "\n")
        with pytest.raises(SettingsError, match=r"trials\.csv, line 4: "):
            Store(task())
    file.write_text("\n".join([*lines[:3], *lines[4:]]) + "\n")
    search(task(), 4, Store(task()), judge=one_best_point)
    assert file.read_text().splitlines() == lines, "a deleted line is not made again as it was"


def test_a_folder_with_other_files_is_left_alone() -> None:
    place_of = Path("results/calibrations/made_up")
    place_of.mkdir(parents=True)
    (place_of / "mine.txt").write_text("x")
    with pytest.raises(SettingsError, match="something else"):
        Store(task())


def test_the_table_can_be_read_by_anyone() -> None:
    asked = task()
    trials = search(asked, 3, Store(asked), judge=one_best_point)
    rows = list(csv.DictReader(table().decode().splitlines()))
    assert [float(row[X]) for row in rows] == [trial.values[X] for trial in trials]
    for row in rows:
        assert float(row["shortfall:near_x"]) == pytest.approx(max(0.98 - float(row["share:near_x"]), 0.0))
