"""Months by index and by name."""

import pytest

from sim.model.state.calendar import month_index, month_name


def test_months_are_counted_from_the_start() -> None:
    assert month_name("2021-06", 0) == "2021-06"
    assert month_name("2021-06", 7) == "2022-01"
    assert month_name("2021-06", 42) == "2024-12"
    assert month_index("2021-06", "2024-12") == 42
    assert month_index("2021-06", "2021-05") == -1


@pytest.mark.parametrize("start", ["2021-06", "2015-09", "1999-12", "2020-01"])
def test_names_and_indices_are_inverse(start: str) -> None:
    assert [month_index(start, month_name(start, i)) for i in range(-13, 130)] == list(range(-13, 130))


@pytest.mark.parametrize("text", ["2021-13", "2021-00", "2021-6", "21-06", "June 2021", "2021-06-01", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        month_index("2021-06", text)
