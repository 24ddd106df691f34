"""How many worlds are enough: known answers, and whether the advice holds when it is followed."""

import csv
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from scipy import stats

from experiment.conftest import settings
from experiment.fake_model import FakeModel
from sim.compare.precision import Precision, advice, goal_told, half_width, worlds_for
from sim.experiment.execution.runner import run

ONE = Precision("more_money", "baseline", "condominium", 1000, 0.5, 0.031, 0.02, 0.012, 3000, 0)


def test_half_widths_halve_with_four_times_the_worlds() -> None:
    assert half_width(0.3, 4000) == pytest.approx(half_width(0.3, 1000) / 2, rel=0.01)


@pytest.mark.parametrize(("goal", "worlds"), [(0.031, 1000), (0.0155, 4000), (0.0124, 6250)])
def test_worlds_for_a_goal(goal: float, worlds: int) -> None:
    assert worlds_for([ONE, replace(ONE, half_width=0.02)], goal) == worlds


def test_the_advice_holds_when_it_is_followed(here: Path) -> None:
    few = run(settings(worlds=400, chunk=100), factory=FakeModel).precision
    widest = max(few, key=lambda one: one.widest)
    many = run(settings(worlds=400 + widest.to_halve, chunk=100), factory=FakeModel).precision
    again = next(one for one in many if (one.scenario, one.name) == (widest.scenario, widest.name))
    assert again.widest == pytest.approx(widest.widest / 2, rel=0.1)


def test_a_difference_is_told_after_so_many_worlds(here: Path) -> None:
    few = run(settings(worlds=100, chunk=100), factory=FakeModel).precision
    told = {(one.scenario, one.name): one.to_tell for one in few}
    assert {value for (scenario, _), value in told.items() if scenario == "baseline"} == {None}
    for one in few:
        if one.scenario != "baseline" and one.difference:
            errors = stats.norm.isf(0.025 / (1 if one.name == "collapse" else 7))  # of seven outcomes
            wanted = 100 * (errors * one.difference_half_width / 1.96 / one.difference) ** 2
            assert one.to_tell in (0, max(1, math.ceil(wanted - 1e-9) - 100))
            if abs(one.difference) > 1.1 * errors * one.difference_half_width / 1.96:
                assert one.to_tell == 0
    assert {one.to_tell == 0 for one in few if one.to_tell is not None} == {True, False}


def test_the_advice_names_the_widest_and_those_that_cannot_be_told() -> None:
    quiet = replace(ONE, scenario="quiet", difference=0.004, difference_half_width=0.02, to_tell=25_130)
    other = replace(quiet, name="breakdown", half_width=0.02, difference=0.001, to_tell=400_000)
    first, second = advice([ONE, quiet, other])
    assert "±3.1 points at most (more_money, condominium)" in first and "differences to ±2.0 (quiet" in first
    assert "3,000 more worlds" in first and "--worlds 4000" in first
    assert "quiet (+0.4 points condominium: about 26,000 more)" in second and "more_money" not in second


def test_the_goal_is_told_reached_or_not() -> None:
    assert "No interval is wider than ±3.1 points" in goal_told([ONE], 0.031)
    missed = goal_told([ONE, replace(ONE, scenario="quiet", name="collapse", difference_half_width=0.04)], 0.01)
    assert "±1 points (--until-halfwidth 0.01) were not reached: quiet, government fallen, has ±4." in missed
    assert "About 16,000 worlds a scenario" in missed


def test_a_root_alone_has_no_differences_to_advise_on() -> None:
    alone = replace(ONE, scenario="baseline", difference=math.nan, difference_half_width=math.nan, to_tell=None)
    assert len(advice([alone])) == 1 and "differences" not in advice([alone])[0]


def test_the_table_has_a_row_for_every_share(results: Callable[..., Path]) -> None:
    with (results() / "precision.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 8 and all(row["half_width"] for row in rows)
    assert {row["compared_with"] for row in rows if row["scenario"] == "baseline"} == {""}
