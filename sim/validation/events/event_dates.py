"""Months of dates in the orders that exports and spreadsheets write: never guessed where day and month could be exchanged."""

import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII)
_DAY_NAME = re.compile(rf"(\d{{1,2}})[-/. ]+([a-z]{{3,9}})\.?,?[-/. ]+(\d{{4}}){_TIME}", re.ASCII | re.IGNORECASE)
_NAME_DAY = re.compile(rf"([a-z]{{3,9}})\.? +(\d{{1,2}})(?:,| )+(\d{{4}}){_TIME}", re.ASCII | re.IGNORECASE)
DAY_FIRST, MONTH_FIRST = "day first", "month first"


class DateReading(NamedTuple):
    """The month of a date (months since the year 0) if the day comes first and if the month does; None where it is no date.

    `shows` is the order that the date itself proves, empty where it proves none.
    """

    day_first: int | None
    month_first: int | None
    shows: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether the order of day and month decides in which month it lies."""
        return self.day_first is not None and self.month_first is not None and self.day_first != self.month_first


NO_DATE = DateReading(None, None)


@lru_cache(maxsize=65_536)
def read_date(text: str) -> DateReading:
    """Every month that a date can mean: 2017-05-12, 2017/5/12, 12 May 2017, May 12, 2017, 12/05/2017, each with a time or not."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _sure(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day_first, month_first = _month(year, second, first), _month(year, first, second)
        if day_first is None or month_first is None:
            if day_first == month_first:
                return NO_DATE
            only = month_first if day_first is None else day_first
            return DateReading(only, only, MONTH_FIRST if day_first is None else DAY_FIRST)
        return DateReading(day_first, month_first)
    if match := _DAY_NAME.fullmatch(text):
        return _sure(int(match[3]), _number(match[2]), int(match[1]))
    if match := _NAME_DAY.fullmatch(text):
        return _sure(int(match[3]), _number(match[1]), int(match[2]))
    return NO_DATE


def _sure(year: int, month: int, day: int) -> DateReading:
    found = _month(year, month, day)
    return DateReading(found, found)


def _month(year: int, month: int, day: int) -> int | None:
    """Months since the year 0, or None if there is no such day."""
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return year * 12 + month - 1


def _number(name: str) -> int:
    """The number of a month's name, 0 if it is none."""
    name = name.lower()
    for names in (_NAMES, _LONG):
        if name in names:
            return names.index(name) + 1
    return 9 if name == "sept" else 0
