"""Months: index 0 is the first month simulated, the month that a start is named after."""

import re

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


def month_name(start: str, index: int) -> str:
    """The calendar month `index` months after `start`, e.g. ("2021-06", 42) gives "2024-12"."""
    year, month = split(start)
    total = year * 12 + month - 1 + index
    return f"{total // 12:04d}-{total % 12 + 1:02d}"


def month_index(start: str, name: str) -> int:
    """How many months after `start` a calendar month lies (negative before it). Raises ValueError if it is no month."""
    (year, month), (from_year, from_month) = split(name), split(start)
    return (year - from_year) * 12 + month - from_month


def split(name: str) -> tuple[int, int]:
    """Year and month of a name such as "2021-06". Raises ValueError if it is no month."""
    match = _MONTH.match(name)
    if match is None:
        raise ValueError(f"'{name}' is not a month; write year and month, such as 2021-06")
    return int(match[1]), int(match[2])
