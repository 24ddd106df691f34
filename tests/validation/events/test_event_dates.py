"""Dates in every order, and those that can be read in two ways."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.validation.events.event_dates import DAY_FIRST, MONTH_FIRST, NO_DATE, read_date

MAY_2017 = 2017 * 12 + 4


@pytest.mark.parametrize(
    "text",
    [
        "2017-05-12",
        "2017-05-12 00:00:00.000",
        "2017-05-12T13:00:00Z",
        "2017/5/12",
        "12 May 2017",
        "12-May-2017",
        "12 may, 2017",
        "May 12, 2017",
        "May 12 2017",
        " 31/05/2017 ",
        "05/31/2017",
        "31.05.2017",
    ],
)
def test_every_order_is_read(text: str) -> None:
    date = read_date(text)
    assert date[:2] == (MAY_2017, MAY_2017) and not date.ambiguous


def test_a_date_that_can_be_read_in_two_ways_says_so() -> None:
    date = read_date("12/05/2017")
    assert date.ambiguous and date[:2] == (MAY_2017, 2017 * 12 + 11)
    assert not read_date("05/05/2017").ambiguous
    assert (read_date("31/05/2017").shows, read_date("05/31/2017").shows) == (DAY_FIRST, MONTH_FIRST)


@pytest.mark.parametrize(
    "text", ["", "2017", "May 2017", "2017-02-30", "31/31/2017", "12/05/17", "0000-05-12", "12 Mai 2017", "42867", "٢٠١٧-٠٥-١٢"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) == NO_DATE


@given(st.dates(min_value=datetime.date(1989, 1, 1), max_value=datetime.date(2021, 6, 30)))
def test_the_month_of_a_date_is_among_its_readings(day: datetime.date) -> None:
    month = day.year * 12 + day.month - 1
    assert read_date(day.isoformat())[:2] == (month, month)
    assert read_date(day.strftime("%d %B %Y"))[:2] == (month, month)
    assert read_date(day.strftime("%d/%m/%Y")).day_first in (month, None) or day.day > 12
    assert read_date(day.strftime("%d/%m/%Y")).day_first == month
    assert read_date(day.strftime("%m/%d/%Y")).month_first == month


@given(st.text(alphabet="0123456789/-. :TMayjun", max_size=24))
def test_any_text_is_read_or_not(text: str) -> None:
    date = read_date(text)
    assert (date == NO_DATE) or (date.day_first is not None and date.month_first is not None)
