"""Numbers in words: the right number, the right direction."""

import pytest

from sim.text.number_format import month, number, pair, percent, points, worlds


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.54, "54 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.004, "under 1 %"),
        (0.999, "over 99 %"),
        (0.006, "1 %"),
        (0.005, "under 1 %"),
        (0.995, "over 99 %"),
    ],
)
def test_percent_never_rounds_to_none_or_all(share: float, text: str) -> None:
    assert percent(share) == text


def test_points_say_how_many_and_which_way() -> None:
    assert points(-0.12) == "12 points fewer"
    assert points(0.01) == "1 point more"
    assert points(0.004) == "0.4 points more"


def test_numbers_have_the_digits_they_deserve() -> None:
    assert number(0.1234) == "0.12"
    assert number(0.0123) == "0.012"
    assert number(0.0123, 0.5) == "0.01"
    assert number(-123.4, signed=True) == "−123"
    assert number(12.34, signed=True) == "+12.3"
    assert number(0.0, signed=True) == "0.000"
    assert number(-0.0001, signed=True) == "0.000"
    assert number(1070.2) == "1,070"


def test_two_numbers_show_that_they_differ() -> None:
    assert pair(0.546, 0.551) == ("0.546", "0.551") and pair(0.24, 0.25) == ("0.24", "0.25")
    assert pair(1200, 1200.4) == ("1,200.0", "1,200.4") and pair(3, 3) == ("3.00", "3.00")


def test_worlds_are_counted_in_figures() -> None:
    assert worlds(1) == "1 world"
    assert worlds(1000) == "1,000 worlds"


def test_months_in_words() -> None:
    assert month("2031-05") == "May 2031"
