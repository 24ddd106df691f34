"""How many worlds are enough: known answers, and whether the advice proves right when it is followed."""

import csv
import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from experiment.conftest import here as here
from experiment.conftest import settings
from experiment.fake_model import FakeModel
from scipy import stats

from compare.conftest import FakeRun
from sim.compare.precision import Precision, worlds_for_goal
from sim.experiment.execution.runner import run
from sim.report.console.precision_advice import accuracy, fewest_compared, goal_text

ONE = Precision("more_money", "baseline", "condominium", 1000, 0.5, 0.031, 0.02, 0.012, 3000, 0)


@pytest.mark.parametrize(("goal", "worlds"), [(0.031, 1000), (0.0155, 4000), (0.0124, 6250)])
def test_worlds_for_a_goal(goal: float, worlds: int) -> None:
    assert worlds_for_goal([ONE, replace(ONE, half_width=0.02)], goal) == worlds


def test_the_advice_holds_when_it_is_followed(here: Path) -> None:
    few = run(settings(n_worlds=200, chunk=100), factory=FakeModel).precision
    widest = max(few, key=lambda one: one.widest)
    many = run(settings(n_worlds=200 + widest.to_halve, chunk=100), factory=FakeModel).precision
    again = next(one for one in many if (one.scenario, one.name) == (widest.scenario, widest.name))
    assert again.widest == pytest.approx(widest.widest / 2, rel=0.1)


def test_a_difference_is_significant_after_so_many_worlds(fake: FakeRun) -> None:
    few = fake.ended.precision
    assert {one.to_significance for one in few if one.scenario == "baseline"} == {None}
    known = (
        pd.read_parquet(fake.folder / "comparison.parquet").astype({"scenario": str, "quantity": str}).set_index(["scenario", "quantity"])
    )
    errors = stats.norm.isf(0.025 / 8)  # of eight outcomes
    for one in few:
        if one.scenario != "baseline" and one.difference:
            row = known.loc[one.scenario, f"outcome:{one.name}"]
            differing = 60 * (1.0 - row["same"])
            wanted = max(60 * (errors * row["error"] / one.difference) ** 2, 30, 60 * 9 / differing)  # 8 * 2 / 2**9 < 0.05
            assert one.to_significance in (0, max(1, math.ceil(wanted - 1e-9) - 60))
            if abs(one.difference) > 1.1 * errors * row["error"] and differing >= 9:
                assert one.to_significance == 0
    assert {one.to_significance == 0 for one in few if one.to_significance is not None} == {True, False}


def test_the_sentence_on_accuracy_names_the_widest_intervals_and_where_more_worlds_may_help() -> None:
    quiet = replace(ONE, scenario="quiet", difference=0.004, difference_half_width=0.02, to_significance=25_130)
    other = replace(quiet, name="breakdown", half_width=0.02, difference=0.001, to_significance=400_000)
    assert accuracy([ONE, quiet, other]) == (
        "How accurate: shares to within 3.1 points and differences to within 2.0 (95 % intervals); about 3,000 more worlds a scenario "
        "(--worlds 4000) halve that, and precision.csv says how many would show a difference of quiet."
    )
    assert accuracy([ONE, quiet, replace(quiet, scenario="still")]).endswith("a difference of two scenarios.")
    assert accuracy([ONE, quiet, replace(quiet, name="fallen", to_significance=0)]).endswith("halve that.")


def test_of_too_few_worlds_no_number_is_promised() -> None:
    few = replace(ONE, n_worlds=20, n_pairs=20, to_significance=None)
    more = replace(few, scenario="quiet", to_significance=40)
    assert fewest_compared([few, more]) == 20 and "quiet" not in accuracy([few, more])
    assert fewest_compared([replace(few, n_pairs=30)]) is None


def test_shares_that_no_world_has_are_not_accurate_to_the_point(here: Path) -> None:
    ended = run(settings(n_worlds=20), factory=FakeModel)
    for one in ended.precision:
        assert one.half_width > 0.05 and (one.scenario == "baseline" or one.difference_half_width > 0.1)
        assert one.to_significance is None or one.to_significance >= 10
    assert "to within 0.0" not in accuracy(ended.precision)


def test_whether_the_goal_was_reached_is_said() -> None:
    assert "Every interval is within ±3.1 points" in goal_text([ONE], 0.031)
    missed = goal_text([ONE, replace(ONE, scenario="quiet", name="fallen", difference_half_width=0.04)], 0.01)
    assert "±1 points (--until-halfwidth 0.01) was not reached: quiet, government fallen, has ±4 points." in missed
    assert "about 16,000 worlds a scenario" in missed


def test_a_baseline_alone_has_no_differences_to_advise_on() -> None:
    alone = replace(ONE, scenario="baseline", difference=math.nan, difference_half_width=math.nan, to_significance=None)
    assert "differences" not in accuracy([alone])


def test_the_table_has_a_row_for_every_share(fake: FakeRun) -> None:
    with (fake.folder / "precision.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 8 and all(row["half_width"] for row in rows)
    assert {row["compared_with"] for row in rows if row["scenario"] == "baseline"} == {""}
