"""Goals with budgets: Luce's choice rule, and how effort is divided among goals, instruments and places."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.model.actors.agenda import Agenda, Plan
from sim.model.actors.goals import Goal, Pursuit
from sim.model.actors.luce_choice import Choice, powered, proportions
from sim.model.state.dimensions import Instrument as I

ONE = np.ones(2)


def luce(attraction: np.ndarray, power: np.ndarray, axis: int) -> np.ndarray:
    """Shares by Luce's rule."""
    return proportions(powered(attraction, power), axis)[0]


def column(*values: float) -> np.ndarray:
    """Options along the first axis, two worlds alike."""
    return np.repeat(np.array(values, dtype=float)[:, np.newaxis], 2, axis=1)


def test_three_options_give_their_known_shares() -> None:
    np.testing.assert_allclose(luce(column(1.0, 2.0, 5.0), ONE, axis=0), column(0.125, 0.25, 0.625))
    np.testing.assert_allclose(luce(column(1.0, 2.0, 5.0), 2.0 * ONE, axis=0), column(1.0, 4.0, 25.0) / 30.0)
    np.testing.assert_allclose(luce(column(1.0, 4.0, 9.0), 0.5 * ONE, axis=0), column(1.0, 2.0, 3.0) / 6.0)


def test_what_does_not_attract_gets_nothing_and_the_rest_keep_their_ratios() -> None:
    shares = luce(column(1.0, 2.0, 0.0), 1.3 * ONE, axis=0)
    assert not shares[2].any()
    np.testing.assert_allclose(shares[1] / shares[0], 2.0**1.3)
    np.testing.assert_allclose(shares.sum(axis=0), 1.0)


def test_where_nothing_attracts_nothing_is_chosen() -> None:
    with np.errstate(all="raise"):
        assert not luce(column(0.0, 0.0, 0.0), ONE, axis=0).any()


ATTRACTIONS = arrays(float, (4, 3), elements=st.one_of(st.just(0.0), st.floats(1e-3, 1.0)))


