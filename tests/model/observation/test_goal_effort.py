"""What effort goes to: known answers for a small agenda, and the same months added up by hand in the model."""

import numpy as np
import pytest

from sim.model.actors.agenda import Agenda, Plan
from sim.model.actors.goals import Goal, Pursuit
from sim.model.observation.goal_effort import GoalEffort
from sim.model.registry import GOALS
from sim.model.state.dimensions import Instrument
from sim.simulation import Spheres

FEW = {"worlds": 3, "months": 3}


def pursuit(actor: str, name: str) -> Pursuit:
    return Pursuit(actor, Goal(name, (Instrument.ROOTS,), lambda view: view))


CORRIDOR, BORDER, TALKS = pursuit("iran", "corridor"), pursuit("iran", "border"), pursuit("iran", "talks")


def agenda(effort: list[list[float]], place: list[list[float]]) -> Agenda:
    """Two goals in two worlds, and three provinces that are alike in both."""
    made = Agenda.blank(Plan.of((CORRIDOR, TALKS)), np.zeros((2, 2)), 3)
    made.effort = np.array(effort)
    made.place = np.repeat(np.array(place)[:, :, np.newaxis], 2, axis=2)
    return made


def test_effort_is_the_mean_over_months_and_stands_where_the_goal_is_at_stake() -> None:
    kept = GoalEffort((CORRIDOR, TALKS), 3, 2)
    kept.add(agenda([[0.4, 0.2], [0.1, 0.3]], [[0.5, 0.5, 0.0], [0.0, 0.0, 0.0]]))
    kept.add(agenda([[0.8, 0.2], [0.3, 0.1]], [[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]))
    whole, placed = kept.means((BORDER, CORRIDOR, TALKS), 2)
    np.testing.assert_allclose(whole, [[0.0, 0.0], [0.6, 0.2], [0.2, 0.2]])
    np.testing.assert_allclose(placed[1], [[0.1, 0.05], [0.5, 0.15], [0.0, 0.0]])
    assert not placed[0].any(), "a goal that is not pursued"
    assert not placed[2].any(), "a goal that is at stake nowhere counts for the whole country alone"


def test_worlds_that_only_fill_up_are_left_out() -> None:
    kept = GoalEffort((CORRIDOR, TALKS), 3, 2)
    kept.add(agenda([[0.4, 9.0], [0.1, 9.0]], [[0.5, 0.5, 0.0], [0.0, 0.0, 0.0]]))
    whole, placed = kept.means((CORRIDOR,), 1)
    assert whole.shape == (1, 1) and placed.shape == (1, 3, 1) and placed.max() == 0.2


def test_the_model_adds_up_every_month() -> None:
    model = Spheres("baseline", **FEW)
    spent, placed, budgets = [], [], []
    while model.running:
        model.step()
        now = model.ensemble.agenda
        spent.append(now.effort.copy())
        placed.append(now.effort[:, np.newaxis] * now.place)
        budgets.append(now.budget["iran"])
    end = model.finish()
    rows = [GOALS.index(one) for one in model.ensemble.agenda.plan.pursuits]
    np.testing.assert_allclose(end.goal_effort[rows], np.mean(spent, axis=0), rtol=1e-12)
    np.testing.assert_allclose(end.goal_effort_by_province[rows], np.mean(placed, axis=0), rtol=1e-12, atol=1e-15)
    others = np.delete(np.arange(len(GOALS)), rows)
    assert others.size and not end.goal_effort[others].any() and not end.goal_effort_by_province[others].any()
    iran = [i for i, goal in enumerate(GOALS) if goal.actor == "iran"]
    np.testing.assert_allclose(end.goal_effort[iran].sum(axis=0), np.mean(budgets, axis=0), rtol=1e-12)
    assert (end.goal_effort_by_province.sum(axis=1) <= end.goal_effort + 1e-12).all()


def test_what_is_not_wanted_gets_nothing_and_the_others_more() -> None:
    usual = Spheres("baseline", **FEW).run().finish().goal_effort
    without = Spheres("baseline", **FEW, **{"iran.interests.land_corridor": 0.0}).run().finish().goal_effort
    corridor = next(i for i, goal in enumerate(GOALS) if goal.path == "iran.interests.land_corridor")
    roots = next(i for i, goal in enumerate(GOALS) if goal.path == "iran.interests.militia_entrenchment")
    assert (usual[corridor] > 0.0).all() and not without[corridor].any()
    assert (without[roots] > usual[roots]).all()


def test_every_goal_has_one_row() -> None:
    assert len({goal.path for goal in GOALS}) == len(GOALS)
    assert {goal.actor for goal in GOALS} >= {"government", "russia", "iran", "turkey", "sdf"}


@pytest.mark.parametrize("worlds", [1, 4])
def test_the_start_shows_what_effort_would_go_on_going_to(worlds: int) -> None:
    begin = Spheres("baseline", worlds=worlds, months=2).unchanged()
    assert begin.goal_effort.shape == (len(GOALS), worlds)
    assert (begin.goal_effort_by_province.sum(axis=1) <= begin.goal_effort + 1e-12).all() and begin.goal_effort.any()
