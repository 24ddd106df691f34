"""Regret is counted among an actor's own courses, by one stated interest at a time."""

import numpy as np
import pytest

from sim.exploration.robustness.interest_measures import MEASURES, InterestMeasure, claims, own_courses, stated_interests
from sim.exploration.robustness.regret import regrets
from sim.model.observation.measure_catalogue import OUTCOMES
from sim.model.registry import GOALS
from sim.scenario import Scenario, load_scenario

CONTRACTS = InterestMeasure("russia", "contract_competition", ("contracts_russia",), True, "Russia's share of contracts")


def test_regret_is_what_the_best_choice_in_the_same_world_serves_more() -> None:
    stay, leave = regrets(CONTRACTS, {"baseline": np.array([0.5, 0.5, 0.2, 0.4]), "russia_withdraws": np.array([0.1, 0.3, 0.4, 0.4])})
    assert stay.mean == pytest.approx(0.05) and stay.best == 0.75 and stay.served == pytest.approx(0.4)
    assert leave.mean == pytest.approx(0.15) and leave.best == 0.5 and leave.low <= leave.mean <= leave.high
    less = InterestMeasure("israel", "stop_entrenchment", ("iran_force",), False, "Iran-backed force")
    (one, other) = regrets(less, {"baseline": -np.array([70.0, 60.0]), "israel_escalates": -np.array([60.0, 55.0])})
    assert (one.served, one.mean, other.mean) == (65.0, 7.5, 0.0) and not other.matters


def test_every_measured_interest_is_a_goal_that_the_report_states(baseline: Scenario) -> None:
    goals = {pursuit.path for pursuit in GOALS}
    assert {one.path for one in MEASURES} <= goals and len({one.path for one in MEASURES}) == len(MEASURES)
    assert all(one.parsed for one in MEASURES)  # raises for an outcome that there is not
    stated = stated_interests(baseline)
    assert all(claims(baseline, one).startswith("R") for one in stated)
    assert {one.path for one in stated} == {one.path for one in MEASURES}  # the baseline pursues them all
    assert not any(set(one.outcomes) & (set(OUTCOMES) - {"fallen"}) for one in MEASURES)  # no class of outcome is anybody's aim


def test_own_courses_change_nothing_of_others(baseline: Scenario) -> None:
    names = ("russia_withdraws", "israel_escalates", "patrons_withdraw", "no_talks", "russia_for_bases")
    found = own_courses({name: load_scenario(name) for name in names}, baseline)
    assert found == {"russia": ("baseline", "russia_withdraws", "russia_for_bases"), "israel": ("baseline", "israel_escalates")}