@given(ATTRACTIONS, st.floats(0.1, 10.0), st.floats(1e-2, 1e2))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_shares_add_up_and_do_not_depend_on_the_scale(attraction: np.ndarray, power: float, scale: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        shares = luce(attraction, np.full(3, power), axis=0)
        np.testing.assert_allclose(luce(scale * attraction, np.full(3, power), axis=0), shares, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(shares.sum(axis=0), attraction.any(axis=0))
    assert ((shares > 0.0) == (attraction > 0.0)).all()


@given(ATTRACTIONS)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_power_of_one_is_proportional(attraction: np.ndarray) -> None:
    total = attraction.sum(axis=0)
    np.testing.assert_allclose(luce(attraction, np.ones(3), axis=0), attraction / np.where(total > 0.0, total, 1.0), atol=1e-12)


class Looks:
    """A view that gives one goal after the other how unmet and at stake it is, as a test has it."""

    def __init__(self, stakes: Iterator[tuple[np.ndarray, np.ndarray]]) -> None:
        self.stakes = stakes


def goal(name: str, instruments: tuple[I, ...], **traits: bool) -> Goal:
    """A goal whose appraisal a test gives itself."""
    return Goal(name, instruments, lambda view: next(view.stakes), **traits)


GOALS = (
    goal("roots", (I.ROOTS, I.FIRMS)),
    goal("firms", (I.FIRMS,), by_force=False),
    goal("talks", (I.DIPLOMACY,), contested=False),
)


def agenda(weight: np.ndarray, unmet: np.ndarray, at_stake: np.ndarray, budget: float = 2.0, skill: dict | None = None) -> Agenda:
    """An agenda of one actor, divided with powers of 1."""
    made = Agenda.blank(Plan.of([Pursuit("somebody", one) for one in GOALS]), weight, at_stake.shape[1])
    stakes = iter(zip(unmet, at_stake, strict=True))
    made.appraised("somebody", Looks(stakes), np.full(at_stake.shape[2], budget), skill)
    made.divide(Choice(selectivity=np.ones(at_stake.shape[2]), focus=np.ones(at_stake.shape[2])))
    return made


def everywhere() -> np.ndarray:
    """Two provinces: the first goal has three quarters of its stake in one of them, the others as much in both."""
    return np.stack([column(0.3, 0.1), column(0.5, 0.5), column(0.0, 0.0)])


def test_budgets_by_hand() -> None:
    """Weights 0.5, 0.3, 0.2, unmet by 0.4, 1, 0.5: attractions 0.2, 0.3, 0.1, so a budget of 2 goes 2/3, 1, 1/3."""
    made = agenda(column(0.5, 0.3, 0.2), column(0.4, 1.0, 0.5), everywhere())
    np.testing.assert_allclose(made.effort, column(2 / 3, 1.0, 1 / 3))
    np.testing.assert_allclose(made.place[0], column(0.75, 0.25))
    assert not made.place[2].any()  # talks are spent on the country as a whole
    np.testing.assert_allclose(made.total_on("somebody", I.FIRMS), 1 / 3 + 1.0)
    np.testing.assert_allclose(made.placed_on("somebody", I.FIRMS), column(0.25 + 0.5, 1 / 12 + 0.5))
    np.testing.assert_allclose(made.total_on("somebody", I.DIPLOMACY), 1 / 3)


def test_skill_draws_effort_within_a_goal_and_multiplies_what_it_achieves() -> None:
    """Skill 1 in roots and 3 in firms: a quarter and three quarters of the effort, achieving 1/4 x 1 and 3/4 x 3 of it."""
    made = agenda(column(1.0, 0.0, 0.0), column(1.0, 1.0, 1.0), everywhere(), skill={I.FIRMS: 3.0 * ONE})
    np.testing.assert_allclose(made.effort, column(2.0, 0.0, 0.0))
    np.testing.assert_allclose(made.total_on("somebody", I.ROOTS), 0.25 * 2.0)
    np.testing.assert_allclose(made.total_on("somebody", I.FIRMS), 0.75 * 3.0 * 2.0)


def test_a_goal_that_nothing_can_be_done_for_gets_nothing() -> None:
    """No skill in its one instrument, or nothing at stake anywhere while its instruments work in places."""
    evenly = column(1 / 3, 1 / 3, 1 / 3), column(1.0, 1.0, 1.0)
    np.testing.assert_allclose(agenda(*evenly, everywhere(), skill={I.FIRMS: 0.0 * ONE}).effort, column(1.0, 0.0, 1.0))
    np.testing.assert_allclose(agenda(*evenly, 0.0 * everywhere()).effort, column(0.0, 0.0, 2.0))


def test_force_is_wanted_where_goals_that_it_serves_are_at_stake_by_the_effort_for_them() -> None:
    made = agenda(column(0.5, 0.3, 0.2), column(0.4, 1.0, 0.5), everywhere())
    np.testing.assert_allclose(made.pull_of_force("somebody"), 1 / 3 * column(0.3, 0.1))


def test_the_shared_aim_is_no_stake_and_other_goals_are_by_their_weight_however_unmet() -> None:
    at_stake = everywhere()
    at_stake[2] = 1.0
    for unmet in (0.1, 0.9):
        made = agenda(column(0.5, 0.3, 0.2), unmet * column(1.0, 1.0, 1.0), at_stake)
        np.testing.assert_allclose(made.stake("somebody"), 0.5 * column(0.3, 0.1) + 0.3 * 0.5)


SHARES = st.one_of(st.just(0.0), st.floats(1e-3, 1.0))


@given(arrays(float, (3, 2), elements=SHARES), arrays(float, (3, 2), elements=SHARES), arrays(float, (3, 2, 2), elements=SHARES))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_whole_budget_is_spent_on_what_is_wanted_and_unmet_or_nothing_is(
    weight: np.ndarray, unmet: np.ndarray, at_stake: np.ndarray
) -> None:
    with np.errstate(all="raise", under="ignore"):
        made = agenda(weight, unmet, at_stake)
    somewhere = at_stake.any(axis=1)
    somewhere[2] = True  # talks need no place
    pursued = (weight * unmet > 0.0) & somewhere
    assert np.isfinite(made.effort).all()
    assert ((made.effort > 0.0) == pursued).all()
    np.testing.assert_allclose(made.effort.sum(axis=0), 2.0 * pursued.any(axis=0))
    np.testing.assert_allclose(made.place.sum(axis=1), at_stake.any(axis=1))
    assert not made.pull_of_force("somebody")[:, ~pursued[:1].any(axis=0) & ~pursued[2]].any()


@pytest.mark.parametrize("missing", ["weight", "unmet"])
def test_where_nothing_is_wanted_or_nothing_is_unmet_nothing_is_spent(missing: str) -> None:
    weight, unmet = (column(0.5, 0.3, 0.2) * (missing != name) for name in ("weight", "unmet"))
    with np.errstate(all="raise"):
        made = agenda(weight, unmet, everywhere())
        spent = [made.total_on("somebody", instrument) for instrument in I] + [made.placed_on("somebody", I.FIRMS)]
    assert not made.effort.any() and not any(x.any() for x in spent) and not made.pull_of_force("somebody").any()
