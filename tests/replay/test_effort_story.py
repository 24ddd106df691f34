"""What a story says of the partners' effort: short, once a year at most, and only what has changed markedly."""

from itertools import pairwise

import numpy as np

from sim.model.actors.goals import Goal, Pursuit
from sim.replay.effort_story import APART, EffortSentence, effort_sentences

MEANINGS = ("roots (R11)", "the border (R19)", "the corridor (ours; R67 for the highway)", "a shield")


def told(*years: tuple[float, ...], months: int = 12) -> list[EffortSentence]:
    """What is said of Iran whose four goals get these shares, year after year; another actor's goal is left out."""
    pursuits = (*(Pursuit("iran", Goal(name, (), lambda view: view)) for name in "abcd"), Pursuit("sdf", Goal("e", (), lambda view: view)))
    shares = np.repeat(np.array([(*year, 1.0) for year in years]), months, axis=0)
    return list(effort_sentences(pursuits, shares, (*MEANINGS, "oil")))


def test_the_start_names_the_largest_goals_and_their_claims() -> None:
    (one,) = told((0.25, 0.45, 0.22, 0.08))
    assert one == EffortSentence(
        0, "Iran's effort goes mostly to the border (45 %), roots (25 %) and the corridor (22 %).", ("R11", "R19", "R67")
    )
    assert told((0.95, 0.05, 0.0, 0.0))[0].text == "Iran's effort goes mostly to roots (95 %)."


def test_many_small_goals_are_no_most_of_it() -> None:
    (one,) = told((0.13, 0.12, 0.11, 0.05))
    assert one.text.startswith("Iran's effort goes first of all to ")


def test_a_marked_change_is_told_once_and_a_slight_one_never() -> None:
    assert len(told((0.4, 0.3, 0.2, 0.1), (0.45, 0.3, 0.2, 0.05), (0.4, 0.3, 0.2, 0.1))) == 1
    first, change = told((0.4, 0.3, 0.2, 0.1), (0.2, 0.5, 0.22, 0.08), (0.2, 0.5, 0.22, 0.08))
    assert first.month == 0 and change.month == 14  # the mean of three months has moved by a fifth
    assert (
        change.text == "Iran now spends more of its effort on the border (50 % instead of 30 %), and less on roots (20 % instead of 40 %)."
    )
    assert change.claims == ("R11", "R19")


def test_a_slow_drift_counts_from_what_was_last_told() -> None:
    drift = [(0.6 - 0.05 * step, 0.4 + 0.05 * step, 0.0, 0.0) for step in range(8)]
    months = [one.month for one in told(*drift)]
    assert months[0] == 0 and len(months) == 3 and all(b - a >= APART for a, b in pairwise(months))


def test_shares_that_swing_are_told_once_a_year_at_most() -> None:
    swings = [(0.8, 0.2, 0.0, 0.0), (0.2, 0.8, 0.0, 0.0)] * 12
    months = [one.month for one in told(*swings, months=4)]
    assert all(b - a >= APART for a, b in pairwise(months))


def test_an_end_of_all_effort_is_told_at_once() -> None:
    first, end, again = told((0.6, 0.4, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0), (0.3, 0.7, 0.0, 0.0))
    assert first.month == 0 and (end.month, end.text, end.claims) == (12, "Iran spends no effort any more.", ())
    assert (again.month, again.text) == (
        24,
        "Iran now spends more of its effort on the border (70 % instead of 0 %) and roots (30 % instead of 0 %).",
    )
    assert told((0.0, 0.0, 0.0, 0.0))[0].text == "Iran spends no effort."


def test_without_goals_or_months_nothing_is_told() -> None:
    assert list(effort_sentences((), np.zeros((0, 0)), ())) == []
