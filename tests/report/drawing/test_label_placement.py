"""Places for labels and ticks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.drawing.label_placement import apart, ticks
from sim.report.drawing.time_panel import axis_top, bends


def test_labels_that_have_room_stay_where_they_want_to_be() -> None:
    assert apart([10, 50, 30], 15, 0, 100) == [10, 50, 30]
    assert apart([], 15, 0, 100) == []


def test_labels_that_meet_move_apart_by_like_amounts() -> None:
    assert apart([50, 50], 10, 0, 100) == [45, 55]
    assert apart([0, 0, 0], 10, 0, 100) == [0, 10, 20]
    assert apart([100, 99], 10, 0, 100) == [100, 90]


@given(st.lists(st.floats(0, 100), max_size=12))
def test_labels_never_meet_and_never_leave(wanted: list[float]) -> None:
    places = apart(wanted, 15, 0, 100)
    gap = min(15, 100 / max(len(wanted) - 1, 1))
    assert all(-1e-6 <= at <= 100 + 1e-6 for at in places)
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(sorted(places)))
    assert [places[i] for i in sorted(range(len(wanted)), key=lambda i: wanted[i])] == sorted(places)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-0.3, 0.2, [-0.3, -0.2, -0.1, 0, 0.1, 0.2]),
        (0, 87, [0, 20, 40, 60, 80]),
        (-4, 4, [-4, -2, 0, 2, 4]),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


@pytest.mark.parametrize(("highest", "top"), [(0.97, 1.0), (3.3, 4.0), (87.0, 100.0), (0.0, 1.0)])
def test_an_axis_ends_at_a_round_number(highest: float, top: float) -> None:
    assert axis_top(highest) == top


def test_a_line_keeps_its_bends_and_drops_what_lies_between() -> None:
    assert bends([(0, 0), (1, 1), (2, 2), (3, 0), (4, 0.1), (5, 0)]) == [0, 2, 3, 5]
    assert bends([(0, 0)]) == [0]
    assert bends([]) == []
